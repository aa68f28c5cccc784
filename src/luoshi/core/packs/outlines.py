"""Whether an outline of a pack can be followed (the form is told in docs/adding-an-outline.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from luoshi.core import knowledge
from luoshi.core.material.outline import PartKind, build
from luoshi.core.packs import fields, patterns
from luoshi.core.packs.documents import BASES

_KEYS = frozenset(
    {"id", "name", "extends", "year", "previous", "basis", "source", "dated", "cues", "titles",
     "aspects", "parts"}
)  # fmt: skip
_ASPECT = frozenset({"name", "keys", "optional", "part"})
_PART = frozenset({"kind", "search", "label"})
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
_YEARS = range(2000, 2100)
_KINDS: tuple[str, ...] = get_args(PartKind)
GENERAL = "general"


def objections(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an outline; ``name`` is how its file is called."""
    where = f"提纲 {name} "
    shape = [
        *fields.unknown(table, _KEYS, where), *_head(name, table, where),
        *_parents(table, where), *_patterns(table, where), *_aspects(table, where),
        *_parts(table, where),
    ]  # fmt: skip
    yield from shape or _sense(dict(table), where)


def _head(name: str, table: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in ("name", "source"):
        yield from fields.text(table, key, where)
    yield from fields.day(table, "dated", where)
    if table.get("basis") not in BASES:
        yield f"{where}的 basis 应当是 law、seen、default、custom 之一"
    if table.get("id") != name or not _ID.fullmatch(name):
        yield f"{where}的 id 应当与文件名相同，用小写字母、数字和短横"
    elif name == GENERAL or _packaged(name).get("abstract"):
        yield f"{where}是各提纲共用的，不能由资料包代替"
    if "year" in table and (type(table["year"]) is not int or table["year"] not in _YEARS):
        yield f"{where}的 year 应当是四位数的年份"
    previous = table.get("previous", "")
    if not isinstance(previous, str) or (previous and not _ID.fullmatch(previous)):
        yield f"{where}的 previous 应当是上一次会议的提纲代号"


def _packaged(name: str) -> Mapping[str, Any]:
    try:
        return knowledge.packaged(f"outlines/{name}")
    except FileNotFoundError:
        return {}


def _parents(table: Mapping[str, Any], where: str) -> Iterator[str]:
    parents = table.get("extends", [])
    if not isinstance(parents, list) or not all(isinstance(one, str) for one in parents):
        yield f"{where}的 extends 应当用方括号列出"
        return
    for parent in parents:
        if not _ID.fullmatch(parent) or not _packaged(parent):
            yield f"{where}的 extends 里没有“{parent[:60]}”这个提纲，一般写 party"


def _patterns(table: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in ("cues", "titles"):
        if key in table:
            yield from _each(table[key], f"{where}的 {key} ")


def _each(value: object, where: str) -> Iterator[str]:
    wrong = list(fields.texts(value, where)) if not isinstance(value, list) or not value else []
    yield from wrong
    if not wrong and isinstance(value, list):
        for pattern in value:
            yield from patterns.objections(pattern, where)


def _aspects(table: Mapping[str, Any], where: str) -> Iterator[str]:
    rows = table.get("aspects", [])
    yield from (wrong := list(fields.rows(rows, f"{where}的 aspects ")))
    if wrong:
        return
    names = [row.get("name") for row in rows]
    for row in rows:
        here = f"{where}的分项“{row.get('name', '没有名称')}”"
        yield from fields.unknown(row, _ASPECT, here)
        yield from fields.text(row, "name", here)
        yield from _each(row.get("keys"), f"{here}的 keys ")
        if row.get("part", "problem") not in _KINDS:
            yield f"{here}的 part 应当是 {'、'.join(_KINDS)} 之一"
        if type(row.get("optional", False)) is not bool:
            yield f"{here}的 optional 应当是 true 或 false"
        if names.count(row.get("name")) > 1:
            yield f"{here}出现了两次"


def _parts(table: Mapping[str, Any], where: str) -> Iterator[str]:
    rows = table.get("parts", [])
    yield from (wrong := list(fields.rows(rows, f"{where}的 parts ")))
    for row in () if wrong else rows:
        here = f"{where}的部分“{row.get('kind', '没有写 kind')}”"
        yield from fields.unknown(row, _PART, here)
        if row.get("kind") not in _KINDS:
            yield f"{here}的 kind 应当是 {'、'.join(_KINDS)} 之一"
        if not row.get("search") and not row.get("label"):
            yield f"{here}应当写 search 或 label"
        for key in ("search", "label"):
            if key in row:
                yield from _each(row[key], f"{here}的 {key} ")


def _sense(table: dict[str, Any], where: str) -> Iterator[str]:
    """Object to an outline that asks for nothing or does not know its own headings."""
    if not table.get("aspects") and not table.get("parts"):
        yield f"{where}没有任何标题：请写 aspects（分项），或者 parts（部分）"
        return
    if not table.get("extends") and not table.get("parts"):
        yield f'{where}没有写各部分怎样认：一般写 extends = ["party"]'
    outline = build(table)
    for index, aspect in enumerate(outline.aspects):
        found = outline.aspect_of(aspect.name)
        if found != index:
            other = f"，会认成“{outline.aspects[found].name}”" if found >= 0 else ""
            yield f"{where}的分项“{aspect.name}”按它自己的 keys 认不出来{other}"
