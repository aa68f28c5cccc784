"""``luoshi demo``: the main job on the sample, and a check of everything that comes out."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import click

from luoshi.cli.demo_outputs import write_outputs
from luoshi.cli.output import CannotWriteError
from luoshi.cli.planted import planted
from luoshi.core.checks.handbook import FAMILY_NAMES
from luoshi.core.checks.model import Report
from luoshi.core.material import Examination

_SUFFIXES = ("docx", "md", "pdf")


@click.command(
    "demo",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi demo\n  luoshi demo -o 演示/\n  luoshi demo --office",
)
@click.option("-o", "--output", metavar="文件夹", default="out", show_default=True,
              type=click.Path(path_type=Path), help="把各种样式的结果写到这个文件夹。")  # fmt: skip
@click.option("--office", is_flag=True, help="再建一个演示单位，有一年的台账，可以登录看看。")
def demo_command(output: Path, office: bool) -> int:
    """读入自带的样例（虚构的对照检查材料，里面埋了几十处毛病），拆分、检查、写出结果并自检。"""
    from luoshi.engines.interface import check, split

    folder = files("luoshi") / "data" / "samples"
    results: dict[str, Examination] = {}
    for suffix in _SUFFIXES:
        with as_file(folder / f"self-examination.{suffix}") as path:
            results[suffix] = split(path)
    failures = _compare(results)
    with as_file(folder / "self-examination.docx") as path:
        report = check(path)
        _show(path.name, report)
        try:
            written, wrong = write_outputs(path, report, output)
        except OSError as error:
            raise CannotWriteError(output, error) from None
    failures += _show_planted(report) + wrong
    click.echo("\n写出的结果：")
    for target, words in written:
        click.echo(f"  {target}：{words}")
    for failure in failures:
        click.echo(f"自检不通过：{failure}", err=True)
    if failures:
        return 2
    counts = [len(results["docx"].of_kind(k)) for k in ("problem", "cause", "measure")]
    click.echo(
        "\n自检通过：Word、PDF、Markdown 三种样例拆出的内容一致"
        "（问题 {}、原因 {}、措施 {}），各种结果逐项核对无误。".format(*counts)
    )
    if not office:
        click.echo("下一步：luoshi check 你的材料.docx")
        return 0
    from luoshi.cli.demo_office import show_office

    wrong = show_office(output)
    for words in wrong:
        click.echo(f"自检不通过：{words}", err=True)
    return 2 if wrong else 0


def _show(name: str, report: Report) -> None:
    """Print the tree and what is unanswered, then what ``luoshi check`` prints."""
    from luoshi.core.checks.policy import fingerprints
    from luoshi.formats.findings_text import print_findings, summary, text_record
    from luoshi.formats.record import document_record
    from luoshi.formats.terminal import ResultConsole, print_record

    width = None if sys.stdout.isatty() else 100
    console = ResultConsole(width=width, highlight=False, emoji=False)
    print_record(console, document_record(report, name, details=True), lists=False)
    marks = fingerprints(report.document, report.findings)
    print_findings(console, name, text_record(report, marks), "warning", details=False)
    counts = Counter(str(finding.severity) for finding in report.findings)
    click.echo(f"{name}：{summary(counts, 'note')}")


def _show_planted(report: Report) -> list[str]:
    """Print how many of the planted defects are found; return those that should be and are not."""
    planted_in, found_in = Counter[str](), Counter[str]()
    open_, failures = [], []
    for defect in planted():
        planted_in[defect.family] += 1
        if defect.found_by(report) is not None:
            found_in[defect.family] += 1
            continue
        words = f"{defect.quote}（{defect.why}）"
        open_.append(words)
        if not defect.missed:
            failures.append(f"样例里埋下的毛病没有查出：{words}")
    order = [*(name for name in FAMILY_NAMES.values() if name in planted_in), *planted_in]
    families = "、".join(f"{n} {found_in[n]}/{planted_in[n]}" for n in dict.fromkeys(order))
    click.echo(
        f"\n样例里埋下 {planted_in.total()} 处毛病，查出 {found_in.total()} 处：{families}。"
    )
    for words in open_:
        click.echo(f"  还查不出：{words}")
    return failures


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
