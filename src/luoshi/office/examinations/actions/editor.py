"""Keeps what a correction found and what it left, so that it can be shown and undone."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError

from luoshi.office.accounts.models import Person
from luoshi.office.examinations.models import Correction, Examination, Link, Point
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import Refused, Stale

_COLUMNS: dict[type[Point] | type[Link], tuple[str, ...]] = {
    Point: ("kind", "path", "start", "words", "heading_end", "end", "by_hand", "dropped"),
    Link: ("source_id", "target_id", "kind", "strength", "score", "by_hand", "verdict"),
}
_NAMES: dict[str, type[Point] | type[Link]] = {"point": Point, "link": Link}

Snapshot = dict[str, dict[str, dict[str, Any] | None]]


def lock(act: Act, key: int, version: int) -> Examination:
    """Return an examination whose points may be corrected, as the person saw it.

    Raises ``Stale`` when it has changed since, ``Refused`` once its ledger is active.
    """
    row = act.lock(Examination, key)
    if row.version != version:
        raise Stale("这份材料在您打开页面之后有了改动。请重新打开，看过最新情况后再校正。")
    if row.state != Examination.State.DRAFT:
        raise Refused("这份材料已经建了台账，要点不能再改。")
    return row


class Editor:
    """Changes points and links of one examination inside an action, and remembers them."""

    def __init__(self, act: Act, examination: Examination, by: Person) -> None:
        self._act = act
        self._examination = examination
        self._by = by
        self._before: Snapshot = {"point": {}, "link": {}}
        self._after: Snapshot = {"point": {}, "link": {}}

    def keep(self, row: Point | Link) -> None:
        """Remember a row as it is, before it is changed."""
        name = row._meta.model_name or ""
        self._before[name].setdefault(str(row.pk), _columns(row))

    def save(self, row: Any) -> Any:
        """Save a new row, or one that `keep` was told of."""
        new = row.pk is None
        saved = self._act.save(row)
        name = row._meta.model_name
        if new:
            self._before[name][str(row.pk)] = None
        self._after[name][str(row.pk)] = _columns(row)
        return saved

    def delete(self, row: Link) -> None:
        """Delete a link; the correction keeps what it said."""
        self.keep(row)
        self._after["link"][str(row.pk)] = None
        self._act.delete(row)

    def close(self, what: str) -> Correction:
        """Record the correction as the next version of the examination."""
        self._examination.version += 1
        self._act.save(self._examination)
        row = self._act.save(
            Correction(
                office_id=self._examination.office_id, examination=self._examination, by=self._by,
                at=self._act.time, what=what, before=self._before, after=self._after,
            )
        )  # fmt: skip
        self._act.about(self._examination, facts={"correction": row.pk, "what": what})
        return row


def _columns(row: Point | Link) -> dict[str, Any]:
    return {column: getattr(row, column) for column in _COLUMNS[type(row)]}


def restore(act: Act, correction: Correction) -> None:
    """Put every row of a correction back as it was before: points first, links after."""
    before: Snapshot = correction.before
    for key, columns in before["link"].items():
        if columns is None:
            act.delete(Link.objects.get(pk=key))
    for name in ("point", "link"):
        for key, columns in before[name].items():
            if columns is not None:
                _put(act, correction, _NAMES[name], int(key), columns)
    for key, columns in before["point"].items():
        if columns is None:
            _take_away(act, Point.objects.get(pk=key))


def _take_away(act: Act, row: Point) -> None:
    """Delete a point that a correction made; raises ``Refused`` where something stands on it."""
    try:
        act.delete(row)
    except ProtectedError as error:
        raise Refused(
            "这次校正新增的要点已经用来建立整改事项（或者已列为某个事项对应的问题、原因），不能撤销。"
            "确实要撤销的，请先在那个事项里换掉对应的问题和原因；由这个要点建立的事项不能再换，"
            "请改用“这不是要点，去掉”。"
        ) from error


def _put(
    act: Act, correction: Correction, model: type[Point] | type[Link], key: int,
    columns: dict[str, Any],
) -> None:  # fmt: skip
    row: Any = model.objects.filter(pk=key).first()
    if row is None:
        row = model(
            pk=key, office_id=correction.office_id, examination_id=correction.examination_id
        )
    for column, value in columns.items():
        setattr(row, column, value)
    act.save(row)
