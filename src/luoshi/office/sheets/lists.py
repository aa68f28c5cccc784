"""The sheets of an export: the ledger, or 问题清单、任务清单、责任清单, each figure with what it counts."""

from __future__ import annotations

from datetime import date

from luoshi.core.workflow import table
from luoshi.formats.sheets_out import Column, List
from luoshi.office.sheets.outrows import OutRow

_LEDGER = (
    Column("序号", 6), Column("编号", 11), Column("问题来源", 14), Column("问题", 26),
    Column("具体表现", 26), Column("整改措施", 34), Column("怎样算做到", 22), Column("牵头领导", 10),
    Column("责任单位", 12), Column("责任人", 10), Column("协办人", 10), Column("整改时限", 12),
    Column("时限类别", 10), Column("整改进展", 28), Column("销号情况", 12),
)  # fmt: skip
_PROBLEMS = (
    Column("序号", 6), Column("问题", 46), Column("具体表现", 56), Column("问题来源", 26),
    Column("对应事项编号", 24),
)  # fmt: skip
_TASKS = (
    Column("序号", 6), Column("编号", 11), Column("问题", 36), Column("整改措施", 46),
    Column("怎样算做到", 30), Column("整改时限", 12), Column("时限类别", 10), Column("整改进展", 36),
    Column("销号情况", 14),
)  # fmt: skip
_DUTIES = (
    Column("序号", 6), Column("编号", 11), Column("整改措施", 60), Column("牵头领导", 14),
    Column("责任单位", 18), Column("责任人", 12), Column("协办人", 18), Column("整改时限", 14),
)  # fmt: skip


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
        (number, *problem, "、".join(numbers))
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


def _joined(words: object) -> str:
    return "\n".join(dict.fromkeys(filter(None, words)))  # type: ignore[call-overload]  # texts
