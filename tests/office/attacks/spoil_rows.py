"""Rows that spoils are made of."""

from __future__ import annotations

from tests.office.make import days_ago, save

from luoshi.office.accounts.models import Post
from luoshi.office.ledger.models import Duty, Evidence, Reading

PROVIDER = "居民诉求"


def post(world, person, unit=None, **columns):
    """Give somebody a post for one day of the item's life, unless said otherwise."""
    values = {
        "office": world.office, "person": person, "unit": unit or world.welfare, "title": "兼任",
        "rank": "staff", "starts": days_ago(20), "ends": days_ago(20),
    }  # fmt: skip
    return save(Post(**(values | columns)))


def duty(world, item, person, kind="co", starts=20, ends=20):
    save(Duty(office=world.office, commitment=item, person=person, kind=kind,
              starts=days_ago(starts), ends=days_ago(ends)))  # fmt: skip


def change_row(row, **columns):
    for name, value in columns.items():
        setattr(row, name, value)
    save(row)


def proof(item) -> Evidence:
    return item.evidence_set.get()


def figure(item) -> Reading:
    return item.readings.get()
