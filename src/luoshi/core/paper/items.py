"""What became of one item: measure, duty, indicator, evidence, verification, changes, relapses."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from luoshi.core.knowledge import table
from luoshi.core.paper.facts import ChangeFact, CheckFact, ItemFact, Proof
from luoshi.core.paper.model import Note, Words
from luoshi.core.paper.wording import amount, day, say, text

_INDEPENDENT = 2  # from another unit, or from outside the office (core/workflow)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is said of an item; ``empty`` where there is nothing but that to say."""

    label: str
    paragraphs: tuple[Words, ...]
    empty: bool = False


def sections(item: ItemFact, today: date, told: Container[int] = ()) -> list[Section]:
    """Return what is said of an item; problems with the keys ``told`` stand above it already."""
    parts = table("templates/report")["parts"]
    checked = item.checks or item.publications or item.rechecks
    said: list[tuple[str, list[Words], bool]] = [
        ("measure", _measure(item, told), False),
        ("duty", [_duty(item, today)], False),
        ("indicator", [_indicator(item)], False),
        ("evidence", [_evidence(item)], not item.proofs),
        ("verification", _verification(item), not checked),
        ("changes", _changes(item), not item.changes),
        ("relapses", _relapses(item), not item.relapses),
        ("state", [_state(item)], False),
    ]
    return [Section(parts[key], tuple(held), empty) for key, held, empty in said]


def _measure(item: ItemFact, told: Container[int]) -> list[Words]:
    found = [
        say("problem", words=_joined(p.heading, p.details), number=p.number)
        for p in item.problems
        if p.key not in told
    ]
    if not item.problems:
        reason = item.no_problem
        found.append(say("no_problem", reason=_end(reason)) if reason else say("no_problem_given"))
    found.append(say("measure", words=_sentence(item.measure or item.title)))
    if item.came_from:
        found.append(say("came_from", numbers="、".join(item.came_from)))
    return found


def _duty(item: ItemFact, today: date) -> Words:
    nobody = text("nobody")
    said = say(
        "owner", owner=item.owner or nobody, unit=item.unit or nobody,
        co_owners="、".join(item.co_owners) or nobody,
    )  # fmt: skip
    if item.deadline is None:
        said += say("no_deadline", time_class=item.time_label or nobody)
    else:
        said += say("deadline", day=item.deadline, time_class=item.time_label or nobody)
        if item.deadline_note:
            said += say("deadline_note", note=_end(item.deadline_note))
        if item.is_late(today):
            said += say("late", day=today, days=(today - item.deadline).days)
    if item.next_check is not None:
        said += say("next_check", day=item.next_check)
    return said


def _indicator(item: ItemFact) -> Words:
    if not item.verifiable:
        return say("unverifiable")
    if item.indicator_kind == "criterion":
        who, when, where, what = item.criterion
        said = say("criterion", who=who, when=when, where=where, what=_end(what))
        if item.criterion_met is not None:
            said += say("criterion_met", met="已达到" if item.criterion_met else "没有达到")
        return said
    unit = item.measure_unit
    said = say(
        "number_indicator", indicator=item.indicator, baseline=amount(item.baseline),
        target=amount(item.target), unit=unit, source=item.source or text("nobody"),
    )  # fmt: skip
    if not item.readings:
        return said + say("no_reading")
    last = item.readings[-1]
    rows = "；".join(
        text("reading_row", day=r.day, value=amount(r.value), unit=unit, source=r.source)
        for r in item.readings
    )
    count: Words = (str(len(item.readings)), Note(text("note_readings", rows=rows)))
    return said + say(
        "last_reading", count=count, day=last.day, value=amount(last.value), unit=unit,
        source=last.source,
    )  # fmt: skip


def _evidence(item: ItemFact) -> Words:
    if not item.proofs:
        return say("no_evidence")
    valid = [proof for proof in item.proofs if not proof.faults]
    faulty = [proof for proof in item.proofs if proof.faults]
    independent = [proof for proof in valid if proof.grade >= _INDEPENDENT]
    left = text("note_evidence_left", rows=_proofs(faulty)) if faulty else ""
    return say(
        "evidence",
        valid=(str(len(valid)), Note(_counted(valid) + left)),
        independent=(str(len(independent)), Note(_counted(independent))),
    )


