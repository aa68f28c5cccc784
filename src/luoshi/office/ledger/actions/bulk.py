"""Many drafts at once, for an import from another ledger: inside the action of the app that imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.ledger import numbering, terms, values
from luoshi.office.ledger.models import Commitment, Duty, Step

# Taken over from another ledger; everything else is filled in by people before somebody takes it on.
COLUMNS = ("owner", "co_owners", "unit", "deadline", "deadline_note", "time_class", "no_problem")
_ROWS = frozenset({"owner", "co_owners", "unit"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to be: ``given`` may hold `COLUMNS`; ``note`` is the first line of its story."""

    title: str
    source_text: str
    note: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


def make_drafts(act: Act, by: Person, drafts: Sequence[Draft]) -> list[Commitment]:
    """Make items in the state 草拟, in the order given; there is no way to another state here.

    Raises ``Refused`` as `ledger.draft.edit` does for what a draft cannot hold, and ``NotFound`` for
    an owner or a unit of another office.
    """
    found: dict[tuple[str, Any], Any] = {}
    cleaned = [_clean(act, draft.given, found) for draft in drafts]
    today, number = clock.today(), numbering.next_number(by.office_id, clock.today())
    prefix, _, first = number.rpartition("-")
    items = act.create_many(
        Commitment(
            office=by.office, number=f"{prefix}-{int(first) + n:0{len(first)}d}",
            title=values.words(draft.title, "整改事项", 4, 200),
            source_text=values.text(draft.source_text, "来源"), state="draft", created_by=by,
            created_on=today, **{k: v for k, v in given.items() if k != "co_owners"},
        )
        for n, (draft, given) in enumerate(zip(drafts, cleaned, strict=True))
    )  # fmt: skip
    act.create_many(
        Duty(office_id=by.office_id, commitment=item, person=person, kind=kind, starts=today)
        for item, given in zip(items, cleaned, strict=True)
        for kind, person in _hands(given)
    )
    act.create_many(
        Step(
            office_id=by.office_id, commitment=item, at=act.time, verb=act.verb.name, by=by,
            before="", after=item.state, version=item.version, note=draft.note,
            new={"title": item.title},
        )
        for item, draft in zip(items, drafts, strict=True)
    )  # fmt: skip
    return items


def _clean(act: Act, given: Mapping[str, Any], found: dict[tuple[str, Any], Any]) -> dict[str, Any]:
    """Return typed values; each person and unit is fetched once for all drafts."""
    cleaned = terms.clean(act, {k: v for k, v in given.items() if k not in _ROWS}, COLUMNS)
    for name in _ROWS & given.keys():
        held = given[name]
        key = (name, tuple(held) if name == "co_owners" else held)
        if key not in found:
            found[key] = terms.clean(act, {name: held}, (name,))[name]
        cleaned[name] = found[key]
    return cleaned


def _hands(given: Mapping[str, Any]) -> list[tuple[str, Person]]:
    """Return who has a draft in hand, the owner first, nobody twice."""
    owner = given.get("owner")
    held = [(str(Duty.Kind.OWNER), owner)] if owner is not None else []
    co_owners = (p for p in given.get("co_owners", ()) if owner is None or p.pk != owner.pk)
    return held + [(str(Duty.Kind.CO_OWNER), person) for person in co_owners]
