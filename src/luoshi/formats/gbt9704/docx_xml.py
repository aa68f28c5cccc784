"""Elements of WordprocessingML, made by lxml: text goes into text nodes, escaped by it."""

from __future__ import annotations

import math
from typing import Any

from luoshi.formats.gbt9704 import layout

# Twentieths of a point by which characters of the text stand nearer, so that 28 fill a line.
_CLOSER = math.floor((layout.WIDTH * layout.POINTS / layout.CHARACTERS - layout.BODY) * 20)

Xml = Any  # lxml's element; its stubs know no namespaced attributes


def E(tag: str, *children: Xml, **attributes: str | float) -> Xml:  # noqa: N802 - as lxml's own
    """Return an element with children; attributes are in the namespace of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def fonts(name: str) -> Xml:
    """Return the fonts of a run: Chinese and everything else in the same face."""
    return E("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def size(points: float) -> list[Xml]:
    """Return the size of a run (Word counts half points)."""
    return [E("w:sz", val=round(points * 2)), E("w:szCs", val=round(points * 2))]


def exact(points: float) -> Xml:
    """Return an exact distance of lines, cut off so that a page holds what it should."""
    return E("w:spacing", before=0, after=0, line=int(points * 20), lineRule="exact")


def run(words: str, font: str, points: float) -> Xml:
    """Return a run of plain text; a line feed is a line break."""
    # 28 characters of 16 points are wider than the type area; a grid of characters would say the
    # same, but LibreOffice sets 17 in a line where such a grid is narrower than the font.
    closer = [E("w:spacing", val=_CLOSER)] if points == layout.BODY else []
    made = E("w:r", E("w:rPr", fonts(font), *closer, *size(points)))
    for n, line in enumerate(words.split("\n")):
        if n:
            made.append(E("w:br"))
        text = E("w:t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(text)
    return made
