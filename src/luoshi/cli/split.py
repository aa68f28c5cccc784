"""``luoshi split``: the tree, the three lists and what is left unanswered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from luoshi.cli.batch import chosen_files, known_outline, records
from luoshi.cli.output import CannotWriteError, refuse_overwriting, writing
from luoshi.core.reading.model import ReadError

Results = Iterator[tuple[Path, dict[str, Any] | ReadError]]


@click.command(
    "split",
    options_metavar="[选项]",
    short_help="拆出问题、原因、措施，并指出哪些没有回应",
    epilog="例子：\n\n\b\n  luoshi split 材料.docx\n  luoshi split 材料.docx --outline 2025-democratic-life\n"
    "  luoshi split 2025年材料/ --format xlsx -o 三张清单.xlsx\n"
    "  luoshi split '材料/*.docx' --format json --with-text > 结果.json",
)
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx"]), default="text",
              show_default=True, help="结果的样式：text 屏幕阅读，json 供程序使用，xlsx 三张清单。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path),
              help="把结果写到这个文件（xlsx 必须写明）。")  # fmt: skip
@click.option(
    "--outline", metavar="提纲", help="指定提纲；不写则按材料自己判断。“luoshi outlines”列出全部。"
)
@click.option("--with-text", is_flag=True, help="在 JSON 里附上全文。")
@click.option(
    "--details", is_flag=True, help="在 JSON 里附上标题、出处、依据的词等供人阅读的内容。"
)
@click.option("--jobs", type=int, default=os.cpu_count() or 1, metavar="数",
              help="多份材料时同时处理几份。")  # fmt: skip
def split_command(
    paths: tuple[str, ...], form: str, output: Path | None, outline: str | None,
    with_text: bool, details: bool, jobs: int,
) -> int:  # fmt: skip
    """把材料拆成问题、原因、措施三张清单，每一条都注明出处，并指出没有措施回应的问题。

    可以一次给多份材料、文件夹或通配符（*）。有材料读不了时，其余照常处理，最后以 2 退出。
    """
    known_outline(outline)
    if form == "xlsx" and output is None:
        raise click.UsageError("导出 Excel 请用 -o 写明文件名，例如：-o 三张清单.xlsx")
    files = chosen_files(paths)
    refuse_overwriting(output, files)
    options = {
        "outline": outline,
        "details": details or form != "json",
        "with_text": with_text and form == "json",
    }
    failures: list[tuple[Path, ReadError]] = []
    results = _watched(records(files, max(1, min(jobs, len(files), 64)), options), failures)
    try:
        {"text": _text, "json": _json, "xlsx": _xlsx}[form](results, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWriteError(output, error) from None
    for path, problem in failures:
        click.echo(f"{path}：{problem.message}", err=True)
    if failures and len(files) > 1:
        click.echo(f"共 {len(files)} 份材料，{len(failures)} 份没有读成。", err=True)
    return 2 if failures else 0


def _watched(results: Results, failures: list[tuple[Path, ReadError]]) -> Iterator[dict[str, Any]]:
    for path, result in results:
        if isinstance(result, ReadError):
            failures.append((path, result))
        else:
            yield result


def _json(results: Iterator[dict[str, Any]], output: Path | None) -> None:
    """Write the contract's JSON as a stream: ten thousand documents need no more memory."""
    with writing(output) as stream:
        stream.write('{"documents": [')
        for index, record in enumerate(results):
            stream.write(("," if index else "") + "\n")
            stream.write(json.dumps(record, ensure_ascii=False))
        stream.write("\n]}\n")


def _text(results: Iterator[dict[str, Any]], output: Path | None) -> None:
    from luoshi.formats.terminal import ResultConsole, print_record

    with writing(output) as stream:
        width = None if stream.isatty() else 100
        console = ResultConsole(file=stream, width=width, highlight=False, emoji=False)
        for record in results:
            print_record(console, record)


def _xlsx(results: Iterator[dict[str, Any]], output: Path | None) -> None:
    from luoshi.formats.lists_xlsx import write_lists

    assert output is not None
    written = write_lists(results, output)
    if written:
        click.echo(f"已写入 {output}（{written} 份材料）。", err=True)
