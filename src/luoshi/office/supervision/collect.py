"""Rows → frozen facts, a thousand items at a time: memory does not grow with the ledger."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db.models import Max
from django.utils import timezone

from luoshi.core.supervision import reasons
from luoshi.core.supervision.facts import Item
from luoshi.core.supervision.flags import Completion
from luoshi.office.ledger.models import Application, Change, Commitment, Evidence, Reading, Step

CHUNK = 2000
_NUMBER = Commitment.IndicatorKind.NUMBER
_KIND = 8  # where the kind of indicator stands in what is read of an item


def keys(office: int) -> Sequence[int]:
    """Return the items of an office that are looked at, by their keys (eight bytes each)."""
    rows = Commitment.objects.filter(office=office, is_open=True, state__in=list(reasons.stages()))
    return array("q", rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000))


def chunks(found: Sequence[int]) -> Iterator[list[Item]]:
    """Yield the items with these keys, some at a time."""
    for start in range(0, len(found), CHUNK):
        yield items(found[start : start + CHUNK])


def items(keys: Sequence[int]) -> list[Item]:
    """Return what is known of these items; those that are looked at no more are left out."""
    wanted = array("q", keys)  # a list would be looked through by Django, key by key
    stages = reasons.stages()
    rows = Commitment.objects.filter(pk__among=wanted).values_list(
        "pk", "state", "owner_id", "activated_on", "deadline", "next_check", "returns_on",
        "evidence_count", "indicator_kind", "baseline", "target",
    )  # fmt: skip
    found = [row for row in rows if row[1] in stages]
    last = _last(wanted)
    authors = _authors(wanted)
    readings = _readings(array("q", (row[0] for row in found if row[_KIND] == _NUMBER)))
    return [
        _item(row, stages[row[1]], last.get(row[0]), authors.get(row[0], ()),
              readings.get(row[0], ()))
        for row in found
    ]  # fmt: skip


def _item(
    row: Sequence[Any], stage: Any, last: date | None, authors: Sequence[int], read: Sequence[Any]
) -> Item:
    key, _, owner, starts, deadline, check, returns, wanted, kind, baseline, target = row
    if kind != _NUMBER:
        baseline = target = None
        read = ()
    value, read_on = read[-1] if read else (None, None)
    before, before_on = read[-2] if len(read) > 1 else (None, None)
    return Item(
        key, stage, owner, starts, deadline, check, returns, last, wanted, len(authors),
        sum(author != owner for author in authors), baseline, target, value, read_on, before,
        before_on,
    )  # fmt: skip


def _last(wanted: Sequence[int]) -> dict[int, date]:
    """Return the day of the last sign of life of each item."""
    rows = Step.objects.filter(commitment__among=wanted, verb__in=reasons.signs_of_life())
    found = rows.order_by().values_list("commitment_id").annotate(Max("at"))
    zone = timezone.get_current_timezone()
    return {key: at.astimezone(zone).date() for key, at in found}


def _authors(wanted: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Evidence.objects.filter(commitment__among=wanted, withdrawn=False).order_by()
    for key, author in rows.values_list("commitment_id", "author_id"):
        found[key].append(author)
    return found


def _readings(wanted: Sequence[int]) -> dict[int, list[tuple[Any, date]]]:
    """Return value and day of the readings of the indicator that stands, in order of days."""
    changed = _changed(wanted)
    found: dict[int, list[tuple[Any, date]]] = defaultdict(list)
    rows = Reading.objects.filter(commitment__among=wanted)
    ordered = rows.order_by("read_on", "pk")
    columns = ("commitment_id", "value", "read_on")
    if not changed:  # almost always: a moment less to read of every row
        for key, value, day in ordered.values_list(*columns):
            found[key].append((value, day))
        return found
    for key, value, day, added in ordered.values_list(*columns, "added_at"):
        if key not in changed or added > changed[key]:
            found[key].append((value, day))
    return found


def _changed(wanted: Sequence[int]) -> dict[int, datetime]:
    rows = Change.objects.filter(
        commitment__among=wanted, kind=Change.Kind.INDICATOR, state=Change.State.APPROVED
    )
    found = rows.order_by().values_list("commitment_id").annotate(Max("decided_at"))
    return dict(found)


def completions(office: int, since: date) -> Iterator[Completion]:
    """Yield what an office said was done since a day, each item once, by its last application."""
    rows = Application.objects.filter(office=office, withdrawn=False, done_on__gt=since)
    columns = rows.order_by("commitment_id", "pk").values_list(
        "commitment_id", "done_on", "commitment__deadline", "commitment__owner_id",
        "commitment__state",
    )  # fmt: skip
    by_item = groupby(columns.iterator(chunk_size=CHUNK), key=itemgetter(0))
    last = (deque(held, maxlen=1)[0] for _, held in by_item)
    while part := list(islice(last, CHUNK)):
        outside = _from_elsewhere({row[0]: row[3] for row in part})
        for key, day, deadline, _, state in part:
            yield Completion(day, deadline, state in _CLOSED, key in outside)


_CLOSED = frozenset({"watching", "confirmed"})


def _from_elsewhere(owners: dict[int, int | None]) -> set[int]:
    """Return the items among these with a piece of evidence that is not the owner's own."""
    rows = Evidence.objects.filter(commitment__among=array("q", owners), withdrawn=False)
    found = rows.order_by().values_list("commitment_id", "author_id")
    return {key for key, author in found if author != owners[key]}
