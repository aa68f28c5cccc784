"""Print slips of the official phrases of data/checks/idioms.toml that may be right by chance.

With ``--collocations`` it writes those of collocations.txt into collocations-quiet.txt.

A slip whose changed half is a word of its own may stand in good text (依法制定 beside a
phrase on 法治): it belongs into ``quiet`` there. Needs a word list with frequencies, one
``word frequency`` on a line, such as the dict.txt of jieba 0.42.1 (MIT).

    python samples/phrases.py dict.txt [--collocations]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from luoshi.core import knowledge
from luoshi.core.checks.rules import t102

OFTEN, MUCH, WIDTH = 10, 300, 100
TARGET = Path(__file__).parents[1] / "src/luoshi/data/checks/collocations-quiet.txt"
HEAD = (
    "# collocations.txt 里的词组错一个字、碰巧也说得通的写法，不算错字。"
    "由 samples/phrases.py --collocations 生成（词频据 jieba 0.42.1，MIT），不要手改。"
)


def slips(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield every slip of a phrase with the half that has the wrong character."""
    cut = (len(phrase) + 1) // 2
    for index, char in enumerate(phrase):
        for wrong in sorted(set(t102._groups().get(char, "")) - {char}):
            slip = phrase[:index] + wrong + phrase[index + 1 :]
            yield slip, slip[:cut] if index < cut else slip[cut:]


def chance(groups: list[str], counts: dict[str, int], often: int) -> Iterator[str]:
    """Yield the slips of phrases that may be right: their half is a word, or they are one."""
    for phrase in groups:
        for slip, half in slips(phrase):
            if counts.get(half, 0) >= often or slip in counts:
                yield slip


def main() -> None:
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    counts = {line.split()[0]: int(line.split()[1]) for line in lines}
    table = knowledge.table("checks/idioms")
    if "--collocations" in sys.argv:
        known = set(t102._phrases()) | set(table["right"].split())
        phrases = [w for line in knowledge.lines("checks/collocations") for w in line.split()]
        found = dict.fromkeys(s for s in chance(phrases, counts, MUCH) if s not in known)
        rows = wrap(" ".join(found), WIDTH)
        TARGET.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        return
    known = t102._right() - set(table["quiet"].split())
    for slip in chance(table["official"].split(), counts, OFTEN):
        if slip not in known:
            print(slip)


if __name__ == "__main__":
    main()
