"""Items by unit and state: counted in one statement from an index alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Q

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Unit
from luoshi.office.journal.standing import while_unchanged
from luoshi.office.ledger.models import Commitment

# A column of the board: its label, and the query of the ledger's list that opens its rows.
COLUMNS = {
    "open": ("未办结", "state=open"),
    "overdue": ("已超期", "due=overdue"),
    "returned": ("退回", "state=returned"),
    "unverifiable": ("无法核验", "state=open&unverifiable=on"),
    "watching": ("已销号（观察期）", "state=watching"),
    "confirmed": ("确认", "state=confirmed"),
}


@dataclass(slots=True)
class Cells:
    """How many items of a unit, or of all, stand how; ``unit`` is None where they have none."""

    unit: int | None
    name: str
    open: int = 0
    overdue: int = 0
    returned: int = 0
    unverifiable: int = 0
    watching: int = 0
    confirmed: int = 0

    def shown(self) -> list[tuple[str, int, str]]:
        """Return the figures in the order of the board: key, number, query that opens its rows."""
        where = "" if self.name == ALL else f"&unit={self.unit}" if self.unit else "&only=no_unit"
        return [(key, getattr(self, key), query + where) for key, (_, query) in COLUMNS.items()]


ALL = "合计"
_NUMBERS = tuple(f.name for f in fields(Cells) if f.name in COLUMNS)


@dataclass(frozen=True, slots=True)
class Board:
    """The units of an office by name, then items without a unit, if there are any; and all."""

    rows: tuple[Cells, ...]
    total: Cells


def board(office: int, today: date) -> Board:
    """Return the board of an office; it stands until somebody does something."""
    return while_unchanged(("board", office, today), lambda: _board(office, today))


def _board(office: int, today: date) -> Board:
    units = Unit.objects.filter(office=office).exclude(kind=Unit.Kind.OUTSIDE)
    cells = {row.pk: Cells(row.pk, row.name) for row in units.order_by("kind", "name", "id")}
    idle = {row.pk for row in units if not row.active}
    none, total = Cells(None, "没有责任单位"), Cells(None, ALL)
    for row in _groups(office, today):
        held = cells.get(row["unit"], none)
        _add(held, row)
        _add(total, row)
    shown = [row for key, row in cells.items() if key not in idle or _any(row)]
    return Board((*shown, *([none] if _any(none) else [])), total)


def _groups(office: int, today: date) -> list[Any]:
    rows = Commitment.for_office(office).order_by().values("unit", "state")
    return list(
        rows.annotate(
            number=Count("*"),
            late=Count("pk", filter=Q(deadline__lt=today)),
            blind=Count("pk", filter=Q(indicator_kind=Commitment.IndicatorKind.NONE)),
        )
    )


def _add(cells: Cells, row: Any) -> None:
    state = str(row["state"])
    if table.states()[state].open:
        cells.open += row["number"]
        cells.overdue += row["late"]
        cells.unverifiable += row["blind"]
    if state in _NUMBERS and state != "open":
        setattr(cells, state, getattr(cells, state) + row["number"])


def _any(cells: Cells) -> bool:
    return any(getattr(cells, name) for name in _NUMBERS)
