"""Figures that carry their rows: how many, which numbers, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.core.paper.facts import ItemFact
from luoshi.core.paper.model import Note, Words
from luoshi.core.paper.wording import listed, text

CLOSED = frozenset({"watching", "confirmed"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of rows by their numbers, and what was not counted: why, and which rows."""

    rows: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remark: str = ""

    def words(self, frame: str = "note_rows") -> Words:
        """Return the figure with its footnote; ``frame`` is the sentence that lists its rows."""
        return (str(len(self.rows)), Note(self.note(frame)))

    def note(self, frame: str = "note_rows") -> str:
        """Return the footnote."""
        said = text(frame, rows=listed(self.rows)) if self.rows else text("note_none")
        for why, rows in self.left_out:
            if rows:
                said += text("note_left", why=text(why), rows=listed(rows))
        return said + (text(self.remark) if self.remark and self.rows else "")


def figures(items: Iterable[ItemFact], today: date) -> dict[str, Figure]:
    """Return the figures of a set of items by name; withdrawn items are in none of them.

    Closed (已销号) is what was verified, published and closed, on watch or confirmed; what
    cannot be verified is never closed, whatever its state says.
    """
    held = list(items)
    kept = [item for item in held if not item.withdrawn]
    gone = tuple(item.number for item in held if item.withdrawn)

    def of(fits: Callable[[ItemFact], bool]) -> tuple[str, ...]:
        return tuple(item.number for item in kept if fits(item))

    blind = of(lambda i: not i.verifiable)
    return {
        "all": Figure(of(lambda i: True), (("left_withdrawn", gone),)),
        "closed": Figure(of(_closed), (("left_unverifiable", blind),)),
        "watching": Figure(of(lambda i: _closed(i) and i.state == "watching")),
        "open": Figure(of(lambda i: not _closed(i))),
        "late": Figure(
            of(lambda i: i.is_late(today)),
            (("left_no_deadline", of(lambda i: i.is_open and i.deadline is None)),),
        ),
        "standing": Figure(of(lambda i: i.is_open and i.time_class == "standing")),
        "returned": Figure(
            of(lambda i: any(c.result == "returned" for c in i.checks)), (), "left_earlier"
        ),
        "relapsed": Figure(of(lambda i: bool(i.relapses)), (), "left_earlier"),
        "extended": Figure(
            of(lambda i: any(c.extends and c.state == "approved" for c in i.changes)), (),
            "left_earlier",
        ),
        "blind": Figure(blind),
    }  # fmt: skip


def _closed(item: ItemFact) -> bool:
    return item.state in CLOSED and item.verifiable
