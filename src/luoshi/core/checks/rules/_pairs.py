"""Words of two characters, for telling what stands beside a suspected slip."""

from __future__ import annotations

from functools import cache

from luoshi.core import knowledge


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Return by first character the second ones of common words, and those of other words."""
    rows = (line.partition(" ") for line in knowledge.lines("checks/pairs"))
    return {right[0]: (right[1:], others) for right, _, others in rows}


def is_word(pair: str) -> bool:
    """Tell whether two characters are a word; anything else than two is none."""
    right, others = _words().get(pair[:1], ("", ""))
    return len(pair) == 2 and (pair[1] in right or pair[1] in others)


def common_with(first: str) -> str:
    """Return the second characters of the common words that begin so."""
    return _words().get(first, ("", ""))[0]
