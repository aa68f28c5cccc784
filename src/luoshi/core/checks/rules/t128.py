"""T128: a period that ends before it begins, or that is longer or shorter than stated.

What: 6月15日至10日; 12日至14日，共4天; an opening session that is not on the first day of the
period or a closing session not on its last; two dates and 晚了N天 or 历时N天 between them.
Why: dates that contradict each other in one passage.
Basis: custom. The calendar.
Example: 审核时间为6月12日至14日，末次会议于6月13日召开。
Counter-example: 11月至次年2月; 9月至6月 of a school year; 前后3天 with either end counted or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, sums
from luoshi.core.checks.rules._figures import ANY_YEAR, Dated, dates, last_year
from luoshi.core.checks.rules._periods import Period, periods, spans_of_years
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T128",
    title="起止时间不符",
    family="text",
    severity="error",
    basis="custom",
    why="起止时间、天数或会期对不上，总有一处写错。请核对原始记录后改正。",
)
_LENGTH = re.compile(
    r"[，,（(]?(?P<how>共计?|为期|历时|前后|持续|一共|合计|长达|时间)?(?:[了为是])?(?:整整)?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<half>个?半)?个?(?P<u>天|日|月|周|星期|年)(?!前|后|内|以|会|左右)"
)
# 3月12日至14日集中培训，共4天: what was done may stand between, then the word is needed.
_LATER = re.compile(
    r"[^\d，。；：、（）\n]{1,16}[，,（(](?P<how>共计?|为期|历时|前后|持续|一共|合计|长达)(?:[了为是])?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<half>个?半)?个?(?P<u>天|日|月)(?!前|后|内|以|会|左右)"
)
_HALF_A_YEAR = 0.5
_INCLUSIVE = frozenset(("共", "共计", "为期", "一共", "合计", None))
_LATE = re.compile(
    r"(?:晚|迟|超期|逾期|拖延?|延误|延期|推迟|滞后|历时|用时|耗时|用|花|等|隔|相隔|间隔|时隔|相差|前后)了?(?:整整|近|只有?|仅有?|一共|总共)?$"
)
# A school year and a heating season run over the turn of the year: the month of their begin.
_AUTUMN = 9


def _reversed(page: Page) -> Iterator[Objection]:
    """Object to periods that end before they begin."""
    for start, end, first, last in spans_of_years(page):
        if first > last:
            yield Objection(
                (Span(start, end),), f"“{page.words((start, end))}”的结束年份早于开始年份。"
            )
    for period in periods(page):
        if period.last >= period.first:
            continue
        same_month = period.first.month == period.last.month
        turned = period.days or period.first.month < _AUTUMN or period.second_year
        if not (same_month or (period.years and turned)):
            continue
        shown = page.words((period.start, period.end))
        yield Objection((Span(period.start, period.end),), f"“{shown}”的结束时间早于开始时间。")


def _lengths(page: Page) -> Iterator[Objection]:
    """Object to a number of days behind a period that the period does not have."""
    for period in periods(page):
        told = _LENGTH.match(page.text, period.end) or _LATER.match(page.text, period.end)
        if told is None or period.last < period.first or told["half"]:
            continue
        count = number(told["n"])
        days = (period.last - period.first).days + 1
        months = (
            (period.last.year - period.first.year) * 12 + period.last.month - period.first.month
        )
        if told["u"] in "天日" and period.days:
            possible = {days} if told["how"] in _INCLUSIVE else {days, days - 1}
        elif told["u"] == "月" and "个月" in told[0]:
            possible = _months(period, months) if period.days else {months + 1}
            if not period.days and told["how"] not in _INCLUSIVE:
                possible.add(months)
        elif told["u"] == "年" and period.years and count and not told["half"]:
            if abs((months + 1) / 12 - count) < _HALF_A_YEAR:
                continue
            possible = {round((months + 1) / 12)}
        else:
            continue
        if count is None or count in possible:
            continue
        shown = page.words((period.start, period.end))
        right = max(possible)
        unit = {"月": "个月", "年": "年"}.get(told["u"], "天")
        span = Span(period.start, told.end())
        message = f"“{shown}”是{right}{unit}，不是{told['n']}{unit}。"
        yield Objection((span,), message)


def _months(period: Period, months: int) -> set[int]:
    """Return how many months a period of days may be called: 3月1日至5月31日 is three."""
    ends = (period.last + timedelta(days=1)).day == 1
    return {months + 1} if period.first.day == 1 and ends else {months, months + 1}


@cache
def _sessions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what the opening and the closing session are called, and what they are of."""
    rows = knowledge.table("checks/facts")["sessions"]
    first, last, of = ("|".join(rows[key]) for key in ("first", "last", "of"))
    return re.compile(first), re.compile(last), re.compile(of)


def _near(page: Page, start: int, end: int) -> Dated | None:
    """Return the date right behind the words at ``[start, end)``, else right before them."""
    days = [dated for dated in dates(page) if dated.day]
    behind = [d for d in days if 0 <= d.start - end <= 4]
    before = [d for d in days if 0 <= start - d.end <= 8]
    before = [d for d in before if not re.search("[，。；、]", page.text[d.end : start])]
    return next(iter((*behind, *before)), None)


