"""Make data/checks/slips.txt: pairs of characters that are a slip in a common word and nothing else.

A slip puts a character of the same sound (tones aside) or of a similar shape in the place of one
character of a word of samples/slips/words.txt, or of one of the most frequent other words. It
is kept where it is no word and no part of one, and where the last character of one word and the
first of the next hardly ever come together so. Words and how often they occur are those of
jieba 0.42.1 (MIT), sounds those of pypinyin (MIT); samples/slips/quiet.txt has what good text was
found to contain all the same.

    python samples/slips.py          writes slips.txt and pairs.txt
    python samples/slips.py --check  writes nothing; says whether they would differ
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pypinyin import Style, pinyin

from luoshi.core import knowledge

HERE = Path(__file__).parent / "slips"
DATA = Path(__file__).parents[1] / "src" / "luoshi" / "data" / "checks"
SLIPS_HEAD = """\
# 常用词写错一个字的样子：每行第一个字，后面每个字和它连在一起都不成词，只会是写错。
# 由 samples/slips.py 生成（词和词频据 jieba 0.42.1，MIT；读音据 pypinyin，MIT），不要手改。
"""
PAIRS_HEAD = """\
# 两个字的词：每行第一个字，空格前是常用词的第二个字（错字改成它们），空格后是其他词的第二个字
# （左右相邻的字和它们成词，就不算错字）。由 samples/slips.py 生成（据 jieba 0.42.1，MIT），不要手改。
"""
HAN = re.compile("[\u4e00-\u9fff]+")
# How often jieba has seen a word that is common, or that claims its characters for itself.
COMMON, CLAIMS = 1000, 20
# Chance meetings of two words' ends in a million words: for words chosen by hand, for others.
CHOSEN, OTHERS = 0.3, 0.02
# Characters that no jieba count has seen are not impossible.
UNSEEN = 30
# Words of grammar stand beside everything; kinds of words that are names or numbers.
GRAMMAR = frozenset("的了着我你他她它们这那哪么吗呢不")
NO_WORDS = ("nr", "ns", "nt", "nz", "m", "q", "t")
LOOKS = 4
# Characters that make new words with almost any other: before it, behind it.
BEFORE = frozenset("非拒逐每各按超漏补拟亲均互皆急尽早晚夜深再暂另共应须需未已多少新老旧增减改换重")
BEHIND = frozenset("化性者率型式类报量费款期级岗员")


def dictionary() -> dict[str, tuple[int, str]]:
    """Return jieba's words of Chinese characters with their frequency and kind."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba")
    rows = (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    split = (row.split() for row in rows)
    return {word: (int(count), kind) for word, count, kind in split if HAN.fullmatch(word)}


def listed(name: str) -> set[str]:
    """Return the words of a file beside this script."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return {word for line in lines if line[:1] != "#" for word in line.split()}


@cache
def sounds(char: str) -> frozenset[str]:
    """Return the readings of a character without tones; later ones are archaic more often than not."""
    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True)[0][:2])


@cache
def alike() -> dict[str, frozenset[str]]:
    """Return for each character those of GB/T 2312 level 1 that sound or look like it."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    chars = [char for code in codes if (char := code.decode("gb2312", "ignore"))]
    by_sound: dict[str, set[str]] = defaultdict(set)
    for char in chars:
        for sound in sounds(char):
            by_sound[sound].add(char)
    found = {char: set().union(*(by_sound[s] for s in sounds(char))) for char in chars}
    for row in knowledge.table("checks/phrases")["shapes"]:
        for char in row:
            found.setdefault(char, set()).update(row)
    for row in knowledge.lines("checks/shapes"):
        found.setdefault(row[0], set()).update(row[1 : LOOKS + 1])
    return {char: frozenset(others - {char}) for char, others in found.items()}


class Chance:
    """How often two characters come together by chance: ends and beginnings of jieba's words."""

    def __init__(self, words: dict[str, tuple[int, str]]) -> None:
        self.ends: Counter[str] = Counter()
        self.begins: Counter[str] = Counter()
        for word, (count, _) in words.items():
            self.ends[word[-1]] += count
            self.begins[word[0]] += count
        self.all = sum(self.ends.values())

    def of(self, pair: str) -> float:
        """Return the chance meetings of a pair in a million words."""
        first, second = self.ends[pair[0]] + UNSEEN, self.begins[pair[1]] + UNSEEN
        return first * second / self.all / self.all * 1e6


def slips_of(word: str) -> Iterator[str]:
    """Yield a word of two characters with one of them replaced by one like it."""
    first, second = word
    yield from (other + second for other in alike().get(first, ()))
    yield from (first + other for other in alike().get(second, ()))


def coined(slip: str) -> bool:
    """Tell whether a slip may be a new word: 拒报 beside 举报, 粮化 beside 量化."""
    return slip[0] in BEFORE or slip[1] in BEHIND


def common(words: dict[str, tuple[int, str]]) -> set[str]:
    """Return the most frequent words of two characters that are neither grammar nor names."""
    return {
        word
        for word, (count, kind) in words.items()
        if len(word) == 2 and count >= COMMON
        if not kind.startswith(NO_WORDS) and not GRAMMAR & set(word)
    }


def rows(pairs: set[str]) -> dict[str, str]:
    """Return the second characters of pairs by their first."""
    found: dict[str, str] = defaultdict(str)
    for pair in sorted(pairs):
        found[pair[0]] += pair[1]
    return found


def made() -> dict[str, str]:
    """Return the text of both files by their names."""
    words = dictionary()
    chosen, chance = listed("words.txt"), Chance(words)
    targets = chosen | common(words)
    parts = {word[i : i + 2] for word in (*words, *chosen) for i in range(len(word) - 1)}
    parts |= listed("quiet.txt")
    slips = {
        slip
        for word in targets
        for slip in slips_of(word)
        if slip not in parts
        and not coined(slip)
        and chance.of(slip) < (CHOSEN if word in chosen else OTHERS)
    }
    claims = {word for word, (count, _) in words.items() if len(word) == 2 and count >= CLAIMS}
    right, others = rows(targets), rows(claims - targets)
    pairs = (
        f"{char}{right.get(char, '')} {others.get(char, '')}\n"
        for char in sorted({*right, *others})
    )
    wrong = (char + seconds + "\n" for char, seconds in rows(slips).items())
    return {"slips": SLIPS_HEAD + "".join(wrong), "pairs": PAIRS_HEAD + "".join(pairs)}


def main() -> None:
    """Write the files, or say with --check whether they are what would be written."""
    differ = []
    for name, text in made().items():
        target = DATA / f"{name}.txt"
        if "--check" not in sys.argv:
            target.write_text(text, encoding="utf-8")
        elif target.read_text("utf-8") != text:
            differ.append(target.name)
    if differ:
        sys.exit(f"not what the script makes: {', '.join(differ)}")


if __name__ == "__main__":
    main()
