"""Small questions about pieces of the XML, shared by the readers."""

from __future__ import annotations

import re

from lxml import etree

from luoshi.core.reading.docx import names as q

_FLAT = str.maketrans("\t\r\n", "   ")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_SPACE = " \t\r\n"
_RINGED = re.compile(r"eq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○□△◇〇]\s*[,，;；]\s*(.+)\)", re.IGNORECASE)
_DRAWN = {
    "blip": "picture",
    "imagedata": "picture",
    "chart": "chart",
    "relIds": "diagram",
    "OLEObject": "object",
}


def visible_text(element: etree._Element) -> str:
    """Return the text of a ``w:t``: one line, outer blanks only when preserved."""
    text = element.text or ""
    stripped = text.strip(_XML_SPACE)
    if len(stripped) < len(text) and element.get(_SPACE) == "preserve":
        return flat(text)
    return flat(stripped)


def flat(text: str) -> str:
    """Return the text on one line: tabs and line ends are spaces."""
    # Looking first is many times faster than translating Chinese text.
    if "\n" in text or "\t" in text or "\r" in text:
        return text.translate(_FLAT)
    return text


def is_contents_code(code: str) -> bool:
    """Say whether a field instruction makes a table of contents."""
    return code.split(None, 1)[:1] in (["TOC"], ["toc"], ["Toc"])


def chosen_branch(element: etree._Element) -> etree._Element | None:
    """Return the one branch of ``mc:AlternateContent`` to read: Choice, else Fallback."""
    choice = element.find(q.CHOICE)
    return choice if choice is not None else element.find(q.FALLBACK)


def own_runs(element: etree._Element) -> int:
    """Count the ``w:r`` in a skipped part, without those in text boxes of it."""
    count = 0
    waiting = [element]
    while waiting:
        for child in waiting.pop():
            if child.tag != q.TXBX:
                count += child.tag == q.R_RUN
                waiting.append(child)
    return count


def ringed(code: str) -> str:
    """Return what an EQ field with an overlay (Word's enclosed characters) shows, or nothing.

    Numbers up to 50 become circled numbers, anything else itself.
    """
    match = _RINGED.match(code.strip())
    text = match[1].strip() if match else ""
    if text.isascii() and text.isdigit() and len(text) <= 2:
        number = int(text)
        for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
            if first <= number <= last:
                return chr(start + number - first)
    return text


def drawn(element: etree._Element) -> tuple[list[etree._Element], str]:
    """Return the outermost text boxes of a drawing, and what else it is if it has none."""
    boxes: list[etree._Element] = []
    skipped = "object" if element.tag == q.W + "object" else ""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        tag = str(current.tag)
        if tag == q.TXBX:
            boxes.append(current)
            continue
        if tag == q.ALTERNATE:
            branch = chosen_branch(current)
            waiting.extend([] if branch is None else [branch])
            continue
        skipped = skipped or _DRAWN.get(tag.rpartition("}")[2], "")
        waiting.extend(reversed(current))
    return boxes, "" if boxes else skipped
