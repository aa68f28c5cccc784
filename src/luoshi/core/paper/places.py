"""The count of a special ledger and its places."""

from __future__ import annotations

from luoshi.core.knowledge import table
from luoshi.core.paper.facts import SpecialFact
from luoshi.core.paper.figures import Figure
from luoshi.core.paper.model import Block, Column, Paragraph, Table
from luoshi.core.paper.wording import amount, day, say


def count_table(special: SpecialFact) -> list[Block]:
    """Return what is counted, from where to where, and every value with its source."""
    said = say(
        "special_count", counts=special.counts, starts=special.starts, unit=special.unit,
        baseline=special.baseline, deadline=special.deadline, target=special.target,
    )  # fmt: skip
    if not special.readings:
        return [Paragraph(said + say("special_never"))]
    last = special.readings[-1]
    said += say(
        "special_now", day=last.day, now=amount(last.value), unit=special.unit, source=last.source
    )
    rows = tuple((day(r.day), amount(r.value), r.source) for r in special.readings)
    return [Paragraph(said), Table(columns(("day", 4), ("value", 3), ("source", 7)), rows)]


def places(special: SpecialFact) -> list[Block]:
    """Return how many places are done, and all of them in a table."""
    names = [place.name for place in special.places]
    done = [place.name for place in special.places if place.done_on]
    undone = [place.name for place in special.places if not place.done_on]
    again = [place.name for place in special.places if place.reopened]
    kinds = {"places": names, "done": done, "undone": undone, "reopened": again}
    figures = {key: Figure(tuple(found)).words("note_place_rows") for key, found in kinds.items()}
    rows = tuple(
        (place.name, day(place.done_on) if place.done_on else "没有完成", f"{place.reopened}",
         place.item)
        for place in special.places
    )  # fmt: skip
    head = columns(("place", 5), ("done_on", 4), ("reopened", 2), ("number", 3))
    return [Paragraph(say("special_places", **figures)), Table(head, rows)]


def columns(*wanted: tuple[str, int]) -> tuple[Column, ...]:
    """Return columns by the keys of their titles, with their widths."""
    titles = table("templates/report")["columns"]
    return tuple(Column(titles[key], width) for key, width in wanted)
