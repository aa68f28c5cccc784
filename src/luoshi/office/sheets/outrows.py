"""The ledger in its usual columns: everything that the rows of a workbook say, in few statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Post
from luoshi.office.accounts.permissions import on_day
from luoshi.office.examinations.models import Examination
from luoshi.office.ledger.models import Commitment, Duty, ProblemLink, Progress
from luoshi.office.sheets.models import ImportedRow


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: in few words, how it shows, where it was written."""

    words: str
    details: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OutRow:
    """What the ledger says of one item."""

    item: Commitment
    problems: tuple[Problem, ...]
    leader: str
    co_owners: str
    progress: str

    @property
    def measure(self) -> str:
        """Return what is to be done."""
        return self.item.title

    @property
    def owner(self) -> str:
        """Return the name of who has it in hand."""
        return self.item.owner.name if self.item.owner else ""

    @property
    def unit(self) -> str:
        """Return the name of the unit that answers for it."""
        return self.item.unit.name if self.item.unit else ""

    @property
    def deadline(self) -> date | str:
        """Return the day, or that it goes on."""
        if self.item.deadline is not None:
            return self.item.deadline
        return "长期坚持" if self.item.time_class == "standing" else ""

    @property
    def state(self) -> str:
        """Return how far closing is."""
        return table.states()[self.item.state].label

    @property
    def indicator(self) -> str:
        """Return how one can tell that it is done."""
        item = self.item
        if item.indicator_kind == "number":
            unit = item.measure_unit
            return (
                f"{item.indicator}：由{_number(item.baseline)}{unit}到{_number(item.target)}{unit}"
            )
        if item.indicator_kind == "criterion":
            return f"{item.looks_who}{item.looks_when}在{item.looks_where}看：{item.looks_at}"
        return "无法核验"


def _number(value: object) -> str:
    return "（未定）" if value is None else format(value, "f").rstrip("0").rstrip(".")


def rows_of(items: list[Commitment], chosen: QuerySet[Commitment], today: date) -> list[OutRow]:
    """Return the rows of items (``chosen`` is the query that found them), in their order."""
    keys = chosen.order_by().values("pk")
    problems = _problems(keys)
    imported = _imported(keys)
    leaders = _leaders(items, today)
    helpers = _helpers(keys)
    progress = _progress(keys)
    return [
        OutRow(
            item, tuple(problems.get(item.pk) or imported.get(item.pk) or ()),
            leaders.get(item.owner_id or 0, ""), "、".join(helpers.get(item.pk, ())),
            progress.get(item.pk, ""),
        )
        for item in items
    ]  # fmt: skip


def _problems(keys: QuerySet[Commitment, Any]) -> dict[int, list[Problem]]:
    links = list(
        ProblemLink.objects.filter(commitment__in=keys)
        .select_related("point")
        .order_by("point__start")
    )
    texts = {
        key: (text, title)
        for key, text, title in Examination.objects.filter(
            pk__in={link.point.examination_id for link in links}
        ).values_list("pk", "text", "title")
    }
    found: dict[int, list[Problem]] = defaultdict(list)
    for link in links:
        text, title = texts[link.point.examination_id]
        words = text[link.point.words : link.point.heading_end].strip()
        rest = text[link.point.heading_end : link.point.end].strip()
        found[link.commitment_id].append(Problem(words or rest, rest if words else "", title))
    return found


def _imported(keys: QuerySet[Commitment, Any]) -> dict[int, list[Problem]]:
    """Return the problems that stood in a workbook beside the measure."""
    found: dict[int, list[Problem]] = {}
    rows = ImportedRow.objects.filter(commitment__in=keys).select_related("sheet_import__file")
    for row in rows.defer("sheet_import__record").order_by("id"):
        problem, details = row.content.get("problem", ""), row.content.get("details", "")
        if problem or details:
            words, more = (problem, details) if problem else (details, "")
            found[row.commitment_id] = [Problem(words, more, row.sheet_import.file.name)]
    return found


def _leaders(items: list[Commitment], today: date) -> dict[int, str]:
    """Return who directs the owners today, by the posts that they have."""
    office = items[0].office_id if items else 0
    posts = Post.objects.filter(on_day(today), office=office, superior__isnull=False)
    held: dict[int, dict[str, None]] = defaultdict(dict)
    for person, name in posts.order_by("id").values_list("person_id", "superior__name"):
        held[person][name] = None
    return {person: "、".join(names) for person, names in held.items()}


def _helpers(keys: QuerySet[Commitment, Any]) -> dict[int, list[str]]:
    duties = Duty.objects.filter(
        commitment__in=keys, kind=Duty.Kind.CO_OWNER, ends__isnull=True
    ).order_by("id")
    found: dict[int, list[str]] = defaultdict(list)
    for item, name in duties.values_list("commitment_id", "person__name"):
        found[item].append(name)
    return found


def _progress(keys: QuerySet[Commitment, Any]) -> dict[int, str]:
    last = (
        Progress.objects.filter(commitment__in=keys).values("commitment").annotate(last=Max("id"))
    )
    rows = Progress.objects.filter(pk__in=last.values("last"))
    return {row.commitment_id: f"{row.happened_on.isoformat()}　{row.text}" for row in rows}