def _counted(rows: list[Proof]) -> str:
    return text("note_evidence", rows=_proofs(rows)) if rows else text("note_none")


def _proofs(rows: list[Proof]) -> str:
    return "；".join(
        text(
            "proof", kind=row.kind, day=row.dated, label="、".join((row.label, *row.faults)),
            title=text("proof_title", title=row.title) if row.title else "",
        )
        for row in rows
    )  # fmt: skip


def _verification(item: ItemFact) -> list[Words]:
    found = [_check(one, item) for one in item.checks]
    found += [
        say("publication", starts=p.starts, ends=p.ends, place=p.place,
            objections=p.objections, upheld=p.upheld)
        for p in item.publications
    ]  # fmt: skip
    found += [
        say("recheck", day=r.day, who=r.by, seen=_end(r.seen),
            holds="仍然做到" if r.holds else "没有做到")
        for r in item.rechecks
    ]  # fmt: skip
    return found or [say("no_check")]


def _check(one: CheckFact, item: ItemFact) -> Words:
    origin = _origin(one.item, item)
    nobody = text("nobody")
    if not one.result or one.on is None:
        return origin + say("check_open", who=one.who or nobody)
    reason = text("check_reason", reason=_end(one.reason)) if one.reason else ""
    return origin + say(
        "check", who=one.who or nobody, day=one.on, place=one.place or nobody,
        seen=_end(one.seen) or nobody, result=one.label, reason=reason,
    )  # fmt: skip


def _changes(item: ItemFact) -> list[Words]:
    return [_origin(row.item, item) + _change(row) for row in item.changes] or [say("no_change")]


def _change(row: ChangeFact) -> Words:
    said = "，".join(
        text("difference", label=d.label, old=d.old, new=d.new) for d in row.differences
    )
    return say(
        "change", kind=row.kind, differences=said or text("difference_none"),
        asked_by=row.asked_by, asked_on=row.asked_on, reason=_end(row.reason), decided=_decided(row),
    )  # fmt: skip


def _decided(row: ChangeFact) -> str:
    if row.state == "cancelled":
        return text("change_cancelled")
    if row.decided_on is None:
        return text("change_open")
    opinion = text("change_decision", decision=_end(row.decision)) if row.decision else ""
    return text(
        "change_decided", decided_by=row.decided_by or text("nobody"), decided_on=row.decided_on,
        state=row.label, decision=opinion,
    )  # fmt: skip


def _relapses(item: ItemFact) -> list[Words]:
    found = [
        _origin(row.item, item) + say("relapse", day=row.day, reason=_end(row.reason))
        for row in item.relapses
    ]
    return found or [say("no_relapse")]


def _state(item: ItemFact) -> Words:
    said = say("state", state=item.state_label)
    if item.state == "watching" and item.watch_ends is not None:
        said += say("watch", day=item.watch_ends)
    if item.state == "suspended" and item.returns_on is not None:
        said += say("returns", day=item.returns_on)
    if item.merged_into:
        said += say("merged_into", number=item.merged_into)
    return said


def _origin(number: str, item: ItemFact) -> Words:
    """Return of which earlier item something is told, where it is not of the item itself."""
    return say("of_item", number=number) if number != item.number else ()


def indicator_line(item: ItemFact) -> str:
    """Return the indicator in one line, for a list."""
    if item.indicator_kind == "number":
        unit = item.measure_unit
        return f"{item.indicator}：{amount(item.baseline)}{unit}→{amount(item.target)}{unit}"
    if item.indicator_kind == "criterion":
        return item.criterion[3]
    return text("unverifiable_cell")


def deadline_line(item: ItemFact) -> str:
    """Return the deadline in one line, for a list."""
    if item.deadline is not None:
        return day(item.deadline)
    return text("long_term") if item.time_class == "standing" else text("nobody")


def _joined(heading: str, details: str) -> str:
    return _end(heading + details)


def _end(words: str) -> str:
    """Return words without the stop that the sentence around them brings."""
    return words.strip().rstrip("。；;,.，").replace("\n", " ")


def _sentence(words: str) -> str:
    return _end(words) + "。"
