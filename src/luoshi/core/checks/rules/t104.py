"""T104: a document called by a short title before its full one was given.

What: the first mention, between book marks, of a document of data/checks/names-in-full.toml
by a short title, its full title not having been given before.
Why: the reader must know which document is meant; short titles are for later mentions.
Basis: custom. Titles as the documents themselves bear them.
Example: 认真贯彻《廉洁自律准则》。
Counter-example: 《中国共产党廉洁自律准则》……《廉洁自律准则》; 对照党章 without book marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T104",
    title="文件名称不是全称",
    family="text",
    severity="warning",
    basis="custom",
    why="第一次提到文件通常写全称，之后可以用简称。请补全名称，并核对文件本身。",
)
_TITLE = re.compile(r"《([^《》\n]{2,60})》")


@cache
def _short() -> dict[str, str]:
    """Return the full title by short title."""
    rows = knowledge.table("checks/names-in-full")["documents"]
    return {short: row["full"] for row in rows for short in row.get("short", ())}


def find(page: Page) -> Iterator[Objection]:
    """Object to the first mention of each document that has only its short title so far."""
    if "《" not in page.text:
        return
    named: set[str] = set()
    for match in _TITLE.finditer(page.text):
        title = match[1]
        full = _short().get(title)
        if full is not None and full not in named:
            if page.text.find(full, 0, match.start()) < 0:
                message = f"第一次提到《{title}》时应写全称《{full}》。"
                yield Objection((Span(*match.span()),), message, f"《{full}》")
            named.add(full)
