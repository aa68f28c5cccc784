"""T137: a month or a day that lies outside the period it is said to be in.

What: months in brackets behind 上半年, 下半年 or a quarter that are none of it; in the report of
an audit, something seen on the spot on a day outside the days of the audit.
Why: one of the two is wrong.
Basis: custom. The calendar.
Example: 上半年（1—7月）; 审核日期：5月20日至22日 and 5月26日上午，审核员查看…….
Counter-example: 上半年（1—5月）; 5月26日完成整改 after the audit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import dates
from luoshi.core.checks.rules._periods import periods
from luoshi.core.reading.model import Span

META = Meta(
    code="T137",
    title="日期不在所写的期间内",
    family="text",
    severity="error",
    basis="custom",
    why="日期与所写的期间对不上，总有一处写错。请核对原始记录后改正。",
)
_NAMED = re.compile(
    r"(?:(?P<half>[上下])半年|第?(?P<q>[一二三四])季度)[^，。；\d\n]{0,3}[（(]?"
    r"(?P<a>\d{1,2})月?(?:至|到|—+|－|-|~|～)(?P<b>\d{1,2})月(?!\d)"
)


def _named_months(page: Page) -> Iterator[Objection]:
    """Object to months that are none of the half year or quarter before them: 上半年（1—7月）."""
    for match in _NAMED.finditer(page.text):
        if match["half"]:
            first, last = (1, 6) if match["half"] == "上" else (7, 12)
        else:
            last = 3 * ("一二三四".index(match["q"]) + 1)
            first = last - 2
        if not (first <= int(match["a"]) <= int(match["b"]) <= last):
            message = f"“{match[0]}”里的月份不对，应在{first}月至{last}月之内。"
            yield Objection((Span(*match.span()),), message)


_ON_SITE = re.compile(
    r"(?:现场)?(?:审核|评审|检查|督导|审计|督察)(?:日期|时间|起止)[：:为是|\s*]*$"
)
_STATIONED = re.compile(r"[，,]?(?:进驻|进点|开展现场|现场)")
_SEEN = re.compile(
    r"[，,]?(?:[上下]午|夜间|晚上|早上)?[，,]?(?:审核员|审核组|评审员|评审组|检查组|督导组|审计组|督察组|巡察组|巡视组)[^，。；\n]{0,12}?(?:查看|检查|抽查|发现|观察|现场|查阅|询问|核对|访谈)"
)


def _outside(page: Page) -> Iterator[Objection]:
    """Object to what was seen on the spot on a day outside the stated days of the audit."""
    held = [
        p
        for p in periods(page)
        if p.days
        if _ON_SITE.search(page.text, max(0, p.start - 16), p.start)
        or _STATIONED.match(page.text, p.end)
    ]
    if len(held) != 1:
        return
    period = held[0]
    for dated in dates(page):
        if not dated.day or dated.start < period.end or not _SEEN.match(page.text, dated.end):
            continue
        days = (period.first.month, period.first.day), (period.last.month, period.last.day)
        if (
            dated.year in (0, period.first.year)
            and not days[0] <= (dated.month, dated.day) <= days[1]
        ):
            shown = page.words((dated.start, dated.end))
            message = f"“{shown}”不在前面所写的“{page.words((period.start, period.end))}”之内。"
            yield Objection((Span(dated.start, dated.end), Span(period.start, period.end)), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every month or day outside the period it is said to be in."""
    yield from sorted([*_named_months(page), *_outside(page)], key=lambda o: o.spans[0])
