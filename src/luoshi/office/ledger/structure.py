"""Splitting and merging items: nothing of their history, duties or problems gets lost on the way.

Source: splitting and merging need a superior and keep the old (issue of the ledger, §2). That
neither may put off a deadline, drop an indicator or lose a problem is our reading: it would be
another change in disguise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luoshi.core.workflow import agreeing, independence
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import collect, numbering, terms
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import CauseLink, Change, Commitment, Duty, ProblemLink

PARTS_MOST = 20
# What a part may say of its own; evidence and time class are those of the whole.
_OF_PART = (
    "title", "owner", "co_owners", "unit", "deadline", "deadline_note", "problems", "causes",
    *terms.INDICATOR,
)  # fmt: skip
_ACTIVE = frozenset({"accepted", "working", "returned", "standing", "relapsed"})
_COPIED = (
    "examination", "point", "source_text", "title", "severity", "owner", "unit", "deadline",
    "deadline_note", "time_class", "special", "no_problem", *terms.INDICATOR, *terms.EVIDENCE,
    "check_days", "next_check", "created_by", "created_on", "proposed_on",
)  # fmt: skip


def parts(act: Act, item: Commitment, given: Any) -> list[dict[str, Any]]:
    """Return the parts an item is to be split into; raises ``Refused`` with what is wrong."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) < 2:
        raise Refused("拆分至少要有两个部分，请分别写明。")
    if len(given) > PARTS_MOST:
        raise Refused(f"一次最多拆分为{PARTS_MOST}个部分。")
    if not all(isinstance(one, Mapping) for one in given):
        raise Refused("拆分的内容填写有误，请重新填写。")
    cleaned = [terms.clean(act, one, _OF_PART) for one in given]
    titles = [one.get("title", "") for one in cleaned]
    if not all(titles) or len(set(titles)) < len(titles):
        raise Refused("请写明每个部分的整改事项，并且互不相同。")
    for number, one in enumerate(cleaned, 1):
        found = _against(item, one)
        if found:
            raise Refused(*(f"第{number}部分：{words}" for words in found))
    _nothing_lost(item, cleaned)
    return cleaned


def _against(item: Commitment, part: Mapping[str, Any]) -> tuple[str, ...]:
    would = terms.with_values(terms.of(item), part)
    found = [*agreeing.indicator(would), *agreeing.evidence(would)]
    if would.indicator_kind == item.indicator_kind == "number":
        found += agreeing.direction(terms.of(item), would)
    if would.owner is None or would.unit is None:
        found.append("请指定责任人和责任单位。")
    if "deadline" in part and part["deadline"] != item.deadline:
        if part["deadline"] is None or item.deadline is None:
            found.append("拆分不能改变有无时限，请另外申请调整时限类别。")
        elif part["deadline"] > item.deadline:
            found.append("拆分不能推迟整改时限，请另外申请延期。")
        else:
            found += agreeing.when(would, clock.today())
    if would.indicator_kind == "none" and item.indicator_kind != "none":
        found.append("拆分后不能没有指标。")
    return tuple(found)


def _nothing_lost(item: Commitment, cleaned: Iterable[Mapping[str, Any]]) -> None:
    had = set(item.problem_links.values_list("point_id", flat=True))
    kept: set[int] = set()
    for part in cleaned:
        own = {p.pk for p in part["problems"]} if "problems" in part else had
        if own - had:
            raise Refused("拆分的部分只能对应原事项的问题。")
        kept |= own
    if had - kept:
        raise Refused("拆分后有的问题没有对应的事项，请让每个问题至少对应一个部分。")


def split(act: Act, item: Commitment, cleaned: Iterable[Mapping[str, Any]]) -> None:
    """Make the parts, which point to the old item and keep its duties; the old one is withdrawn."""
    today = clock.today()
    state = item.state
    base.move(act, item, "withdraw")
    for part in cleaned:
        columns = {name: getattr(item, name) for name in _COPIED}
        made: Commitment = act.save(
            Commitment(
                **columns, office_id=item.office_id, state=state, activated_on=today,
                number=numbering.next_number(item.office_id, today), split_from=item,
            )
        )  # fmt: skip
        _copy_links(act, item, made)
        _copy_duties(act, item, made, running=True)
        terms.put(act, made, part, today)
        act.save(made)
        base.step(act, made, "", f"由{item.number}拆分", new=terms.current(made, part))


def _copy_links(act: Act, source: Commitment, target: Commitment) -> None:
    for model in (ProblemLink, CauseLink):
        there = set(model.objects.filter(commitment=target).values_list("point_id", flat=True))
        for row in model.objects.filter(commitment=source).exclude(point__in=there):
            act.save(
                model(office_id=target.office_id, commitment=target, point_id=row.point_id)
            )  # fmt: skip


def _copy_duties(act: Act, source: Commitment, target: Commitment, *, running: bool) -> None:
    """Whoever had the old item in hand stays tied to the new one."""
    today = clock.today()
    for row in source.duties.order_by("id"):
        ends = row.ends if running or row.ends is not None else max(row.starts, today)
        act.save(
            Duty(office_id=target.office_id, commitment=target, person_id=row.person_id,
                 kind=row.kind, starts=row.starts, ends=ends)
        )  # fmt: skip


def into(act: Act, item: Commitment, key: Any) -> Commitment:
    """Return the item that another may be merged into; raises ``Refused`` with what is wrong."""
    other = act.lock(Commitment, key)
    found = []
    if other.pk == item.pk:
        found.append("不能合并到事项自己。")
    if other.state not in _ACTIVE:
        found.append(f"编号{other.number}不在办理中，不能合并到它。")
    if (item.time_class == "standing") != (other.time_class == "standing"):
        found.append("长期坚持的事项和有时限的事项不能合并。")
    if item.deadline and (other.deadline is None or other.deadline > item.deadline):
        found.append("合并会推迟这一事项的整改时限，请先申请延期，或者合并到时限更早的事项。")
    if item.indicator_kind != "none" and other.indicator_kind == "none":
        found.append(f"编号{other.number}没有指标，合并后就无法核验，不能合并到它。")
    base.refuse(tuple(found))
    return other


def require_above_other(act: Act, by: Person, other: Commitment) -> None:
    """Raise ``NotAllowed`` unless the person is above the owners of the other item as well."""
    reasons = independence.above(
        collect.item(other), collect.people(other.office_id), by.pk, clock.today()
    )
    if reasons:
        raise NotAllowed(f"对编号{other.number}，您{reasons[0]}。")


def merge(act: Act, item: Commitment, other: Commitment) -> None:
    """Let an item go into another, which takes over its problems, duties and severity."""
    base.move(act, item, "withdraw")
    item.merged_into = other
    _copy_links(act, item, other)
    _copy_duties(act, item, other, running=False)
    other.severity = max(other.severity, item.severity)
    base.keep(act, other, f"{item.number}合并到这一事项")
    for row in Change.objects.filter(commitment=other, state=Change.State.OPEN):
        row.state, row.decision = Change.State.CANCELLED, "事项合并后情况已变，请重新申请"
        act.save(row)
