"""What a Word file prints, read from its XML alone: the numbers too, which it does not hold.

Written apart from luoshi's own reader on purpose, so that each can be held against the other.
Knows only what the sample uses: paragraphs, tracked changes, multi-level lists, restarts.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree
from sample_source import chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element


@dataclass
class Numbering:
    """The lists of a file and where each of them has got to."""

    root: Element
    styles: Element
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """Return the number printed before a paragraph and count it, or an empty string."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, level = place
        instance = self._one(self.root, f"{W}num[@{W}numId='{number}']")
        abstract = _value(instance, f"{W}abstractNumId")
        if number not in self.begun:
            self.begun.add(number)
            for override in instance.iterfind(f"{W}lvlOverride[{W}startOverride]"):
                index = int(override.get(f"{W}ilvl", "0"))
                self.counts[abstract, index] = int(_value(override, f"{W}startOverride")) - 1
        start = int(_value(self._level(abstract, level), f"{W}start"))
        self.counts[abstract, level] = self.counts.get((abstract, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((abstract, deeper), None)
        text = _value(self._level(abstract, level), f"{W}lvlText")
        for index in range(level + 1):
            if f"%{index + 1}" in text:
                text = text.replace(f"%{index + 1}", self._digits(abstract, index))
        return text

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        if direct is not None:
            return _value(direct, f"{W}numId"), int(_value(direct, f"{W}ilvl"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None:
            return None
        name = style.get(f"{W}val", "")
        inherited = self.styles.find(f"{W}style[@{W}styleId='{name}']/{W}pPr/{W}numPr")
        if inherited is None:
            return None
        number = _value(inherited, f"{W}numId")
        instance = self._one(self.root, f"{W}num[@{W}numId='{number}']")
        abstract = _value(instance, f"{W}abstractNumId")
        levels = f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl"
        linked = self._one(self.root, f"{levels}/{W}pStyle[@{W}val='{name}']/..")
        return number, int(linked.get(f"{W}ilvl", "0"))

    def _level(self, abstract: str, level: int) -> Element:
        return self._one(
            self.root,
            f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{level}']",
        )

    def _digits(self, abstract: str, level: int) -> str:
        count = self.counts[abstract, level]
        form = _value(self._level(abstract, level), f"{W}numFmt")
        if form not in {"decimal", "chineseCounting"}:
            raise ValueError(f"a form of number that the sample does not use: {form}")
        return str(count) if form == "decimal" else chinese(count)

    @staticmethod
    def _one(root: Element, path: str) -> Element:
        found = root.find(path)
        if found is None:
            raise ValueError(f"not in the file: {path}")
        return found


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    if found is None:
        raise ValueError(f"{element.tag} has no {path}")
    return found.get(f"{W}val", "")


def printed(docx: bytes) -> list[str]:
    """Return one line per paragraph as printed, with all tracked changes accepted."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {
            name: etree.fromstring(archive.read(f"word/{name}.xml"))
            for name in ("document", "numbering", "styles")
        }
    numbering = Numbering(parts["numbering"], parts["styles"])
    lines = []
    for paragraph in parts["document"].iterfind(f"{W}body/{W}p"):
        # Deleted text is in w:delText, so that w:t alone is the accepted text.
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        lines.append(numbering.label(paragraph) + text)
    return lines
