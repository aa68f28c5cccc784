"""What paragraph and character styles say about numbering, outline level and hiding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from luoshi.core.reading.docx import names as q

_STYLE = q.W + "style"
_STYLE_ID = q.W + "styleId"
_DEFAULT = q.W + "default"
_BASED_ON = q.W + "basedOn"
_NAME = q.W + "name"
_OUTLINE = q.W + "outlineLvl"
_VANISH = q.W + "vanish"
_NUM_PR = q.W + "numPr"
_DOC_DEFAULTS = q.W + "docDefaults"
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])")
_BODY_TEXT = 9
# Word allows some ten generations; a hostile file can make tens of thousands.
_GENERATIONS = 32


class NumRef(NamedTuple):
    """A reference to numbering; a part that is not given is None."""

    num_id: int | None = None
    ilvl: int | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    name: str
    num: NumRef
    outline: int | None
    vanish: bool | None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with everything it inherits.

    ``key`` is its id (None: no style at all); ``numbering`` the chain of (style id,
    reference) from the style to its oldest ancestor; ``level`` the heading level (1–9)
    or 0; ``vanish`` hides its text; ``contents`` marks an entry of a table of contents.
    """

    key: str | None = None
    numbering: tuple[tuple[str, NumRef], ...] = ()
    level: int = 0
    vanish: bool = False
    contents: bool = False


PLAIN = ParagraphStyle()


def integer(element: etree._Element | None, low: int, high: int) -> int | None:
    """Return the ``w:val`` of an element cut to ``low..high``; None if it is no number."""
    if element is None:
        return None
    try:
        return max(low, min(high, int(element.get(q.VAL) or "")))
    except ValueError:
        return None


def switched_on(element: etree._Element | None) -> bool | None:
    """Return an on/off property: None when absent, else its value (absent value: on)."""
    if element is None:
        return None
    return element.get(q.VAL) not in q.FALSE_VALUES


def num_ref(element: etree._Element) -> NumRef:
    """Return what a ``w:numPr`` refers to."""
    num_id: int | None = None
    ilvl: int | None = None
    for child in element:
        if child.tag == q.NUM_ID:
            num_id = integer(child, -1, 2**31)
        elif child.tag == q.ILVL:
            ilvl = integer(child, 0, 8)
    return NumRef(num_id, ilvl)


def heading_level(outline: int | None) -> int:
    """Turn ``w:outlineLvl`` (0–8; 9 means body text) into a heading level 1–9 or 0."""
    return 0 if outline is None or outline >= _BODY_TEXT else outline + 1


class Styles:
    """The styles part, resolved on demand; unknown ids and cycles give plain text."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._hidden_default = False
        self._paragraph: dict[str | None, ParagraphStyle] = {}
        self._character: dict[str, bool] = {}
        for element in root if root is not None else ():
            if element.tag == _STYLE:
                style_id = element.get(_STYLE_ID) or ""
                self._elements[style_id] = element
                default = element.get(_DEFAULT)
                is_default = default is not None and default not in q.FALSE_VALUES
                if is_default and element.get(q.TYPE) == "paragraph":
                    self._default = style_id
            elif element.tag == _DOC_DEFAULTS:
                vanish = element.find(f"{q.W}rPrDefault/{q.RPR}/{_VANISH}")
                self._hidden_default = bool(switched_on(vanish))

    def _get(self, style_id: str) -> _Style | None:
        """Return a style as written; most styles of a file are never asked for."""
        if style_id not in self._styles:
            element = self._elements.get(style_id)
            if element is None:
                return None
            self._styles[style_id] = _written(element)
        return self._styles[style_id]

    def _chain(self, style_id: str | None) -> list[tuple[str, _Style]]:
        chain: list[tuple[str, _Style]] = []
        seen: set[str] = set()
        while style_id is not None and style_id not in seen and len(chain) < _GENERATIONS:
            seen.add(style_id)
            style = self._get(style_id)
            if style is None:
                break
            chain.append((style_id, style))
            style_id = style.based_on
        return chain

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return a paragraph style; None and unknown ids mean the default style."""
        found = self._paragraph.get(style_id)
        if found is None:
            known = style_id if style_id in self._elements else self._default
            found = self._resolve(self._chain(known))
            self._paragraph[style_id] = found
        return found

    def _resolve(self, chain: list[tuple[str, _Style]]) -> ParagraphStyle:
        outline = next((s.outline for _, s in chain if s.outline is not None), None)
        level = heading_level(outline)
        if outline is None:
            named = (_HEADING_NAME.fullmatch(s.name) for _, s in chain)
            level = next((int(match[1]) for match in named if match), 0)
        return ParagraphStyle(
            key=chain[0][0] if chain else None,
            numbering=tuple((style_id, style.num) for style_id, style in chain),
            level=level,
            vanish=_nearest_vanish(chain) is True,
            contents=bool(chain) and bool(_CONTENTS_NAME.fullmatch(chain[0][1].name)),
        )

    def hides(self, paragraph: ParagraphStyle, character: str | None) -> bool:
        """Say whether styles hide a run.

        Hiding is a toggle property (ECMA-376 Part 1 §17.7.3): set by both the paragraph
        style and the character style it cancels out.
        """
        by_character = False
        if character is not None:
            known = self._character.get(character)
            if known is None:
                known = _nearest_vanish(self._chain(character)) is True
                self._character[character] = known
            by_character = known
        return self._hidden_default or paragraph.vanish != by_character

    def list_style_num(self, style_id: str) -> int | None:
        """Return the numbering instance that a numbering style names."""
        style = self._get(style_id)
        return None if style is None else style.num.num_id


def _nearest_vanish(chain: list[tuple[str, _Style]]) -> bool | None:
    return next((style.vanish for _, style in chain if style.vanish is not None), None)


def _written(element: etree._Element) -> _Style:
    based_on: str | None = None
    name = ""
    num = NumRef()
    outline: int | None = None
    vanish: bool | None = None
    for child in element:
        tag = child.tag
        if tag == _BASED_ON:
            based_on = child.get(q.VAL)
        elif tag == _NAME:
            name = (child.get(q.VAL) or "").casefold()
        elif tag == q.PPR:
            numbered = child.find(_NUM_PR)
            num = num if numbered is None else num_ref(numbered)
            outline = integer(child.find(_OUTLINE), 0, _BODY_TEXT)
        elif tag == q.RPR:
            vanish = switched_on(child.find(_VANISH))
    return _Style(based_on, name, num, outline, vanish)
