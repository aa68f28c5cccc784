"""The review opinion (审核意见) on one draft, as a paper: what was found, where, what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.core.paper.model import Block, Column, Heading, Note, Paper, Paragraph, Table
from luoshi.core.paper.wording import day
from luoshi.core.reading.docx.numformats import format_number


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked: the place in words, what stands there, what is to be done, why."""

    place: str
    quote: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the material: what it counts, the figure in words, how it was counted."""

    label: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """Everything that an opinion says. ``digest`` ties it to the text and remarks of that day."""

    office: str
    meeting: str
    name: str
    unit: str
    title: str
    number: int
    received: date
    passed: bool
    words: str
    answer_by: date | None
    reviewer: str
    decided: date
    counts: tuple[Count, ...]
    asked: tuple[Asked, ...]
    digest: str


def paper(held: Opinion) -> Paper:
    """Return the opinion as a paper (GB/T 9704-2012)."""
    body: list[Block] = [Paragraph((_opening(held),))]
    heads = iter(range(1, 9))

    def head(words: str) -> None:
        body.append(Heading(1, (f"{format_number(next(heads), 'chineseCounting')}、{words}",)))

    if held.words:
        head("总的意见")
        body += [Paragraph((line.strip(),)) for line in held.words.splitlines() if line.strip()]
    if held.counts:
        head("材料的情况")
        body.append(_counts(held))
    if held.asked:
        head(f"需要修改的地方（{len(held.asked)}处）")
        body.append(_asked(held))
    head("办理要求")
    body.append(
        Paragraph(
            (_asks(held), Note(f"本意见所依据的原文和意见的摘要（SHA-256）：{held.digest}。"))
        )
    )
    title = (held.office, f"关于{held.name}对照检查材料的审核意见")
    return Paper(title, held.name, tuple(body), f"审阅人：{held.reviewer}", held.decided).fit()


def _opening(held: Opinion) -> str:
    whose = f"{held.name}（{held.unit}）" if held.unit else held.name
    outcome = "通过" if held.passed else "退回修改"
    return (
        f"为准备{held.meeting}，审阅了{whose}报送的第{held.number}稿《{held.title}》"
        f"（{day(held.received)}收到）。审核结论：{outcome}。"
    )


def _asks(held: Opinion) -> str:
    if held.passed:
        more = "上面列出的地方请一并改正，改好的稿子交经办人备存。" if held.asked else ""
        return f"材料审核通过。{more}"
    until = f"于{day(held.answer_by)}前" if held.answer_by else "尽快"
    return f"请对照上面的意见修改，{until}把新稿报送经办人。新稿另行审阅。"


def _counts(held: Opinion) -> Table:
    columns = Column("项目", 4), Column("情况", 9), Column("怎么数的", 9)
    return Table(columns, tuple((c.label, c.figure, c.source) for c in held.counts))


def _asked(held: Opinion) -> Table:
    columns = Column("序号", 2), Column("位置和原文", 9), Column("意见", 11)
    return Table(
        columns,
        tuple(
            (str(n), f"{one.place}：{one.quote}" if one.quote else one.place,
             f"{one.text}（{one.basis}）" if one.basis else one.text)
            for n, one in enumerate(held.asked, 1)
        ),
    )  # fmt: skip
