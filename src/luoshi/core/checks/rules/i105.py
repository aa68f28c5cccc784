"""I105: a placeholder that nobody filled in.

What: XX, ××, xx人, **, 某某街道, ____, 【】 or 待补充 where a name, a figure or a date belongs.
Why: it shows that the text is a form, and that nobody read it before handing it in.
Basis: seen. Placeholders left in are a ground for returning a paper (DOMAIN.md §2).
Example: “石埠社区、XX社区一次也没有去过”.
Counter-example: “居民王某某”, “张××”, “某街道原主任”, DN800, bold marks (**…**).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import line_end, paragraph_at
from luoshi.core.reading.model import Span

META = Meta(
    code="I105",
    title="占位符没有填写",
    family="identity",
    severity="error",
    basis="seen",
    why="应当写真实名称、数字或日期的地方还空着，审阅时通常会退回；请填写，或者删去这句话。",
)
_CROSS = "xX×ｘＸ"
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")


@cache
def _table() -> dict[str, Any]:
    return knowledge.table("checks/placeholders")


@cache
def _placeholder() -> re.Pattern[str]:
    unit = "(?=" + "|".join(_table()["units"]) + ")"
    return re.compile(
        rf"(?<![A-Za-z0-9\-.])[{_CROSS}]{{2,}}(?![A-Za-z0-9])"
        rf"|(?<![A-Za-z0-9\-.第{_CROSS}])[{_CROSS}N]{unit}"
        rf"|[*＊]{{2,}}{unit}|某某{unit}(?!人)"
        r"|[_＿]{2,}|[【〔（(][ \u3000]*[】〕）)]|[□○]{2,}"
        r"|年[ \u3000]+月[ \u3000]+日"
        r"|(?<![有亟尚仍])待(?:补充|填写|核实|定稿|完善|填)(?=[）)。；\n]|$)"
    )


def find(page: Page) -> Iterator[Objection]:
    """Object to every placeholder that is neither an anonymised person nor emphasis."""
    seen = -1
    for hit in page.hits("blank"):
        end = line_end(page, hit.start)
        low = max(seen, hit.start - 6, 0)
        match = next(
            (m for m in _placeholder().finditer(page.text, low, end) if m.end() > hit.start), None
        )
        if match is None or match.start() >= hit.end:
            continue
        seen = match.end()
        if not _right(page, match):
            message = f"“{match[0]}”是占位符，没有写成真实内容。"
            yield Objection((Span(*match.span()),), message)


def _right(page: Page, match: re.Match[str]) -> bool:
    text, start = page.text, match.start()
    sign = match[0][0]
    if sign in "*＊":
        line = paragraph_at(page, start)
        bold = _BOLD.finditer(text, *line)
        return page.document.format == "md" or any(b.start() <= start < b.end() for b in bold)
    if sign == "某":
        words = page.words(paragraph_at(page, start))
        return any(word in words for word in _table()["cases"])
    if sign in _CROSS and len(match[0]) > 1:
        return text[start - 1 : start] in _table()["surnames"] and not text.startswith(
            tuple(_table()["units"]), match.end()
        )
    return sign in "（(" and text[start - 1 : start].isascii()
