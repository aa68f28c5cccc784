"""What a comparison found between documents: the table of pairs, the most copied passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.office.review.models import Comparison, Draft, Passage

#: A table of more documents than this shows those that share most.
TABLE_MOST = 30
#: Characters from which on a pair of documents is drawn in the next stronger shade.
SHADES = (1, 100, 300, 700, 1500)
PASSAGES_MOST, SHOWN = 12, 120


@dataclass(frozen=True, slots=True)
class Cell:
    """How many characters of the row's document stand in the column's; shade a to e, or none."""

    other: Draft
    characters: int
    shade: str


@dataclass
class Row:
    """A document of the heat table: its cells, and what it shares with texts outside the batch."""

    draft: Draft
    number: int
    cells: list[Cell | None]
    outside: int


@dataclass
class Pair:
    """Two documents of a batch, or one and another text, with how much they share."""

    one: Draft
    other: Draft | None
    name: str
    template: int | None = None
    passages: int = 0
    exact: int = 0
    characters: int = 0


@dataclass
class Copied:
    """A passage that stands in many documents: its words, and where it stands."""

    words: str
    places: list[tuple[Draft, str]]


@dataclass
class Overview:
    """Everything that the page of a comparison shows."""

    rows: list[Row]
    left_out: int
    clusters: list[list[Draft]]
    pairs: list[Pair]
    references: list[Pair]
    copied: list[Copied]


def overview(done: Comparison) -> Overview:
    """Return what a comparison found, from a constant number of statements."""
    passages = list(_passages(done))
    drafts = _drafts(done)
    pairs, references = _pairs(passages, drafts)
    order = [key for key in done.drafts if key in drafts]
    involved = _involved(pairs, references)
    shown = order if len(order) <= TABLE_MOST else _most(order, involved)
    return Overview(
        _rows(shown, drafts, pairs, references), len(order) - len(shown),
        [[drafts[key] for key in cluster if key in drafts] for cluster in done.clusters],
        sorted(pairs, key=lambda p: -p.characters), sorted(references, key=lambda p: -p.characters),
        _copied(passages, drafts),
    )  # fmt: skip


def _passages(done: Comparison) -> Iterable[Passage]:
    rows = Passage.objects.filter(comparison=done).order_by("one_id", "one_start")
    found: Iterable[Passage] = rows.select_related("other__submission__batch", "template").defer(
        "template__text"
    )
    return found


def _drafts(done: Comparison) -> dict[int, Draft]:
    rows = Draft.objects.filter(pk__in=done.drafts).select_related(
        "submission__unit", "examination"
    )
    return {row.pk: row for row in rows.defer("examination__blocks", "examination__findings")}


def _pairs(passages: Iterable[Passage], drafts: dict[int, Draft]) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs within the batch and those with texts outside it."""
    inside: dict[tuple[int, int], Pair] = {}
    outside: dict[tuple[int, str], Pair] = {}
    for row in passages:
        one = drafts.get(row.one_id)
        if one is None:
            continue
        if row.other_id in drafts and not row.outside:
            other = drafts[row.other_id]
            held = inside.setdefault((one.pk, other.pk), Pair(one, other, other.submission.name))
        else:
            name = _named(row)
            held = outside.setdefault((one.pk, name), Pair(one, row.other, name, row.template_id))
        held.passages += 1
        held.exact += row.exact
        held.characters += row.same
    return list(inside.values()), list(outside.values())


def _named(row: Passage) -> str:
    if row.template is not None:
        return f"范文《{row.template.name}》"
    other: Any = row.other
    return f"{other.submission.batch.name}：{other.submission.name}"


def _involved(pairs: Iterable[Pair], references: Iterable[Pair]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for pair in (*pairs, *references):
        found[pair.one.pk] += pair.characters
        if pair.other is not None:
            found[pair.other.pk] += pair.characters
    return found


def _most(order: Sequence[int], involved: dict[int, int]) -> list[int]:
    kept = set(sorted(order, key=lambda key: -involved.get(key, 0))[:TABLE_MOST])
    return [key for key in order if key in kept]


def _rows(
    shown: Sequence[int],
    drafts: dict[int, Draft],
    pairs: Iterable[Pair],
    references: Iterable[Pair],
) -> list[Row]:
    shared: dict[tuple[int, int], int] = {}
    for pair in pairs:
        if pair.other is not None:
            shared[pair.one.pk, pair.other.pk] = shared[pair.other.pk, pair.one.pk] = (
                pair.characters
            )
    outside: dict[int, int] = defaultdict(int)
    for pair in references:
        outside[pair.one.pk] += pair.characters
    return [
        Row(
            drafts[key], number,
            [None if key == other else _cell(drafts[other], shared.get((key, other), 0))
             for other in shown],
            outside[key],
        )
        for number, key in enumerate(shown, 1)
    ]  # fmt: skip


def _cell(other: Draft, characters: int) -> Cell:
    return Cell(other, characters, " abcde"[sum(characters >= least for least in SHADES)].strip())


def _copied(passages: Iterable[Passage], drafts: dict[int, Draft]) -> list[Copied]:
    """Return the passages that stand in most documents of the batch, the widest one's words."""
    places: dict[int, dict[int, Draft]] = defaultdict(dict)
    words: dict[int, str] = {}
    for row in passages:
        if not row.group or row.one_id not in drafts:
            continue
        text = drafts[row.one_id].examination.text[row.one_start : row.one_end]
        # The shortest place is the passage itself; wider ones have something of their own about it.
        words[row.group] = min(words.get(row.group) or text, " ".join(text.split()), key=len)
        places[row.group][row.one_id] = drafts[row.one_id]
        if row.other_id in drafts:
            places[row.group][row.other_id] = drafts[row.other_id]
    found = sorted(places, key=lambda group: (-len(places[group]), group))[:PASSAGES_MOST]
    return [
        Copied(
            text if len(text := words[group]) <= SHOWN else f"{text[: SHOWN - 1]}…",
            [(held, held.submission.name) for held in places[group].values()],
        )
        for group in found
    ]  # fmt: skip
