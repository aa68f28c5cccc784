"""Print slips of the official phrases of data/checks/idioms.toml that may be right by chance.

With ``--collocations`` it writes those of collocations.txt into collocations-quiet.txt.

A slip whose changed half is a word of its own may stand in good text (依法制定 beside a
phrase on 法治): it belongs into ``quiet`` there. Needs a word list with frequencies, one
``word frequency`` on a line, such as the dict.txt of jieba 0.42.1 (MIT).

    python samples/phrases.py dict.txt
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from luoshi.core import knowledge
from luoshi.core.checks.rules import t102

OFTEN = 10


def slips(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield every slip of a phrase with the half that has the wrong character."""
    cut = (len(phrase) + 1) // 2
    for index, char in enumerate(phrase):
        for wrong in sorted(set(t102._groups().get(char, "")) - {char}):
            slip = phrase[:index] + wrong + phrase[index + 1 :]
            yield slip, slip[:cut] if index < cut else slip[cut:]


def main() -> None:
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    counts = {line.split()[0]: int(line.split()[1]) for line in lines}
    known = t102._right() - set(knowledge.table("checks/idioms")["quiet"].split())
    for phrase in knowledge.table("checks/idioms")["official"].split():
        for slip, half in slips(phrase):
            if slip not in known and (counts.get(half, 0) >= OFTEN or slip in counts):
                print(slip)


if __name__ == "__main__":
    main()
