"""The parts of a Word file that its comments need: found, or made and made known."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from luoshi.formats.docx_package import parsed, serialised

if TYPE_CHECKING:
    from lxml import etree

    from luoshi.core.reading.docx.package import Package

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STYLE_NAMES = ("annotation text", "annotation reference")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")


class Look(NamedTuple):
    """What all comments of a file share: who, when, and the file's styles for comments."""

    author: str
    date: str
    text_style: str
    mark_style: str


class CommentsPart(NamedTuple):
    """The comments: part name, root element, the bytes it had before, other parts to write."""

    name: str
    root: etree._Element
    before: bytes
    others: dict[str, bytes]


def comments_part(package: Package, main: str, root: etree._Element) -> CommentsPart:
    """Return the comments of the document part ``main`` with its ``root``, old or new."""
    for relation in package.relations(main).values():
        if relation.kind == "comments":
            before = package.read(relation.target)
            return CommentsPart(relation.target, parsed(before), before, {})
    folder, _, base = main.rpartition("/")
    stem = f"{folder}/" if folder else ""
    number = 0
    name = f"{stem}comments.xml"
    while package.find(name) is not None:
        number += 1
        name = f"{stem}comments{number}.xml"
    w = str(root.tag)[1:].rpartition("}")[0]
    comments = parsed(f'<w:comments xmlns:w="{w}"/>'.encode())
    relations = f"{stem}_rels/{base}.rels"
    others = _related(package, package.find(relations) or relations, name, "purl.oclc.org" in w)
    return CommentsPart(name, comments, b"", {**others, **_typed(package, name)})


def _related(package: Package, part: str, target: str, strict: bool) -> dict[str, bytes]:
    """Return the relationships of the document part with one to the comments added."""
    empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
    before = package.read(part) if package.find(part) else empty
    root = parsed(before)
    taken = {element.get("Id") for element in root}
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    made = root.makeelement(f"{{{_RELATIONS}}}Relationship")
    made.set("Id", f"rId{number}")
    made.set("Type", f"{_STRICT_OFFICE if strict else _OFFICE}/comments")
    made.set("Target", target.rpartition("/")[2])
    root.append(made)
    return {part: serialised(root, before)}


def _typed(package: Package, name: str) -> dict[str, bytes]:
    """Return the list of content types with the comments added."""
    part = package.find("[Content_Types].xml")
    if part is None:
        return {}
    before = package.read(part)
    root = parsed(before)
    made = root.makeelement(f"{{{_TYPES}}}Override")
    made.set("PartName", f"/{name}")
    made.set("ContentType", _COMMENTS_TYPE)
    root.append(made)
    return {part: serialised(root, before)}


def look(package: Package, main: str, author: str, when: datetime | None) -> Look:
    """Return what all comments of the file share; ``when`` None is the day it was saved."""
    from luoshi.core.reading.docx import names as q

    found = dict.fromkeys(_STYLE_NAMES, "")
    for relation in package.relations(main).values():
        if relation.kind == "styles":
            for style in package.styles(relation.target).iterchildren(q.W + "style"):
                name = style.find(q.W + "name")
                called = "" if name is None else (name.get(q.VAL) or "").casefold()
                if called in found:
                    found[called] = style.get(q.W + "styleId") or ""
    date = _saved(package) if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Look(author, date, *(found[name] for name in _STYLE_NAMES))


def _saved(package: Package) -> str:
    """Return the date in the file's own properties, or nothing."""
    for relation in package.relations("").values():
        if relation.kind == "core-properties":
            for element in package.xml(relation.target).iter("{*}modified"):
                words = (element.text or "").strip()
                return words if _DATE.fullmatch(words) else ""
    return ""


def free_id(root: etree._Element, comments: etree._Element) -> int:
    """Return a number from which on no comment has an id."""
    w = str(root.tag).rpartition("}")[0] + "}"
    marks = (w + "commentRangeStart", w + "commentRangeEnd", w + "commentReference")
    used = [element.get(w + "id") or "" for element in root.iter(*marks)]
    used += [element.get(w + "id") or "" for element in comments.iter(w + "comment")]
    return max((int(each) for each in used if each.isascii() and each.isdigit()), default=-1) + 1
