"""What the ledger says of former problems: the items that answer them, and how they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from luoshi.core.paper.facts import ItemFact
from luoshi.core.recurrence.against import Stands
from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.ledger.masking import Hide
from luoshi.office.ledger.models import Commitment, ProblemLink, Step
from luoshi.office.papers.gather import Texts, item_facts


@dataclass(frozen=True, slots=True)
class Held:
    """An item that answers a problem.

    ``closed_on`` is the day since which it counts as closed, ``evidence`` how independent its most
    independent sound evidence is, ``verified_by`` who checked it last; ``relapses`` when it came back.
    """

    key: int
    number: str
    title: str
    state: str
    label: str
    stands: Stands
    closed_on: date | None
    evidence: str
    verified_by: str
    relapses: tuple[date, ...]


def items_of(
    answering: Mapping[int, Iterable[int]], office: int, hide: Hide
) -> dict[int, list[Held]]:
    """Return by problem the items that answer it, in a constant number of statements.

    ``answering`` gives for each problem (its key) the keys of the measures that were promised for
    it: an item made of one of them answers the problem where nobody named another.
    """
    measures = {measure for found in answering.values() for measure in found}
    named = ProblemLink.objects.filter(point__in=list(answering), office=office)
    pairs = list(named.order_by("id").values_list("point_id", "commitment_id"))
    wanted = Q(pk__in=[item for _, item in pairs]) | Q(point__in=measures, problem_links=None)
    related = ("owner", "unit", "point", "merged_into")
    rows = list(
        Commitment.objects.filter(wanted, office=office)
        .select_related(*related)
        .distinct()
        .order_by("id")
    )
    of_problem: dict[int, list[int]] = defaultdict(list)
    for problem, item in pairs:
        of_problem[problem].append(item)
    told = {item for _, item in pairs}
    for problem, found in answering.items():
        points = set(found)
        of_problem[problem] += [r.pk for r in rows if r.point_id in points and r.pk not in told]
    facts = item_facts(rows, clock.today(), Texts(hide))
    closed = _closed_on([row.pk for row in rows])
    held = {
        row.pk: _held(row, fact, closed.get(row.pk)) for row, fact in zip(rows, facts, strict=True)
    }
    return {
        problem: [held[key] for key in dict.fromkeys(of_problem[problem]) if key in held]
        for problem in answering
    }


def _held(row: Commitment, fact: ItemFact, closed_on: date | None) -> Held:
    stands: Stands = "withdrawn" if fact.withdrawn else "open" if fact.is_open else "closed"
    sound = [proof for proof in fact.proofs if not proof.faults]
    best = max(sound, key=lambda proof: proof.grade, default=None)
    passed = [check for check in fact.checks if check.result == "passed"]
    return Held(
        row.pk, row.number, row.title, row.state, fact.state_label, stands,
        closed_on if stands == "closed" else None,
        f"{best.label}（{best.kind}）" if best else "", passed[-1].who if passed else "",
        tuple(relapse.day for relapse in fact.relapses),
    )  # fmt: skip


def _closed_on(items: list[int]) -> dict[int, date]:
    """Return the day on which each item last became closed."""
    states = table.states()
    closed = [key for key, state in states.items() if not state.open and key != "withdrawn"]
    rows = Step.objects.filter(commitment__in=items, after__in=closed).exclude(before__in=closed)
    found = rows.order_by("id").values_list("commitment_id", "at")
    return {item: timezone.localdate(at) for item, at in found}
