"""An author's materials of several years in an office, and items of the ledger for their problems."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import count
from pathlib import Path

from tests.office.ledger import make
from tests.office.make import World, days_ago, save

from luoshi.core.reading.model import DEFAULT_LIMITS
from luoshi.engines.importing import examine
from luoshi.office.examinations.models import Examination, Link, Point, StoredFile
from luoshi.office.ledger.models import Commitment, ProblemLink, Step

GOLD = Path(__file__).parents[2] / "recurrence_gold" / "tune"
_numbers = count(900_000)


def texts(name: str) -> tuple[str, str]:
    """Return the two years of an annotated pair."""
    gold = tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))
    return gold["before"].lstrip(), gold["after"].lstrip()


def material(world: World, text: str) -> Examination:
    """Record a material as an import does."""
    record = examine(text.encode(), "材料.txt", None, DEFAULT_LIMITS)
    office = world.office
    file = save(StoredFile(office=office, sha256=f"{next(_numbers):064d}", size=len(text),
                           media="text/plain", name="材料.txt"))  # fmt: skip
    day = record["written_on"]
    row = save(Examination(
        office=office, file=file, title=record["title"], outline=record["outline"], text=record["text"],
        year=record["year"], written_on=date.fromisoformat(day) if day else None,
        blocks=record["blocks"], findings=record["findings"], imported_by=world.clerk,
        imported_on=days_ago(3),
    ))  # fmt: skip
    points = {
        one["id"]: Point(office=office, examination=row, **{k: one[k] for k in (
            "kind", "path", "start", "words", "heading_end", "end")})
        for one in record["points"]
    }  # fmt: skip
    save(*points.values())
    links = [
        Link(office=office, examination=row, source=points[one["from"]], target=points[one["to"]],
             kind=one["kind"], strength=one["strength"], score=one["score"])
        for one in record["links"]
    ]  # fmt: skip
    if links:
        save(*links)
    return row


def two_years(world: World, name: str = "a_street") -> tuple[Examination, Examination]:
    """Record both years of an annotated pair."""
    before, after = texts(name)
    return material(world, before), material(world, after)


def third_year(world: World) -> Examination:
    """Record a year before those of ``a_street``."""
    before, _ = texts("a_street")
    older = before.replace("2023年度专题民主生活会", "2022年度民主生活会").replace(
        "2024年1月", "2023年1月"
    )
    return material(world, older)


def problem(row: Examination, words: str) -> Point:
    """Return the problem of a material that begins with these words."""
    found = [
        p for p in row.points.filter(kind="problem") if row.text[p.words : p.end].startswith(words)
    ]
    (one,) = found
    return one


def item(world: World, row: Examination, words: str, state: str) -> Commitment:
    """Make an item for a problem in a state; one that is closed became so ten days ago."""
    made = make.commitment(world, state, material=row, title=f"整改：{words}")
    link = ProblemLink.objects.get(commitment=made)
    link.point = problem(row, words)
    save(link)
    if state in {"watching", "confirmed"}:
        save(Step(office=world.office, commitment=made, by=world.clerk, at=make.noon(days_ago(10)),
                  verb="ledger.close", before="published", after="watching", version=1))  # fmt: skip
    return made
