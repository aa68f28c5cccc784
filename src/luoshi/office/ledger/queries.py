"""Reading the ledger: lists and counts that stay quick however long it is.

A page of a list begins where the one before ended (a cursor), so that the last page costs what
the first does; every list issues a constant number of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

from luoshi.office.ledger import scopes, texts, values
from luoshi.office.ledger.models import Commitment

PAGE = 50
COUNTED_MOST = 10_000
SEARCHED_MOST = 1_000
_NARROWING = (
    "q", "state", "owner", "unit", "special", "time_class", "due", "unverifiable", "only", "mine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The items that fit; how many, and whether that is all: counting stops at ten thousand."""

    rows: QuerySet[Commitment]
    total: int
    exact: bool


def find(
    rows: QuerySet[Commitment],
    chosen: Mapping[str, Any],
    today: date,
    everything: int | None = None,
    *,
    in_source: bool = True,
    office: int = 0,
) -> Found:
    """Return the items that fit what was chosen, counted (``everything``: counted before).

    ``office``: ``rows`` are all items of this office.

    ``in_source``: who asks may read materials; to anybody else the names in them are masked, and
    a search must not give them away. ``q``: words of title, number or source; ``state``: a state,
    or ``open``; ``owner``, ``unit``, ``special``, ``time_class``; ``due``: overdue, week, month,
    none; ``unverifiable``; ``only``: a key of `scopes.SCOPES`, and ``mine``, with ``asked`` to say
    of whom and when.
    """
    if everything is not None and not any(chosen.get(name) for name in _NARROWING):
        return Found(rows, everything, True)
    narrowed = _narrow(rows, chosen, today)
    words = str(chosen.get("q", "")).split()
    alone = words and not any(chosen.get(name) for name in _NARROWING if name != "q")
    if alone and office and everything is not None and texts.kept(everything, words):
        return search_all(office, words, in_source)
    if words:
        return _search(narrowed, words, in_source)
    return _counted(narrowed)


def how_many(
    rows: QuerySet[Commitment], asked: Iterable[Mapping[str, Any]], today: date
) -> list[tuple[int, bool]]:
    """Return how many items fit each of the choices, and whether that is all; as `find` counts.

    All in one statement: for rows that are few, such as those in one person's hand.
    """
    counted = {
        f"n{place}": Count("pk", filter=_condition(chosen, today))
        for place, chosen in enumerate(asked)
    }
    found: dict[str, int] = rows.aggregate(**counted)
    numbers = (found[name] for name in counted)
    return [(min(number, COUNTED_MOST), number <= COUNTED_MOST) for number in numbers]


def _narrow(
    rows: QuerySet[Commitment], chosen: Mapping[str, Any], today: date
) -> QuerySet[Commitment]:
    """Return the items that fit what was chosen, but for words."""
    return rows.filter(_condition(chosen, today))


def _condition(chosen: Mapping[str, Any], today: date) -> Q:
    """Return the condition of what was chosen, but for words."""
    still, wanted = Q(is_open=True), Q()
    state = chosen.get("state", "")
    if state:
        wanted &= still if state == "open" else Q(state=state)
    for name in ("owner", "unit", "special", "time_class"):
        if chosen.get(name):
            wanted &= Q(**{name: chosen[name]})
    if chosen.get("unverifiable"):
        wanted &= Q(indicator_kind=Commitment.IndicatorKind.NONE)
    wanted &= _due(chosen.get("due", ""), today, still)
    asked = chosen.get("asked") or scopes.Asked(0, today)
    if chosen.get("only"):
        wanted &= scopes.SCOPES[chosen["only"]].condition(asked)
    if chosen.get("mine"):
        wanted &= scopes.own(asked)
    return wanted


def _due(due: str, today: date, still: Q) -> Q:
    if due == "overdue":
        return still & Q(deadline__lt=today)
    if due in {"week", "month"}:
        last = today + timedelta(days=7 if due == "week" else 30)
        return still & Q(deadline__gte=today, deadline__lte=last)
    return Q(deadline__isnull=True) if due == "none" else Q()


def _search(rows: QuerySet[Commitment], words: list[str], in_source: bool) -> Found:
    """Return the items that hold every word.

    No index helps to find words, so the rows are gone through once, in the order in which they
    lie, and not again for the count and in the order of the list. Of many hits the first page
    is soon full.
    """
    hits = _hits(rows, words, in_source)
    keys = list(hits.order_by().values_list("pk", flat=True)[: SEARCHED_MOST + 1])
    if len(keys) > SEARCHED_MOST:
        return _counted(hits)
    return Found(rows.filter(pk__in=keys), len(keys), True)


