"""What a paper is made of, as it stood at one state of the journal. Collected by office/papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a material: its printed ``number`` (三/1), its heading, and the rest of it."""

    key: int
    number: str
    heading: str
    details: str
    material: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the material; ``made`` tells whether an item came of it."""

    number: str
    words: str
    made: bool


@dataclass(frozen=True, slots=True)
class ReadingFact:
    """A value of the indicator on a day."""

    day: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence: its own day, how independent it counts, what is wrong with it.

    ``title`` is empty where it could name a resident (a visit, a call, what residents said).
    """

    kind: str
    title: str
    dated: date
    grade: int
    label: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A check on the spot. ``who`` is the verifier or the body whose signed form it is."""

    item: str
    who: str
    seen: str
    place: str
    on: date | None
    result: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of what was agreed: before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change of what was agreed: who asked when and why, who decided when and what."""

    item: str
    kind: str
    extends: bool
    state: str
    label: str
    asked_by: str
    asked_on: date
    reason: str
    decided_by: str
    decided_on: date | None
    decision: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RelapseFact:
    """The problem was found to be back. ``item`` is the number it was written down for."""

    item: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class PublicationFact:
    """The result was shown in public; how many objected, and how many of them were right."""

    starts: date
    ends: date
    place: str
    objections: int
    upheld: int


@dataclass(frozen=True, slots=True)
class RecheckFact:
    """A recurring check of a standing item."""

    day: date
    by: str
    holds: bool
    seen: str


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One commitment with everything that became of it, and of the items it came from.

    ``state`` is a key of data/workflow/commitment.toml. ``indicator_kind`` is number, criterion or
    none (无法核验). ``came_from`` are the numbers of the items it was split from or has taken in.
    """

    number: str
    title: str
    state: str
    state_label: str
    is_open: bool
    measure: str
    problems: tuple[Problem, ...]
    no_problem: str
    owner: str
    unit: str
    co_owners: tuple[str, ...]
    deadline: date | None
    deadline_note: str
    time_class: str
    time_label: str
    next_check: date | None
    returns_on: date | None
    watch_ends: date | None
    indicator_kind: str
    indicator: str
    baseline: Decimal | None
    target: Decimal | None
    measure_unit: str
    source: str
    criterion: tuple[str, str, str, str]
    criterion_met: bool | None
    came_from: tuple[str, ...] = ()
    merged_into: str = ""
    readings: tuple[ReadingFact, ...] = ()
    proofs: tuple[Proof, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    publications: tuple[PublicationFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    relapses: tuple[RelapseFact, ...] = ()
    rechecks: tuple[RecheckFact, ...] = ()

    @property
    def verifiable(self) -> bool:
        """Tell whether there is anything by which one could see that it is done."""
        return self.indicator_kind != "none"

    @property
    def withdrawn(self) -> bool:
        """Tell whether it was given up, split or merged: neither open nor done."""
        return self.state == "withdrawn"

    def is_late(self, today: date) -> bool:
        """Tell whether it is open after its deadline."""
        return self.is_open and self.deadline is not None and self.deadline < today


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place of a special ledger, since when it is done, how often it was not any more."""

    name: str
    done_on: date | None
    reopened: int
    item: str


@dataclass(frozen=True, slots=True)
class SpecialFact:
    """A special ledger: one count that must reach its target, its values, its places."""

    name: str
    counts: str
    unit: str
    baseline: int
    target: int
    starts: date
    deadline: date
    readings: tuple[ReadingFact, ...]
    places: tuple[PlaceFact, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The day and the state of the journal that the facts were read at."""

    day: date
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about: an item, a special ledger, or a material with its problems."""

    office: str
    to: str
    standing: Standing
    items: tuple[ItemFact, ...]
    problems: tuple[Problem, ...] = ()
    measures: tuple[Measure, ...] = ()
    material: str = ""
    special: SpecialFact | None = None
