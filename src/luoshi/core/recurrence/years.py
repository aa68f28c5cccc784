"""More than two years: one line for each problem, through the materials in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from luoshi.core.material.model import Examination
from luoshi.core.recurrence.comparing import compare
from luoshi.core.recurrence.model import Match, Now, Recurrence


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem in one year: ``year`` counts the materials, from 0.

    ``after_gap``: it was in an earlier material, though not in the one just before; ``match``
    then names the problem of that material (``earlier_year``).
    """

    year: int
    now: Now
    match: Match | None = None
    earlier_year: int = -1
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One problem over the years, oldest entry first."""

    entries: tuple[Entry, ...]

    def years(self) -> tuple[int, ...]:
        """Return the years that have it, each once."""
        return tuple(dict.fromkeys(entry.year for entry in self.entries))

    def in_year(self, year: int) -> tuple[Entry, ...]:
        """Return its entries in one year: several where it was taken apart."""
        return tuple(entry for entry in self.entries if entry.year == year)

    def still_empty(self) -> bool:
        """Tell whether it stands in two materials or more and never named anything concrete."""
        return len(self.years()) > 1 and not any(entry.now.concrete for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Chain:
    """Materials of one author, oldest first, with what became of each problem.

    ``steps`` compare each material with the one before it: one fewer than materials.
    ``lines`` are in the order in which their problems first stand.
    """

    materials: tuple[Examination, ...]
    steps: tuple[Recurrence, ...]
    lines: tuple[Line, ...]

    def lasting(self, years: int = 2) -> tuple[Line, ...]:
        """Return the lines that stand in so many materials or more."""
        return tuple(line for line in self.lines if len(line.years()) >= years)


def chain(materials: Sequence[Examination]) -> Chain:
    """Return the lines of the problems of materials given oldest first.

    A problem that is left out for a year and then stands again goes on with its line
    (``after_gap``). Raises ``ValueError`` for no materials.
    """
    if not materials:
        raise ValueError("no materials")
    steps = tuple(compare(a, b) for a, b in pairwise(materials))
    first = compare(_nothing(materials[0]), materials[0])
    lines: list[list[Entry]] = [[Entry(0, now)] for now in first.now]
    at = {(0, now.point.id): line for now, line in zip(first.now, lines, strict=True)}
    for year, step in enumerate(steps, 1):
        gaps = _gaps(materials, year, step)
        for now in step.now:
            back = (year - 1, now.match) if now.match else gaps.get(now.point.id)
            if back is None:
                line = [Entry(year, now)]
                lines.append(line)
            else:
                line = at[back[0], back[1].earlier]
                line.append(Entry(year, now, back[1], back[0], now.match is None))
            at[year, now.point.id] = line
    return Chain(tuple(materials), steps, tuple(Line(tuple(line)) for line in lines))


def _gaps(
    materials: Sequence[Examination], year: int, step: Recurrence
) -> dict[str, tuple[int, Match]]:
    """Return for the new problems of a year the ones they are in materials before the last."""
    new = {now.point.id for now in step.of_state("new")}
    found: dict[str, tuple[int, Match]] = {}
    for earlier in range(year - 2, -1, -1):
        for now in compare(materials[earlier], materials[year]).now:
            if now.match and now.point.id in new:
                found.setdefault(now.point.id, (earlier, now.match))
    return found


def _nothing(like: Examination) -> Examination:
    return Examination(like.document, like.outline, like.profile, (), ())
