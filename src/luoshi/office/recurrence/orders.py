"""Which materials of an office come before which: what persons said, else what titles propose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.core.recurrence.authors import Author, author_of
from luoshi.office.examinations.models import Examination
from luoshi.office.recurrence.models import Predecessor

How = Literal["said", "none", "proposed", "unknown"]
# More years than a person holds a post; a page with more columns nobody reads.
YEARS_MOST = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """A material as its place among the others is told: ``year`` 0 and no day: it says neither."""

    key: int
    title: str
    year: int
    written_on: date | None
    author: Author | None

    @property
    def when(self) -> str:
        """Return 2024年度, or the day that it prints, or nothing."""
        if self.year:
            return f"{self.year}年度"
        return f"{self.written_on:%Y-%m-%d}" if self.written_on else ""

    def is_later_than(self, other: Paper) -> bool | None:
        """Tell whether it comes after another; None where neither year nor day tells."""
        if self.year and other.year and self.year != other.year:
            return self.year > other.year
        if self.written_on and other.written_on and self.written_on != other.written_on:
            return self.written_on > other.written_on
        return None


@dataclass(frozen=True, slots=True)
class Before:
    """The material before one (or None), and how that is known; ``version`` of what was said."""

    paper: Paper | None
    how: How
    version: int = 0


class Orders:
    """The materials of one office, read in two statements."""

    def __init__(self, office: int) -> None:
        rows = Examination.objects.filter(office=office).order_by("id")
        self.papers = {
            key: Paper(key, title, year, written_on, author_of(title))
            for key, title, year, written_on in rows.values_list(
                "pk", "title", "year", "written_on"
            )
        }
        self._of_author: dict[Author | None, list[Paper]] = defaultdict(list)
        for paper in self.papers.values():
            self._of_author[paper.author].append(paper)
        said = Predecessor.objects.filter(office=office)
        self._said = {
            key: (previous, version)
            for key, previous, version in said.values_list(
                "examination_id", "previous_id", "version"
            )
        }

    def before(self, key: int) -> Before:
        """Return the material before one."""
        if key in self._said:
            previous, version = self._said[key]
            paper = self.papers.get(previous) if previous else None
            return Before(paper, "said" if paper else "none", version)
        proposed = next(self._proposed(self.papers[key]), None)
        return Before(proposed, "proposed" if proposed else "unknown")

    def _proposed(self, paper: Paper) -> Iterator[Paper]:
        """Yield the materials of the same author and kind of meeting before one, latest first."""
        if paper.author is None:
            return
        like = [p for p in self._of_author[paper.author] if paper.is_later_than(p)]
        yield from sorted(
            like, key=lambda p: (p.year, p.written_on or date.min, p.key), reverse=True
        )

    def candidates(self, key: int) -> list[Paper]:
        """Return what may come before a material: the author's own first, then the newest."""
        paper = self.papers[key]
        may = [
            p for p in self.papers.values()
            if p.key != key and paper.is_later_than(p) is not False and not self._leads_to(p.key, key)
        ]  # fmt: skip
        return sorted(
            may, key=lambda p: (p.author != paper.author or p.author is None, -p.year, -p.key)
        )

    def _leads_to(self, start: int, key: int) -> bool:
        """Tell whether going back from ``start`` along what was said comes to ``key``."""
        seen: set[int] = set()
        at: int | None = start
        while at is not None and at not in seen:
            if at == key:
                return True
            seen.add(at)
            at = self._said.get(at, (None, 0))[0]
        return False

    def may_precede(self, previous: int, key: int) -> bool:
        """Tell whether a material may be said to come before another."""
        return any(paper.key == previous for paper in self.candidates(key))

    def back(self, key: int) -> list[Paper]:
        """Return a material and those before it, oldest first, ``YEARS_MOST`` at most."""
        found = [self.papers[key]]
        while len(found) < YEARS_MOST:
            before = self.before(found[-1].key).paper
            if before is None or before in found:
                break
            found.append(before)
        return found[::-1]

    def latest(self) -> list[Paper]:
        """Return the materials that come before no other, newest first."""
        taken = {b.paper.key for key in self.papers if (b := self.before(key)).paper}
        left = [paper for paper in self.papers.values() if paper.key not in taken]
        return sorted(left, key=lambda p: (-p.year, p.title, p.key))
