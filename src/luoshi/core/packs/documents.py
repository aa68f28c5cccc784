"""Whether a table of documents with the days of their issue can be one (data/checks/documents)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luoshi.core.packs import fields

_KEYS = frozenset({"basis", "source", "dated", "documents"})
_ROW = frozenset({"name", "issued", "revised", "words", "source"})
BASES = frozenset({"law", "seen", "default", "custom"})


def objections(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a table; ``name`` is how its file is called."""
    where = f"文件发布日期 {name} "
    yield from fields.unknown(table, _KEYS, where)
    yield from fields.text(table, "source", where)
    yield from fields.day(table, "dated", where)
    if table.get("basis") not in BASES:
        yield f"{where}的 basis 应当是 law、seen、default、custom 之一"
    rows = table.get("documents")
    wrong = list(fields.rows(rows, f"{where}的 documents "))
    yield from wrong
    if wrong or not isinstance(rows, list):
        return
    if not rows:
        yield f"{where}里一份文件也没有"
    seen: set[str] = set()
    for row in rows:
        yield from _row(row, where)
        words = row.get("words")
        for word in words if isinstance(words, list) else ():
            if word in seen:
                yield f"{where}里“{word}”出现了两次"
            seen.add(word)


def _row(row: Mapping[str, Any], where: str) -> Iterator[str]:
    here = f"{where}的“{row.get('name', '没有名称的文件')}”"
    yield from fields.unknown(row, _ROW, here)
    for key in ("name", "source"):
        yield from fields.text(row, key, here)
    yield from fields.day(row, "issued", here)
    yield from fields.texts(row.get("words"), f"{here}的 words ")
    revised = row.get("revised", [])
    if not isinstance(revised, list) or not all(map(fields.is_day, revised)):
        yield f"{here}的 revised 应当列出修订的日期"
    elif fields.is_day(row.get("issued")) and any(day <= row["issued"] for day in revised):
        yield f"{here}的修订日期早于发布日期"
    # So short a word would be found in every text.
    if isinstance(row.get("words"), list) and any(
        isinstance(word, str) and len(word) < 4 for word in row["words"]
    ):
        yield f"{here}的 words 至少要四个字，否则会误认"
