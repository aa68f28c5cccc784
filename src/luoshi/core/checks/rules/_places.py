"""What a reference may point at: the numbered parts of a paper and its tables."""

from __future__ import annotations

import re
from itertools import takewhile

from luoshi.core.checks.page import Page
from luoshi.core.text.marks import mark_at

_CAPTION = re.compile(r"附?表[ \u3000]?(?P<n>\d{1,2})[ \u3000：:]+(?P<name>[^\n|]{2,30})")
# A clause that tells what a table holds is no longer.
_CLAUSE = re.compile(r"[，。；：（）|\n]")
_REACH = 30
# Nor is the line of a caption.
_LONGEST = 50
# So many pairs of characters must another caption share, and so many more than the own one.
_SHARED = 4
_MORE = 2


_ENCLOSED = re.compile(
    r"^[*#\s]*附件(?P<own>[ \u3000]?\d{1,2})?[：: \u3000]*(?P<rest>[^\n]*)", re.MULTILINE
)
_NUMBERED = re.compile(r"(?:^|[ \u3000；;：:])(\d{1,2})[.．、]")


def enclosures(page: Page) -> set[int]:
    """Return the numbers of the enclosures that the paper lists, one a line or all behind 附件：."""
    found: set[int] = set()
    for match in _ENCLOSED.finditer(page.text):
        if match["own"]:
            found.add(int(match["own"]))
            continue
        lines = page.text[match.start("rest") :].split("\n")
        listed = [lines[0], *_while_numbered(lines[1:])]
        found |= {int(n) for line in listed for n in _NUMBERED.findall(line.strip("* "))}
    return found


def _while_numbered(lines: list[str]) -> list[str]:
    return list(takewhile(lambda line: _NUMBERED.match(line.strip("* \u3000")), lines))


def leaves(page: Page, way: tuple[int, ...]) -> int:
    """Return how many statements stand below a way down."""
    count = 0
    for point in page.examination.points:
        marks = [mark_at(f"{label}、", 0) for label in point.path.split("/")[: len(way)]]
        values = tuple(mark.value if mark else 0 for mark in marks)
        count += values == way and not point.is_heading()
    return count


def sections(page: Page) -> dict[tuple[int, ...], int]:
    """Return how far the parts count, and by the way down to each part how far its items do.

    A part whose items are not all numbered in one row is left out.
    """
    found: dict[tuple[int, ...], int] = {}
    for low, high in page.paragraphs:
        mark = mark_at(page.text, low, high)
        if mark and mark.scheme in ("cn", "part", "ar", "at") and mark.scheme == _top(page):
            found[()] = max(found.get((), 0), mark.value)
    for point in page.examination.points:
        values = [mark_at(f"{label}、", 0) for label in point.path.split("/")]
        way = tuple(mark.value if mark else 0 for mark in values)
        if all(way):
            found[way[:-1]] = max(found.get(way[:-1], 0), way[-1])
    return found


def _top(page: Page) -> str:
    """Return the scheme in which the parts are numbered."""
    for point in page.examination.points:
        mark = mark_at(page.text, point.start, point.end)
        if point.is_heading() and "/" not in point.path and mark:
            return mark.scheme
    return ""


def captions(page: Page) -> dict[int, str]:
    """Return the captions of the tables by number."""
    found: dict[int, str] = {}
    for place in page.paragraphs:
        words = page.words(place).strip("* ") if place.end - place.start < _LONGEST else ""
        match = _CAPTION.match(words)
        if match:
            found[int(match["n"])] = match["name"].strip()
    return found


def nearest_caption(page: Page, position: int, value: int, known: dict[int, str]) -> str:
    """Return the caption that fits the words before ``position`` much better than that of ``value``.

    Nothing where the own caption fits as well, or none fits.
    """
    clause = _CLAUSE.split(page.text[max(0, position - _REACH) : position])[-1]
    pairs = {clause[i : i + 2] for i in range(len(clause) - 1)}
    shared = {n: sum(pair in name for pair in pairs) for n, name in known.items()}
    best = max(shared, key=lambda n: shared[n], default=0)
    if value not in known or best == value or shared[best] < _SHARED:
        return ""
    return f"表{best} {known[best]}" if shared[best] >= shared[value] + _MORE else ""
