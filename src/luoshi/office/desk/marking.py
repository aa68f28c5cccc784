"""The words around what was searched for, cut into what is a hit and what is not.

Pieces are put together by the template, which escapes each: no text becomes part of a page.
"""

from __future__ import annotations

Pieces = tuple[tuple[str, bool], ...]
_BEFORE, _AFTER = 24, 60


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text, whatever their case, without overlaps."""
    low = _folded(text)
    found = []
    for word in filter(None, map(_folded, words)):
        at = low.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = low.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded(text: str) -> str:
    """Return the text in small letters, place by place: some letters grow when they get small."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def excerpt(text: str, words: list[str], *, whole: bool = False) -> Pieces:
    """Return the text around the first hit (``whole``: all of it) in pieces; True marks a hit."""
    hits = spans(text, words)
    start, end = 0, len(text)
    if not whole:
        first = hits[0][0] if hits else 0
        start, end = max(0, first - _BEFORE), min(len(text), first + _AFTER)
        end = max(end, hits[0][1] if hits else 0)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for left, right in hits:
        if left >= end:
            break
        if left < start:
            continue
        pieces += [(_line(text[at:left]), False), (_line(text[left : min(right, end)]), True)]
        at = min(right, end)
    pieces.append((_line(text[at:end]), False))
    if end < len(text):
        pieces.append(("…", False))
    return tuple(piece for piece in pieces if piece[0])


def _line(text: str) -> str:
    return text.replace("\n", " ")
