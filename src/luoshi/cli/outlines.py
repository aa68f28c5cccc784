"""``luoshi outlines``: the outlines that can be chosen, with their source."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from luoshi.cli.batch import known_outline
from luoshi.core import knowledge
from luoshi.core.material.outline import Outline, ids, load

if TYPE_CHECKING:
    from rich.console import Console

_BASIS = {
    "law": "法规",
    "seen": "公开材料所见",
    "default": "未证实，可由本单位改写",
    "custom": "惯例",
}
_NARROW = 90
"""With fewer columns a table would fold every name into several lines."""


@click.command(
    "outlines",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi outlines\n  luoshi outlines 2025-democratic-life",
)
@click.argument("outline", required=False, metavar="[提纲]")
def outlines_command(outline: str | None) -> int:
    """列出已知的提纲；写明一个提纲时，列出它要求的各项标题。"""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    if outline is not None:
        known_outline(outline)
        _show(console, load(outline))
    elif console.width < _NARROW:
        _print_items(console)
    else:
        _print_table(console)
    return 0


def _show(console: Console, chosen: Outline) -> None:
    _say(console, f"{chosen.name}（{chosen.id}）", "bold")
    for index, aspect in enumerate(chosen.aspects, 1):
        _say(console, f"{index}. {aspect.name}{'（部分地方有）' if aspect.optional else ''}")
    if not chosen.aspects:
        _say(console, "没有规定的分项标题。")
    if chosen.previous:
        _say(console, f"上一次会议：{chosen.previous}")
    _say(console, f"依据：{_basis(chosen)}（{chosen.source}，{chosen.dated}）")


def _basis(outline: Outline) -> str:
    """Return how sure an outline is, and whether the office has imported it."""
    imported = "，资料包" if f"outlines/{outline.id}" in knowledge.added() else ""
    return _BASIS[outline.basis] + imported


def _count(outline: Outline) -> int:
    """Return how many headings are asked for; the case (案例剖析) is a part of its own."""
    return sum(aspect.part != "case" for aspect in outline.aspects)


def _print_items(console: Console) -> None:
    for each in map(load, ids()):
        count = f"分项 {_count(each)}；" if each.aspects else ""
        _say(console, each.id, "bold")
        _say(console, f"{each.name}（{count}{_basis(each)}）", indent=2)


def _print_table(console: Console) -> None:
    from rich.cells import cell_len
    from rich.table import Table

    from luoshi.formats.wrapping import wrapped

    chosen = [load(name) for name in ids()]
    rows = [(o.id, str(_count(o) or "—"), o.name, _basis(o)) for o in chosen]
    titles = ("提纲", "分项", "名称", "依据")
    taken = sum(max(cell_len(row[n]) for row in (titles, *rows)) + 2 for n in (0, 1, 3))
    room = console.width - taken - 2
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for title in ("提纲", "名称", "分项", "依据"):
        table.add_column(title, justify="right" if title == "分项" else "left", no_wrap=True)
    for outline_id, count, name, basis in rows:
        table.add_row(outline_id, "\n".join(wrapped(name, room)), count, basis)
    console.print(table)


def _say(console: Console, words: str, style: str = "", indent: int = 0) -> None:
    from rich.text import Text

    from luoshi.formats.wrapping import wrapped

    for line in wrapped(words, console.width - indent):
        console.print(Text(" " * indent + line, style=style))
