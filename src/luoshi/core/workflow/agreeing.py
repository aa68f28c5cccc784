"""What an item must say before somebody takes it on: pure, decided from its terms.

Source: issue of the ledger (owner, deadline, indicator, evidence; DOMAIN.md §1: deadlines null,
measures without an indicator are what the ledger must never become); 无法核验 is allowed, shown
and never counted done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.core.workflow.facts import IndicatorKind

Obstacles = tuple[str, ...]
CHECK_DAYS_MOST = 366
EVIDENCE_MOST = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed of an item. ``problems`` counts those that it answers."""

    title: str = ""
    owner: int | None = None
    unit: int | None = None
    deadline: date | None = None
    time_class: str = ""
    check_days: int | None = None
    problems: int = 0
    no_problem: str = ""
    indicator_kind: IndicatorKind = "none"
    indicator: str = ""
    measure_unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    reading_source: str = ""
    looks_who: str = ""
    looks_where: str = ""
    looks_when: str = ""
    looks_at: str = ""
    evidence_count: int = 1
    evidence_independence: int = 2


def to_agree(terms: Terms, earliest: date, *, unverifiable: bool = False) -> Obstacles:
    """Return what is missing before an item can be taken on.

    ``earliest``: the first day that makes sense as a deadline, the one on which the promise was
    made. A promise of an older material may have run out already: then the item is overdue from
    its first day, which is the truth. ``unverifiable``: whoever takes it on says in so many words
    that it cannot be verified.
    """
    found = []
    if not terms.title.strip():
        found.append("请写明整改事项。")
    if terms.owner is None:
        found.append("请指定责任人。")
    if terms.unit is None:
        found.append("请指定责任单位。")
    found += when(terms, earliest, "作出承诺的那一天")
    found += problems(terms)
    if terms.indicator_kind == "none" and not unverifiable:
        found.append(
            "请填写数量指标或可观察的标准；确实都没有的，请明确选择“无法核验”"
            "（照常列示，但不能申请销号，也不计入完成）。"
        )
    return (*found, *indicator(terms), *evidence(terms))


def problems(terms: Terms) -> Obstacles:
    """Return what is missing where an item answers no problem: the reason."""
    if terms.problems or len(terms.no_problem.strip()) >= 5:
        return ()
    return ("请指明对应哪个问题；确实没有对应问题的，请写明原因（至少五个字）。",)


def when(terms: Terms, earliest: date, named: str = "今天") -> Obstacles:
    """Return what is missing of time class, deadline and check interval.

    No deadline lies before ``earliest``, which is ``named``: a new one that is agreed today (an
    extension, the parts of an item) is not past when it begins.
    """
    if terms.time_class not in {"short", "middle", "standing"}:
        return ("请选择时限类别：短期攻坚、中期推进或长期坚持。",)
    if terms.time_class != "standing":
        if terms.deadline is None:
            return ("请填写整改时限。",)
        if terms.deadline < earliest:
            return (f"整改时限不能早于{named}（{earliest:%Y-%m-%d}），请核对年份。",)
        return ()
    found = []
    if terms.deadline is not None:
        found.append("长期坚持的事项没有整改时限，请清空时限，改填复查间隔。")
    if terms.check_days is None:
        found.append("长期坚持的事项请填写复查间隔（多少天复查一次）。")
    elif not 1 <= terms.check_days <= CHECK_DAYS_MOST:
        found.append(f"复查间隔应当在1天至{CHECK_DAYS_MOST}天之间。")
    return tuple(found)


def indicator(terms: Terms) -> Obstacles:
    """Return what is missing of the indicator that was chosen."""
    if terms.indicator_kind == "number":
        wanted = {
            "数量指标请写明统计什么。": terms.indicator.strip(),
            "数量指标请写明计量单位。": terms.measure_unit.strip(),
            "数量指标请填写基数（现在是多少）。": terms.baseline is not None,
            "数量指标请填写目标。": terms.target is not None,
            "数量指标请写明数据来源。": terms.reading_source.strip(),
        }
        found = [words for words, given in wanted.items() if not given]
        if terms.baseline is not None and terms.baseline == terms.target:
            found.append("目标与基数相同，等于没有要求，请改填目标。")
        return tuple(found)
    if terms.indicator_kind == "criterion":
        wanted = {
            "可观察的标准请写明由谁看。": terms.looks_who.strip(),
            "可观察的标准请写明在哪里看。": terms.looks_where.strip(),
            "可观察的标准请写明什么时候看。": terms.looks_when.strip(),
            "可观察的标准请写明看什么、看到什么算做到。": terms.looks_at.strip(),
        }
        return tuple(words for words, given in wanted.items() if not given)
    return ()


def direction(was: Terms, would: Terms) -> Obstacles:
    """Return what is wrong where a new target or baseline turns the indicator round.

    From 30 to 5 is less; were the baseline moved to 4, thirty would be more than enough. That is
    another indicator, and has to be asked for as such.
    """
    if None in {was.baseline, was.target, would.baseline, would.target}:
        return ()
    if _falls(was) == _falls(would):
        return ()
    return (
        "这样一改，指标的方向就反了（减少变成增加，或者增加变成减少），没有做到也会显得已经做到。"
        "确实需要的，请申请调整指标。",
    )


def _falls(terms: Terms) -> bool:
    return terms.baseline is not None and terms.target is not None and terms.baseline > terms.target


def evidence(terms: Terms) -> Obstacles:
    """Return what is wrong with the evidence asked for."""
    found = []
    if not 1 <= terms.evidence_count <= EVIDENCE_MOST:
        found.append(f"佐证件数应当在1件至{EVIDENCE_MOST}件之间。")
    if terms.evidence_independence not in {2, 3}:
        found.append("佐证至少要有一件来自其他科室（社区）或单位以外。")
    return tuple(found)
