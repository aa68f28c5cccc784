"""What a decision is taken on, frozen: people with their dated posts, the item, its evidence."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal

from luoshi.core.journal.canonical import Value, canonical

Rank = Literal["head", "deputy", "lead", "staff"]
IndicatorKind = Literal["number", "criterion", "none"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a person: ``outside`` tells that the unit is no part of the office."""

    person: int
    unit: int
    outside: bool
    rank: Rank
    leads: bool
    superior: int | None
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A person had something in hand from a day to a day (None: still); ``owns``: not as helper."""

    person: int
    starts: date
    ends: date | None
    owns: bool = True


@dataclass(frozen=True, slots=True)
class Deputy:
    """``deputy`` acted for ``person`` from a day to a day."""

    person: int
    deputy: int
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class People:
    """Everybody's posts and deputisings in one office, all of them, also those that ended."""

    posts: tuple[Post, ...] = ()
    deputies: tuple[Deputy, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A piece of evidence: ``declared`` 0 to 3; ``used_before``: it served another item.

    ``repeated``: somebody else handed the same file in for this item before. ``vouched``: it is the
    signed form of a body outside the office, entered by one person and compared with the paper by
    another.
    """

    key: int
    author: int
    kind: str
    dated: date
    added: date
    declared: int
    expires: date | None
    withdrawn: bool
    used_before: bool
    vouched: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ReadingFact:
    """A value of the indicator on a day, entered by ``author``."""

    key: int
    author: int
    value: Decimal
    read_on: date
    source: str


@dataclass(frozen=True, slots=True)
class OpenFact:
    """Something outside the item that speaks against closing it (an open request…)."""

    provider: str
    key: str
    dated: date
    words: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """How one can tell: a number with baseline and target, or a criterion one can look at."""

    kind: IndicatorKind
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What evidence the item asks for: kinds (each at least once), how many, how independent."""

    kinds: tuple[str, ...] = ()
    count: int = 1
    independence: int = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A commitment with its whole life, as it stands when a decision is taken.

    ``created`` is the first day of its life, that of the items it came from included; ``owners``
    are the terms of owners and co-owners, ``units`` the sections that answer for it or did
    (责任单位); ``done_on`` is when the work was finished according to
    the application in force. ``worked_on`` is the last day of work noted before that application,
    ``reopened_on`` the day on which the problem was last found to be back: work cannot have been
    finished before either. ``authors`` wrote evidence, readings or progress. ``objections_open``
    counts objections that nobody has decided. ``failed`` names providers of facts that did not
    answer.
    """

    key: int
    state: str
    created: date
    time_class: str
    owners: tuple[Term, ...]
    indicator: Indicator
    policy: Policy
    evidence: tuple[EvidenceFact, ...] = ()
    readings: tuple[ReadingFact, ...] = ()
    authors: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    done_on: date | None = None
    worked_on: date | None = None
    reopened_on: date | None = None
    applied_on: date | None = None
    open_facts: tuple[OpenFact, ...] = ()
    failed: tuple[str, ...] = ()
    objections_open: int = 0
    changes_open: int = 0
    suspended_from: str = ""
    publication_ends: date | None = None
    watch_ends: date | None = None

    def fingerprint(self) -> str:
        """Return the hash of what a decision to close rests on.

        A decision taken on one fingerprint does not count on another: what changed since needs
        a new one. State, counts of objections and the dates of publication are left out, since
        they change as the decision is carried out.
        """
        left_out = {
            "state", "objections_open", "publication_ends", "watch_ends", "open_facts",
            "failed", "suspended_from",
        }  # fmt: skip
        content = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        return sha256(
            canonical({k: v for k, v in content.items() if k not in left_out})
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the verifier states: what was seen, where, when, and whether the criterion is met.

    ``verifier`` is None for the signed form of a body outside the office, which ``vouchers``
    (two persons) have entered and compared.
    """

    verifier: int | None
    text: str
    place: str
    on: date | None
    criterion_met: bool | None = None
    vouchers: tuple[int, ...] = ()


def _plain(value: Any) -> Value:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    held: Value = value
    return held
