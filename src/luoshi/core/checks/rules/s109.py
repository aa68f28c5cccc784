"""S109: numbers that leave one out, come twice or stand in the wrong order.

What: printed numbers of items side by side (一、二、四、 or 1. 2. 4.) that do not count up.
Why: an item was lost or put in by hand, and references to it lead astray.
Basis: custom. Items of one list count up from one (GB/T 9704-2012, 7.3.3 gives the marks).
Example: “2.攻坚克难的劲头不足。” followed by “4.安全生产抓得不细。”
Counter-example: a list that begins again with 1 under the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import whole
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span
from luoshi.core.text.marks import Mark, mark_at

META = Meta(
    code="S109",
    title="序号不连续",
    family="structure",
    severity="warning",
    basis="custom",
    why="序号漏号、重号或颠倒，多半是增删后没有重排；请核对有没有漏掉内容，再重新编号。",
)


# Brackets and dots that a careless typist mixes in one list; Chinese numbers are not.
_FAMILIES = dict.fromkeys(("ar", "arp", "arr", "as", "at", "circ"), "arabic") | {"cnr": "cnp"}
_CODE = re.compile(r"([A-Z]{1,4}[-—]?)(\d{1,3})(?![\d-])")


_SECOND = 2
_ROW = re.compile(r"\d{1,2}")
# How the first of a list may be printed, in a paragraph or at its beginning.
_FIRST = {
    "cn": re.compile(r"一[ \t\u3000]*[、．.，,：:\u3000 ]|第一|其一"),
    "cnp": re.compile(r"[（(\[【〔][ \u3000]*一[ \u3000]*[）)\]】〕]|㈠|一、"),
    "shi": re.compile(r"一是|一要|一则|其一|第一|首先"),
    "arabic": re.compile(r"(?<!\d)[1１][ \u3000]*[、．.，,）)：: \u3000]|①|⑴|⒈|一是"),
}


class _Entry(NamedTuple):
    value: int
    label: Span
    family: str


def find(page: Page) -> Iterator[Objection]:
    """Object to gaps, repeats and disorder among siblings, in text order."""
    lists = [*_lists(page), *_tables(page)]
    found = [one for siblings in lists for one in _broken(page, siblings)]
    # The rows of a table may be points, too.
    by_place = {objection.spans[0]: objection for objection in reversed(found)}
    yield from (by_place[place] for place in sorted(by_place))


def _lists(page: Page) -> list[list[_Entry]]:
    """Return the numbers of every list of siblings; a list that begins again is another."""
    lists: list[list[_Entry]] = []
    opened: dict[tuple[str, str], list[_Entry]] = {}
    end = 0
    for point in page.examination.points:
        if point.is_heading():
            for key in [k for k in opened if f"{k[0]}/".startswith(point.path + "/")]:
                del opened[key]
        mark = _read(point.path.rpartition("/")[2]) or _code(page, point)
        if mark is None or mark.value == 0:
            continue
        family = _FAMILIES.get(mark.scheme, mark.scheme)
        parent = (point.path.rpartition("/")[0], family)
        entry = _Entry(mark.value, _label(page, point, mark), family)
        if parent not in opened or _begins(page, entry, opened[parent], end):
            opened[parent] = []
            lists.append(opened[parent])
        opened[parent].append(entry)
        end = point.end
    return lists


def _tables(page: Page) -> list[list[_Entry]]:
    """Return the numbers in the first column of every table that counts its rows from one."""
    tables: dict[int, list[_Entry]] = {}
    for block in page.document.blocks:
        cell = block.cells[0] if block.kind == "row" and block.cells else None
        words = page.text[cell[0] : cell[1]].strip() if cell else ""
        if cell and _ROW.fullmatch(words):
            low = page.text.index(words, cell[0])
            entry = _Entry(int(words), Span(low, low + len(words)), "row")
            tables.setdefault(block.table, []).append(entry)
    return [rows for rows in tables.values() if len(rows) > _SECOND and rows[0].value == 1]


def _begins(page: Page, entry: _Entry, before: list[_Entry], end: int) -> bool:
    """Tell whether a number one begins a list: unless it follows another one directly."""
    return entry.value == 1 and not (
        before[-1].value == 1 and not page.text[end : entry.label.start].strip(" \t\n\u3000（([")
    )


@lru_cache(maxsize=512)
def _read(label: str) -> Mark | None:
    """Return the mark of a printed label, as the path of a point keeps it."""
    return mark_at(f"{label}、", 0)


def _code(page: Page, point: Point) -> Mark | None:
    """Return the code (BF-03) that begins a problem without a number, or None."""
    match = _CODE.match(page.text, point.start) if point.kind == "problem" else None
    return Mark(match[1], int(match[2]), match[0], match.end()) if match else None


def _label(page: Page, point: Point, mark: Mark) -> Span:
    low = max(point.start, page.text.find(mark.label, point.start, point.end))
    return Span(low, low + len(mark.label))


def _broken(page: Page, entries: list[_Entry]) -> Iterator[Objection]:
    yield from _headless(page, entries)
    if [entry.value for entry in entries] == list(range(entries[0].value, entries[-1].value + 1)):
        return
    # A number printed twice stands for the next one: the one after it is then no gap.
    meant = entries[0].value
    jumped: list[_Entry] = []
    for index, entry in enumerate(entries[1:], 1):
        before = entries[:index]
        highest = max(before)
        if any(entry.value == one.value for one in before):
            meant = max(meant, highest.value) + 1
            message = f"序号“{page.words(entry.label)}”重复了，前面已经有一个。"
            first = next(one.label for one in before if one.value == entry.value)
            yield Objection((entry.label, first), message)
        elif entry.value < highest.value:
            if highest in jumped:
                continue
            words = page.words(entry.label), page.words(highest.label)
            message = f"序号“{words[0]}”排在“{words[1]}”后面，顺序颠倒。"
            yield Objection((entry.label, highest.label), message)
        elif entry.value > max(highest.value, meant) + 1:
            for objection in _gap(page, entries, index, highest.value):
                jumped.append(entry)
                yield objection


def _gap(page: Page, entries: list[_Entry], index: int, highest: int) -> Iterator[Objection]:
    """Object to a number after which one is lost, unless the next but repeats it: 一、三、三."""
    entry, before = entries[index], entries[index - 1]
    later = {one.value for one in entries[index:]}
    lost = [n for n in range(highest + 1, entry.value) if n not in later]
    repeated = len(lost) == 1 and any(one.value == entry.value for one in entries[index + 1 :])
    if lost and not repeated and not _printed_between(page, before, entry, lost):
        was, now = page.words(before.label), page.words(entry.label)
        message = f"序号由“{was}”跳到“{now}”，中间缺号。"
        yield Objection((entry.label, before.label), message)


def _headless(page: Page, entries: list[_Entry]) -> Iterator[Objection]:
    """Object to a list that begins with the second, where no first is printed before it."""
    first = entries[0]
    pattern = _FIRST.get(first.family)
    if first.value != _SECOND or len(entries) < _SECOND or pattern is None or not whole(page):
        return
    above = [
        p.start for p in page.examination.points if p.is_heading() and p.end <= first.label.start
    ]
    low = 0 if first.family == "cn" else max(above, default=0)
    if not pattern.search(page.text, low, first.label.start):
        words = page.words(first.label)
        yield Objection((first.label,), f"这一组从序号“{words}”开始，前面缺号。")


def _printed_between(page: Page, before: _Entry, entry: _Entry, lost: list[int]) -> bool:
    """Tell whether a paragraph between two items bears a number that seems lost.

    Paragraphs that carry no statement (matters to be explained, cases) are no points.
    """
    for low, high in page.paragraphs:
        if before.label.end <= low < entry.label.start:
            mark = mark_at(page.text, low, high)
            family = _FAMILIES.get(mark.scheme, mark.scheme) if mark else ""
            if mark and mark.value in lost and family == entry.family:
                return True
    return False
