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

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.numformats import custom_format, format_number
from luoshi.core.reading.docx.styles import NumRef, ParagraphStyle, Styles, integer, switched_on
from luoshi.core.reading.docx.symbols import bullet

LEVELS = 9
_BIGGEST = 2**31 - 1
_ABSTRACT = q.W + "abstractNum"
_ABSTRACT_ID = q.W + "abstractNumId"
_NUM = q.W + "num"
_LVL = q.W + "lvl"
_OVERRIDE = q.W + "lvlOverride"
_START_OVERRIDE = q.W + "startOverride"
_STYLE_LINK = q.W + "styleLink"
_NUM_STYLE_LINK = q.W + "numStyleLink"
_START = q.W + "start"
_FORMAT = q.W + "numFmt"
_TEXT = q.W + "lvlText"
_SUFFIX = q.W + "suff"
_LEGAL = q.W + "isLgl"
_RESTART = q.W + "lvlRestart"
_PSTYLE = q.W + "pStyle"
_PICTURE = q.W + "lvlPicBulletId"
_CUSTOM = q.W + "format"
_FONTS = q.W + "rFonts"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as defined."""

    start: int = 0
    template: str = ""
    write: Callable[[int], str] = str
    is_bullet: bool = False
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    hidden: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """An automatic number as printed, and what Word puts after it: tab, space, nothing."""

    text: str
    suffix: str


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A numbering instance: which counters it moves and its nine effective levels."""

    counters: str
    levels: tuple[Level | None, ...]
    overridden: frozenset[int]


class Numbering:
    """The numbering part. Missing ids and circular links mean: no number."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[int, NumberedList | None] = {}
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
            _place(levels, element.get(q.ILVL), _level(element))
        overridden: set[int] = set()
        for override in num.iterchildren(_OVERRIDE):
            whole = override.find(_LVL)
            if whole is not None:
                _place(levels, override.get(q.ILVL), _level(whole))
            start = integer(override.find(_START_OVERRIDE), 0, _BIGGEST)
            index = _index(override.get(q.ILVL))
            if start is None or index is None:
                continue
            overridden.add(index)
            level = levels[index]
            if level is not None:
                levels[index] = replace(level, start=start)
        return NumberedList(counters, tuple(levels), frozenset(overridden))

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
        if num_id is None:
            inherited = (ref.num_id for _, ref in style.numbering if ref.num_id is not None)
            num_id = next(inherited, None)
        if not num_id:
            return None
        if direct is not None and direct.ilvl is not None:
            return num_id, direct.ilvl
        return num_id, self._style_level(num_id, style)

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
        values = self._values.setdefault(found.counters, [None] * LEVELS)
        current = values[ilvl]
        first = ilvl in found.overridden and (num_id, ilvl) not in self._started
        self._started.add((num_id, ilvl))
        values[ilvl] = level.start if first or current is None else current + 1
        for below in range(ilvl + 1, LEVELS):
            if _restarts(found.levels[below], below, ilvl):
                values[below] = None
        if level.hidden:
            return None
        text = level.template if level.is_bullet else _fill(found, level, ilvl, values)
        return Label(text, level.suffix) if text else None


def _restarts(level: Level | None, below: int, used: int) -> bool:
    """Say whether using level ``used`` restarts level ``below`` (both 0-based)."""
    if level is None or level.restart is None or level.restart > below:
        return True
    return used < level.restart


def _fill(found: NumberedList, level: Level, ilvl: int, values: list[int | None]) -> str:
    """Put the numbers into a template such as ``第%1章`` or ``%1.%2``."""
    pieces = level.template.split("%")
    text = pieces[0]
    for piece in pieces[1:]:
        index = _index(piece[:1], first=1)
        if index is None:
            text += "%" + piece
            continue
        shown = found.levels[index]
        if shown is not None and index <= ilvl:
            value = values[index]
            number = shown.start if value is None else value
            text += str(number) if level.legal else shown.write(number)
        text += piece[1:]
    return text


def _index(text: str | None, first: int = 0) -> int | None:
    """Return a level index 0–8 written in the file counting from ``first``, or None."""
    if text is None or not text.isascii() or not text.isdigit():
        return None
    index = int(text[:4]) - first
    return index if 0 <= index < LEVELS else None


def _place(levels: list[Level | None], where: str | None, level: Level) -> None:
    index = _index(where)
    if index is not None:
        levels[index] = level


def _level(element: etree._Element) -> Level:
    name, write = _writer(element)
    text = element.find(_TEXT)
    template = (text.get(q.VAL) or "") if text is not None else ""
    suffix = element.find(_SUFFIX)
    style = element.find(_PSTYLE)
    properties = element.find(q.RPR)
    fonts = properties.find(_FONTS) if properties is not None else None
    if element.find(_PICTURE) is not None:
        name, template = "bullet", "•"
    elif name == "bullet":
        template = bullet(template, fonts)
    hidden = properties is not None and switched_on(properties.find(q.W + "vanish"))
    start = integer(element.find(_START), 0, _BIGGEST)
    return Level(
        start=0 if start is None else start,
        template=template,
        write=write,
        is_bullet=name == "bullet",
        suffix=(suffix.get(q.VAL) or "tab") if suffix is not None else "tab",
        legal=switched_on(element.find(_LEGAL)) is True,
        restart=integer(element.find(_RESTART), 0, LEVELS),
        hidden=hidden is True,
        style=style.get(q.VAL) if style is not None else None,
    )


def _writer(element: etree._Element) -> tuple[str, Callable[[int], str]]:
    """Return the name and the function of a level's number format.

    Word 2010 and later wrap a custom format in ``mc:AlternateContent``.
    """
    for choice in element.iterfind(f"{q.ALTERNATE}/{q.CHOICE}/{_FORMAT}"):
        custom = custom_format(choice.get(_CUSTOM) or "")
        if choice.get(q.VAL) == "custom" and custom is not None:
            return "custom", custom
    found = element.find(_FORMAT)
    if found is None:
        found = element.find(f"{q.ALTERNATE}/{q.FALLBACK}/{_FORMAT}")
    if found is None:
        return "decimal", str
    name = found.get(q.VAL) or "decimal"
    custom = custom_format(found.get(_CUSTOM) or "") if name == "custom" else None
    return name, custom or partial(format_number, name=name)
