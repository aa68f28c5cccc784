"""``luoshi split``: the tree, the three lists and what is left unanswered."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from luoshi.cli.batch import Record, Records, chosen_files, jobs_option, known_outline, records
from luoshi.cli.output import (
    CannotWriteError,
    form_of,
    refuse_overwriting,
    say_written,
    writing,
)
from luoshi.core.reading.model import ReadError
from luoshi.engines.tasks import split_record

Failures = list[tuple[str, ReadError]]


@click.command(
    "split",
    options_metavar="[选项]",
    short_help="拆出问题、原因、措施，并指出哪些没有回应",
    epilog="例子：\n\n\b\n  luoshi split 材料.docx\n  luoshi split 材料.docx --outline 2025-democratic-life\n"
    "  luoshi split 2025年材料/ -o 三张清单.xlsx\n"
    "  luoshi split '材料/*.docx' --format json --with-text > 结果.json",
)
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx"]),
              help="结果的样式：text 屏幕阅读，json 供程序使用，xlsx 三张清单。"
              "不写则看 -o 的后缀，没有后缀就是 text。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path),
              help="把结果写到这个文件（xlsx 必须写明）。")  # fmt: skip
@click.option(
    "--outline", metavar="提纲", help="指定提纲；不写则按材料自己判断。“luoshi outlines”列出全部。"
)
@click.option("--with-text", is_flag=True, help="在 JSON 里附上全文。")
@click.option(
    "--details", is_flag=True, help="在 JSON 里附上标题、出处、依据的词等供人阅读的内容。"
)
@jobs_option
def split_command(
    paths: tuple[str, ...], form: str | None, output: Path | None, outline: str | None,
    with_text: bool, details: bool, jobs: int,
) -> int:  # fmt: skip
    """把材料拆成问题、原因、措施三张清单，每一条都注明出处，并指出没有措施回应的问题。

    可以一次给多份材料、文件夹或通配符（*）。有材料读不了时，其余照常处理，最后以 2 退出。
    """
    known_outline(outline)
    chosen_form = form_of(form, output)
    files, nothing = chosen_files(paths)
    refuse_overwriting(output, files)
    options = {
        "outline": outline,
        "details": details or chosen_form != "json",
        "with_text": with_text and chosen_form == "json",
    }
    failures: Failures = list(nothing)
    label = "正在拆分" if output is not None or not sys.stdout.isatty() else None
    found = records(split_record, files, min(jobs, len(files)), options, label)
    results = _watched(found, failures)
    try:
        _write(chosen_form, results, output, _names(files), failures)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWriteError(output, error) from None
    for name, problem in failures:
        click.echo(f"{name or '（空）'}：{problem.message}", err=True)
    total = len(files) + len(nothing)
    if failures and total > 1:
        click.echo(f"共 {total} 份材料，{len(failures)} 份没有读成。", err=True)
    return 2 if failures else 0


def _watched(results: Records, failures: Failures) -> Iterator[Record]:
    for path, result in results:
        if isinstance(result, ReadError):
            failures.append((str(path), result))
        else:
            yield result


def _names(files: list[Path]) -> dict[str, str]:
    """Return for each path the file name, or where names repeat the way from the common folder."""
    counts = Counter(path.name for path in files)
    common = os.path.commonpath([path.absolute().parent for path in files])
    return {
        str(path): path.name if counts[path.name] == 1 else os.path.relpath(path, common)
        for path in files
    }


def _write(
    form: str, results: Iterator[Record], output: Path | None, names: dict[str, str],
    failures: Failures,
) -> None:  # fmt: skip
    if output is None:
        {"text": _text, "json": _json}[form](results, None)
        return
    first = next(results, None)
    if first is None:
        click.echo(f"没有一份材料读成，没有写 {output}。", err=True)
        return
    replaced = output.exists()
    results = chain([first], results)
    if form == "xlsx":
        from luoshi.formats.lists_xlsx import write_lists

        count = write_lists(results, output, names, failures)
    else:
        count = {"text": _text, "json": _json}[form](results, output)
    say_written(output, count, replaced)


def _json(results: Iterator[Record], output: Path | None) -> int:
    """Write the contract's JSON as a stream: ten thousand documents need no more memory."""
    count = 0
    with writing(output) as stream:
        stream.write('{"documents": [')
        for record in results:
            stream.write(("," if count else "") + "\n")
            stream.write(json.dumps(record, ensure_ascii=False))
            count += 1
        stream.write("\n]}\n")
    return count


def _text(results: Iterator[Record], output: Path | None) -> int:
    from luoshi.formats.terminal import ResultConsole, print_record

    count = 0
    with writing(output) as stream:
        width = None if stream.isatty() else 100
        console = ResultConsole(file=stream, width=width, highlight=False, emoji=False)
        for record in results:
            print_record(console, record)
            count += 1
    return count
