"""What the sweep does about an item: decided from its signals and the slips that it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from luoshi.core.supervision import reasons, slips
from luoshi.core.supervision.facts import Signal


class Held(NamedTuple):
    """A slip that there is already."""

    key: int
    subject: str
    reason: str
    period: str
    state: str
    gone: bool


class New(NamedTuple):
    """A slip to be served: about what, to whom, why, and what else holds."""

    subject: str
    commitment: int | None
    title: str
    link: str
    person: int | None
    signal: Signal
    others: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What is to be written: new slips, and keys of slips that change."""

    new: list[New] = field(default_factory=list)
    replaced: list[tuple[int, str]] = field(default_factory=list)
    lapsed: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        kinds: Iterable[Sequence[object]] = (self.new, self.replaced, self.lapsed, self.gone, self.back)  # fmt: skip
        return sum(map(len, kinds))


def decide(
    plan: Plan, subject: str, found: tuple[Signal, ...], held: Sequence[Held]
) -> Signal | None:
    """Put into the plan what becomes of the slips of a subject; return the signal to be served.

    One open slip at a time, about the gravest reason: a graver one takes the place of what is
    waiting for an answer. A reminder (blue) whose reason is gone ends by itself; of any other slip
    the day is noted, and a person closes it.
    """
    holding = {one.reason for one in found}
    waiting = [one for one in held if slips.states()[one.state].open]
    for one in waiting:
        if one.reason in holding:
            if one.gone:
                plan.back.append(one.key)
        elif reasons.known()[one.reason].colour == "blue" and one.state == "served":
            plan.lapsed.append(one.key)
        elif not one.gone:
            plan.gone.append(one.key)
    if not found:
        return None
    main = found[0]
    if any((one.reason, one.period) == (main.reason, main.period) for one in held):
        return None
    grave = reasons.gravity(main.reason)
    standing = [one for one in waiting if one.reason in holding]
    if any(reasons.gravity(one.reason) <= grave for one in standing):
        return None
    for one in standing:
        if slips.target("replace", one.state):
            plan.replaced.append((one.key, subject))
    return main


def late_days(signal: Signal, today: date, last_run: date | None) -> int:
    """Return how many days a slip comes late because the sweep did not run.

    The days before the first run of all are nobody's omission.
    """
    if last_run is None or signal.since <= last_run:
        return 0
    return max((today - signal.since).days, 0)
