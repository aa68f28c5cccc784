"""Facts for the tests of papers: one item with everything, and ways to change it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.core.paper import facts

TODAY = date(2026, 11, 23)
STANDING = facts.Standing(TODAY, 41, "ab" * 32)
PROBLEM = facts.Problem(1, "三/1", "占道经营没有解决。", "居民反映强烈。", "2025年度对照检查材料")
SECOND = facts.Problem(2, "三/2", "会议偏多。", "", "2025年度对照检查材料")
ITEM = facts.ItemFact(
    number="2026-0001", title="整治占道经营", state="working", state_label="进行中", is_open=True,
    measure="整治占道经营点。", problems=(PROBLEM,), no_problem="", owner="周明", unit="城管科",
    co_owners=("吴芳",), deadline=date(2026, 12, 31), deadline_note="", time_class="short",
    time_label="短期攻坚", next_check=None, returns_on=None, watch_ends=None,
    indicator_kind="number", indicator="占道经营点", baseline=Decimal("30.00"), target=Decimal("5.00"),
    measure_unit="处", source="现场清点", criterion=("", "", "", ""), criterion_met=None,
)  # fmt: skip


def item(number: int, **columns) -> facts.ItemFact:
    return replace(ITEM, number=f"2026-{number:04d}", **columns)


def closed(number: int, **columns) -> facts.ItemFact:
    held = {"state": "confirmed", "state_label": "确认", "is_open": False}
    return item(number, **(held | columns))


def subject(*items, **more) -> facts.Subject:
    held = {"material": "2025年度对照检查材料", "problems": (PROBLEM, SECOND)}
    return facts.Subject("柳河街道办事处", "", STANDING, tuple(items), **(held | more))


def words(paper) -> str:
    """Return everything that a paper says, footnotes in brackets."""
    from luoshi.core.paper.model import Note, Table

    lines = list(paper.title)
    for block in paper.body:
        if isinstance(block, Table):
            lines += ["|".join(row) for row in block.rows]
        else:
            lines.append("".join(f"[{p.text}]" if isinstance(p, Note) else p for p in block.parts))
    return "\n".join(lines)
