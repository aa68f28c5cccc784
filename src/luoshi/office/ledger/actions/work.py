"""Work on an item: start, progress, readings, and the recurring check of a standing one.

Work can be added while the problem is open, also during verification and publication: it then
changes the fingerprint of the facts, and the verifier sees it. A closed item takes nothing more
unless the problem is back and it is opened again (`closing.relapse`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from luoshi.core.journal.canonical import Value
from luoshi.core.workflow import closing as rules
from luoshi.core.workflow import table
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import collect, values
from luoshi.office.ledger.actions import base, supply
from luoshi.office.ledger.models import (
    Commitment,
    Progress,
    Reading,
    Relapse,
    StandingCheck,
)


@action("ledger.start", "开始办理", needs="ledger.work")
def start(act: Act, *, by: Person, commitment: int, version: int) -> Commitment:
    """Begin to work on an item, also one that was returned or has relapsed."""
    item = base.lock(act, commitment, version)
    base.require_own(by, item)
    base.move(act, item, "start")
    base.keep(act, item)
    act.about(item, facts={"state": item.state})
    return item


@action("ledger.progress", "记录进展", needs="ledger.work")
def add_progress(
    act: Act, *, by: Person, commitment: int, version: int | None, text: str, happened_on: date
) -> Progress:
    """Note what was done on which day; by who has the item in hand."""
    item = supply.open_item(act, commitment, version)
    base.require_own(by, item)
    row = act.save(
        Progress(
            office_id=item.office_id, commitment=item, author=by,
            text=values.words(text, "进展", 5, 5000),
            happened_on=supply.dated(item, happened_on, "发生日期"), added_at=act.time,
        )
    )  # fmt: skip
    new = {"happened_on": row.happened_on.isoformat()}
    base.keep(act, item, row.text, new=new)
    act.about(item, facts={"progress": row.pk, "text": row.text, **new})
    return row


@action("ledger.reading", "登记指标读数", needs="")
def add_reading(
    act: Act, *, by: Person, commitment: int, version: int | None, value: Any, read_on: date,
    source: str,
) -> Reading:  # fmt: skip
    """Enter the value of a number indicator on a day; a later one of the same day replaces it."""
    item = supply.open_item(act, commitment, version)
    supply.require_supplier(act, by, item)
    if item.indicator_kind != Commitment.IndicatorKind.NUMBER:
        raise Refused("这一事项没有数量指标，不用登记读数；可以提交佐证。")
    number = values.amount(value, "读数")
    if number is None:
        raise Refused("请填写读数。")
    row = act.save(
        Reading(
            office_id=item.office_id, commitment=item, author=by, value=number,
            read_on=supply.dated(item, read_on, "读数日期"),
            source=values.words(source, "数据来源", 2, 100), added_at=act.time,
        )
    )  # fmt: skip
    new = {
        "value": values.plain(row.value), "read_on": row.read_on.isoformat(), "source": row.source,
    }  # fmt: skip
    base.keep(act, item, new=new)
    act.about(item, facts={"reading": row.pk, **new})
    return row


@action("ledger.stand", "转入长期坚持", needs="ledger.work")
def stand(act: Act, *, by: Person, commitment: int, version: int) -> Commitment:
    """Let a standing item (长期坚持) stand: from now on it is checked again and again."""
    item = base.lock(act, commitment, version)
    base.require_own(by, item)
    if item.time_class != Commitment.TimeClass.STANDING or not item.check_days:
        raise Refused("只有时限类别为长期坚持、并定了复查间隔的事项可以转入长期坚持。")
    base.move(act, item, "stand")
    item.next_check = clock.today() + timedelta(days=item.check_days)
    base.keep(act, item, new={"next_check": item.next_check.isoformat()})
    act.about(item, facts={"next_check": item.next_check.isoformat()})
    return item


@action("ledger.standing.check", "复查", needs="")
def check_standing(
    act: Act, *, by: Person, commitment: int, version: int, checked_on: date, holds: bool,
    seen: str,
) -> StandingCheck:  # fmt: skip
    """Look whether a standing item is still kept; by somebody with no tie to it.

    Where it does not hold, the item has relapsed.
    """
    item = base.lock(act, commitment, version)
    base.require_seen(act, by, item, "ledger.verify")
    if item.state != "standing":
        raise Refused("只有转入长期坚持的事项需要复查。")
    day = supply.dated(item, checked_on, "复查日期")
    words = values.words(seen, "复查时看到了什么", 10, 5000)
    last = item.checks.order_by("-checked_on").first()
    if last is not None and day < last.checked_on:
        raise Refused(f"复查日期不能早于上一次复查（{last.checked_on.isoformat()}）。")
    facts, people = collect.item(item), collect.people(item.office_id)
    base.refuse(rules.witness(facts, people, by.pk, clock.today()))
    row = act.save(
        StandingCheck(
            office_id=item.office_id, commitment=item, by=by, checked_on=day, holds=holds,
            seen=words,
        )
    )  # fmt: skip
    if holds:
        item.next_check = day + timedelta(days=item.check_days or table.default_days("watch"))
    else:
        _relapse(act, by, item, day, words)
    new: dict[str, Value] = {"checked_on": day.isoformat(), "holds": holds}
    base.keep(act, item, words, new=new)
    act.about(item, facts={"check": row.pk, "seen": words, **new})
    return row


def _relapse(act: Act, by: Person, item: Commitment, day: date, reason: str) -> None:
    base.move(act, item, "relapse")
    act.save(
        Relapse(office_id=item.office_id, commitment=item, by=by, happened_on=day, reason=reason,
                added_at=act.time)
    )  # fmt: skip
    item.severity += 1
    item.next_check = None
