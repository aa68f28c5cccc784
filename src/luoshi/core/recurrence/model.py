"""What became of the problems of one year in the material of the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.core.material.model import Examination, Point, Strength
from luoshi.core.reading.model import Span

State = Literal["new", "recurring", "empty", "sharpened"]
ClaimKind = Literal["all", "part"]


@dataclass(frozen=True, slots=True)
class Match:
    """A problem of the later material is one of the earlier: ids of points in their own material.

    ``score`` is between 0 and 1. ``words`` are what both say, weightiest first; where two
    words mean one thing it is the later year's. ``earlier_spans`` and ``later_spans`` are
    where they stand in either text.
    """

    earlier: str
    later: str
    score: float
    words: tuple[str, ...]
    earlier_spans: tuple[Span, ...]
    later_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LastMeasure:
    """A measure of the earlier material for a problem that it named.

    ``visible``: it names something that an outsider could see done, a date or a figure;
    ``again``: the later material has it word for word, as the point of this id (or empty).
    """

    point: Point
    strength: Strength
    visible: bool
    again: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """A problem of the later material.

    ``new``; ``empty``: comes back, and in both years names no step, place, number or person;
    ``sharpened``: comes back and names something for the first time; ``recurring``: comes
    back otherwise. ``match`` is None only for a new one.
    """

    point: Point
    state: State
    concrete: bool
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """A problem of the earlier material.

    ``back`` are the ids of the problems by which it comes back, none where it is gone;
    ``measures`` what was promised for it; ``reports`` the sentences of the later material's
    report that take it up.
    """

    point: Point
    concrete: bool
    back: tuple[str, ...]
    measures: tuple[LastMeasure, ...]
    reports: tuple[Span, ...]

    def is_gone(self) -> bool:
        """Tell whether no problem of the later material is this one."""
        return not self.back


@dataclass(frozen=True, slots=True)
class Claim:
    """Words in which the later material says that the earlier problems are settled.

    ``all``: none is left; ``part``: some are, ``settled`` of them where a number is given.
    """

    span: Span
    kind: ClaimKind
    settled: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """How many problems the report says the earlier material had, and where it says so."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Two materials of one author, the later against the earlier.

    ``claims`` and ``stated`` are taken from the later material's report on the previous
    meeting; ``reported`` tells whether it has one at all. ``repeated`` are the measures that
    stand in both word for word: ids of the earlier and of the later.
    """

    earlier: Examination
    later: Examination
    now: tuple[Now, ...]
    then: tuple[Then, ...]
    claims: tuple[Claim, ...] = ()
    stated: Stated | None = None
    reported: bool = True
    repeated: tuple[tuple[str, str], ...] = ()

    def of_state(self, state: State) -> tuple[Now, ...]:
        """Return the problems of the later material in one state, in text order."""
        return tuple(each for each in self.now if each.state == state)

    def returned(self) -> tuple[Now, ...]:
        """Return the problems of the later material that are not new."""
        return tuple(each for each in self.now if each.match is not None)

    def gone(self) -> tuple[Then, ...]:
        """Return the problems of the earlier material that did not come back."""
        return tuple(each for each in self.then if each.is_gone())

    def unreported(self) -> tuple[Then, ...]:
        """Return the earlier problems that the report says nothing of; none without a report."""
        return tuple(each for each in self.then if not each.reports) if self.reported else ()

    def before(self, now: Now) -> Then | None:
        """Return the earlier problem that one of the later is, or None."""
        wanted = now.match.earlier if now.match else ""
        return next((each for each in self.then if each.point.id == wanted), None)
