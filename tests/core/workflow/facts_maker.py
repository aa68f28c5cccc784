"""An item that may be closed, and the people around it; tests take one thing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from luoshi.core.workflow.facts import (
    EvidenceFact,
    Indicator,
    Item,
    People,
    Policy,
    Post,
    ReadingFact,
    Seen,
    Term,
)

TODAY = date(2026, 11, 23)
LONG_AGO = date(2020, 1, 1)
HEAD, DEPUTY, CHIEF, OWNER, MATE, VERIFIER, WITNESS, OUTSIDER, CLOSER = range(1, 10)
GENERAL, CITY, WELFARE, OUTSIDE = 101, 102, 103, 104


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def post(person, unit, rank="staff", *, leads=False, superior=None, starts=LONG_AGO, ends=None,
         outside=False):  # fmt: skip
    return Post(person, unit, outside, rank, leads, superior, starts, ends)


POSTS = (
    post(HEAD, GENERAL, "head"),
    post(DEPUTY, GENERAL, "deputy", superior=HEAD),
    post(CHIEF, CITY, "lead", leads=True, superior=DEPUTY),
    post(OWNER, CITY),
    post(MATE, CITY),
    post(VERIFIER, WELFARE, superior=HEAD),
    post(WITNESS, WELFARE, superior=HEAD),
    post(CLOSER, GENERAL, superior=HEAD),
    post(OUTSIDER, OUTSIDE, outside=True),
)
PEOPLE = People(POSTS)


def people(*more, deputies=()):
    return People((*POSTS, *more), tuple(deputies))


def evidence(key=1, author=WITNESS, **given):
    values = {
        "kind": "photo", "dated": ago(8), "added": ago(8), "declared": 3, "expires": None,
        "withdrawn": False, "used_before": False,
    } | given  # fmt: skip
    return EvidenceFact(key, author, **values)


def reading(key=1, author=WITNESS, value=5, days=8):
    return ReadingFact(key, author, Decimal(value), ago(days), "现场清点")


ITEM = Item(
    key=1, state="published", created=ago(40), time_class="short",
    owners=(Term(OWNER, ago(40), None),),
    indicator=Indicator("number", Decimal(30), Decimal(5)), policy=Policy(),
    evidence=(evidence(),), readings=(reading(),), authors=frozenset({WITNESS, OWNER}),
    done_on=ago(10), applied_on=ago(9), publication_ends=ago(1),
)  # fmt: skip
SEEN = Seen(VERIFIER, "沿东堤路走了全程，只剩五处摊点。", "东堤路", ago(7), True)


def item(**given) -> Item:
    return replace(ITEM, **given)
