"""``luoshi demo``: the main job on the sample, and a check of the result."""

from __future__ import annotations

import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import click

from luoshi.core.material import Examination

_SUFFIXES = ("docx", "md", "pdf")


@click.command("demo", options_metavar="[选项]", epilog="例子：\n\n\b\n  luoshi demo")
def demo_command() -> int:
    """读入自带的样例（虚构的对照检查材料，Word 自动编号），拆分并自检。"""
    from rich.console import Console

    from luoshi.engines.interface import split
    from luoshi.engines.tasks import split_record
    from luoshi.formats.lists_xlsx import write_lists
    from luoshi.formats.terminal import print_record

    folder = files("luoshi") / "data" / "samples"
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False, emoji=False)
    with as_file(folder / "self-examination.docx") as path:
        record = split_record(path, details=True) | {"path": path.name}
    print_record(console, record)
    results: dict[str, Examination] = {}
    for suffix in _SUFFIXES:
        with as_file(folder / f"self-examination.{suffix}") as path:
            results[suffix] = split(path)
    failures = _compare(results)
    with tempfile.TemporaryDirectory() as scratch:
        if write_lists([record], Path(scratch) / "lists.xlsx") != 1:
            failures.append("三张清单没有写成 Excel。")
    for failure in failures:
        click.echo(f"自检不通过：{failure}", err=True)
    if failures:
        return 2
    counts = [len(results["docx"].of_kind(k)) for k in ("problem", "cause", "measure")]
    click.echo(
        "自检通过：Word、PDF、Markdown 三种样例拆出的内容一致"
        "（问题 {}、原因 {}、措施 {}）。".format(*counts)
    )
    click.echo("下一步：luoshi split 你的材料.docx")
    return 0


def _compare(results: dict[str, Examination]) -> list[str]:
    """Return in what the sample's three forms differ, in Chinese."""
    shapes = {
        suffix: [
            (p.kind, p.path, "".join(done.text_of(p).split()).replace("*", "")) for p in done.points
        ]
        for suffix, done in results.items()
    }
    failures = [f"{s} 样例没有拆出内容。" for s, shape in shapes.items() if not shape]
    for suffix, shape in shapes.items():
        if shape != shapes["docx"]:
            other = next((a for a, b in zip(shape, shapes["docx"], strict=False) if a != b), None)
            failures.append(
                f"{suffix} 样例与 Word 样例拆得不一样：{other[1] if other else '条数不同'}"
            )
    return failures
