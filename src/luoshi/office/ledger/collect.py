"""Rows → frozen facts: everything that `core/workflow` decides on is collected here."""

from __future__ import annotations

from django.utils import timezone

from luoshi.core.workflow import facts as core
from luoshi.office.accounts.models import Deputising, Post, Unit
from luoshi.office.ledger.facts import open_facts
from luoshi.office.ledger.models import (
    Application,
    Change,
    Commitment,
    Evidence,
    Objection,
    Publication,
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
        ends=row.ends,
    )


def item(commitment: Commitment) -> core.Item:
    """Return a commitment with its whole life."""
    against, failed = open_facts(commitment)
    application = _application(commitment)
    publication = Publication.objects.filter(commitment=commitment).order_by("-id").first()
    evidence = tuple(commitment.evidence_set.select_related("file").order_by("id"))
    vouched = frozenset(
        Verification.objects.filter(commitment=commitment, confirmed_by__isnull=False)
        .exclude(result=Verification.Result.VOID)
        .values_list("form_id", flat=True)
    )
    readings = tuple(commitment.readings.order_by("id"))
    progress = commitment.progress_set.values_list("author_id", flat=True)
    return core.Item(
        key=commitment.pk,
        state=commitment.state,
        created=commitment.created_on,
        time_class=commitment.time_class,
        owners=_owners(commitment),
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
        evidence=tuple(_evidence(row, row.pk in vouched) for row in evidence),
        readings=tuple(
            core.ReadingFact(r.pk, r.author_id, r.value, r.read_on, r.source) for r in readings
        ),
        authors=frozenset(progress) | {r.author_id for r in readings},
        done_on=application.done_on if application else None,
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


def _owners(commitment: Commitment) -> tuple[core.Term, ...]:
    rows = commitment.duties.order_by("id")
    return tuple(core.Term(d.person_id, d.starts, d.ends) for d in rows)


def _evidence(row: Evidence, vouched: bool) -> core.EvidenceFact:
    return core.EvidenceFact(
        key=row.pk,
        author=row.author_id,
        kind=row.kind,
        dated=row.dated,
        added=timezone.localdate(row.added_at),
        declared=row.declared,
        expires=row.expires_on,
        withdrawn=row.withdrawn,
        used_before=_used_before(row),
        vouched=vouched,
    )


def _used_before(row: Evidence) -> bool:
    """Tell whether the same file served another item earlier (its hash, whatever its name)."""
    if row.file is None:
        return False
    same = Evidence.objects.filter(
        file__sha256=row.file.sha256, office=row.office_id, pk__lt=row.pk
    )
    return bool(same.exclude(commitment=row.commitment_id).exists())
