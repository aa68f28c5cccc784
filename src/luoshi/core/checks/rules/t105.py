"""T105: the title of a document slightly wrong.

What: words between book marks that differ from one title of data/checks/names-in-full.toml
by one character, or by up to two characters too many or too few inside it, and are no
other title known.
Why: whoever gets the title wrong has not read the document, or so it looks.
Basis: custom. Titles as the documents themselves bear them.
Example: 《党政机关厉行勤俭节约反对浪费条例》 for 《党政机关厉行节约反对浪费条例》.
Counter-example: 《江州市优化营商环境条例》 and 《党政领导干部选拔任用工作暂行条例》 are others.
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
    code="T105",
    title="文件名称有误",
    family="text",
    severity="error",
    basis="custom",
    why="文件名称一个字也不能错。请对照文件原文改正。",
)
_TITLE = re.compile(r"《([^《》\n]{6,60})》")
# What a title may have more or less without being a wrong one: an earlier or trial version.
_VERSION = frozenset(("暂行", "试行", "修订", "若干", "实施", "有关"))
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")


@cache
def _full() -> tuple[str, ...]:
    return tuple(row["full"] for row in knowledge.table("checks/names-in-full")["documents"])


@cache
def _known() -> frozenset[str]:
    """Return all titles, short ones too, without notes on the version in brackets."""
    rows = knowledge.table("checks/names-in-full")["documents"]
    titles = {t for row in rows for t in (row["full"], *row.get("short", ()))}
    return frozenset(titles | {_NOTE.sub("", t) for t in titles})


def _slip(title: str, full: str) -> bool:
    """Tell whether ``title`` is ``full`` with one slip inside; both ends must agree."""
    if abs(len(title) - len(full)) > 2 or len(full) < 8 or title[:2] != full[:2]:
        return False
    low = next((i for i, (a, b) in enumerate(zip(title, full, strict=False)) if a != b), -1)
    if low < 0:
        return False
    tail = 0
    while tail < min(len(title), len(full)) - low and title[-1 - tail] == full[-1 - tail]:
        tail += 1
    middle, missed = title[low : len(title) - tail], full[low : len(full) - tail]
    if tail < 2 or {middle, missed} & _VERSION:
        return False
    return len(middle) == len(missed) == 1 or "" in (middle, missed)


def find(page: Page) -> Iterator[Objection]:
    """Object to every title that is a known one but for a slip."""
    if "《" not in page.text:
        return
    for match in _TITLE.finditer(page.text):
        title = _NOTE.sub("", match[1])
        if title in _known():
            continue
        full = next((known for known in _full() if _slip(title, _NOTE.sub("", known))), None)
        if full is not None:
            message = f"《{title}》名称有误，应为《{full}》。"
            yield Objection((Span(*match.span()),), message, f"《{full}》")
