"""I110: a measure that acts for a place above the office.

What: a street, a school or a company that rolls something out in 全区 or commands 全区各社区; an
office of the district or county that does so for 全市.
Why: nobody can carry it out; the words are those of a higher office's paper.
Basis: seen. A wrong level left over from a copied text is a ground for returning (DOMAIN.md §2).
Example: “2023年秋季学期起在全区中小学推开” among the measures of one school.
Counter-example: “全区排名进入前五”, “参加全区比武”, “按照全区统一部署开展排查”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import any_of, kinds, own_names, quoted, units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I110",
    title="措施管到了上级的范围",
    family="identity",
    severity="warning",
    basis="seen",
    why="本单位管不到那么大的范围，多半是照搬上级单位的材料；请改成本单位能做到的事。",
)
_HIGHER = ("全市", "全省")
_DISTRICT = ("全区", "全县")
_TOWN = ("全街道", "全镇", "全乡")
# A pattern begins no further before the word.
_BEFORE = 14


@cache
def _pattern() -> re.Pattern[str]:
    whole = f"(?:{any_of((*_HIGHER, *_DISTRICT, *_TOWN))})"
    texts = (text.replace("{whole}", whole) for text in units_table()["scope"]["patterns"])
    return re.compile("|".join(f"(?:{text})" for text in texts))


def find(page: Page) -> Iterator[Objection]:
    """Object in measures to what is done for all of a place that the office is only a part of."""
    hits = page.hits("whole-place")
    if not hits:
        return
    above = _above(page)
    for hit in hits:
        point = page.point_at(hit.start)
        if page.words(hit) not in above or point is None or point.kind != "measure":
            continue
        low, high = _clause(page, hit)
        match = _pattern().search(page.text, max(low, hit.start - _BEFORE), high)
        rest = page.text[low:high]
        if match is None or not match.start() <= hit.start < match.end():
            continue
        if not quoted(page, hit.start) and not any(
            w in rest for w in units_table()["scope"]["never"]
        ):
            span = Span(*match.span())
            yield Objection((span,), f"“{page.words(span)}”超出了本单位的范围。")


def _above(page: Page) -> tuple[str, ...]:
    """Return the words for places of which the office is only a part."""
    own, names = kinds(page), own_names(page)
    scope = units_table()["scope"]
    if own & set(scope["lowest"]):
        return _TOWN + _DISTRICT + _HIGHER
    if own & set(scope["below"]) and ("city" not in names or "district" in names):
        return _DISTRICT + _HIGHER
    if own and "district" in names:
        return _HIGHER
    return _HIGHER[1:] if own and "city" in names else ()


def _clause(page: Page, hit: Span) -> tuple[int, int]:
    low = max(page.text.rfind(sign, 0, hit.start) + 1 for sign in "，。；：\n")
    ends = [page.text.find(sign, hit.end) for sign in "，。；：\n"]
    return low, min((end for end in ends if end >= 0), default=len(page.text))
