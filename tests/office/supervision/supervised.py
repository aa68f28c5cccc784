"""Items for the tests of supervision: one with which all is well, and what is taken away."""

from __future__ import annotations

from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.office.ledger.models import Step
from luoshi.office.supervision.models import Slip, SweepRun


def active(world, state="working", *, created=40, quiet=1, evidence=1, readings=(), **columns):
    """Make an item that is worked on: a step ``quiet`` days ago, evidence of somebody else."""
    if not readings and "indicator_kind" not in columns:
        columns |= {"indicator_kind": "criterion", "baseline": None, "target": None}
    item = make.commitment(world, state, created=created, **columns)
    save(Step(office=world.office, commitment=item, at=make.noon(days_ago(quiet)), by=item.owner,
              verb="ledger.progress", before=state, after=state, version=2))  # fmt: skip
    if evidence:
        make.evidence(item, item.owner if evidence == "own" else world.witness)
    for n, value in enumerate(readings):
        make.reading(item, world.witness, value, days=20 - n)
    return item


def late(world, **columns):
    """Make an item that is ten days past its deadline."""
    return active(world, created=60, deadline=days_ago(12), **columns)


def slip_of(item) -> Slip:
    """Return the one slip about an item."""
    return item.slips.select_related("person", "raised_to").get()


def runs(world):
    """Return the runs for an office, the latest last."""
    return list(SweepRun.for_office(world.office).order_by("day"))
