"""Automatic numbering: definitions (numbering.xml) and the counters a story runs through.

The rules are those of ECMA-376 Part 1 §17.9, as Word applies them:

- counters belong to the ``w:abstractNum``; all ``w:num`` on it go on counting together,
  except that a ``w:startOverride`` restarts its level at the first use of that ``w:num``;
- a paragraph restarts the levels below it, unless their ``w:lvlRestart`` names a higher
  level only (1-based) or is 0;
- a level used without its parents shows them at their start value;
- in a style the level is the one whose ``w:pStyle`` names the style, else the style's
  ``w:ilvl``; ``w:numId`` 0 switches numbering off;
- an ``w:abstractNum`` that only names a numbering style takes the levels of the one the
  style defines, but counts by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.levels import BIGGEST, LEVELS, Level, level_index, read_level
from luoshi.core.reading.docx.styles import NumRef, ParagraphStyle, Styles, integer

_ABSTRACT = q.W + "abstractNum"
_ABSTRACT_ID = q.W + "abstractNumId"
_NUM = q.W + "num"
_LVL = q.W + "lvl"
_OVERRIDE = q.W + "lvlOverride"
_START_OVERRIDE = q.W + "startOverride"
_STYLE_LINK = q.W + "styleLink"
_NUM_STYLE_LINK = q.W + "numStyleLink"
_ALL_BELOW = tuple(tuple(range(used + 1, LEVELS)) for used in range(LEVELS))


class Label(NamedTuple):
    """An automatic number as printed, and what Word puts after it: tab, space, nothing."""

    text: str
    suffix: str


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A numbering instance: which counters it moves and its nine effective levels.

    ``overridden`` are the levels with a start of their own; ``restarted`` are, for each
    level, the levels below that a paragraph of it starts anew.
    """

    counters: str
    levels: tuple[Level | None, ...]
    overridden: frozenset[int]
    restarted: tuple[tuple[int, ...], ...]