def _session_days(page: Page) -> Iterator[Objection]:
    """Object to an opening or closing session that the stated period does not fit."""
    first, last, of = _sessions()
    if first.search(page.text) is None and last.search(page.text) is None:
        return
    for pattern, which in ((first, "first"), (last, "last")):
        for match in pattern.finditer(page.text):
            held = _near(page, *match.span())
            before = [p for p in periods(page) if p.days and p.end <= match.start()]
            before = [p for p in before if (p.last - p.first).days <= _HELD_AT_MOST]
            before = [p for p in before if of.search(page.text, max(0, p.start - 24), p.end + 24)]
            if held is None or not before or match.start() - before[-1].end > _REACH:
                continue
            period: Period = before[-1]
            day: date = getattr(period, which)
            if (held.month, held.day) == (day.month, day.day):
                continue
            shown = page.words((period.start, period.end))
            span = Span(min(held.start, match.start()), max(held.end, match.end()))
            message = f"“{page.words(span)}”与前面的“{shown}”对不上。"
            yield Objection((span, Span(period.start, period.end)), message)


_REACH = 6000
# What is longer is the time that is looked into, not the time of looking.
_HELD_AT_MOST = 31
_HELD = re.compile(r"[\s|：:*]*(?:时间|召开时间|定|已)?[于在]?\s*$")
_HELD_BEFORE = re.compile(r"(?:[上下]午|\d{1,2}[:：]\d\d|召开|举行|举办|组织|进行|的|了|结束)*$")


def _named_days(page: Page, name: str) -> list[Dated]:
    """Return the days on which a session of this name is said to have been held."""
    found = []
    for match in re.finditer(name, page.text):
        for dated in dates(page):
            behind = page.text[match.end() : dated.start] if dated.start >= match.end() else None
            before = page.text[dated.end : match.start()] if dated.end <= match.start() else None
            if not dated.day or len(behind or before or "") > 8:
                continue
            if (behind is not None and _HELD.fullmatch(behind)) or (
                before is not None and _HELD_BEFORE.fullmatch(before)
            ):
                found.append(dated)
    return found


def _two_days(page: Page) -> Iterator[Objection]:
    """Object to a session that is held on another day than was said first."""
    rows = knowledge.table("checks/facts")["sessions"]
    for name in (*rows["first"], *rows["last"]):
        told = _named_days(page, name) if page.text.count(name) > 1 else []
        for other in told[1:]:
            one = told[0]
            if (one.month, one.day) != (other.month, other.day):
                spans = Span(other.start, other.end), Span(one.start, one.end)
                words = page.words(spans[1])
                message = f"{name}在前面写的是“{words}”，这里写的是“{page.words(spans[0])}”。"
                yield Objection(spans, message)


def _delays(page: Page) -> Iterator[Objection]:
    """Object to 晚了N天 that the two dates before it contradict."""
    for sentence, inside in sums(page):
        for amount in inside:
            if amount.unit not in {"天", "日"} or not amount.exact:
                continue
            if not _LATE.search(page.text[max(sentence.start, amount.start - 8) : amount.start]):
                continue
            before = [d for d in dates(page) if sentence.start <= d.start and d.end <= amount.start]
            if len(before) == 2 and all(d.day for d in before):
                yield from _delay(page, before[0], before[1], amount)


_THAN = re.compile(r"[^。；\n\d]{0,16}比[^。；\n\d]{0,24}")
_SOONER = re.compile(
    r"[^。；\n\d]{0,6}(?:(?P<sooner>提?早|提前)|(?P<later>晚|迟|推迟))了?(?:整整)?$"
)


def _compared(page: Page) -> Iterator[Objection]:
    """Object to 甲日比乙日早了11天 that the two dates contradict in length or direction."""
    for sentence, inside in sums(page):
        for amount in (a for a in inside if a.unit in {"天", "日"} and a.exact):
            before = [d for d in dates(page) if sentence.start <= d.start and d.end <= amount.start]
            if len(before) < 2 or not all(d.day for d in before[-2:]):
                continue
            one, other = before[-2:]
            way = _SOONER.fullmatch(page.text[other.end : amount.start].lstrip("）)"))
            if way is None or not _THAN.fullmatch(page.text[one.end : other.start]):
                continue
            year = last_year(page) or ANY_YEAR
            first = one._replace(year=one.year or other.year or year).first()
            second = other._replace(year=other.year or one.year or year).first()
            days = (first - second).days if first and second else 0
            if days and (days != amount.value * (-1 if way["sooner"] else 1)):
                told = f"{'晚' if days > 0 else '早'}{abs(days)}天"
                shown = page.words((one.start, one.end)), page.words((other.start, other.end))
                message = f"“{shown[0]}”比“{shown[1]}”{told}，与这里写的不符。"
                yield Objection((Span(one.start, amount.end),), message)


def _delay(page: Page, one: Dated, other: Dated, told: Amount) -> Iterator[Objection]:
    year = last_year(page) or ANY_YEAR
    try:
        first = date(one.year or year, one.month, one.day)
        second = date(other.year or one.year or year, other.month, other.day)
    except ValueError:
        return
    days = (second - first).days
    if days <= 0 or abs(days - told.value) <= 1:
        return
    message = f"两个日期之间是{days}天，不是{told.printed}天。"
    yield Objection((Span(one.start, told.end),), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every period that contradicts itself or what is said of it."""
    found = [
        *_reversed(page),
        *_lengths(page),
        *_session_days(page),
        *_two_days(page),
        *_delays(page),
        *_compared(page),
    ]
    yield from sorted(found, key=lambda objection: objection.spans[0])
