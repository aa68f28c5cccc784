"""What so many materials of a batch write that it says nothing of who copied: shown grey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from luoshi.core.knowledge import names, table
from luoshi.core.text.normalise import folded
from luoshi.core.text.sentences import sentences

#: A sentence is common when so large a share of the batch has it, and at least so many.
SHARE, LEAST = 0.2, 4
_SHORTEST = 6  # characters

Spans = list[list[int]]


def common(texts: Sequence[str]) -> list[Spans]:
    """Return for each text the [start, end, documents] of the sentences that are common.

    Headings of the outlines and fixed phrases that stand alone are common wherever they are
    (their sources are in data/outlines and data/overlap).
    """
    having: dict[str, set[int]] = defaultdict(set)
    held: list[list[tuple[int, int, str]]] = []
    for number, text in enumerate(texts):
        rows, start = [], 0
        for line in text.split("\n"):
            for low, high in sentences(text, start, start + len(line)):
                words = bare(text[low:high])
                if len(words) >= _SHORTEST:
                    rows.append((low, high, words))
                    having[words].add(number)
            start += len(line) + 1
        held.append(rows)
    enough = max(LEAST, SHARE * len(texts))
    fixed = _fixed()
    return [
        [
            [low, high, len(having[words])]
            for low, high, words in rows
            if len(having[words]) >= enough or words in fixed
        ]
        for rows in held
    ]


def bare(text: str) -> str:
    """Return the letters, characters and digits of a text in comparable form."""
    return "".join(c for c in folded(text) if c.isalnum())


@cache
def _fixed() -> frozenset[str]:
    words: list[str] = [*table("overlap/fixed")["phrases"]]
    for name in names("outlines"):
        words += [aspect["name"] for aspect in table(f"outlines/{name}").get("aspects", ())]
    return frozenset(bare(word) for word in words)