class Numbering:
    """The numbering part. Missing ids and circular links mean: no number."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[int, NumberedList | None] = {}
        self._resolved: dict[tuple[str | None, int | None], tuple[int, int]] = {}
        for element in root if root is not None else ():
            if element.tag == _ABSTRACT:
                self._add_abstract(element)
            elif element.tag == _NUM:
                try:
                    self._nums[int(element.get(q.NUM_ID) or "")] = element
                except ValueError:
                    continue

    def _add_abstract(self, element: etree._Element) -> None:
        abstract_id = element.get(_ABSTRACT_ID) or ""
        self._abstract[abstract_id] = element
        link = element.find(_STYLE_LINK)
        if link is not None:
            self._linked[link.get(q.VAL) or ""] = abstract_id

    def get(self, num_id: int) -> NumberedList | None:
        """Return a numbering instance, or None when it is missing or broken."""
        if num_id not in self._lists:
            self._lists[num_id] = self._build(num_id)
        return self._lists[num_id]

    def _build(self, num_id: int) -> NumberedList | None:
        num = self._nums.get(num_id)
        counters = self._abstract_id(num)
        if num is None or counters is None:
            return None
        levels: list[Level | None] = [None] * LEVELS
        for element in self._definition(counters).iterchildren(_LVL):
            _place(levels, element.get(q.ILVL), read_level(element))
        overridden: set[int] = set()
        for override in num.iterchildren(_OVERRIDE):
            whole = override.find(_LVL)
            if whole is not None:
                _place(levels, override.get(q.ILVL), read_level(whole))
            start = integer(override.find(_START_OVERRIDE), 0, BIGGEST)
            index = level_index(override.get(q.ILVL))
            if start is None or index is None:
                continue
            overridden.add(index)
            level = levels[index]
            if level is not None:
                levels[index] = replace(level, start=start)
        return NumberedList(counters, tuple(levels), frozenset(overridden), _restarted(levels))

    def _abstract_id(self, num: etree._Element | None) -> str | None:
        reference = num.find(_ABSTRACT_ID) if num is not None else None
        abstract_id = (reference.get(q.VAL) or "") if reference is not None else ""
        return abstract_id if abstract_id in self._abstract else None

    def _definition(self, abstract_id: str) -> etree._Element:
        """Follow ``w:numStyleLink`` to the list that holds the levels."""
        seen: set[str] = set()
        while abstract_id not in seen:
            seen.add(abstract_id)
            link = self._abstract[abstract_id].find(_NUM_STYLE_LINK)
            if link is None:
                break
            style_id = link.get(q.VAL) or ""
            num_id = self._styles.list_style_num(style_id)
            target = self._abstract_id(self._nums.get(num_id)) if num_id is not None else None
            target = target if target is not None else self._linked.get(style_id)
            if target is None:
                break
            abstract_id = target
        return self._abstract[abstract_id]

    def resolve(self, direct: NumRef | None, style: ParagraphStyle) -> tuple[int, int] | None:
        """Return (numId, level) of a paragraph, or None when it is not numbered."""
        num_id = direct.num_id if direct is not None else None
        key = (style.key, num_id)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._by_style(num_id, style)
        if not found[0]:
            return None
        if direct is not None and direct.ilvl is not None:
            return found[0], direct.ilvl
        return found

    def _by_style(self, num_id: int | None, style: ParagraphStyle) -> tuple[int, int]:
        if num_id is None:
            inherited = (ref.num_id for _, ref in style.numbering if ref.num_id is not None)
            num_id = next(inherited, None)
        return (num_id, self._style_level(num_id, style)) if num_id else (0, 0)

    def _style_level(self, num_id: int, style: ParagraphStyle) -> int:
        found = self.get(num_id)
        levels = found.levels if found is not None else ()
        for style_id, ref in style.numbering:
            for index, level in enumerate(levels):
                if level is not None and level.style == style_id:
                    return index
            if ref.ilvl is not None:
                return ref.ilvl
            if ref.num_id is not None:
                break
        return 0


class Counters:
    """The running numbers of one story (body, text boxes, notes)."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[str, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()

    def advance(self, num_id: int, ilvl: int) -> Label | None:
        """Count one paragraph and return its number; None when it has no number."""
        found = self._numbering.get(num_id)
        level = found.levels[ilvl] if found is not None else None
        if found is None or level is None:
            return None
        values = self._values.get(found.counters)
        if values is None:
            values = self._values[found.counters] = [None] * LEVELS
        current = values[ilvl]
        first = False
        if ilvl in found.overridden and (num_id, ilvl) not in self._started:
            first = True
            self._started.add((num_id, ilvl))
        values[ilvl] = level.start if first or current is None else current + 1
        for below in found.restarted[ilvl]:
            values[below] = None
        if level.hidden:
            return None
        text = level.bullet or _fill(found, level, ilvl, values)
        return Label(text, level.suffix) if text else None


def _restarted(levels: Sequence[Level | None]) -> tuple[tuple[int, ...], ...]:
    """Return for each level those below that a paragraph of it starts anew."""
    if all(level is None or level.restart is None for level in levels):
        return _ALL_BELOW
    return tuple(
        tuple(below for below in all_below if _restarts(levels[below], below, used))
        for used, all_below in enumerate(_ALL_BELOW)
    )


def _restarts(level: Level | None, below: int, used: int) -> bool:
    """Say whether using level ``used`` restarts level ``below`` (both 0-based)."""
    if level is None or level.restart is None or level.restart > below:
        return True
    return used < level.restart


def _fill(found: NumberedList, level: Level, ilvl: int, values: list[int | None]) -> str:
    """Write the numbers into a template."""
    text = ""
    for piece in level.template:
        if isinstance(piece, str):
            text += piece
            continue
        shown = found.levels[piece]
        if shown is not None and piece <= ilvl:
            value = values[piece]
            number = shown.start if value is None else value
            text += str(number) if level.legal else shown.write(number)
    return text


def _place(levels: list[Level | None], where: str | None, level: Level) -> None:
    index = level_index(where)
    if index is not None:
        levels[index] = level
