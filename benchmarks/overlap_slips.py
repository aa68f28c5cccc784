"""The consensus of a batch: slips by sound, planted in what many write, against what is reported.

python benchmarks/overlap_slips.py 40 400 --seeds 101 102 103

In sentences that most documents have, one character (or two that stand together) is exchanged in
one document for one that sounds the same; the sounds are pypinyin's, not those of the program. Beside
them stand traps: names of persons and places that differ in one character, other figures, and
pairs that are both right. What is reported anywhere else counts as wrong, too.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from functools import cache

from pypinyin import lazy_pinyin

from luoshi.core.overlap.consensus import slips
from overlap_make import batch
from overlap_words import EVERYBODY

TRAPS = (
    ("社区居民王建国反映的楼道照明问题已经列入清单，由包片干部跟进办理。", "建", "健"),
    ("松源社区党群服务中心的服务事项已经全部上墙公示，接受居民监督。", "源", "园"),
    ("请网格员李晓明同志每周到重点户家中走访，情况记入台账。", "晓", "小"),
    ("春柳路沿线商户门前三包责任书已经全部签订，张贴在店内醒目处。", "柳", "流"),
    ("由刘志强主任负责此项工作，每月向党工委报告一次进展情况。", "志", "智"),
    ("对上述问题我认真做了分析，已经逐项对照检查并提出改进办法。", "做", "作"),
    ("坚持一切从群众的需要出发，扎扎实实地做好每一项具体工作。", "地", "的"),
    ("与前进街道建立了联席会议制度，重大问题共同商量、一起解决。", "进", "近"),
)
COMMON = (
    "把学习贯彻党的创新理论作为首要政治任务，自觉用以武装头脑、指导实践、推动工作。",
    "牢固树立正确政绩观，多做打基础、利长远的事情，不搞劳民伤财的形象工程。",
    "严格遵守中央八项规定精神，坚决反对形式主义、官僚主义、享乐主义和奢靡之风。",
    "坚持民主集中制原则，遇事多同班子成员商量，充分听取不同意见。",
    "加强对基层情况的调查研究，掌握第一手资料，提出切实可行的对策建议。",
    "时刻保持清醒头脑，增强政治敏锐性和政治鉴别力，在大是大非面前旗帜鲜明。",
    "切实履行第一责任人职责，把党风廉政建设与业务工作同部署、同检查、同考核。",
    "针对群众反映强烈的突出问题，建立整改台账，明确责任人和完成时限。",
)


@cache
def by_sound() -> dict[str, list[str]]:
    """Return the common characters (GB 2312, first level) by how they sound, without tones."""
    found = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                character = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found[lazy_pinyin(character)[0]].append(character)
    return found


def slip(sentence: str, width: int, rng: random.Random) -> tuple[int, str] | None:
    """Return where in a sentence another spelling of the same sound stands, and that."""
    places = [
        i
        for i in range(len(sentence) - width + 1)
        if all("一" <= c <= "鿿" for c in sentence[i : i + width])
    ]
    at = rng.choice(places)
    sounds = lazy_pinyin(sentence)
    if len(sounds) != len(sentence):
        sounds = [lazy_pinyin(c)[0] for c in sentence]
    written = ""
    for k in range(at, at + width):
        others = [c for c in by_sound()[sounds[k]] if c != sentence[k]]
        if not others:
            return None
        written += rng.choice(others)
    return at, written


def batch_with_slips(
    documents: int, length: int, planted: int, seed: int
) -> tuple[list[str], set[tuple[int, int]], set[tuple[int, int]]]:
    """Return texts, where slips are (document, place), and where traps are."""
    rng = random.Random(seed)
    texts, _ = batch(documents, length, 4, seed)
    rows = list(texts.values())
    sentences = [*COMMON, *(trap for trap, _, _ in TRAPS)]
    where: dict[tuple[int, str], int] = {}
    for number, original in enumerate(rows):
        text = original
        for sentence in sentences:
            if rng.random() < 0.6:
                cut = rng.choice([i + 1 for i, c in enumerate(text) if c in "。\n"] or [0])
                text = text[:cut] + sentence + text[cut:]
        rows[number] = text
        for sentence in (*sentences, *EVERYBODY):
            if (at := text.find(sentence)) >= 0:
                where[number, sentence] = at
    wrong: set[tuple[int, int]] = set()
    traps: set[tuple[int, int]] = set()
    used: set[tuple[str, int]] = set()
    free = [key for key in sorted(where) if key[1] in (*COMMON, *EVERYBODY)]
    rng.shuffle(free)
    for number, sentence in free:
        if len(wrong) >= planted:
            break
        made = slip(sentence, rng.choice((1, 1, 1, 2)), rng)
        if made is None or any((sentence, made[0] + k) in used for k in range(-1, 3)):
            continue
        used.update((sentence, made[0] + k) for k in range(len(made[1])))
        at = where[number, sentence] + made[0]
        rows[number] = rows[number][:at] + made[1] + rows[number][at + len(made[1]) :]
        wrong.add((number, at))
    for sentence, character, other in TRAPS:
        held = sorted(number for number, words in where if words == sentence)
        for number in rng.sample(held, max(1, len(held) // 40)) if held else ():
            at = where[number, sentence] + sentence.index(character)
            rows[number] = rows[number][:at] + other + rows[number][at + 1 :]
            traps.add((number, at))
    return rows, wrong, traps


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--length", type=int, default=2_000)
    parser.add_argument("--planted", type=int, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103, 104, 105])
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    print("| documents | slips planted | found | reported | right | traps reported | seconds |")
    print("|" + "---|" * 7)
    for documents in given.documents:
        told: Counter[str] = Counter()
        for seed in given.seeds:
            texts, wrong, traps = batch_with_slips(documents, given.length, given.planted, seed)
            start = time.process_time()
            found = slips(texts)
            told["seconds"] += round(100 * (time.process_time() - start))
            hit = set()
            for one in found:
                number, low, high = one.place
                near = {(n, at) for n, at in wrong if n == number and low - 1 <= at < high}
                hit |= near
                told["right"] += bool(near)
                told["traps"] += (number, low) in traps
                if given.show and not near:
                    print(one, texts[number][max(0, low - 12) : high + 12])
            told["planted"] += len(wrong)
            told["found"] += len(hit)
            told["reported"] += len(found)
            if given.show:
                for number, at in sorted(wrong - hit)[:8]:
                    print("missed", texts[number][max(0, at - 10) : at + 10])
        print(
            f"| {documents:,} | {told['planted']} | {told['found']} | {told['reported']} | {told['right']} "
            f"| {told['traps']} | {told['seconds'] / 100:.1f} |"
        )


if __name__ == "__main__":
    main()
