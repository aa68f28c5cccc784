"""What is agreed of an item: read for `core/workflow/agreeing`, cleaned, and put in place.

``put`` is the only function that sets the agreed columns; drafting calls it for a draft, a
change calls it once a superior has decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from luoshi.core.deadlines import workdays
from luoshi.core.journal.canonical import Value
from luoshi.core.workflow.agreeing import CHECK_DAYS_MOST, EVIDENCE_MOST, Terms
from luoshi.office.accounts.models import Person, Post, Unit
from luoshi.office.accounts.permissions import on_day
from luoshi.office.examinations.actions.correcting import freeze
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger import values
from luoshi.office.ledger.models import (
    CauseLink,
    Commitment,
    Duty,
    Evidence,
    ProblemLink,
    SpecialLedger,
)

INDICATOR = (
    "indicator_kind", "indicator", "measure_unit", "baseline", "target", "reading_source",
    "reading_dates", "looks_who", "looks_where", "looks_when", "looks_at",
)  # fmt: skip
EVIDENCE = ("evidence_kinds", "evidence_count", "evidence_independence")
# Everything that stands once an item is agreed; the special ledger is a matter of filing.
FROZEN = (
    "title", "owner", "co_owners", "unit", "deadline", "deadline_note", "time_class",
    "check_days", "problems", "causes", "no_problem", *INDICATOR, *EVIDENCE,
)  # fmt: skip
ALL = (*FROZEN, "special")
WORKING_DAYS_MOST = 1000


def of(item: Commitment, problems: int | None = None) -> Terms:
    """Return what an item says now (``problems``: how many it answers, where that is known)."""
    return Terms(
        owner=item.owner_id,
        unit=item.unit_id,
        problems=item.problem_links.count() if problems is None else problems,
        **{name: getattr(item, name) for name in _SIMPLE},
    )


_SIMPLE = tuple(
    name for name in Terms.__dataclass_fields__ if name not in {"owner", "unit", "problems"}
)


def with_values(terms: Terms, cleaned: Mapping[str, Any]) -> Terms:
    """Return the terms as they would be with cleaned values in place."""
    found = {name: cleaned[name] for name in _SIMPLE if name in cleaned}
    for name in ("owner", "unit"):
        if name in cleaned:
            found[name] = getattr(cleaned[name], "pk", None)
    if "problems" in cleaned:
        found["problems"] = len(cleaned["problems"])
    return replace(terms, **found)


def current(item: Commitment, names: Iterable[str]) -> dict[str, Value]:
    """Return what columns hold now, as a history keeps it."""
    return {name: values.plain(_held(item, name)) for name in names}


def _held(item: Commitment, name: str) -> Any:
    if name == "co_owners":
        rows = item.duties.filter(kind=Duty.Kind.CO_OWNER, ends__isnull=True)
        return sorted(rows.values_list("person_id", flat=True))
    if name == "problems":
        return sorted(item.problem_links.values_list("point_id", flat=True))
    if name == "causes":
        return sorted(item.cause_links.values_list("point_id", flat=True))
    return getattr(item, f"{name}_id" if name in _ROWS else name)


_ROWS = frozenset({"owner", "unit", "special"})


def clean(act: Act, given: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """Return typed values for columns, rows fetched from the actor's own office.

    ``working_days`` (with ``counted_from``, today by default) gives the deadline. Raises
    ``Refused`` for a column that is not allowed here and for a value that cannot be.
    """
    given = _counted(given)
    unknown = [name for name in given if name not in set(allowed)]
    if unknown:
        raise Refused(f"不能在这里修改：{'、'.join(values.label(n) for n in unknown)}。")
    return {name: _clean(act, name, value) for name, value in given.items()}


def _counted(given: Mapping[str, Any]) -> dict[str, Any]:
    rest = {k: v for k, v in given.items() if k not in {"working_days", "counted_from"}}
    count = values.whole(given.get("working_days"), "工作日数", 1, WORKING_DAYS_MOST)
    if count is None:
        if rest.get("deadline") and "deadline_note" not in rest:
            rest["deadline_note"] = ""
        return rest
    if rest.get("deadline"):
        raise Refused("整改时限请只填一种：具体日期，或者工作日数。")
    start = values.day(given.get("counted_from"), "起算日期") or clock.today()
    due = workdays.working_days_after(workdays.official(), start, count)
    note = f"自{start.isoformat()}起{count}个工作日"
    if due.estimate:
        note += "；其中有的年份放假安排尚未公布，暂按周末推算，公布后请核对"
    return rest | {"deadline": due.day, "deadline_note": note}


_CHOICES = {
    "time_class": Commitment.TimeClass.values,
    "indicator_kind": Commitment.IndicatorKind.values,
}


def _clean(act: Act, name: str, value: Any) -> Any:
    label = values.label(name)
    if name in {"owner", "unit", "special", "co_owners", "problems", "causes"}:
        return _rows(act, name, value, label)
    if name == "deadline":
        return values.day(value, label)
    if name == "reading_dates":
        return values.plain(sorted({values.a_day(held, label) for held in value or ()}))
    if name in {"baseline", "target"}:
        return values.amount(value, label)
    if name == "check_days":
        return values.whole(value, label, 1, CHECK_DAYS_MOST)
    if name == "evidence_count":
        return values.whole(value, label, 1, EVIDENCE_MOST) or 1
    if name == "evidence_independence":
        return values.whole(value, label, 2, 3) or 2
    if name == "evidence_kinds":
        return _choices(value or (), Evidence.Kind.values, label)
    if name in {"time_class", "indicator_kind"}:
        known = _CHOICES[name]
        return _choices([value], [*known, ""] if name == "time_class" else known, label)[0]
    return values.text(value, label, values.field(name).max_length)


def _choices(given: Iterable[Any], known: Iterable[Any], label: str) -> list[str]:
    chosen = list(dict.fromkeys(given))
    if any(held not in set(known) for held in chosen):
        raise Refused(f"{label}没有这个选项，请重新选择。")
    return chosen


def _rows(act: Act, name: str, value: Any, label: str) -> Any:
    if name == "co_owners":
        return [_somebody(act, key) for key in values.keys(value or (), label)]
    if name in {"problems", "causes"}:
        kind = Point.Kind.PROBLEM if name == "problems" else Point.Kind.CAUSE
        return [_point(act, key, kind, label) for key in values.keys(value or (), label)]
    if value in (None, ""):
        return None
    if name == "owner":
        return _somebody(act, value)
    if name == "special":
        return act.lock(SpecialLedger, value)
    unit = act.lock(Unit, value)
    if unit.kind == Unit.Kind.OUTSIDE or not unit.active:
        raise Refused(f"“{unit.name}”不能作为责任单位，请选择本单位在用的科室或社区。")
    return unit


def _somebody(act: Act, key: Any) -> Person:
    """Return a person who can have an item in hand: active, with a post inside the office."""
    who = act.lock(Person, key)
    if not who.active:
        raise Refused(f"{who.name}已经不在岗，请另选责任人或协办人。")
    posts = Post.objects.filter(on_day(clock.today()), person=who)
    if not posts.exclude(unit__kind=Unit.Kind.OUTSIDE).exists():
        raise Refused(f"{who.name}目前在本单位没有职务，不能作为责任人或协办人。")
    return who


def _point(act: Act, key: int, kind: str, label: str) -> Point:
    row = act.lock(Point, key)
    if row.dropped or row.kind != kind:
        raise NotFound(f"{label}中有一条已被删去、合并或改了类别，请打开材料重新选择。")
    return row


def put(act: Act, item: Commitment, cleaned: Mapping[str, Any], since: date) -> None:
    """Set columns, duties (from a day) and links of an item; the caller keeps it."""
    for name, value in cleaned.items():
        if name not in {"co_owners", "problems", "causes"}:
            setattr(item, name, value)
    if "owner" in cleaned or "co_owners" in cleaned:
        _put_duties(act, item, cleaned, since)
    for name, model in (("problems", ProblemLink), ("causes", CauseLink)):
        if name in cleaned:
            _put_links(act, item, model, {point.pk for point in cleaned[name]})


def _put_duties(act: Act, item: Commitment, cleaned: Mapping[str, Any], since: date) -> None:
    co_owners = {person.pk for person in cleaned["co_owners"]} if "co_owners" in cleaned else None
    if co_owners is None:
        co_owners = set(_held(item, "co_owners")) - {item.owner_id}
    if item.owner_id in co_owners:
        raise Refused("责任人不能同时是协办人。")
    held = {Duty.Kind.OWNER: {item.owner_id} - {None}, Duty.Kind.CO_OWNER: co_owners}
    for kind, persons in held.items():
        running = item.duties.filter(kind=kind, ends__isnull=True)
        kept = set()
        for row in running:
            if row.person_id in persons:
                kept.add(row.person_id)
            else:
                row.ends = max(row.starts, clock.today())
                act.save(row)
        for person in sorted(persons - kept):
            act.save(
                Duty(office_id=item.office_id, commitment=item, person_id=person, kind=kind,
                     starts=since)
            )  # fmt: skip


def _put_links(
    act: Act, item: Commitment, model: type[ProblemLink] | type[CauseLink], points: set[int]
) -> None:
    there = {row.point_id: row for row in model.objects.filter(commitment=item)}
    for point, row in there.items():
        if point not in points:
            act.delete(row)
    for point in sorted(points - set(there)):
        act.save(model(office_id=item.office_id, commitment=item, point_id=point))


def settle(act: Act, item: Commitment) -> None:
    """Close the material of an item to corrections, and those whose problems or causes it names."""
    named: set[int] = {
        *item.problem_links.values_list("point__examination_id", flat=True),
        *item.cause_links.values_list("point__examination_id", flat=True),
    }
    if item.examination_id is not None:
        named.add(item.examination_id)
    for key in sorted(named):
        freeze(act, act.lock(Examination, key))
