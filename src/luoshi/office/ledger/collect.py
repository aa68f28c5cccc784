"""Rows → frozen facts: everything that `core/workflow` decides on is collected here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone

from luoshi.core.workflow import facts as core
from luoshi.office.accounts.models import Deputising, Post, Unit
from luoshi.office.ledger import descent, kept
from luoshi.office.ledger.facts import open_facts
from luoshi.office.ledger.kept import Kept
from luoshi.office.ledger.models import (
    Change,
    Commitment,
    Evidence,
    Objection,
    Reading,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody's posts and deputisings in an office, with the names of who and where."""

    people: core.People
    persons: dict[int, str]
    units: dict[int, str]


def staff(office: int) -> Staff:
    """Return everybody's posts and deputisings in an office, past ones too, in two statements."""
    posts = list(Post.objects.filter(office=office).select_related("unit", "person").order_by("id"))
    deputies = Deputising.objects.filter(office=office).order_by("id")
    people = core.People(
        tuple(_post(row) for row in posts),
        tuple(core.Deputy(d.person_id, d.deputy_id, d.starts, d.ends) for d in deputies),
    )
    return Staff(
        people,
        {row.person_id: row.person.name for row in posts},
        {row.unit_id: row.unit.name for row in posts},
    )


def people(office: int) -> core.People:
    """Return everybody's posts and deputisings in an office, past ones too."""
    return staff(office).people


def _post(row: Post) -> core.Post:
    return core.Post(
        person=row.person_id,
        unit=row.unit_id,
        outside=row.unit.kind == Unit.Kind.OUTSIDE,
        rank=row.rank,  # type: ignore[arg-type]  # the choices of the column
        leads=row.leads,
        superior=row.superior_id,
        starts=row.starts,
        ends=_ended(row),
    )


def _ended(row: Post) -> date | None:
    """Return until when a post counts: not shorter than until its end was written down.

    Otherwise a post could be ended backwards on the day before somebody is to verify.
    """
    if row.ends is None or row.ended_on is None:
        return row.ends
    return max(row.ends, row.ended_on)


def item(commitment: Commitment) -> core.Item:
    """Return a commitment with its whole life."""
    return facts(kept.read(commitment))


def facts(rows: Kept) -> core.Item:
    """Return the facts of an item from its rows."""
    commitment = rows.item
    against, failed = open_facts(commitment)
    application = rows.application
    publication = rows.publications[-1] if rows.publications else None
    vouched = frozenset(
        row.form_id
        for row in rows.verifications
        if row.confirmed_by_id is not None
        and row.result not in {Verification.Result.VOID, Verification.Result.RETURNED}
    )
    noted = [p.happened_on for p in rows.progress if application and p.added_at <= application.at]
    used, again = _used_before(commitment, rows.evidence), repeated(rows.evidence)
    return core.Item(
        key=commitment.pk,
        state=commitment.state,
        created=descent.began(rows.line),
        time_class=commitment.time_class,
        owners=tuple(
            core.Term(d.person_id, d.starts, d.ends, d.kind == d.Kind.OWNER)
            for d in rows.line_duties
        ),
        indicator=core.Indicator(
            commitment.indicator_kind,  # type: ignore[arg-type]  # the choices of the column
            commitment.baseline,
            commitment.target,
        ),
        policy=core.Policy(
            tuple(commitment.evidence_kinds),
            commitment.evidence_count,
            commitment.evidence_independence,
        ),
        evidence=tuple(
            evidence_fact(row, row.pk in vouched, row.pk in used, row.pk in again)
            for row in rows.evidence
        ),
        readings=tuple(
            core.ReadingFact(r.pk, r.author_id, r.value, r.read_on, r.source)
            for r in _readings(rows)
        ),
        units=_units(rows),
        authors=frozenset(p.author_id for p in rows.progress)
        | frozenset(r.author_id for r in rows.readings),
        done_on=application.done_on if application else None,
        worked_on=max(
            noted if application else [p.happened_on for p in rows.progress], default=None
        ),
        reopened_on=_reopened(rows),
        applied_on=timezone.localdate(application.at) if application else None,
        open_facts=against,
        failed=failed,
        objections_open=sum(row.result == Objection.Result.OPEN for row in rows.objections),
        changes_open=sum(row.state == Change.State.OPEN for row in rows.changes),
        suspended_from=commitment.suspended_from,
        publication_ends=publication.ends if publication and not publication.ended else None,
        watch_ends=commitment.watch_ends,
    )


