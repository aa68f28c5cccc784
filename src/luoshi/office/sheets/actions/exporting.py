"""The ledger given out as a workbook. It names persons, so every time is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from luoshi.formats.sheets_out import write_lists
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import queries, values
from luoshi.office.ledger.models import Commitment
from luoshi.office.sheets import lists
from luoshi.office.sheets.outrows import rows_of

ROWS_MOST = 20_000
KINDS = {"ledger": ("整改台账", lists.ledger), "lists": ("三张清单", lists.three)}


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its file, open at the beginning, and what it is called."""

    data: IO[bytes]
    name: str


def export(*, by: Person, kind: str, purpose: str, chosen: Mapping[str, Any], words: str) -> Book:
    """Return the items that fit as a workbook; who took it, what for and how many is written down.

    ``chosen`` are the filters of the list (`ledger.queries.find`), ``words`` what they are in Chinese.
    Raises ``NotAllowed``, and ``Refused`` where nothing fits or too much.
    """
    if not may(by, "ledger.export"):
        raise NotAllowed("您没有导出台账的权限。如确有需要，请与管理员联系。")
    if kind not in KINDS:
        raise Refused("请选择导出什么。")
    today = clock.today()
    rows = Commitment.for_office(by.office_id).select_related("owner", "unit")
    found = queries.find(rows, chosen, today)
    page = queries.page(found.rows, str(chosen.get("sort", "")), size=ROWS_MOST)
    if not page.rows:
        raise Refused("没有符合条件的事项，没有导出。请放宽条件。")
    if page.after:
        raise Refused(f"一次最多导出{ROWS_MOST}项。请先按状态、科室或到期缩小范围。")
    name, make = KINDS[kind]
    held = rows_of(page.rows, found.rows.select_related(None), today)
    data = write_lists(make(held, by.office.name, words, today))
    _note(by=by, kind=kind, purpose=purpose, count=len(held), chosen=chosen)
    return Book(data, f"{by.office.name}{name}{today.isoformat()}.xlsx")


@action("sheets.export", "导出台账", needs="ledger.export")
def _note(
    act: Act, *, by: Person, kind: str, purpose: str, count: int, chosen: Mapping[str, Any]
) -> None:
    """Write down that the ledger was given out. What was searched for may be a name: it is left out."""
    narrowed = sorted(name for name in chosen if name != "sort")
    act.about(by.office, facts={
        "kind": kind, "purpose": values.words(purpose, "用途", 2, 100), "count": count,
        "filter": narrowed,
    })  # fmt: skip
