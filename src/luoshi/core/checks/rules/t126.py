"""T126: what was done and what is left do not make up the whole.

What: in one sentence a whole, what was done of it, and what is left (其余, 剩余, 未整改, 缺席)
in one unit: the last must be the difference of the first two, or what is left together
with what the sentence lists beside it.
Why: whoever subtracts finds the contradiction.
Basis: custom. Arithmetic.
Example: 隐患86处，已整改79处，其余9处正在整改。
Counter-example: 受理120件，办结112件，其余5件在办、3件退回 (8 together).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, bracketed, countable, sums
from luoshi.core.reading.model import Span

META = Meta(
    code="T126",
    title="完成数与剩余数不符",
    family="text",
    severity="error",
    basis="custom",
    why="总数减去完成的，与剩下的对不上。请对照原始记录改正。",
)
_DONE = re.compile(
    r"(?:已经?|实际?|仅|只|了|完成|整改|办结|解决|打通|建成|改造|实现|落实|合格|到位|通过|回收|销号|化解|清理|拆除|使用|支出|发出|发放)"
    r"[^\d，。；]{0,4}$"
)
_LEFT = re.compile(
    r"其余|其他|剩余|余下|还剩|剩下|尚余|还差|尚差|还缺|尚缺|仍差|缺席|缺岗|脱岗|空岗|缺编|缺勤|请假|未到|尚未|仍未|还未|未[\u4e00-\u9fff]{2}"
)
# The verb of what was done: 已整改 before 未整改, 到会 before 未到会.
_NOT_DONE = re.compile(r"未([\u4e00-\u9fff]{2})")
# What is left is named so plainly that any verb may have told what was done.
_PLAINLY = re.compile(
    "缺岗|缺编|其余|其他|剩余|余下|还剩|剩下|尚余|还差|尚差|还缺|尚缺|仍差|还有|仍有|尚有"
)
_BEHIND_LEFT = re.compile(
    "(?:的|[\u4e00-\u9fff]{0,3})?(?:没有|尚未|仍未|还未|没|空|闲|未|在办|待|搁)"
)
_ELSE = re.compile(
    r"其中|新增|新发现|比|同比|上年|去年|每|平均|增加|减少|累计|又|计划|目标|力争|不少于|不低于"
)
_CLAUSE = re.compile(r"[，；。、,;\n]")


def _lead(page: Page, low: int, amount: Amount) -> str:
    """Return the words of the clause before a figure."""
    words = page.text[low : amount.start]
    return _CLAUSE.split(words)[-1]


def _is_left(lead: str, behind: str, done: str) -> bool:
    """Tell whether a clause says what is left of what ``done`` says was done."""
    cue = _LEFT.search(lead)
    if cue is None:
        return bool(_BEHIND_LEFT.match(behind)) and bool(re.match("还有|仍有|尚有|另有|还剩", lead))
    verb = _NOT_DONE.match(cue[0])
    return verb is None or verb[1] in done or cue[0] in {"未到会", "未到"}


def _same_unit(page: Page, inside: tuple[Amount, ...], start: int) -> Iterator[list[Amount]]:
    """Yield the figures of each unit that has three or more."""
    runs: dict[str, list[Amount]] = {}
    for amount in inside:
        if countable(amount) and amount.exact and not bracketed(page, start, amount.start):
            runs.setdefault(amount.unit, []).append(amount)
    yield from (run for run in runs.values() if len(run) > 2)


def _contradiction(page: Page, start: int, run: list[Amount]) -> Iterator[tuple[Amount, ...]]:
    """Yield whole, done and left where they do not make up."""
    for index in range(len(run) - 2):
        whole, done, left = run[index : index + 3]
        words = page.text[whole.end : left.start]
        said = _lead(page, whole.end, done)
        if done.value > whole.value or _ELSE.search(words) or "。" in words:
            continue
        # 其中甲7次、乙5次、其余7次: parts of another whole.
        if words.startswith("、") or "其中" in page.text[start : whole.start]:
            continue
        plainly = _PLAINLY.search(_lead(page, done.end, left))
        if not (plainly or _DONE.search(said)) or len(words) > 60:
            continue
        behind = re.split(r"[，。；、\n]", page.text[left.end : left.end + 12])[0]
        if not _is_left(_lead(page, done.end, left), behind, said):
            continue
        rest = whole.value - done.value
        # What is left may be listed in several parts.
        parts = [
            sum(a.value for a in run[index + 2 : last]) for last in range(index + 3, len(run) + 1)
        ]
        if all(abs(part - rest) > 1e-6 for part in parts):
            yield whole, done, left


_SURPLUS = "结余|节余|盈余|盈利|结存|剩余|余"
_DEFICIT = "超支|亏损|超出|透支|赤字|缺口|短缺"
_DIFFERENCE = re.compile(
    rf"^[，；]?(?:[\u4e00-\u9fff]{{0,4}})?(?:(?P<surplus>{_SURPLUS})|(?P<deficit>{_DEFICIT})|相差|差额|多出)"
    r"[^\d，。；]{0,4}$"
)
_INCOME = re.compile("收入|预算|计划|拨付|拨款|到账|核定|进账|安排")
_SPENT = re.compile("支出|实际|花|用|开支|结算|支付|决算|列支")


def _balances(page: Page) -> Iterator[Objection]:
    """Object to a surplus or deficit that its two figures contradict, in size or direction."""
    for sentence, inside in sums(page):
        for one, other, rest in zip(inside, inside[1:], inside[2:], strict=False):
            between = page.text[other.end : rest.start]
            told = _DIFFERENCE.match(between)
            if told is None or len({one.unit, other.unit, rest.unit}) > 1 or not rest.exact:
                continue
            leads = _lead(page, sentence.start, one), _lead(page, one.end, other)
            if not (_INCOME.search(leads[0]) and _SPENT.search(leads[1])):
                continue
            right = one.value - other.value
            span = Span(one.start, rest.end)
            if abs(abs(right) - rest.value) > max(one.step, other.step, rest.step) / 2:
                message = (
                    f"{one.printed}和{other.printed}相差{abs(right):.10g}，不是{rest.printed}。"
                )
                yield Objection((span,), message)
            elif (told["surplus"] and right < 0) or (told["deficit"] and right > 0):
                word = told["surplus"] or told["deficit"]
                message = f"写的是“{word}”，{one.printed}减去{other.printed}却正好相反。"
                yield Objection((span,), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every whole that what was done and what is left contradict."""
    yield from sorted([*_left(page), *_balances(page)], key=lambda o: o.spans[0])


def _left(page: Page) -> Iterator[Objection]:
    for sentence, inside in sums(page):
        if len(inside) < 3:
            continue
        for run in _same_unit(page, inside, sentence.start):
            for whole, done, left in _contradiction(page, sentence.start, run):
                rest = whole.value - done.value
                span = Span(whole.start, left.end)
                said = f"{whole.printed}减去{done.printed}是{rest:g}，不是{left.printed}。"
                yield Objection((span,), said)
