"""One level of a list as numbering.xml defines it (ECMA-376 Part 1 §17.9.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.fragments import flat
from luoshi.core.reading.docx.numformats import custom_format, format_number
from luoshi.core.reading.docx.styles import integer, switched_on
from luoshi.core.reading.docx.symbols import bullet

LEVELS = 9
# Word's own dialogue takes no longer template.
_LONGEST = 255
BIGGEST = 2**31 - 1
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
    """One level of a list as defined; a number in ``template`` is the level to show."""

    start: int = 0
    bullet: str = ""
    template: tuple[str | int, ...] = ()
    write: Callable[[int], str] = str
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    hidden: bool = False
    style: str | None = None


def _template(text: str) -> tuple[str | int, ...]:
    """Take a template such as ``第%1章`` or ``%1.%2`` apart."""
    first, *rest = text.split("%")
    pieces: list[str | int] = [first]
    for piece in rest:
        index = level_index(piece[:1], first=1)
        pieces.extend(["%" + piece] if index is None else [index, piece[1:]])
    return tuple(piece for piece in pieces if piece != "")


def level_index(text: str | None, first: int = 0) -> int | None:
    """Return a level index 0–8 written in the file counting from ``first``, or None."""
    if text is None or not text.isascii() or not text.isdigit():
        return None
    index = int(text[:4]) - first
    return index if 0 <= index < LEVELS else None


def read_level(element: etree._Element) -> Level:
    """Read a ``w:lvl``; a missing start is 0 and a missing format decimal."""
    parts = {str(child.tag): child for child in element}
    name, write = _writer(element, parts)
    properties = parts.get(q.RPR)
    fonts = properties.find(_FONTS) if properties is not None else None
    hidden = properties is not None and switched_on(properties.find(q.W + "vanish"))
    template = flat((_value(parts, _TEXT) or "")[:_LONGEST])
    if _PICTURE in parts:
        name, template = "bullet", "•"
    start = integer(parts.get(_START), 0, BIGGEST)
    return Level(
        start=0 if start is None else start,
        bullet=bullet(template, fonts) if name == "bullet" else "",
        template=() if name == "bullet" else _template(template),
        write=write,
        suffix=_value(parts, _SUFFIX) or "tab",
        legal=switched_on(parts.get(_LEGAL)) is True,
        restart=integer(parts.get(_RESTART), 0, LEVELS),
        hidden=hidden is True,
        style=_value(parts, _PSTYLE),
    )


def _value(parts: dict[str, etree._Element], tag: str) -> str | None:
    element = parts.get(tag)
    return None if element is None else element.get(q.VAL)


def _writer(
    element: etree._Element, parts: dict[str, etree._Element]
) -> tuple[str, Callable[[int], str]]:
    """Return the name and the function of a level's number format.

    Word 2010 and later wrap a custom format in ``mc:AlternateContent``.
    """
    found = parts.get(_FORMAT)
    if q.ALTERNATE in parts:
        for choice in element.iterfind(f"{q.ALTERNATE}/{q.CHOICE}/{_FORMAT}"):
            custom = custom_format(choice.get(_CUSTOM) or "")
            if choice.get(q.VAL) == "custom" and custom is not None:
                return "custom", custom
        if found is None:
            found = element.find(f"{q.ALTERNATE}/{q.FALLBACK}/{_FORMAT}")
    if found is None:
        return "decimal", str
    name = found.get(q.VAL) or "decimal"
    custom = custom_format(found.get(_CUSTOM) or "") if name == "custom" else None
    return name, custom or partial(format_number, name=name)