def _units(rows: Kept) -> frozenset[int]:
    """Return the sections that answer for an item or did, with those of all that it came from."""
    changed = [
        row.old.get("unit") for row in rows.line_changes if row.state == Change.State.APPROVED
    ]
    found = {*(row.unit_id for row in rows.line), *changed}
    return frozenset(unit for unit in found if isinstance(unit, int))


def _reopened(rows: Kept) -> date | None:
    """Return the day on which the problem was last found not to be gone, if it ever was.

    That is when a relapse was written down, or an objection upheld: not the day that somebody
    named for it.
    """
    moments = [row.added_at for row in rows.line_relapses]
    moments += [
        row.decided_at
        for row in rows.line_objections
        if row.result == Objection.Result.UPHELD and row.decided_at
    ]
    return max((timezone.localdate(moment) for moment in moments), default=None)


def _readings(rows: Kept) -> list[Reading]:
    """Return the readings of the indicator that stands: those of another one prove nothing."""
    changed = [
        row.decided_at
        for row in rows.changes
        if row.kind == Change.Kind.INDICATOR and row.state == Change.State.APPROVED
        and row.decided_at
    ]  # fmt: skip
    return [row for row in rows.readings if not changed or row.added_at > max(changed)]


def evidence_fact(row: Evidence, vouched: bool, used: bool, again: bool) -> core.EvidenceFact:
    """Return a piece of evidence as the rules of closing weigh it."""
    return core.EvidenceFact(
        key=row.pk,
        author=row.author_id,
        kind=row.kind,
        dated=row.dated,
        added=timezone.localdate(row.added_at),
        declared=row.declared,
        expires=row.expires_on,
        withdrawn=row.withdrawn,
        used_before=used,
        vouched=vouched,
        repeated=again,
    )


def _used_before(commitment: Commitment, rows: Sequence[Evidence]) -> frozenset[int]:
    """Return the evidence that served another item earlier, in whatever office and by what name.

    A file is known by its hash; a note without a file by its author, its day and its words.
    """
    files = {row.file.sha256 for row in rows if row.file is not None}
    notes = {row.note for row in rows if row.file is None}
    elsewhere = Evidence.objects.exclude(commitment=commitment)
    first: dict[tuple[object, ...], int] = {}
    if files:
        seen = elsewhere.filter(file__sha256__in=files).values_list("file__sha256")
        first |= {(sha,): key for sha, key in seen.annotate(first=Min("pk"))}
    if notes:
        authors = {row.author_id for row in rows if row.file is None}
        same = elsewhere.filter(author__in=authors, file=None, note__in=notes)
        found = same.values_list("author_id", "dated", "note").annotate(first=Min("pk"))
        first |= {(author, dated, note): key for author, dated, note, key in found}
    return frozenset(row.pk for row in rows if first.get(mark(row), row.pk) < row.pk)


def repeated(rows: Iterable[Evidence]) -> frozenset[int]:
    """Return which of an item's evidence is a file that somebody else handed in for it before."""
    first: dict[str, int] = {}
    found = set()
    for row in sorted(rows, key=lambda row: row.pk):
        if (
            row.file is not None
            and first.setdefault(row.file.sha256, row.author_id) != row.author_id
        ):
            found.add(row.pk)
    return frozenset(found)


def mark(row: Evidence) -> tuple[object, ...]:
    """Return by what a piece of evidence is known again: its file, or its author, day and words."""
    return (row.file.sha256,) if row.file is not None else (row.author_id, row.dated, row.note)
