"""Sentences of Chinese text as spans."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)\"]*")
_BLANK = " \t\n\r　 *"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``[start, end)`` without white space and emphasis marks at its edges."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]``, trimmed, in order, none of them empty.

    A sentence ends at 。！？ together with closing quotes and brackets that follow; a
    line end inside a sentence (a hard wrap) does not end it.
    """
    found: list[tuple[int, int]] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        found.append(trim(text, begin, match.end()))
        begin = match.end()
    low, high = trim(text, begin, end)
    if low < high:
        found.append((low, high))
    return found


def first_sentence_end(text: str, start: int, end: int) -> int:
    """Return where the first sentence of ``text[start:end]`` ends (``end`` if only one)."""
    match = _SENTENCE_END.search(text, start, end)
    if match:
        return match.end()
    low, high = trim(text, start, end)
    return high if low < high else end
