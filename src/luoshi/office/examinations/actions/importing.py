"""Import: an uploaded material becomes an examination with points, links and findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.core.reading.model import ReadError
from luoshi.engines.importing import examine_bounded
from luoshi.office.accounts.models import Person
from luoshi.office.examinations.models import Examination, Link, Point
from luoshi.office.examinations.storage import Stored, path_of
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, Refused

EARLIEST = date(2000, 1, 1)


def import_material(
    *, by: Person, stored: Stored, outline: str | None = None, written_on: date | None = None
) -> Examination:
    """Read a stored file and record it as an examination.

    ``written_on`` is the day of the material, where its importer says it better than its lines.

    Reading happens before the transaction, in a process with limits. Raises ``Refused`` with the
    reader's own words for a file that cannot be read, and for one that was imported already.
    """
    if not may(by, "examination.import"):
        raise NotAllowed("您没有导入材料的权限。如确有需要，请与管理员联系。")
    try:
        record = examine_bounded(path_of(stored.sha256).read_bytes(), stored.name, outline)
    except ReadError as error:
        raise Refused(f"“{stored.name}”读不了：{error.message}") from error
    if not record["points"]:
        raise Refused(
            f"在“{stored.name}”里没有找到问题、原因和措施，没有导入。请核对是不是选错了文件。"
        )
    day = _written(written_on, record["written_on"])
    return _record(by=by, stored=stored, record={**record, "written_on": day})


def _written(given: date | None, printed: str | None) -> date | None:
    """Return the day of a material; what it prints counts only where it can be."""
    today = clock.today()
    if given is not None:
        if not EARLIEST <= given <= today:
            raise Refused(f"材料日期应当在{EARLIEST.year}年以后，并且不晚于今天。请核对后重填。")
        return given
    day = date.fromisoformat(printed) if printed else None
    return day if day and EARLIEST <= day <= today else None


@action("examination.import", "导入材料", needs="examination.import")
def _record(act: Act, *, by: Person, stored: Stored, record: dict[str, Any]) -> Examination:
    before = Examination.objects.filter(office=by.office_id, file__sha256=stored.sha256).first()
    if before is not None:
        raise Refused(f"这份材料已经导入过了（{before.imported_on:%Y-%m-%d}，“{before.title}”）。")
    if "\x00" in record["text"]:
        raise Refused("材料里有不能保存的字符，请另存后再试。")
    file = act.save(stored.row(by.office_id))
    examination = act.save(
        Examination(
            office_id=by.office_id, file=file, title=(record["title"] or stored.name)[:200],
            outline=record["outline"], written_on=record["written_on"], year=record["year"],
            text=record["text"], blocks=record["blocks"],
            findings=record["findings"], imported_by=by, imported_on=clock.today(),
        )
    )  # fmt: skip
    points = act.create_many(
        Point(
            office_id=by.office_id, examination=examination, kind=row["kind"],
            path=row["path"][:60], start=row["start"], words=row["words"],
            heading_end=row["heading_end"], end=row["end"],
        )
        for row in record["points"]
    )  # fmt: skip
    by_id = {row["id"]: point for row, point in zip(record["points"], points, strict=True)}
    act.create_many(
        Link(
            office_id=by.office_id, examination=examination, source=by_id[row["from"]],
            target=by_id[row["to"]], kind=row["kind"], strength=row["strength"],
            score=row["score"],
        )
        for row in record["links"]
    )  # fmt: skip
    act.about(examination, facts={"sha256": stored.sha256, "points": len(points)})
    return examination
