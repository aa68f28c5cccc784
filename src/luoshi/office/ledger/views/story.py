"""The whole story of an item on one line of time: its steps, worded, with old and new values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from luoshi.core.paper.facts import Difference
from luoshi.core.workflow import table
from luoshi.core.workflow.facts import People
from luoshi.office.accounts.models import Person, Unit
from luoshi.office.examinations.models import Point
from luoshi.office.journal.act import VERBS
from luoshi.office.ledger import collect, values
from luoshi.office.ledger.collect import Staff
from luoshi.office.ledger.kept import Kept
from luoshi.office.ledger.models import (
    Change,
    Commitment,
    Evidence,
    Publication,
    SpecialLedger,
    Step,
    Verification,
)

_GOOD = frozenset({"watching", "confirmed", "published"})
_BAD = frozenset({"returned", "relapsed"})
_PERSONS = frozenset({"owner", "co_owners", "verifier", "person", "decided_by"})
_POINTS = frozenset({"problems", "causes"})
_LABELS: dict[str, dict[Any, str]] = {
    "time_class": dict(Commitment.TimeClass.choices),
    "indicator_kind": dict(Commitment.IndicatorKind.choices),
    "evidence_kinds": dict(Evidence.Kind.choices),
    "evidence_independence": dict(Evidence.Independence.choices),
    "kind": dict([*Change.Kind.choices, *Evidence.Kind.choices]),
    "declared": dict(Evidence.Independence.choices),
}
_NAMES = {
    "verifier": "核验人", "place": "地点", "seen_on": "看到的日期", "kind": "种类", "value": "读数",
    "read_on": "读数日期", "source": "数据来源", "happened_on": "发生日期", "dated": "佐证日期",
    "declared": "来源", "person": "人员", "done_on": "完成日期", "state": "状态", "checked_on": "复查日期",
    "returns_on": "恢复日期", "reason": "理由", "items": "事项", "into": "合并到", "parts": "拆分为",
    "holds": "仍然做到", "expires_on": "有效期至", "received_on": "收到日期",
}  # fmt: skip
_WORDS = 40
_OF_CHANGES = ("ledger.change.", "ledger.handover.", "person.handover")
_CHANGES = dict(Change.Kind.choices)
Hide = Callable[[str], str]
_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, what, by whom, in which words; ``facts`` said with it, what changed."""

    at: datetime
    what: str
    who: str
    words: str
    state: str
    facts: str
    differences: list[Difference]
    mark: str


def story_of(rows: Kept, staff: Staff, hide: Hide = str) -> list[Line]:
    """Return an item's story, oldest first, in a constant number of queries.

    ``hide`` masks the words of the material for whom they do not concern.
    """
    steps = list(rows.item.steps.select_related("by").order_by("id"))
    names, seen = _Names(steps, staff, hide), _Checks(rows)
    return [_line(step, names, seen) for step in steps]


def _line(step: Step, names: _Names, seen: _Checks) -> Line:
    verb = VERBS.get(step.verb)
    what, new = verb.wording if verb else "办理", dict(step.new)
    if step.verb.startswith(_OF_CHANGES) and new.get("kind") in _CHANGES:
        what = f"{what}：{_CHANGES[new.pop('kind')]}"
    moved = step.before != step.after and step.after in table.states()
    mark = ""
    if moved:
        mark = "mark-good" if step.after in _GOOD else "mark-bad" if step.after in _BAD else ""
    columns = [n for n in dict.fromkeys([*step.old, *new]) if step.old.get(n) != new.get(n)]
    changed = [n for n in columns if step.old.get(n) not in _NOTHING]
    said = [n for n in columns if n not in changed and new.get(n) not in _NOTHING]
    return Line(
        at=step.at,
        what=what,
        who=step.by.name if step.by else "系统",
        words="\n".join(filter(None, (step.note, seen.words(step)))),
        state=table.states()[step.after].label if moved else "",
        facts="；".join(f"{_label(n)}：{names.words(n, new[n])}" for n in said),
        differences=[
            Difference(_label(n), names.words(n, step.old[n]), names.words(n, new.get(n)))
            for n in changed
        ],
        mark=mark,
    )


