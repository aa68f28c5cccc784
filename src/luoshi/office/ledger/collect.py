"""Rows → frozen facts: everything that `core/workflow` decides on is collected here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Min, QuerySet
from django.utils import timezone

from luoshi.core.workflow import facts as core
from luoshi.office.accounts.models import Deputising, Post, Unit
from luoshi.office.ledger import descent
from luoshi.office.ledger.facts import open_facts
from luoshi.office.ledger.models import (
    Application,
    Change,
    Commitment,
    Duty,
    Evidence,
    Objection,
    Publication,
    Reading,
    Verification,
)


def people(office: int) -> core.People:
    """Return everybody's posts and deputisings in an office, past ones too."""
    posts = Post.objects.filter(office=office).select_related("unit").order_by("id")
    deputies = Deputising.objects.filter(office=office).order_by("id")
    return core.People(
        tuple(_post(row) for row in posts),
        tuple(core.Deputy(d.person_id, d.deputy_id, d.starts, d.ends) for d in deputies),
    )


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
    against, failed = open_facts(commitment)
    application = _application(commitment)
    line = descent.line(commitment)
    publication = Publication.objects.filter(commitment=commitment).order_by("-id").first()
    evidence = tuple(commitment.evidence_set.select_related("file").order_by("id"))
    vouched = frozenset(
        Verification.objects.filter(commitment=commitment, confirmed_by__isnull=False)
        .exclude(result__in=(Verification.Result.VOID, Verification.Result.RETURNED))
        .values_list("form_id", flat=True)
    )
    readings = tuple(_readings(commitment))
    progress = tuple(commitment.progress_set.order_by("id"))
    noted = [p.happened_on for p in progress if application and p.added_at <= application.at]
    used = _used_before(commitment, evidence)
    return core.Item(
        key=commitment.pk,
        state=commitment.state,
        created=descent.began(line),
        time_class=commitment.time_class,
        owners=_owners(line),
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
        evidence=tuple(_evidence(row, row.pk in vouched, row.pk in used) for row in evidence),
        readings=tuple(
            core.ReadingFact(r.pk, r.author_id, r.value, r.read_on, r.source) for r in readings
        ),
        authors=frozenset(p.author_id for p in progress)
        | set(commitment.readings.values_list("author_id", flat=True)),
        done_on=application.done_on if application else None,
        worked_on=max(noted if application else [p.happened_on for p in progress], default=None),
        reopened_on=descent.reopened(line),
        applied_on=timezone.localdate(application.at) if application else None,
        open_facts=against,
        failed=failed,
        objections_open=Objection.objects.filter(
            publication__commitment=commitment, result=Objection.Result.OPEN
        ).count(),
        changes_open=commitment.changes.filter(state=Change.State.OPEN).count(),
        suspended_from=commitment.suspended_from,
        publication_ends=publication.ends if publication and not publication.ended else None,
        watch_ends=commitment.watch_ends,
    )


def _application(commitment: Commitment) -> Application | None:
    rows: list[Application] = list(
        commitment.applications.filter(withdrawn=False).order_by("-id")[:1]
    )
    return rows[0] if rows else None


def _owners(line: Sequence[Commitment]) -> tuple[core.Term, ...]:
    rows = Duty.objects.filter(commitment__in=line).order_by("id")
    return tuple(core.Term(d.person_id, d.starts, d.ends, d.kind == Duty.Kind.OWNER) for d in rows)


def _readings(commitment: Commitment) -> QuerySet[Reading]:
    """Return the readings of the indicator that stands: those of another one prove nothing."""
    changed = (
        commitment.changes.filter(kind=Change.Kind.INDICATOR, state=Change.State.APPROVED)
        .order_by("-decided_at")
        .values_list("decided_at", flat=True)
        .first()
    )
    rows: QuerySet[Reading] = commitment.readings.order_by("id")
    return rows if changed is None else rows.filter(added_at__gt=changed)


def _evidence(row: Evidence, vouched: bool, used: bool) -> core.EvidenceFact:
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
    return frozenset(row.pk for row in rows if first.get(_mark(row), row.pk) < row.pk)


def _mark(row: Evidence) -> tuple[object, ...]:
    return (row.file.sha256,) if row.file is not None else (row.author_id, row.dated, row.note)
