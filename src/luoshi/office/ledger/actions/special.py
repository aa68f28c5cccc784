"""Special ledgers (专项台账): a named set with one count that must reach its target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger import values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import Commitment, SpecialCount, SpecialLedger, SpecialPlace

COUNT_MOST = 2_000_000_000
PLACES_MOST = 5000


@action("special.create", "建立专项台账", needs="ledger.draft")
def create(
    act: Act, *, by: Person, name: str, counts: str, measure_unit: str, baseline: int, target: int,
    starts: date, deadline: date,
) -> SpecialLedger:  # fmt: skip
    """Set a special ledger up: what is counted, from what number to what number, until when."""
    title = values.words(name, "名称", 2, 80)
    if SpecialLedger.objects.filter(office=by.office_id, name=title).exists():
        raise Refused(f"已经有名为“{title}”的专项台账。")
    first, goal = _count(baseline, "起始数"), _count(target, "目标数")
    if first == goal:
        raise Refused("目标数与起始数相同，等于没有要求。")
    begins, ends = values.a_day(starts, "开始日期"), values.a_day(deadline, "完成期限")
    if ends <= begins:
        raise Refused("完成期限应当晚于开始日期。")
    row = act.save(
        SpecialLedger(
            office_id=by.office_id, name=title, counts=values.words(counts, "统计什么", 2, 80),
            measure_unit=values.words(measure_unit, "单位", 1, 10), baseline=first, target=goal,
            starts=begins, deadline=ends,
        )
    )  # fmt: skip
    act.about(row, facts={"name": title, "baseline": first, "target": goal})
    return row


def _count(value: Any, name: str) -> int:
    found = values.whole(value, name, 0, COUNT_MOST)
    if found is None:
        raise Refused(f"请填写{name}。")
    return found


def _require_reporter(by: Person, row: SpecialLedger) -> None:
    if not may(by, "ledger.draft", row) and not may(by, "ledger.work", row):
        raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")


@action("special.count", "登记专项数量", needs="")
def add_count(
    act: Act, *, by: Person, special: int, counted_on: date, value: int, source: str
) -> SpecialCount:
    """Enter the count of a day; a wrong one is corrected by a new one of the same day."""
    ledger = act.lock(SpecialLedger, special)
    _require_reporter(by, ledger)
    day = values.a_day(counted_on, "统计日期")
    base.day_not_ahead(day, "统计日期")
    if day < ledger.starts:
        raise Refused(f"统计日期不能早于专项开始的日期（{ledger.starts.isoformat()}）。")
    row = act.save(
        SpecialCount(
            office_id=ledger.office_id, special=ledger, counted_on=day, author=by,
            value=_count(value, "数量"), source=values.words(source, "数据来源", 2, 100),
        )
    )  # fmt: skip
    act.about(ledger, facts={"count": row.pk, "counted_on": day.isoformat(), "value": row.value})
    return row


@action("special.places", "登记专项地点", needs="ledger.draft")
def add_places(act: Act, *, by: Person, special: int, names: Iterable[str]) -> list[SpecialPlace]:
    """Add places to a special ledger, each once; those that stand there already are refused."""
    ledger = act.lock(SpecialLedger, special)
    wanted = [values.words(name, "地点", 2, 80) for name in names]
    if not wanted:
        raise Refused("请填写地点，每行一个。")
    if len(wanted) > PLACES_MOST:
        raise Refused(f"一次最多登记{PLACES_MOST}个地点，请分批登记。")
    named = Counter([*wanted, *ledger.places.values_list("name", flat=True)])
    twice = sorted({name for name in wanted if named[name] > 1})
    if twice:
        listed = "、".join(twice[:5])
        raise Refused(
            f"有{len(twice)}个地点重复（{listed}{'等' if len(twice) > 5 else ''}），请删去后再登记。"
        )
    rows = [SpecialPlace(office_id=ledger.office_id, special=ledger, name=name) for name in wanted]
    made = act.create_many(rows)
    act.about(ledger, facts={"places": len(made)})
    return made


@action("special.place.done", "地点完成", needs="")
def place_done(act: Act, *, by: Person, place: int, done_on: date) -> SpecialPlace:
    """Say since when a place is done; refused while the item it belongs to is open."""
    row, ledger = _place(act, by, place)
    if row.done_on is not None:
        raise Refused(f"“{row.name}”已经登记完成（{row.done_on.isoformat()}）。")
    item = row.commitment
    if item is not None and table.states()[item.state].open:
        raise Refused(
            f"“{row.name}”对应的整改事项（编号{item.number}）还没有销号，不能登记完成。请先办结该事项。"
        )
    day = values.a_day(done_on, "完成日期")
    base.day_not_ahead(day, "完成日期")
    if day < ledger.starts:
        raise Refused(f"完成日期不能早于专项开始的日期（{ledger.starts.isoformat()}）。")
    row.done_on = day
    act.save(row)
    act.about(ledger, facts={"place": row.pk, "done_on": day.isoformat()})
    return row


@action("special.place.undone", "地点反弹", needs="")
def place_undone(act: Act, *, by: Person, place: int, reason: str) -> SpecialPlace:
    """Say that a place is not done any more; how often is counted and shown."""
    row, ledger = _place(act, by, place)
    if row.done_on is None:
        raise Refused(f"“{row.name}”还没有登记完成。")
    row.reason = values.words(reason, "反弹的情况", 5, 200)
    before, row.done_on = row.done_on, None
    row.reopened += 1
    act.save(row)
    act.about(ledger, facts={"place": row.pk, "done_on": before.isoformat(), "reason": row.reason})
    return row


def _place(act: Act, by: Person, key: int) -> tuple[SpecialPlace, SpecialLedger]:
    row = act.lock(SpecialPlace, key)
    ledger = act.lock(SpecialLedger, row.special_id)
    _require_reporter(by, ledger)
    return row, ledger


@action("special.place.link", "地点对应整改事项", needs="ledger.draft")
def link_place(act: Act, *, by: Person, place: int, commitment: int | None) -> SpecialPlace:
    """Say which item of the special ledger a place belongs to (None: none)."""
    row, ledger = _place(act, by, place)
    if commitment is not None:
        item = act.lock(Commitment, commitment)
        if item.special_id != ledger.pk:
            raise Refused(f"编号{item.number}不在这个专项台账里，请先把它列入。")
    before, row.commitment_id = row.commitment_id, commitment
    act.save(row)
    act.about(ledger, facts={"place": row.pk, "old": before, "new": commitment})
    return row


@action("special.link", "列入专项台账", needs="ledger.draft")
def link(act: Act, *, by: Person, commitment: int, version: int, special: int | None) -> Commitment:
    """File an item under a special ledger, or take it out (None); nothing agreed changes."""
    item = base.lock(act, commitment, version)
    before = item.special_id
    if special is not None:
        act.lock(SpecialLedger, special)
    elif before is None:
        raise NotFound("这一事项不在任何专项台账里。")
    if SpecialPlace.objects.filter(commitment=item).exclude(special_id=special or 0).exists():
        raise Refused("有地点对应这一事项，请先解除对应，再移出专项台账。")
    item.special_id = special
    base.keep(act, item, old={"special": before}, new={"special": special})
    act.about(item, facts={"old": before, "new": special})
    return item
