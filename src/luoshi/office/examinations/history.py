"""The corrections of a material in words: which point, what it was, what it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.office.examinations.models import Correction, Examination, Link, Point

_WHAT = {
    "kind": "更改类别", "ends": "调整起止", "add": "新增要点", "drop": "去掉要点",
    "merge": "合并要点", "split": "拆分要点", "link": "建立对应", "verdict": "判断对应",
}  # fmt: skip
_KINDS = dict(Point.Kind.choices)
_VERDICTS = dict(Link.Verdict.choices)
_LINKS = dict(Link.Kind.choices)
_SHORT = 30
Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a correction changed; ``old`` or ``new`` is empty where there was nothing."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A correction as the page shows it."""

    row: Correction
    what: str
    changed: list[Changed]


def logged(examination: Examination) -> list[Logged]:
    """Return what was corrected, newest first, at most two hundred; two statements."""
    rows = Correction.objects.filter(examination=examination).select_related("by")
    spans = Point.objects.filter(examination=examination).values("pk", "path", "words", "end")
    told = _Told(examination.text, {row["pk"]: row for row in spans})
    return [
        Logged(row, _WHAT.get(row.what, "校正"), list(told.changes(row)))
        for row in rows.order_by("-id")[:200]
    ]


class _Told:
    """Words for what a correction kept; points that an undoing removed are in its own record."""

    def __init__(self, text: str, points: dict[int, dict[str, Any]]) -> None:
        self._text, self._points = text, points

    def changes(self, row: Correction) -> Iterator[Changed]:
        for key, new in row.after["point"].items():
            yield from self._point(row.before["point"].get(key), new)
        for key, new in row.after["link"].items():
            yield from self._link(row.before["link"].get(key), new)

    def _point(self, old: Columns | None, new: Columns) -> Iterator[Changed]:
        if old is None:
            yield Changed(f"新增{_KINDS[new['kind']]}", "", self._words(new))
            return
        here = f"{self._place(old)}{self._words(old)}"
        if new["dropped"] and not old["dropped"]:
            yield Changed(f"去掉{_KINDS[old['kind']]}", here, "")
        if old["kind"] != new["kind"]:
            yield Changed(f"{here}的类别", _KINDS[old["kind"]], _KINDS[new["kind"]])
        if (old["start"], old["end"]) != (new["start"], new["end"]):
            yield Changed(f"{self._place(old)}起止", self._ends(old), self._ends(new))

    def _link(self, old: Columns | None, new: Columns | None) -> Iterator[Changed]:
        if new is None:
            if old is not None:
                yield Changed("取消对应", self._pair(old), "")
        elif old is None:
            yield Changed("建立对应", "", self._pair(new))
        elif old["verdict"] != new["verdict"]:
            yield Changed(self._pair(new), _VERDICTS[old["verdict"]], _VERDICTS[new["verdict"]])
        else:
            yield Changed("对应", self._pair(old), self._pair(new))

    def _pair(self, link: Columns) -> str:
        one, other = (self._known(link[name]) for name in ("source_id", "target_id"))
        return f"{one}{_LINKS[link['kind']]}{other}"

    def _known(self, key: int) -> str:
        row = self._points.get(key)
        return f"{self._place(row)}{self._words(row)}" if row else "（已撤销的要点）"

    @staticmethod
    def _place(point: Columns) -> str:
        return f"{point['path']} " if point["path"] else ""

    def _words(self, point: Columns) -> str:
        words = "".join(self._text[point["words"] : point["end"]].split())
        return f"“{words[:_SHORT]}…”" if len(words) > _SHORT else f"“{words}”"

    def _ends(self, point: Columns) -> str:
        words = "".join(self._text[point["start"] : point["end"]].split())
        return f"“{words}”" if len(words) <= _SHORT else f"“{words[:12]}……{words[-12:]}”"
