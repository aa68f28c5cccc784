"""The evidence of many items, each piece weighed as the page of its item weighs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from luoshi.core.paper.facts import Proof
from luoshi.core.workflow import facts as core
from luoshi.office.ledger import collect, descent
from luoshi.office.ledger.models import (
    Application,
    Change,
    Commitment,
    Duty,
    Evidence,
    Verification,
)
from luoshi.office.ledger.views import missing

# What these are called may be the name of a resident.
_OF_RESIDENTS = frozenset({Evidence.Kind.VISIT, Evidence.Kind.CALL, Evidence.Kind.ANSWERS})


def proofs_of(
    items: Iterable[Commitment], lines: Mapping[int, list[Commitment]], today: date
) -> dict[int, tuple[Proof, ...]]:
    """Return the evidence of each item, oldest first, in a constant number of statements."""
    held = {item.pk: item for item in items}
    rows: dict[int, list[Evidence]] = defaultdict(list)
    every = Evidence.objects.filter(commitment__in=held).select_related("file")
    for row in every.order_by("dated", "id"):
        rows[row.commitment_id].append(row)
    vouched, used = _vouched(held), _used_before([r for found in rows.values() for r in found])
    done, owners, units = _done(held), _owners(lines), _units(lines)
    offices = {key: collect.people(key) for key in {item.office_id for item in held.values()}}
    return {
        key: tuple(
            _proof(weighed)
            for weighed in missing.weigh(
                found,
                _facts(held[key], found, vouched, used, done.get(key), owners[key], units[key], lines[key]),
                offices[held[key].office_id], today,
            )
        )
        for key, found in rows.items()
    }  # fmt: skip


def _proof(weighed: missing.Weighed) -> Proof:
    row = weighed.row
    title = "" if row.kind in _OF_RESIDENTS else row.title
    label = Evidence.Kind(row.kind).label
    return Proof(str(label), title, row.dated, weighed.grade, weighed.label, weighed.faults)


def _facts(
    item: Commitment, rows: list[Evidence], vouched: set[int], used: set[int], done: date | None,
    owners: tuple[core.Term, ...], units: frozenset[int], line: list[Commitment],
) -> core.Item:  # fmt: skip
    """Return as much of an item as its evidence is weighed by."""
    again = collect.repeated(rows)
    return core.Item(
        key=item.pk, state=item.state, created=descent.began(line), time_class=item.time_class,
        owners=owners, units=units, indicator=core.Indicator(item.indicator_kind, None, None),  # type: ignore[arg-type]  # the choices of the column
        policy=core.Policy(), done_on=done,
        evidence=tuple(
            collect.evidence_fact(row, row.pk in vouched, row.pk in used, row.pk in again)
            for row in rows
        ),
    )  # fmt: skip


def _vouched(items: Iterable[int]) -> set[int]:
    gone = (Verification.Result.VOID, Verification.Result.RETURNED)
    forms = Verification.objects.filter(commitment__in=items, confirmed_by__isnull=False)
    return set(forms.exclude(result__in=gone).values_list("form_id", flat=True))


def _done(items: Iterable[int]) -> dict[int, date]:
    rows = Application.objects.filter(commitment__in=items, withdrawn=False).order_by("id")
    return dict(rows.values_list("commitment_id", "done_on"))


def _owners(lines: Mapping[int, list[Commitment]]) -> dict[int, tuple[core.Term, ...]]:
    every = {row.pk for line in lines.values() for row in line}
    terms: dict[int, list[core.Term]] = defaultdict(list)
    for duty in Duty.objects.filter(commitment__in=every).order_by("id"):
        owns = duty.kind == Duty.Kind.OWNER
        terms[duty.commitment_id].append(
            core.Term(duty.person_id, duty.starts, duty.ends, owns)
        )  # fmt: skip
    return {
        root: tuple(term for row in line for term in terms[row.pk]) for root, line in lines.items()
    }


def _units(lines: Mapping[int, list[Commitment]]) -> dict[int, frozenset[int]]:
    """Return the sections that answer for each item or did (as `ledger.collect` finds them)."""
    every = {row.pk for line in lines.values() for row in line}
    before: dict[int, set[int]] = defaultdict(set)
    approved = Change.objects.filter(commitment__in=every, state=Change.State.APPROVED)
    for item, old in approved.values_list("commitment_id", "old"):
        if isinstance(old.get("unit"), int):
            before[item].add(old["unit"])
    return {
        root: frozenset(
            {row.unit_id for row in line if row.unit_id is not None}.union(
                *(before[row.pk] for row in line)
            )
        )
        for root, line in lines.items()
    }


def _used_before(rows: list[Evidence]) -> set[int]:
    """Return the evidence that served another item earlier (as `ledger.collect` judges it)."""
    files = {row.file.sha256 for row in rows if row.file is not None}
    notes = {row.note for row in rows if row.file is None}
    seen: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    same = Evidence.objects.filter(file__sha256__in=files) if files else Evidence.objects.none()
    for sha, item, key in same.values_list("file__sha256", "commitment_id", "pk"):
        seen[(sha,)].append((key, item))
    authors = {row.author_id for row in rows if row.file is None}
    if notes:
        told = Evidence.objects.filter(author__in=authors, file=None, note__in=notes)
        names = ("author_id", "dated", "note", "commitment_id", "pk")
        for author, dated, note, item, key in told.values_list(*names):
            seen[(author, dated, note)].append((key, item))
    return {
        row.pk
        for row in rows
        if any(k < row.pk and i != row.commitment_id for k, i in seen[collect.mark(row)])
    }
