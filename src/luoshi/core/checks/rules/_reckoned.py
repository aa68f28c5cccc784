"""The relations between figures that T139 reckons with; each yields a place and what is wrong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import (
    PERCENT,
    Amount,
    agrees,
    amounts_in,
    countable,
    sums,
)
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

Wrong = tuple[Span, str]

PERSONS = str.maketrans("名位", "人人")
_MARK = re.compile(r"[，；。、,;：:（(\n]")


def unit_of(amount: Amount) -> str:
    return amount.unit.removesuffix("次").translate(PERSONS)


def leads_of(page: Page, start: int, run: list[Amount]) -> list[str]:
    """Return the words of its clause before each figure."""
    found, low = [], start
    for amount in run:
        found.append(_MARK.split(page.text[low : amount.start])[-1])
        low = amount.end
    return found


def _by_unit(inside: tuple[Amount, ...]) -> Iterator[list[Amount]]:
    runs: dict[str, list[Amount]] = {}
    for amount in inside:
        if countable(amount) and amount.exact:
            runs.setdefault(unit_of(amount), []).append(amount)
    yield from (run for run in runs.values() if len(run) > 2)


def _sums_with(page: Page, places: list[int]) -> Iterator[tuple[Span, tuple[Amount, ...]]]:
    """Yield the sentences with figures in which one of the places lies."""
    for sentence, inside in sums(page) if places else ():
        at = bisect_left(places, sentence.start)
        if at < len(places) and places[at] < sentence.end:
            yield sentence, inside


_PER = re.compile("每|人均")
_BEFORE = re.compile(r"原[来有本]|年初|上年末|期初|起初|开始时")
_GONE = re.compile(
    r"调[走出离]|走了|减|退|注销|取消|撤|停[用办]|去世|离|辞|报废|卖|流失|拆|关[闭停]|清退|转出|出院"
)
_COME = re.compile(r"补|新增|增|调[入进来]|招|吸收|引进|购|添|转[入来]|加入|发展|入住")
_NOW = re.compile(r"现[在有]?|目前|年底|期末|[还只仅]剩|如今|最后")


def moved(page: Page) -> Iterator[Wrong]:
    """Yield what there was, came and went, where it does not make what there is."""
    starts = [match.start() for match in _BEFORE.finditer(page.text)]
    for sentence, inside in _sums_with(page, starts):
        for run in _by_unit(inside) if len(inside) > 2 else ():
            leads = leads_of(page, sentence.start, run)
            if not _BEFORE.search(leads[0]) or not _NOW.search(leads[-1]):
                continue
            ways = [
                -1 if _GONE.search(lead) else 1 if _COME.search(lead) else 0 for lead in leads[1:-1]
            ]
            if not all(ways):
                continue
            right = run[0].value + sum(
                way * amount.value for way, amount in zip(ways, run[1:-1], strict=True)
            )
            if abs(right - run[-1].value) > 1e-6:
                span = Span(run[0].start, run[-1].end)
                yield (
                    span,
                    f"按增减算应是{right:g}{run[-1].unit}，不是{run[-1].printed}{run[-1].unit}。",
                )


_EACH = re.compile(
    r"每个?(?P<unit>[\u4e00-\u9fff])[^，。；\d]{0,8}$|(?P<head>人均)[^，。；\d]{0,8}$"
)
_TOGETHER = re.compile(r"(?:共|合计|总|全年|一年|全月|一个月|应收|该收|应付|应有)[^，。；\d]{0,6}$")
_NO_TOTAL = re.compile(r"只|仅|实际|比|计划|其中|另|每|人均|不少于|不低于|不超过")
_TIMES = {"年": 1, "月": 12, "季": 4, "周": 52}


def multiplied(page: Page) -> Iterator[Wrong]:
    """Yield 36亩, 每亩300元 and 一年9800元: so many, each so much, and another product."""
    starts = [match.start() for match in _PER.finditer(page.text)]
    for sentence, inside in _sums_with(page, starts):
        run = [a for a in inside if countable(a) and a.exact]
        leads = leads_of(page, sentence.start, run) if len(run) > 2 else []
        for index, lead in enumerate(leads):
            told = _EACH.search(lead)
            if told is None:
                continue
            each, what = run[index], "人" if told["head"] else told["unit"].translate(PERSONS)
            times = [a for a in run if unit_of(a) == what and a is not each]
            totals = [
                a
                for a, words in zip(run, leads, strict=True)
                if a.start > max(each.start, *(t.start for t in times), 0)
                if unit_of(a) == unit_of(each)
                and _TOGETHER.search(words)
                and not _NO_TOTAL.search(words)
            ]
            if len(times) != 1 or not totals:
                continue
            yield from _product(page, sentence, (times[0], each, totals[0]), lead)


def _product(
    page: Page, sentence: Span, row: tuple[Amount, Amount, Amount], lead: str
) -> Iterator[Wrong]:
    times, each, total = row
    spans = {1.0} | {
        float(n)
        for unit, n in _TIMES.items()
        if f"每{unit}" in page.words(sentence) or f"每个{unit}" in page.words(sentence)
    }
    spans |= {
        a.value for a in amounts_in(page, *sentence) if a.unit in {"年", "个月", "天", "个季度"}
    }
    spans |= {
        float(number(n) or 1)
        for n in re.findall(
            r"([两二三四五六七八九十]{1,2})(?:年|个月|个季度)", page.words(sentence)
        )
    }
    possible = {times.value * each.value * n * m for n in spans for m in spans}
    if any(agrees(value, total.value, total.step / 2) for value in possible):
        return
    if any(abs(value - total.value) <= total.step for value in possible if total.step > 1):
        return
    span = Span(min(times.start, each.start), total.end)
    right = min(possible, key=lambda value: abs(value - total.value))
    yield (
        span,
        f"{times.printed}乘以{each.printed}算下来是{right:g}{each.unit}，不是{total.printed}{total.unit}。",
    )


_YEARS = re.compile(
    r"(?P<one>(?:19|20)\d\d)年[^。；\n]{1,30}?(?P<other>(?:19|20)\d\d)年[^。；\n\d]{0,16}?[，,、](?:前后|已经?|一共|整整|足足|这一)*"
    r"(?:拖|历时|用|相隔|时隔|隔|等|过|持续|空置|闲置|前后)了?(?:整整|足足|长达|达)?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?!前|度|多)"
)


def years(page: Page) -> Iterator[Wrong]:
    """Yield two years with a number of years behind them that is not theirs."""
    for match in _YEARS.finditer(page.text):
        really = int(match["other"]) - int(match["one"])
        told = number(match["n"])
        if really > 0 and told not in {really, really + 1}:
            yield (
                Span(*match.span()),
                f"从{match['one']}年到{match['other']}年是{really}年，不是{match['n']}年。",
            )


_BY = re.compile(
    r"[^\d。；]{0,3}[，,；](?:[两三四五六七八九]年|前后|累计|总共|一共|期间)*[^\d，。；]{0,4}?"
    r"(?P<way>下降|降低|减少|下滑|降|少|上升|提高|增加|增长|提升|升|多)(?:了|达)?$"
)
_FELL = frozenset(("下降", "降低", "减少", "下滑", "降", "少"))
_YEAR = re.compile(
    r"(?:(?:19|20)\d\d年|上年|去年|今年|前年|本年|第[一二三四]季度|[一二三四]季度)[^\d，。；、]{0,8}$"
)
_POINTS = frozenset(("个百分点", "百分点"))


def rows_of_rates(page: Page) -> Iterator[Wrong]:
    """Yield rates of several years in a row, and a difference that is not that of the ends."""
    for sentence, inside in sums(page):
        plain = tuple(a for a in inside if a.unit != "年")
        for index, by in enumerate(plain):
            rates = by.unit in _POINTS
            row = _row(page, sentence, plain[:index], frozenset(PERCENT) if rates else {by.unit})
            told = _BY.fullmatch(page.text, row[-1].end, by.start) if len(row) > 2 else None
            if told is None:
                continue
            right = round(row[-1].value - row[0].value, 6)
            wrong = abs(abs(right) - by.value) > 1e-6
            if right and (wrong or (told["way"] in _FELL) != (right < 0)):
                way = "上升" if right > 0 else "下降"
                span = Span(row[0].start, by.end)
                yield (
                    span,
                    f"从{row[0].printed}%到{row[-1].printed}%是{way}{abs(right):g}个百分点。",
                )


def _row(
    page: Page, sentence: Span, before: tuple[Amount, ...], units: frozenset[str] | set[str]
) -> list[Amount]:
    """Return the rates right before a difference that each stand behind a year."""
    row: list[Amount] = []
    for amount in reversed(before):
        low = max(sentence.start, amount.start - 16)
        if amount.unit in units and _YEAR.search(page.text, low, amount.start):
            row.insert(0, amount)
        elif amount.unit in units or row:
            break
    return row


_THAN = re.compile(
    r"[^\d。；]{0,10}[，,、（(][比较](?:上年|去年|前年|(?:19|20)\d\d年|上年度|上年同期|去年同期|同期)[^\d，。；]{0,8}?"
    r"(?P<way>减少|少|下降|降|压减|增加|多|增长|上升)了?$"
)
_RATE_OF = re.compile(
    r"[^\d。；，]{0,4}[，,、（(](?:同比|降幅|增幅)?(?:下降|减少|降低|增长|上升|增加|压减|为|达)?了?(?:达|约|近)?$"
)


def change_rates(page: Page) -> Iterator[Wrong]:
    """Yield 86户，比2021年少了40户，下降了46%: what there is, the change, and another rate."""
    for _, inside in sums(page):
        plain = [a for a in inside if a.unit != "年"]
        for now, change, rate in zip(plain, plain[1:], plain[2:], strict=False):
            if now.unit != change.unit or rate.unit not in PERCENT or not countable(now):
                continue
            told = _THAN.fullmatch(page.text, now.end, change.start)
            if told is None or not _RATE_OF.fullmatch(page.text, change.end, rate.start):
                continue
            fell = told["way"] in _LESS
            before = now.value + change.value * (1 if fell else -1)
            right = 100 * change.value / before if before > 0 else 0.0
            if right and now.exact and change.exact and not agrees(right, rate.value, rate.step):
                span = Span(now.start, rate.end)
                yield span, f"原来是{before:g}{now.unit}，变化是{right:.1f}%，不是{rate.printed}%。"


_LESS = frozenset(("减少", "少", "下降", "降", "压减"))