class _Checks:
    """Who was named to verify, what was seen and where it was made public: kept in rows of their own."""

    def __init__(self, rows: Kept) -> None:
        self._assigned = {row.assigned_at: row for row in rows.verifications}
        self._decided = {row.decided_at: row for row in rows.verifications}
        self._publications = rows.publications

    def words(self, step: Step) -> str:
        """Return what a step of verification was about, in words."""
        if step.verb in {"ledger.assign", "ledger.form.register"}:
            row = self._assigned.get(step.at)
            if row is not None:
                return f"核验人：{row.verifier.name if row.verifier else row.form_body}"
        if step.verb in {"ledger.verify", "ledger.form.confirm"}:
            row = self._decided.get(step.at)
            if row is not None:
                published = [p for p in self._publications if p.verification_id == row.pk]
                return _decided(row, published)
        return ""


def _decided(row: Verification, published: list[Publication]) -> str:
    found = [f"现场：{row.seen}", f"地点：{row.place}"]
    if row.seen_on:
        found.append(f"日期：{_plain(row.seen_on)}")
    found += [f"公示：{_plain(one.starts)}至{_plain(one.ends)}，{one.place}" for one in published]
    return "\n".join(found)


def differences_of(change: Change, hide: Hide = str) -> list[Difference]:
    """Return what a request would change, old and new, in words."""
    return differences_of_all([change], hide)[change.pk]


def differences_of_all(changes: list[Change], hide: Hide = str) -> dict[int, list[Difference]]:
    """Return what requests of one office would change, by the request, in a few statements."""
    steps = [Step(office_id=c.office_id, old=c.old, new=c.new) for c in changes]
    names = _Names(steps, collect.Staff(People(), {}, {}), hide)
    return {
        change.pk: [
            Difference(
                _label(name), names.words(name, change.old.get(name)), names.words(name, value)
            )
            for name, value in change.new.items()
            if change.old.get(name) != value
        ]
        for change in changes
    }


def _label(column: str) -> str:
    if column in _NAMES:
        return _NAMES[column]
    try:
        return values.label(column)
    except FieldDoesNotExist:
        return "内容"


class _Names:
    """Names of the persons, units, points and ledgers that the steps speak of."""

    def __init__(self, steps: list[Step], staff: Staff, hide: Hide) -> None:
        self._held: dict[str, dict[int, str]] = {}
        wanted: dict[str, set[int]] = {
            "person": set(),
            "unit": set(),
            "point": set(),
            "special": set(),
        }
        for step in steps:
            for held in (step.old, step.new):
                for name, value in held.items():
                    wanted.get(_family(name), set()).update(_keys(value))
        office = next((step.office_id for step in steps), None)
        self._held["person"] = _names(Person, office, wanted["person"], staff.persons)
        self._held["unit"] = _names(Unit, office, wanted["unit"], staff.units)
        self._held["special"] = _names(SpecialLedger, office, wanted["special"])
        points = Point.objects.filter(office=office, pk__in=wanted["point"])
        self._held["point"] = {
            p.pk: _short(hide(p.examination.text[p.words : p.end]))
            for p in (points.select_related("examination") if wanted["point"] else ())
        }

    def words(self, column: str, value: Any) -> str:
        """Return a value as a person reads it."""
        if value in _NOTHING:
            return "（没有）"
        if isinstance(value, list):
            return "、".join(self.words(column, held) for held in value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, dict):
            return "；".join(f"{_label(k)}{self.words(k, v)}" for k, v in value.items())
        family = _family(column)
        if family:
            return (
                self._held[family].get(value, "（不在本单位）")
                if isinstance(value, int)
                else str(value)
            )
        if column in _LABELS:
            return str(_LABELS[column].get(value, value))
        return _plain(value)


def _family(column: str) -> str:
    if column in _PERSONS:
        return "person"
    if column in _POINTS:
        return "point"
    return column if column in {"unit", "special"} else ""


def _keys(value: Any) -> list[int]:
    held = value if isinstance(value, list) else [value]
    return [one for one in held if isinstance(one, int) and not isinstance(one, bool)]


def _names(
    model: Any, office: int | None, wanted: set[int], known: Mapping[int, str] | None = None
) -> dict[int, str]:
    found = {key: name for key, name in (known or {}).items() if key in wanted}
    rest = wanted - set(found)
    if rest:
        rows = model.objects.filter(office=office, pk__in=rest)
        found |= dict(rows.values_list("pk", "name"))
    return found


def _short(words: str) -> str:
    found = words.strip().replace("\n", "")
    return f"“{found[:_WORDS]}…”" if len(found) > _WORDS else f"“{found}”"


def _plain(value: Any) -> str:
    text = str(value)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return f"{found.year}年{found.month}月{found.day}日"
    if text.replace(".", "", 1).replace("-", "", 1).isdecimal() and "." in text:
        return format(Decimal(text).normalize(), "f")
    return text
