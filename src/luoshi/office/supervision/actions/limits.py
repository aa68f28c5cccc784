"""An office sets its own thresholds: with a reason, for everybody to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.core.supervision import thresholds
from luoshi.core.supervision.thresholds import Thresholds
from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused, Stale
from luoshi.office.ledger import values
from luoshi.office.supervision.limits import limits_of, without_own
from luoshi.office.supervision.models import OwnLimits

_LEAST, _MOST = 5, 500


@action("supervision.limits", "设定督办尺度", needs="office.manage")
def set_limits(
    act: Act, *, by: Person, version: int, own: Mapping[str, Any], reason: str
) -> OwnLimits:
    """Set the office's thresholds; ``own`` is complete: what it does not name is the default.

    Raises ``Refused`` for a value out of bounds and where nothing would change, ``Stale`` when
    somebody else has set them meanwhile.
    """
    office = act.lock(Office, by.office_id)
    row = OwnLimits.objects.filter(office=office).first()
    if version != (row.version if row else 0):
        raise Stale("督办尺度刚被别人改过。请返回看一看再改。")
    given = dict(own)
    try:
        before, base = limits_of(office.pk, office.name), without_own(office.name)
        wanted = thresholds.with_own(given)
    except ValueError as error:
        raise Refused(str(error)) from error
    kept = {name: value for name, value in given.items() if _differs(name, wanted, base)}
    if row is None:
        row = OwnLimits(office=office, version=0)
    if kept == row.own:
        raise Refused("没有改动任何一项。")
    row.own, row.by, row.at, row.version = kept, by, act.time, row.version + 1
    row.reason = values.words(reason, "理由", _LEAST, _MOST)
    act.save(row)
    facts = {"new": _shown(wanted, before), "old": _shown(before, wanted), "reason": row.reason}
    act.about(row, facts=facts)
    return row


def _differs(name: str, wanted: Thresholds, base: Thresholds) -> bool:
    if name == "appraisal":
        return wanted.appraisals != base.appraisals
    return wanted[name] != base[name]


def _shown(one: Thresholds, other: Thresholds) -> list[str]:
    """Return in Chinese what one has otherwise than the other."""
    rows = [
        f"{value.words}：{one[name]}"
        for name, value in thresholds.known().items()
        if one[name] != other[name]
    ]
    if one.appraisals != other.appraisals:
        rows.append(f"考核日期：{dates(one)}")
    return rows


def dates(limits: Thresholds) -> str:
    """Return the appraisal dates as people type them."""
    return "、".join(f"{month:02}-{day:02}" for month, day in limits.appraisals)
