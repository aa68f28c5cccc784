"""Searching everything that somebody may see: newest first, a stretch at a time.

No index helps to find a Chinese word inside a text on both databases (docs/adr/0012), so rows are
gone through, at most `LOOKED` of a kind for one page. The page says where it stopped and goes on
from there; nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from luoshi.office.desk.marking import Pieces, excerpt, spans
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.ledger.models import (
    Commitment,
    Evidence,
    Progress,
    SpecialLedger,
    SpecialPlace,
)

LOOKED = 10_000
TEXTS_LOOKED = 500  # a material is a long text
SHOWN, SHOWN_ALONE = 8, 50
WORDS_MOST = 5
POINTS_SHOWN = 4
_LARGEST = 2**63 - 1
_KINDS = dict(Point.Kind.choices)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where all words stand: its title, where it leads, the words around them."""

    title: Pieces
    url: str
    said: tuple[Pieces, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind. ``older``: from where to go on (0: all was gone through).

    ``looked`` is how many rows were gone through; ``full`` tells that there are more hits than
    are shown.
    """

    key: str
    label: str
    hits: tuple[Hit, ...]
    looked: int
    older: int
    full: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """What is searched: its rows, their columns, and how a row is shown."""

    key: str
    label: str
    rows: QuerySet[Any]
    columns: tuple[str, ...]
    hits: Callable[[Sequence[Any], list[str]], Iterable[Hit]]
    looked: int = LOOKED
    with_rows: tuple[str, ...] = field(default=())


def kinds(
    items: QuerySet[Commitment] | None, office: int, *, reads: bool, materials: bool
) -> list[Kind]:
    """Return what somebody may search: ``items`` they can see, and whether all of the office's."""
    found: list[Kind] = []
    if items is not None:
        within = {"office": office} if reads else {"commitment__in": items}
        found += [
            Kind(
                "item", "整改事项", items, ("title", "number", "indicator", "looks_at", *(("source_text",) if materials else ())),
                _items_with_source if materials else _items,
            ),
            Kind(
                "progress", "进展", Progress.objects.filter(**within), ("text",), _progress,
                with_rows=("commitment",),
            ),
            Kind(
                "evidence", "佐证", Evidence.objects.filter(**within), ("title", "note"), _evidence,
                with_rows=("commitment",),
            ),
        ]  # fmt: skip
    if reads:
        found += [
            Kind("special", "专项台账", SpecialLedger.for_office(office), ("name", "counts"), _special),
            Kind(
                "place", "专项地点", SpecialPlace.for_office(office), ("name", "reason"), _places,
                with_rows=("special",),
            ),
        ]  # fmt: skip
    if materials:
        rows = Examination.for_office(office).defer("blocks", "findings")
        found.append(
            Kind("material", "材料和要点", rows, ("title", "text"), _materials, TEXTS_LOOKED)
        )
    return found


def split(text: str) -> list[str]:
    """Return the words of a search, each once, at most five."""
    return list(dict.fromkeys(text.split()))[:WORDS_MOST]


def search(kind: Kind, words: list[str], *, before: int = 0, alone: bool = False) -> Group:
    """Return the newest hits of a kind before a row (0: from the newest one on)."""
    shown = SHOWN_ALONE if alone else SHOWN
    start = before if 0 < before <= _LARGEST else _LARGEST
    rows = kind.rows.filter(pk__lt=start).order_by("-pk")
    floor, looked = _stretch(rows, kind.looked)
    hits = rows.filter(pk__gte=floor)
    for word in words:
        held = Q()
        for column in kind.columns:
            held |= Q(**{f"{column}__icontains": word})
        hits = hits.filter(held)
    found = list(hits.select_related(*kind.with_rows)[: shown + 1])
    full = len(found) > shown
    found = found[:shown]
    ended = looked < kind.looked
    older = found[-1].pk if full else 0 if ended else floor
    return Group(kind.key, kind.label, tuple(kind.hits(found, words)), looked, older, full)


def _stretch(rows: QuerySet[Any], most: int) -> tuple[int, int]:
    """Return the last row of the stretch to go through, and how many rows it has."""
    keys = rows.values_list("pk", flat=True)
    last = list(keys[most - 1 : most])
    if last:
        return int(last[0]), most
    return 0, keys.order_by().count()


def _item_url(key: int) -> str:
    return reverse("ledger:item", args=[key])


def _said(words: list[str], *texts: str) -> tuple[Pieces, ...]:
    """Return the texts in which a word stands, cut to the words around it."""
    return tuple(excerpt(text, words) for text in texts if text and spans(text, words))


def _items(rows: Sequence[Commitment], words: list[str]) -> Iterable[Hit]:
    return (_item(row, words) for row in rows)


def _items_with_source(rows: Sequence[Commitment], words: list[str]) -> Iterable[Hit]:
    """Show the material's words too: for who may read materials, since names stand in them."""
    return (_item(row, words, row.source_text) for row in rows)


def _item(row: Commitment, words: list[str], *more: str) -> Hit:
    title = excerpt(f"{row.number} {row.title}", words, whole=True)
    return Hit(title, _item_url(row.pk), _said(words, *more, row.indicator, row.looks_at))


def _about(row: Any) -> Pieces:
    return ((f"{row.commitment.number} {row.commitment.title}", False),)


def _progress(rows: Sequence[Progress], words: list[str]) -> Iterable[Hit]:
    for row in rows:
        yield Hit(
            _about(row), _item_url(row.commitment_id), _said(words, row.text), f"{row.happened_on}"
        )


def _evidence(rows: Sequence[Evidence], words: list[str]) -> Iterable[Hit]:
    for row in rows:
        kind = row.get_kind_display()
        yield Hit(
            excerpt(row.title, words, whole=True),
            f"{_item_url(row.commitment_id)}#evidence-{row.pk}",
            _said(words, row.note),
            f"{row.commitment.number} {row.commitment.title}，{kind}，{row.dated}"
            + ("，已撤回" if row.withdrawn else ""),
        )


def _special(rows: Sequence[SpecialLedger], words: list[str]) -> Iterable[Hit]:
    for row in rows:
        url = reverse("ledger:special", args=[row.pk])
        yield Hit(excerpt(row.name, words, whole=True), url, _said(words, row.counts))


def _places(rows: Sequence[SpecialPlace], words: list[str]) -> Iterable[Hit]:
    for row in rows:
        url = reverse("ledger:special", args=[row.special_id])
        yield Hit(
            excerpt(row.name, words, whole=True), url, _said(words, row.reason), row.special.name
        )


def _materials(rows: Sequence[Examination], words: list[str]) -> Iterable[Hit]:
    """Return the materials, each followed by its points in which a word stands."""
    points: dict[int, list[Point]] = {row.pk: [] for row in rows}
    wanted = Point.objects.filter(examination__in=list(points), dropped=False)
    for point in wanted.exclude(kind__in=("aspect_heading", "section_heading")).order_by("start"):
        points[point.examination_id].append(point)
    for row in rows:
        page = reverse("examinations:page", args=[row.pk])
        said = [excerpt(row.text, words)] if spans(row.text, words) else []
        yield Hit(excerpt(row.title, words, whole=True), page, tuple(said), f"{row.imported_on}")
        yield from _points(row, points[row.pk], words, page)


def _points(row: Examination, points: list[Point], words: list[str], page: str) -> Iterable[Hit]:
    found = [p for p in points if all(spans(row.text[p.words : p.end], [w]) for w in words)]
    for point in found[:POINTS_SHOWN]:
        text = row.text[point.words : point.end].strip()
        url = f"{page}#text-{point.pk}"
        yield Hit(((_KINDS[point.kind], False),), url, (excerpt(text, words),))
