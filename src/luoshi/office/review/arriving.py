"""Several files at once come into a batch: whose each is, and whether it is a first draft or the next.

Each file is stored and read as `examinations` does; one that fails is named and the others come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from luoshi.core.knowledge import table
from luoshi.office.accounts.models import Person, Post
from luoshi.office.accounts.permissions import on_day
from luoshi.office.examinations.actions.importing import import_material
from luoshi.office.examinations.models import Examination
from luoshi.office.examinations.storage import Stored
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.review.actions import materials
from luoshi.office.review.models import Draft, Submission

FILES_MOST = 30
_JOINTS = re.compile(r"[\s_\-—－–·.．、，（）()【】\[\]《》]+")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file: ``draft`` it made, or why it made none."""

    name: str
    draft: Draft | None
    words: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose material a file's name says it is."""

    name: str
    author: int | None
    unit: int | None


def arrive(*, by: Person, batch: int, files: Iterable[Stored]) -> list[Arrived]:
    """Take stored files into a batch, each as a draft of the person whom its name names.

    A material of somebody who is in the batch already becomes their next draft.
    """
    known = _people(by.office_id)
    found = []
    for stored in files:
        try:
            draft = _one(by, batch, stored, sender(Path(stored.name).stem, known))
        except NotFound:
            raise
        except Refused as refusal:
            found.append(Arrived(stored.name, None, "；".join(refusal.reasons)))
        else:
            who = f"{draft.submission.name}，第{draft.number}稿"
            found.append(Arrived(stored.name, draft, who))
    return found


def _one(by: Person, batch: int, stored: Stored, whose: Sender) -> Draft:
    held = Examination.objects.filter(office=by.office_id, file__sha256=stored.sha256).first()
    material = held or import_material(by=by, stored=stored)
    before = Submission.objects.filter(batch=batch, office=by.office_id)
    same = before.filter(author=whose.author) if whose.author else before.filter(
        author=None, name=whose.name
    )  # fmt: skip
    submission = same.order_by("pk").first()
    if submission is not None:
        return materials.follow(
            by=by, submission=submission.pk, version=submission.version, examination=material.pk
        )
    return materials.add(
        by=by, batch=batch, examination=material.pk, name=whose.name, unit=whose.unit,
        author=whose.author,
    )  # fmt: skip


def _people(office: int) -> dict[str, tuple[int, int | None]]:
    """Return the persons of an office whose name nobody else has, with their unit today."""
    units: dict[int, int] = {}
    for person, unit in (
        Post.objects.filter(on_day(clock.today()), office=office)
        .order_by("pk").values_list("person_id", "unit_id")
    ):  # fmt: skip
        units.setdefault(person, unit)
    found: dict[str, tuple[int, int | None]] = {}
    twice: set[str] = set()
    for key, name in Person.objects.filter(office=office, active=True).values_list("pk", "name"):
        twice |= {name} & found.keys()
        found[name] = key, units.get(key)
    return {name: held for name, held in found.items() if name not in twice}


def sender(stem: str, known: dict[str, tuple[int, int | None]]) -> Sender:
    """Return whose material a file's name (without its ending) says it is.

    A person of the office is known by the whole name as a part of its own; where several or
    none are named, what remains without the usual words is taken, to be corrected on the page.
    """
    words = table("review/words")["in_file_names"]
    parts = [part for part in _JOINTS.split(re.sub("|".join(words), " ", stem)) if part]
    named = [part for part in parts if part in known]
    if len(named) == 1:
        author, unit = known[named[0]]
        return Sender(named[0], author, unit)
    name = " ".join(parts)[:60] or stem[:60]
    return Sender(name if len(name) >= 2 else f"{name}（未写明）", None, None)
