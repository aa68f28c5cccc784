"""What many items came from, in few statements; the same relation as `ledger.descent`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from luoshi.office.ledger.descent import STEPS_MOST
from luoshi.office.ledger.models import Commitment

Rows = dict[int, Commitment]


def families(items: Iterable[Commitment]) -> dict[int, list[Commitment]]:
    """Return for each item itself and all that it came from, itself first."""
    found: dict[int, Rows] = {row.pk: {row.pk: row} for row in items}
    fresh = {root: list(held.values()) for root, held in found.items()}
    for _ in range(STEPS_MOST):
        came = _Came([row for held in fresh.values() for row in held])
        fresh = {
            root: new for root, held in fresh.items() if (new := _new(held, came, found[root]))
        }
        if not fresh:
            break
    return {root: list(held.values()) for root, held in found.items()}


def _new(held: Iterable[Commitment], came: _Came, known: Rows) -> list[Commitment]:
    added = {row.pk: row for one in held for row in came.of(one) if row.pk not in known}
    known |= added
    return list(added.values())


class _Came:
    """What some rows came from, one step back."""

    def __init__(self, rows: list[Commitment]) -> None:
        wanted = Q(merged_into__in=[row.pk for row in rows])
        wanted |= Q(pk__in=[row.split_from_id for row in rows if row.split_from_id])
        points = [row.point_id for row in rows if row.point_id]
        anew = Q(point__in=points, state="withdrawn", split_from=None, merged_into=None)
        self._merged: dict[int, list[Commitment]] = defaultdict(list)
        self._points: dict[int, list[Commitment]] = defaultdict(list)
        self._rows: Rows = {}
        for row in Commitment.objects.filter(wanted | anew).order_by("pk"):
            self._rows[row.pk] = row
            if row.merged_into_id:
                self._merged[row.merged_into_id].append(row)
            elif row.point_id and row.state == "withdrawn" and not row.split_from_id:
                self._points[row.point_id].append(row)

    def of(self, row: Commitment) -> Iterator[Commitment]:
        """Yield what one of the rows came from."""
        yield from self._merged.get(row.pk, ())
        if row.split_from_id in self._rows:
            yield self._rows[row.split_from_id]
        yield from self._points.get(row.point_id or 0, ())
