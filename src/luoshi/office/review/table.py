"""The one table's columns, how it is sorted and narrowed down.

Every column counts things of one kind. There is no column that adds them up, and none that sets
people in an order: by unit and name is how the table stands unless somebody sorts by one column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.office.review.queries import FAMILIES, GRADES, Line

Key = Callable[[Line], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in addresses, its heading, what it sorts by."""

    key: str
    label: str
    sorts: Key

    @property
    def falling(self) -> str:
        """The key by which the table is sorted the largest first."""
        return f"-{self.key}"


COLUMNS = (
    *(Column(key, label, lambda line, k=key: line.families.get(k, 0))  # type: ignore[misc]
      for key, label in FAMILIES.items() if key not in {"overlap", "recurrence"}),
    Column("missing", "缺少的部分", lambda line: len(line.missing)),
    Column("parts", "问题／原因／措施占比", lambda line: line.problem_share),
    Column("shared", "与别处相同", lambda line: line.shared),
    Column("recurring", "上次的问题又出现", lambda line: line.recurring),
    Column("concrete", "写得具体的问题", lambda line: line.concrete),
    Column("can_act", "可以落实的措施", lambda line: line.can_act),
    Column("remarks", "审阅", lambda line: line.remarks),
)  # fmt: skip
#: Those with a column of their own; the families stand together in the first one.
HEADS = tuple(column for column in COLUMNS if column.key not in FAMILIES)
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked the table for; empty: everything, by unit and name."""

    search: str = ""
    unit: str = ""
    state: str = ""
    grade: str = ""
    sort: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.search or self.unit or self.state or self.grade)

    @property
    def column(self) -> str:
        """The key of the column it is sorted by."""
        return self.sort.removeprefix("-")


def asked(query: Mapping[str, str]) -> Asked:
    """Return what a page's address asks for; what the table does not know is left out."""
    sort = query.get("sort", "")
    grade = query.get("grade", "")
    return Asked(
        query.get("search", "").strip()[:60], query.get("unit", "")[:60], query.get("state", "")[:10],
        grade if grade in GRADES else "", sort if sort.removeprefix("-") in _BY_KEY else "",
    )  # fmt: skip


def arranged(lines: Sequence[Line], wanted: Asked) -> list[Line]:
    """Return the lines that were asked for, in the order asked for; unknown figures stand last."""
    found = [line for line in lines if _is_wanted(line, wanted)]
    if not wanted.sort:
        return found
    sorts = _BY_KEY[wanted.column].sorts
    known = [line for line in found if sorts(line) is not None]
    known.sort(key=sorts, reverse=wanted.sort.startswith("-"))
    return known + [line for line in found if sorts(line) is None]


def _is_wanted(line: Line, wanted: Asked) -> bool:
    submission = line.submission
    return (
        (not wanted.search or wanted.search in submission.name
         or wanted.search in line.draft.examination.title)
        and (not wanted.unit or (submission.unit is not None and submission.unit.name == wanted.unit))
        and (not wanted.state or submission.state == wanted.state)
        and (not wanted.grade or line.grades.get(wanted.grade, 0) > 0)
    )  # fmt: skip