def search_all(office: int, words: list[str], in_source: bool) -> Found:
    """Return the items of an office that hold every word, from what is kept in memory.

    For words and ledgers that `texts` is made for; the same is found as by the rows.
    """
    keys = texts.holding(office, words, in_source, COUNTED_MOST + 1)
    rows, number = Commitment.for_office(office), len(keys)
    few = number <= SEARCHED_MOST
    found = rows.filter(pk__in=keys) if few else _hits(rows, words, in_source)
    return Found(found, min(number, COUNTED_MOST), number <= COUNTED_MOST)


def _hits(rows: QuerySet[Commitment], words: list[str], in_source: bool) -> QuerySet[Commitment]:
    for word in words:
        holds = Q(title__icontains=word) | Q(number__icontains=word)
        rows = rows.filter(holds | Q(source_text__icontains=word) if in_source else holds)
    return rows


def _counted(rows: QuerySet[Commitment]) -> Found:
    number = rows.order_by()[: COUNTED_MOST + 1].count()
    return Found(rows, min(number, COUNTED_MOST), number <= COUNTED_MOST)


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a list with one order, told by ``columns``, upwards or downwards."""

    columns: tuple[str, ...]
    only: Q = field(default_factory=Q)
    down: bool = False


# A list by deadline has two stretches, since an index finds no place for "none, at the end".
_SORTS = {
    "due": (
        _Segment(("deadline", "id"), Q(deadline__isnull=False)),
        _Segment(("id",), Q(deadline__isnull=True)),
    ),
    "new": (_Segment(("id",), down=True),),
    "number": (_Segment(("number",)),),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; ``before`` and ``after`` are cursors (empty: there is no such page)."""

    rows: list[Commitment]
    before: str
    after: str


def page(
    rows: QuerySet[Commitment], sort: str = "", *, after: str = "", before: str = "",
    size: int = PAGE,
) -> Page:  # fmt: skip
    """Return the page after or before a cursor, by default the first one.

    A cursor that makes no sense gives the first page: it stands in an address.
    """
    segments = _SORTS.get(sort, _SORTS["due"])
    start = _parse(segments, before or after)
    if start is not None and before:
        found = _take(rows, segments, start, size + 1, forward=False)
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, _cursor(segments, shown[0]), _cursor(segments, shown[-1]))
        start = None  # near the beginning: the first page, and a whole one
    found = _take(rows, segments, start, size + 1, forward=True)
    shown = found[:size]
    return Page(
        shown,
        _cursor(segments, shown[0]) if shown and start is not None else "",
        _cursor(segments, shown[-1]) if len(found) > size else "",
    )


_Start = tuple[int, tuple[Any, ...]]


def _take(
    rows: QuerySet[Commitment], segments: tuple[_Segment, ...], start: _Start | None, size: int,
    *, forward: bool,
) -> list[Commitment]:  # fmt: skip
    """Return up to ``size`` rows from a place on, nearest first."""
    numbered = list(enumerate(segments))
    found: list[Commitment] = []
    for number, segment in numbered if forward else numbered[::-1]:
        if start is not None and (number < start[0] if forward else number > start[0]):
            continue
        held = rows.filter(segment.only)
        up = forward != segment.down
        if start is not None and number == start[0]:
            held = held.filter(_beyond(segment.columns, start[1], up))
        sign = "" if up else "-"
        order = [f"{sign}{column}" for column in segment.columns]
        found += held.order_by(*order)[: size - len(found)]
        if len(found) == size:
            break
    return found


def _beyond(columns: tuple[str, ...], held: tuple[Any, ...], up: bool) -> Q:
    last = columns[-1]
    if len(columns) == 1:
        return Q(**{f"{last}__{'gt' if up else 'lt'}": held[0]})
    # A range on the first column, which an index can use; its equals are sorted out after.
    first = Q(**{f"{columns[0]}__{'gte' if up else 'lte'}": held[0]})
    passed = {columns[0]: held[0], f"{last}__{'lte' if up else 'gte'}": held[1]}
    return first & ~Q(**passed)


def _cursor(segments: tuple[_Segment, ...], row: Commitment) -> str:
    number = len(segments) - 1 if len(segments) > 1 and row.deadline is None else 0
    held = [str(getattr(row, column)) for column in segments[number].columns]
    return "_".join([str(number), *held])


def _parse(segments: tuple[_Segment, ...], cursor: str) -> _Start | None:
    number, _, rest = cursor.partition("_")
    if number not in {str(n) for n in range(len(segments))} or "\x00" in rest:
        return None
    columns = segments[int(number)].columns
    texts = rest.split("_", len(columns) - 1)
    if len(texts) < len(columns):
        return None
    try:
        held = [values.field(c).to_python(t) for c, t in zip(columns, texts, strict=True)]
    except (ValidationError, ValueError):
        return None
    if any(h is None or (isinstance(h, int) and abs(h) >= 2**63) for h in held):
        return None
    return int(number), tuple(held)
