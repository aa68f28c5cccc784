"""Rows → what a paper is made of. A constant number of statements, however many items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from luoshi.core.paper.facts import ItemFact, Problem
from luoshi.core.workflow import table
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.ledger.masking import Hide
from luoshi.office.ledger.models import Commitment, Duty, ProblemLink, Verification
from luoshi.office.papers import happened
from luoshi.office.papers.family import families
from luoshi.office.papers.proofs import proofs_of


class Texts:
    """The words of points; each material's text is fetched once."""

    def __init__(self, hide: Hide) -> None:
        self.hide = hide
        self._texts: dict[int, tuple[str, str]] = {}
        self._numbers: dict[int, str] = {}

    def fetch(self, materials: Iterable[int]) -> None:
        """Fetch the texts of materials, and number all of their points."""
        new = set(materials) - set(self._texts)
        if not new:
            return
        rows = Examination.objects.filter(pk__in=new).values_list("pk", "text", "title")
        self._texts |= {key: (text, title) for key, text, title in rows}
        taken: set[tuple[int, str]] = set()
        points = Point.objects.filter(examination__in=new, dropped=False).order_by("start", "id")
        for key, material, path in points.values_list("pk", "examination_id", "path"):
            self._numbers[key] = _unique(taken, material, path)

    def problem(self, point: Point) -> Problem:
        """Return a problem with its number and words."""
        text, title = self._texts[point.examination_id]
        heading = text[point.words : point.heading_end].strip()
        rest = text[point.heading_end : point.end].strip()
        number = self.number(point)
        words, more = self.hide(heading or rest), self.hide(rest) if heading else ""
        return Problem(point.pk, number, words, more, title)

    def number(self, point: Point) -> str:
        """Return the number under which a point stands in its material, told from all others."""
        return self._numbers.get(point.pk, point.path)

    def words(self, point: Point) -> str:
        """Return what a point says."""
        return self.hide(self._texts[point.examination_id][0][point.words : point.end].strip())


def _unique(taken: set[tuple[int, str]], material: int, path: str) -> str:
    number, count = path or "无编号", 1
    while (material, number) in taken:
        count += 1
        number = f"{path or '无编号'}（第{count}处）"
    taken.add((material, number))
    return number


def item_facts(rows: list[Commitment], today: date, texts: Texts) -> tuple[ItemFact, ...]:
    """Return everything of items, in their order; rows carry owner, unit, point and merged_into."""
    lines = families(rows)
    links = list(
        ProblemLink.objects.filter(commitment__in=lines)
        .select_related("point").order_by("point__examination_id", "point__start")
    )  # fmt: skip
    sources = {row.point.examination_id for row in rows if row.point}
    texts.fetch({link.point.examination_id for link in links} | sources)
    problems: dict[int, list[Problem]] = defaultdict(list)
    for link in links:
        problems[link.commitment_id].append(texts.problem(link.point))
    held: dict[str, Mapping[int, Any]] = {
        "problems": {key: tuple(found) for key, found in problems.items()},
        "proofs": proofs_of(rows, lines, today), "co_owners": _co_owners(lines),
        "readings": happened.readings(lines), "checks": happened.checks(lines),
        "publications": happened.publications(lines), "changes": happened.changes(lines),
        "relapses": happened.relapses(lines), "rechecks": happened.rechecks(lines),
    }  # fmt: skip
    met = _criteria(lines)
    return tuple(
        _fact(
            row, texts, met.get(row.pk), tuple(r.number for r in lines[row.pk][1:]),
            {name: found.get(row.pk, ()) for name, found in held.items()},
        )
        for row in rows
    )  # fmt: skip


def _fact(
    row: Commitment, texts: Texts, met: bool | None, came_from: tuple[str, ...],
    held: dict[str, Any],
) -> ItemFact:  # fmt: skip
    state = table.states()[row.state]
    return ItemFact(
        number=row.number, title=row.title, state=row.state, state_label=state.label,
        is_open=state.open, measure=texts.words(row.point) if row.point else texts.hide(row.source_text),
        no_problem=row.no_problem, owner=row.owner.name if row.owner else "",
        unit=row.unit.name if row.unit else "", deadline=row.deadline,
        deadline_note=row.deadline_note, time_class=row.time_class,
        time_label=row.get_time_class_display(), next_check=row.next_check,
        returns_on=row.returns_on, watch_ends=row.watch_ends, indicator_kind=row.indicator_kind,
        indicator=row.indicator, baseline=row.baseline, target=row.target,
        measure_unit=row.measure_unit, source=row.reading_source,
        criterion=(row.looks_who, row.looks_when, row.looks_where, row.looks_at),
        criterion_met=met, came_from=came_from,
        merged_into=row.merged_into.number if row.merged_into else "", **held,
    )  # fmt: skip


def _co_owners(items: Iterable[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Duty.objects.filter(
        commitment__in=items, kind=Duty.Kind.CO_OWNER, ends__isnull=True
    ).order_by("id")
    for item, name in rows.values_list("commitment_id", "person__name"):
        found[item].append(name)
    return {item: tuple(names) for item, names in found.items()}


def _criteria(items: Iterable[int]) -> dict[int, bool]:
    """Return what the last verification that counts said of an observable criterion."""
    rows = Verification.objects.filter(commitment__in=items, criterion_met__isnull=False)
    rows = rows.exclude(result=Verification.Result.VOID).order_by("id")
    return dict(rows.values_list("commitment_id", "criterion_met"))
