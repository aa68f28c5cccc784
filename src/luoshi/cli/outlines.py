"""``luoshi outlines``: the outlines that can be chosen, with their source."""

from __future__ import annotations

import sys

import click

from luoshi.core.material.outline import ids, load

_BASIS = {
    "law": "法规",
    "seen": "公开材料所见",
    "default": "未证实，可由本单位改写",
    "custom": "惯例",
}


@click.command(
    "outlines",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi outlines\n  luoshi outlines 2025-democratic-life",
)
@click.argument("outline", required=False, metavar="[提纲]")
def outlines_command(outline: str | None) -> int:
    """列出已知的提纲；写明一个提纲时，列出它要求的各项标题。"""
    from rich.console import Console
    from rich.table import Table

    from luoshi.cli.batch import known_outline

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    if outline is not None:
        known_outline(outline)
        chosen = load(outline)
        console.print(f"[bold]{chosen.name}[/]（{chosen.id}）")
        for index, aspect in enumerate(chosen.aspects, 1):
            console.print(f"  {index}. {aspect.name}{'（部分地方有）' if aspect.optional else ''}")
        if not chosen.aspects:
            console.print("  没有规定的分项标题。")
        if chosen.previous:
            console.print(f"上一次会议：{chosen.previous}")
        console.print(f"依据：{_BASIS[chosen.basis]}（{chosen.source}，{chosen.dated}）")
        return 0
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for title in ("提纲", "名称", "分项", "依据"):
        table.add_column(title, justify="right" if title == "分项" else "left")
    for name in ids():
        each = load(name)
        table.add_row(each.id, each.name, str(len(each.aspects) or "—"), _BASIS[each.basis])
    console.print(table)
    return 0
