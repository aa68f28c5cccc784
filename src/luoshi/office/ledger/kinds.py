"""Every kind of change: what it may hold, when it may be asked for, what must be true, its effect.

A request is checked when it is asked for and again, with the same function, when it is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from luoshi.core.journal.canonical import Value
from luoshi.core.workflow import agreeing, table
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import structure, terms, values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import Change, Commitment

Kind = Change.Kind
# Before anybody has applied for closing, and while it is on hold.
_EARLY = frozenset({"accepted", "working", "returned", "standing", "suspended", "relapsed"})
# Somebody may fall ill at any time: new people change nothing of what must be reached.
_ANY = _EARLY | {"applied", "verifying", "published", "watching"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change: its ``columns``, and the ``states`` in which there can be one."""

    columns: tuple[str, ...]
    states: frozenset[str]


RULES: dict[str, Rule] = {
    Kind.DEADLINE: Rule(("deadline", "deadline_note"), _EARLY),
    Kind.TARGET: Rule(("target",), _EARLY),
    Kind.BASELINE: Rule(("baseline",), _EARLY),
    Kind.OWNER: Rule(("owner", "unit"), _ANY),
    Kind.CO_OWNERS: Rule(("co_owners",), _ANY),
    Kind.TIME_CLASS: Rule(("time_class", "deadline", "deadline_note", "check_days"), _EARLY),
    Kind.PROBLEMS: Rule(("problems", "causes", "no_problem"), _EARLY),
    Kind.INDICATOR: Rule(terms.INDICATOR, _EARLY),
    Kind.EVIDENCE: Rule(terms.EVIDENCE, _EARLY),
    Kind.SPLIT: Rule((), _EARLY - {"suspended"}),
    Kind.MERGE: Rule((), _EARLY - {"suspended"}),
    Kind.SUSPEND: Rule((), table.moves()["suspend"].sources),
    Kind.WITHDRAW: Rule((), table.moves()["withdraw"].sources),
}


def require_state(item: Commitment, kind: str) -> None:
    """Raise ``Refused`` where an item in this state can have no such change."""
    if kind not in RULES:
        raise Refused("没有这种变更，请重新选择。")
    if item.state not in RULES[kind].states:
        now = table.states()[item.state].label
        advice = "草稿可以直接修改。" if item.state == "draft" else ""
        if item.state in {"applied", "verifying", "published"}:
            advice = "请先撤回销号申请或等待核验结果，再申请变更。"
        raise Refused(f"这一事项现在是“{now}”，不能{Kind(kind).label}。{advice}")


def compared(kind: str) -> tuple[str, ...]:
    """Return the columns that a decision of this kind rests on.

    Splitting, merging and withdrawing concern all that was agreed.
    """
    if kind in {Kind.SPLIT, Kind.MERGE, Kind.WITHDRAW}:
        return terms.FROZEN
    return RULES[kind].columns or ("deadline",)


def prepare(act: Act, item: Commitment, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request asks for, as typed values; raises ``Refused`` with what is wrong."""
    if kind == Kind.SUSPEND:
        return {"returns_on": _returns(given)}
    if kind == Kind.WITHDRAW:
        return {}
    if kind == Kind.SPLIT:
        return {"parts": structure.parts(act, item, given.get("parts"))}
    if kind == Kind.MERGE:
        return {"into": structure.into(act, item, given.get("into"))}
    cleaned = _filled(kind, terms.clean(act, given, RULES[kind].columns))
    if not cleaned:
        raise Refused("请填写要变更的内容。")
    _check(item, kind, cleaned)
    if terms.current(item, cleaned) == plain(cleaned):
        raise Refused("申请的内容与现在相同，不需要变更。")
    return cleaned


def plain(cleaned: Mapping[str, Any]) -> dict[str, Value]:
    """Return prepared values as the request keeps them."""
    return {name: values.plain(value) for name, value in cleaned.items()}


def _returns(given: Mapping[str, Any]) -> Any:
    day = values.a_day(given.get("returns_on"), "恢复日期")
    most = table.default_days("suspension")
    today = clock.today()
    if not today < day <= today + timedelta(days=most):
        raise Refused(f"恢复日期应当在明天至{most}天之内；到期仍不能恢复的，可以再申请。")
    return day


def _filled(kind: str, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Add what goes with a change of time class: a standing item has a check instead of an end."""
    if kind != Kind.TIME_CLASS:
        return cleaned
    if cleaned.get("time_class") == Commitment.TimeClass.STANDING:
        return {"deadline": None, "deadline_note": ""} | cleaned
    return {"check_days": None} | cleaned


def _check(item: Commitment, kind: str, cleaned: Mapping[str, Any]) -> None:
    would = terms.with_values(terms.of(item), cleaned)
    today = clock.today()
    found: tuple[str, ...] = ()
    if kind == Kind.DEADLINE and item.time_class == Commitment.TimeClass.STANDING:
        found = ("长期坚持的事项没有整改时限，请改为申请调整时限类别。",)
    elif kind in {Kind.DEADLINE, Kind.TIME_CLASS}:
        found = agreeing.when(would, today)
    elif kind in {Kind.TARGET, Kind.BASELINE}:
        if item.indicator_kind != Commitment.IndicatorKind.NUMBER:
            found = ("这一事项没有数量指标，请改为申请调整指标。",)
        else:
            found = agreeing.indicator(would) or agreeing.direction(terms.of(item), would)
    elif kind == Kind.INDICATOR:
        found = agreeing.indicator(would)
    elif kind == Kind.EVIDENCE:
        found = agreeing.evidence(would)
    elif kind == Kind.OWNER:
        found = tuple(
            f"请指定{name}。"
            for name, there in (("责任人", would.owner), ("责任单位", would.unit))
            if there is None
        )
    elif kind == Kind.PROBLEMS:
        found = agreeing.problems(would)
    base.refuse(found)


def apply(act: Act, item: Commitment, kind: str, cleaned: Mapping[str, Any]) -> None:
    """Carry out an approved change; the caller keeps the item."""
    if kind == Kind.SUSPEND:
        item.suspended_from, item.returns_on = item.state, cleaned["returns_on"]
        base.move(act, item, "suspend")
    elif kind == Kind.WITHDRAW:
        base.move(act, item, "withdraw")
    elif kind == Kind.SPLIT:
        structure.split(act, item, cleaned["parts"])
    elif kind == Kind.MERGE:
        structure.merge(act, item, cleaned["into"])
    else:
        terms.put(act, item, cleaned, clock.today())
        if kind == Kind.TIME_CLASS:
            _new_class(act, item)
        if kind == Kind.PROBLEMS:
            terms.settle(act, item)


def _new_class(act: Act, item: Commitment) -> None:
    """An item that is not standing any more is worked on to a deadline."""
    if item.time_class == Commitment.TimeClass.STANDING:
        # Also while it is worked on: without a deadline there is nothing else that falls due.
        if item.check_days:
            item.next_check = clock.today() + timedelta(days=item.check_days)
        return
    item.next_check = None
    if item.state == "standing":
        base.move(act, item, "unstand")
    elif item.suspended_from == "standing":
        item.suspended_from = "working"
