"""What a paper can be about: an item, a special ledger, a material. Each within one's own office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from luoshi.core.paper import facts
from luoshi.office.accounts.models import Person
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.journal import checkpoints, clock, storage
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Unavailable
from luoshi.office.ledger.masking import hiding_on_paper
from luoshi.office.ledger.models import Commitment, ProblemLink, SpecialLedger
from luoshi.office.papers.gather import Texts, item_facts

MAKES = "papers.make"
#: More than so many items in one paper nobody reads, and they would hold the machine up.
ITEMS_MOST = 1000
_TRIES = 5
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class About:
    """One thing that papers are made about: its row, what it is called, how it is read."""

    row: Commitment | SpecialLedger | Examination
    name: str
    read: Callable[[facts.Standing, str], facts.Subject]


def item(by: Person, key: int) -> About:
    """Return an item of the person's office; raises ``NotFound``, ``NotAllowed``."""
    row: Commitment = _own(by, Commitment, key)

    def read(standing: facts.Standing, to: str) -> facts.Subject:
        held = _items(
            Commitment.objects.filter(pk=row.pk), standing, Texts(hiding_on_paper(row.office_id))
        )
        return facts.Subject(by.office.name, to, standing, held)

    return About(row, f"{row.number} {row.title}", read)


def special(by: Person, key: int) -> About:
    """Return a special ledger of the person's office; raises as `item`."""
    row: SpecialLedger = _own(by, SpecialLedger, key)

    def read(standing: facts.Standing, to: str) -> facts.Subject:
        held = _items(
            Commitment.objects.filter(special=row), standing, Texts(hiding_on_paper(row.office_id))
        )
        return facts.Subject(by.office.name, to, standing, held, special=_special(row))

    return About(row, row.name, read)


def material(by: Person, key: int) -> About:
    """Return a material of the person's office; raises as `item`."""
    if not may(by, "examination.read"):
        raise NotAllowed("您没有查看材料的权限。如确有需要，请与管理员联系。")
    row: Examination = _own(by, Examination, key)

    def read(standing: facts.Standing, to: str) -> facts.Subject:
        texts = Texts(hiding_on_paper(row.office_id))
        texts.fetch([row.pk])
        answers = ProblemLink.objects.filter(point__examination=row).values("commitment_id")
        wanted = models.Q(examination=row) | models.Q(pk__in=answers)
        held = _items(Commitment.objects.filter(wanted, office=row.office_id), standing, texts)
        points = list(row.points.filter(dropped=False).order_by("start", "id"))
        made = set(
            Commitment.objects.filter(point__examination=row).exclude(state="withdrawn")
            .values_list("point_id", flat=True)
        )  # fmt: skip
        return facts.Subject(
            by.office.name, to, standing, held, material=row.title,
            problems=tuple(texts.problem(p) for p in points if p.kind == Point.Kind.PROBLEM),
            measures=tuple(
                facts.Measure(texts.number(p), texts.words(p), p.pk in made)
                for p in points if p.kind == Point.Kind.MEASURE
            ),
        )  # fmt: skip

    return About(row, row.title, read)


def read(about: About, to: str) -> facts.Subject:
    """Return what a paper says, all of it of one state of the journal.

    Raises ``Unavailable`` while somebody is doing something all the time: every action moves the
    journal's head, so what was read while it stood still belongs together.
    """
    for _ in range(_TRIES):
        mark = storage.mark()
        now = checkpoints.standing()
        found = about.read(facts.Standing(clock.today(), now.size, now.root), to)
        if storage.mark() == mark:
            return found
    raise Unavailable("正在有人办理，数据还在变动，没有出具。请稍后再试。")


def _own(by: Person, model: type[Any], key: int) -> Any:
    if not may(by, MAKES) or not may(by, "ledger.read"):
        raise NotAllowed("您没有出具整改报告的权限。如确有需要，请与管理员联系。")
    row = model.objects.filter(office=by.office_id, pk=key).first()
    if row is None:
        raise NotFound("没有找到，可能已被删除，或者不属于本单位。")
    return row


def _items(
    rows: models.QuerySet[Commitment], standing: facts.Standing, texts: Texts
) -> tuple[facts.ItemFact, ...]:
    held = list(
        rows.select_related("owner", "unit", "point", "merged_into").order_by("id")[
            : ITEMS_MOST + 1
        ]
    )
    if len(held) > ITEMS_MOST:
        raise Refused(f"事项超过{ITEMS_MOST}项，一份报告写不下。请分成几个专项台账，或者逐项出具。")
    return item_facts(held, standing.day, texts)


def _special(row: SpecialLedger) -> facts.SpecialFact:
    counts = row.count_set.order_by("counted_on", "id")
    places = row.places.select_related("commitment").order_by("done_on", "name")
    return facts.SpecialFact(
        row.name, row.counts, row.measure_unit, row.baseline, row.target, row.starts, row.deadline,
        tuple(facts.ReadingFact(c.counted_on, Decimal(c.value), c.source) for c in counts),
        tuple(
            facts.PlaceFact(p.name, p.done_on, p.reopened, p.commitment.number if p.commitment else "")
            for p in places
        ),
    )  # fmt: skip
