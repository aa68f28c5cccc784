"""What happened to many items: checks, publications, changes, relapses, readings, rechecks.

With what happened to the items that they came from: nothing of it goes away by splitting,
merging or beginning anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.core.paper import facts
from luoshi.office.ledger.models import (
    Change,
    Commitment,
    Objection,
    Publication,
    Reading,
    Relapse,
    StandingCheck,
    Verification,
)
from luoshi.office.ledger.views.story import differences_of_all

Lines = Mapping[int, list[Commitment]]
Found = dict[int, tuple[Any, ...]]


class _Family:
    """Which items a row belongs to: its own, and those that came from it."""

    def __init__(self, lines: Lines) -> None:
        self.keys: set[int] = set()
        self.numbers: dict[int, str] = {}
        self._roots: dict[int, list[int]] = defaultdict(list)
        for root, line in lines.items():
            for row in line:
                self.keys.add(row.pk)
                self.numbers[row.pk] = row.number
                self._roots[row.pk].append(root)

    def sort(self, rows: QuerySet[Any], make: Any) -> Found:
        """Return what is made of the rows, by item."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            made = make(row)
            for root in self._roots[row.commitment_id]:
                found[root].append(made)
        return {root: tuple(held) for root, held in found.items()}


def checks(lines: Lines) -> Found:
    """Return the verifications; those that were made void did not count and are left out."""
    family = _Family(lines)
    rows = Verification.objects.filter(commitment__in=family.keys).select_related("verifier")
    rows = rows.exclude(result=Verification.Result.VOID).order_by("id")
    return family.sort(
        rows,
        lambda row: facts.CheckFact(
            item=family.numbers[row.commitment_id],
            who=row.verifier.name if row.verifier else row.form_body, seen=row.seen,
            place=row.place, on=row.seen_on, result=row.result, label=row.get_result_display(),
            reason=row.reason,
        ),
    )  # fmt: skip


def publications(lines: Lines) -> Found:
    """Return the publications with how many objections there were, never with their words."""
    family = _Family(lines)
    said: dict[int, list[str]] = defaultdict(list)
    objections = Objection.objects.filter(publication__commitment__in=family.keys)
    for publication, result in objections.values_list("publication_id", "result"):
        said[publication].append(result)
    rows = Publication.objects.filter(commitment__in=family.keys).order_by("id")
    return family.sort(
        rows,
        lambda row: facts.PublicationFact(
            row.starts, row.ends, row.place, len(said[row.pk]),
            said[row.pk].count(Objection.Result.UPHELD),
        ),
    )  # fmt: skip


def changes(lines: Lines) -> Found:
    """Return the changes asked for, with old and new values in words."""
    family = _Family(lines)
    rows = Change.objects.filter(commitment__in=family.keys)
    held = list(rows.select_related("asked_by", "decided_by").order_by("id"))
    words = differences_of_all(held)
    return family.sort(
        held,  # type: ignore[arg-type]  # any iterable of rows
        lambda row: facts.ChangeFact(
            item=family.numbers[row.commitment_id], kind=row.get_kind_display(),
            extends=_extends(row),
            state=row.state, label=row.get_state_display(), asked_by=row.asked_by.name,
            asked_on=timezone.localdate(row.asked_at), reason=row.reason,
            decided_by=row.decided_by.name if row.decided_by else "",
            decided_on=timezone.localdate(row.decided_at) if row.decided_at else None,
            decision=row.decision,
            differences=tuple(words[row.pk]),
        ),
    )  # fmt: skip


def _extends(row: Change) -> bool:
    """Tell whether a change puts the deadline off, or does away with it (as `ledger.tally`)."""
    if row.kind not in {Change.Kind.DEADLINE, Change.Kind.TIME_CLASS}:
        return False
    old, new = row.old.get("deadline"), row.new.get("deadline", row.old.get("deadline"))
    return old is not None and (new is None or new > old)


def relapses(lines: Lines) -> Found:
    """Return when the problem was found to be back."""
    family = _Family(lines)
    rows = Relapse.objects.filter(commitment__in=family.keys).order_by("happened_on", "id")
    return family.sort(
        rows,
        lambda row: facts.RelapseFact(
            family.numbers[row.commitment_id], row.happened_on, row.reason
        ),
    )


def readings(items: Lines) -> Found:
    """Return the readings of the indicators that stand: those of an earlier one prove nothing."""
    changed = Change.objects.filter(
        commitment__in=items, kind=Change.Kind.INDICATOR, state=Change.State.APPROVED
    ).order_by("decided_at")
    since = dict(changed.values_list("commitment_id", "decided_at"))
    found: dict[int, list[facts.ReadingFact]] = defaultdict(list)
    for row in Reading.objects.filter(commitment__in=items).order_by("read_on", "id"):
        after = since.get(row.commitment_id)
        if after is None or row.added_at > after:
            found[row.commitment_id].append(facts.ReadingFact(row.read_on, row.value, row.source))
    return {key: tuple(held) for key, held in found.items()}


def rechecks(items: Lines) -> Found:
    """Return the recurring checks of standing items."""
    found: dict[int, list[facts.RecheckFact]] = defaultdict(list)
    rows = StandingCheck.objects.filter(commitment__in=items).select_related("by")
    for row in rows.order_by("checked_on", "id"):
        found[row.commitment_id].append(
            facts.RecheckFact(row.checked_on, row.by.name, row.holds, row.seen)
        )
    return {key: tuple(held) for key, held in found.items()}
