"""All that is kept about one item, read once: what is decided and what is shown rest on the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from luoshi.office.ledger import descent
from luoshi.office.ledger.models import (
    Application,
    Change,
    Commitment,
    Duty,
    Evidence,
    Objection,
    Progress,
    Publication,
    Reading,
    Relapse,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An item with its rows, oldest first.

    ``line`` is the item and all that it came from (`descent`), itself first. ``line_…`` are rows
    of all of these; the others are of the item alone.
    """

    item: Commitment
    line: list[Commitment]
    line_duties: list[Duty]
    line_changes: list[Change]
    line_publications: list[Publication]
    line_verifications: list[Verification]
    line_objections: list[Objection]
    line_relapses: list[Relapse]
    applications: list[Application]
    evidence: list[Evidence]
    readings: list[Reading]
    progress: list[Progress]

    @property
    def duties(self) -> list[Duty]:
        """Return the terms of those who had the item itself in hand."""
        return self._own(self.line_duties)

    @property
    def changes(self) -> list[Change]:
        """Return the requests for a change of the item itself."""
        return self._own(self.line_changes)

    @property
    def publications(self) -> list[Publication]:
        """Return the item's own publications."""
        return self._own(self.line_publications)

    @property
    def verifications(self) -> list[Verification]:
        """Return the item's own verifications."""
        return self._own(self.line_verifications)

    @property
    def objections(self) -> list[Objection]:
        """Return the objections to the item's own publications."""
        return [
            row for row in self.line_objections if row.publication.commitment_id == self.item.pk
        ]

    @property
    def application(self) -> Application | None:
        """Return the application in force."""
        return next((row for row in reversed(self.applications) if not row.withdrawn), None)

    @property
    def publication(self) -> Publication | None:
        """Return the publication that has not been ended by an objection or a relapse."""
        return next((row for row in reversed(self.publications) if not row.ended), None)

    @property
    def verification(self) -> Verification | None:
        """Return the verification that counts or is under way."""
        done = (Verification.Result.VOID, Verification.Result.RETURNED)
        return next((row for row in reversed(self.verifications) if row.result not in done), None)

    def _own(self, rows: list[Any]) -> list[Any]:
        return [row for row in rows if row.commitment_id == self.item.pk]


def read(item: Commitment) -> Kept:
    """Return an item with its rows, in a constant number of statements."""
    line = descent.line(item)
    keys = [row.pk for row in line]
    publications = _rows(Publication, keys)
    known = {row.pk: row for row in publications}
    objections = list(
        Objection.objects.filter(publication__in=known)
        .select_related("registered_by", "decided_by")
        .order_by("id")
    ) if known else []  # fmt: skip
    for row in objections:
        row.publication = known[row.publication_id]
    return Kept(
        item=item,
        line=line,
        line_duties=_rows(Duty, keys, "person"),
        line_changes=_rows(Change, keys, "asked_by"),
        line_publications=publications,
        line_verifications=_rows(
            Verification, keys, "verifier", "registered_by", "confirmed_by", "form"
        ),
        line_objections=objections,
        line_relapses=_rows(Relapse, keys),
        applications=_rows(Application, [item.pk], "by"),
        evidence=_rows(Evidence, [item.pk], "author", "file"),
        readings=_rows(Reading, [item.pk], "author"),
        progress=_rows(Progress, [item.pk]),
    )


def _rows(model: type[Any], keys: list[int], *related: str) -> list[Any]:
    rows: QuerySet[Any] = model.objects.filter(commitment__in=keys)
    return list((rows.select_related(*related) if related else rows).order_by("id"))
