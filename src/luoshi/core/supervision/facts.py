"""Frozen facts of one thing that is supervised, and what was found about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Stage = Literal["working", "waiting", "standing", "suspended"]
Colour = Literal["red", "yellow", "blue"]


class Item(NamedTuple):
    """What is known of a commitment (or of a thing of an app above) on a day.

    ``starts`` is the day it was agreed, ``last`` the day of the last sign of life, ``evidence``
    counts what is not withdrawn, ``independent`` what of it is not the owner's own. ``value`` is
    the last reading of the indicator that stands (``read_on``), ``before`` the one before it.
    ``owner`` is the number of the person who has it in hand (None: nobody). A tuple, because a
    sweep makes a million of them.
    """

    key: int
    stage: Stage
    owner: int | None
    starts: date | None
    deadline: date | None = None
    next_check: date | None = None
    returns_on: date | None = None
    last: date | None = None
    wanted: int = 0
    evidence: int = 0
    independent: int = 0
    baseline: Decimal | None = None
    target: Decimal | None = None
    value: Decimal | None = None
    read_on: date | None = None
    before: Decimal | None = None
    before_on: date | None = None


class Signal(NamedTuple):
    """One thing to say of an item: ``reason`` is a key of data/supervision/reasons.toml.

    ``period`` tells one occasion from the next: a slip is served once for an item, a reason and a
    period. ``since`` is the first day on which it holds. ``figures`` are what it rests on, as
    they are shown; ``estimate``: a day in them lies beyond the table of working days.
    """

    reason: str
    colour: Colour
    period: str
    since: date
    figures: Mapping[str, str]
    estimate: bool = False
