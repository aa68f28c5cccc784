"""What happened to an item how often: extensions, relapses, objections."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.office.ledger import kept
from luoshi.office.ledger.kept import Kept
from luoshi.office.ledger.models import Change, Commitment, Objection, Verification


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened to an item how often, with what it was split from or has taken in."""

    changes: int
    extensions: int
    suspensions: int
    owners: int
    refused: int
    relapses: int
    returned: int
    objections: int
    upheld: int


def tally(item: Commitment, rows: Kept | None = None) -> Tally:
    """Count what an item's page shows for good, with all that it came from (`descent`).

    Nothing of it goes away by splitting, merging or beginning anew. ``rows``: read before.
    """
    rows = rows or kept.read(item)
    done = [row for row in rows.line_changes if row.state == Change.State.APPROVED]
    upheld = [row for row in rows.line_objections if row.result == Objection.Result.UPHELD]
    returned = Verification.Result.RETURNED
    return Tally(
        changes=len(done),
        extensions=sum(_is_extension(row) for row in done),
        suspensions=sum(row.kind == Change.Kind.SUSPEND for row in done),
        owners=sum(row.kind == Change.Kind.OWNER for row in done),
        refused=sum(row.state == Change.State.REFUSED for row in rows.line_changes),
        relapses=len(rows.line_relapses),
        returned=sum(row.result == returned for row in rows.line_verifications),
        objections=len(rows.line_objections),
        upheld=len(upheld),
    )


def _is_extension(row: Change) -> bool:
    """Tell whether a change puts the deadline off, or does away with it."""
    if row.kind not in {Change.Kind.DEADLINE, Change.Kind.TIME_CLASS}:
        return False
    old, new = row.old.get("deadline"), row.new.get("deadline", row.old.get("deadline"))
    return old is not None and (new is None or new > old)
