"""Who and what an office has, by name: to find out who is meant in a workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from luoshi.core.sheets.names import Register
from luoshi.office.accounts.models import Post, Unit
from luoshi.office.accounts.permissions import on_day
from luoshi.office.journal import clock
from luoshi.office.ledger.forms.base import units as units_of


class Directory:
    """The persons who can have an item in hand today, and the units that can answer for one."""

    def __init__(self, office: int) -> None:
        rows = Post.objects.filter(on_day(clock.today()), office=office, person__active=True)
        rows = rows.exclude(unit__kind=Unit.Kind.OUTSIDE).order_by(
            "person__name", "person_id", "id"
        )
        self.persons: dict[int, str] = {}
        self._posts: dict[int, dict[int, str]] = defaultdict(dict)
        for person, name, unit, words in rows.values_list(
            "person_id", "person__name", "unit_id", "unit__name"
        ):
            self.persons[person] = name
            self._posts[person][unit] = words
        self.units: dict[int, str] = dict(units_of(office))
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for key, name in self.persons.items():
            self._by_name[name].append(key)
        self._unit_by_name = {name: key for key, name in self.units.items()}
        # Of two people with one name nobody but a person can tell who is meant.
        single = [name for name, keys in self._by_name.items() if len(keys) == 1]
        self.register = Register(self._unit_by_name, single)

    def person(self, name: str) -> int:
        """Return the person with a name that only one has."""
        return self._by_name[name][0]

    def unit(self, name: str) -> int:
        """Return the unit with a name."""
        return self._unit_by_name[name]

    def same_named(self, name: str) -> int:
        """Return how many persons have a name."""
        return len(self._by_name.get(name, ()))

    def unit_of(self, person: int) -> int | None:
        """Return the one unit in which a person has a post, or None where there are several."""
        held = [unit for unit in self._posts.get(person, {}) if unit in self.units]
        return held[0] if len(held) == 1 else None

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return everybody and every unit, to choose from: ``p17``, ``u3``."""
        persons = [
            (f"p{key}", f"{name}（{'、'.join(self._posts[key].values())}）")
            for key, name in self.persons.items()
        ]
        units = [(f"u{key}", name) for key, name in self.units.items()]
        return [("人员", persons), ("科室、社区", units)]

    def chosen(self, word: str, choices: Mapping[str, str]) -> tuple[str, int] | None:
        """Return what was chosen for a name that nobody had, if it is still there."""
        value = choices.get(word, "")
        kind, digits = value[:1], value[1:]
        known: Mapping[int, str] = {"p": self.persons, "u": self.units}.get(kind, {})
        if digits.isdecimal() and digits.isascii() and int(digits) in known:
            return kind, int(digits)
        return None
