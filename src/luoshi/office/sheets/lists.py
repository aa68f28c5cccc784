"""The sheets of an export: the ledger, or 问题清单、任务清单、责任清单, each figure with what it counts."""

from __future__ import annotations

from datetime import date

from luoshi.core.workflow import table
from luoshi.formats.sheets_out import Column, List
from luoshi.office.sheets.outrows import OutRow

_SHORT = {
    "编号": 11, "牵头领导": 9, "责任单位": 10, "责任人": 9, "协办人": 9, "整改时限": 12, "时限类别": 10,
    "销号情况": 10,
}  # fmt: skip


def _columns(**long: int) -> tuple[Column, ...]:
    """Return the columns of a sheet, in order; a width of 0 stands for the usual one, centred."""
    return tuple(
        Column(title, width or _SHORT.get(title, 6), middle=not width)
        for title, width in long.items()
    )


# Together not wider than what can still be read on A4 across.
_LEDGER = _columns(
    序号=0, 编号=0, 问题来源=11, 问题=18, 具体表现=18, 整改措施=25, 怎样算做到=16, 牵头领导=0, 责任单位=0, 责任人=0,
    协办人=0, 整改时限=0, 时限类别=0, 整改进展=19, 销号情况=0,
)  # fmt: skip
_PROBLEMS = _columns(序号=0, 问题=40, 具体表现=52, 问题来源=22, 对应事项编号=24)
_TASKS = _columns(
    序号=0,
    编号=0,
    问题=27,
    整改措施=34,
    怎样算做到=22,
    整改时限=0,
    时限类别=0,
    整改进展=24,
    销号情况=0,
)
_DUTIES = _columns(
    序号=0, 编号=0, 整改措施=60, 牵头领导=14, 责任单位=16, 责任人=0, 协办人=16, 整改时限=0
)
_ON_A_LINE = 2


def counted(rows: list[OutRow], words: str, today: date) -> str:
    """Return what the figures of a sheet count."""
    states = table.states()
    still = [row.item for row in rows if states[row.item.state].open]
    late = sum(item.deadline is not None and item.deadline < today for item in still)
    blind = sum(item.indicator_kind == "none" for item in still)
    return (
        f"{today.year}年{today.month}月{today.day}日导出。范围：{words}。共列整改事项{len(rows)}项："
        f"其中未办结{len(still)}项（问题还在，含草稿），已超期{late}项（未办结，且时限早于导出当日），"
        f"无法核验{blind}项（未办结，且没有指标或可观察的标准）。"
    )


def ledger(rows: list[OutRow], office: str, words: str, today: date) -> list[List]:
    """Return the ledger as one sheet."""
    held = [
        (
            number, row.item.number, _joined(p.source for p in row.problems),
            _joined(p.words for p in row.problems), _joined(p.details for p in row.problems),
            row.measure, row.indicator, row.leader, row.unit, row.owner, row.co_owners, row.deadline,
            row.item.get_time_class_display(), row.progress, row.state,
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return [List("整改台账", f"{office}整改台账", counted(rows, words, today), _LEDGER, held)]


def three(rows: list[OutRow], office: str, words: str, today: date) -> list[List]:
    """Return the three lists as three sheets."""
    note = counted(rows, words, today)
    problems: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        for p in row.problems:
            problems.setdefault((p.words, p.details, p.source), []).append(row.item.number)
    without = sum(not row.problems for row in rows)
    first = [
        (number, *problem, _numbers(numbers))
        for number, (problem, numbers) in enumerate(problems.items(), 1)
    ]
    tasks = [
        (
            number, row.item.number, _joined(p.words for p in row.problems), row.measure, row.indicator,
            row.deadline, row.item.get_time_class_display(), row.progress, row.state,
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    by_hand = sorted(rows, key=lambda row: (row.unit == "", row.unit, row.owner, row.item.number))
    duties = [
        (
            number, row.item.number, row.measure, row.leader, row.unit, row.owner, row.co_owners,
            row.deadline,
        )
        for number, row in enumerate(by_hand, 1)
    ]  # fmt: skip
    said = (
        f"{note}共列问题{len(problems)}个：上述事项所对应的问题，相同的只列一次；"
        f"另有{without}项没有对应问题。"
    )
    alone = sum(not row.owner for row in rows)
    return [
        List("问题清单", f"{office}问题清单", said, _PROBLEMS, first),
        List("任务清单", f"{office}任务清单", note, _TASKS, tasks),
        List("责任清单", f"{office}责任清单", f"{note}其中还没有责任人的{alone}项。", _DUTIES, duties),
    ]  # fmt: skip


def _numbers(held: list[str]) -> str:
    """Return the numbers of items, so few on a line that no number is broken."""
    starts = range(0, len(held), _ON_A_LINE)
    return "、\n".join("、".join(held[n : n + _ON_A_LINE]) for n in starts)


def _joined(words: object) -> str:
    return "\n".join(dict.fromkeys(filter(None, words)))  # type: ignore[call-overload]  # texts
