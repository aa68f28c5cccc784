"""What a pack is, and why one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

WORKDAYS, OUTLINES, DOCUMENTS = "workdays", "outlines", "documents"
KINDS = {WORKDAYS: "放假安排", OUTLINES: "提纲", DOCUMENTS: "文件发布日期"}


class PackError(ValueError):
    """A pack that is not taken; ``reasons`` are all that was found, in Chinese."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was found good.

    ``tables`` are the parsed files by their names (``workdays/<year>``); ``signer`` is the public
    key that signed it (as handed out: ``name+id+key``), empty when nobody did.
    """

    name: str
    title: str
    version: int
    dated: date
    source: str
    tables: Mapping[str, dict[str, Any]]
    signer: str = ""
    digest: str = field(default="", compare=False)

    def words(self) -> list[str]:
        """Return in Chinese what is in it, one line for each table."""
        return [_words(name, table) for name, table in sorted(self.tables.items())]


def _words(name: str, table: Mapping[str, Any]) -> str:
    kind, _, rest = name.partition("/")
    if kind == WORKDAYS:
        return f"{rest}年放假安排：放假 {len(table['off'])} 段，调休上班 {len(table['on'])} 天"
    if kind == OUTLINES:
        return f"提纲 {rest}：{table['name']}，分项 {len(table.get('aspects', ()))}"
    return f"文件发布日期 {rest}：{len(table['documents'])} 份文件"
