"""``luoshi overlap``: passages that materials share."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from luoshi.cli.batch import chosen_files, jobs_option, records
from luoshi.cli.output import CannotWriteError, refuse_overwriting
from luoshi.core.reading.model import ReadError


@click.command(
    "overlap",
    options_metavar="[选项]",
    short_help="找出材料之间雷同的段落",
    epilog="例子：\n\n\b\n  luoshi overlap 2025年材料/\n"
    "  luoshi overlap 2025年材料/ --reference 2024年材料/ --format json -o 雷同.json",
)
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@click.option("--reference", "references", multiple=True, metavar="文件或文件夹",
              help="往年的材料或已知的范文：只看这批材料有没有抄它们，可以写多次。")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="text 屏幕阅读，json 供程序使用。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path),
              help="把结果写到这个文件。")  # fmt: skip
@jobs_option
def overlap_command(
    paths: tuple[str, ...], references: tuple[str, ...], form: str, output: Path | None, jobs: int
) -> int:
    """找出材料之间雷同的段落：一字不差的、换了词句的、调了顺序的。

    提纲标题、固定提法和多数人都写的话不算。有雷同时以 1 退出，没有时以 0 退出；
    有材料读不了时，其余照常比对，最后以 2 退出。
    """
    old, no_old = chosen_files(references) if references else ([], [])
    files, nothing = chosen_files(paths)
    known = {path.resolve() for path in files}
    old = [path for path in old if path.resolve() not in known]
    refuse_overwriting(output, [*old, *files])
    from luoshi.core.overlap.texts import identical, shared_passages
    from luoshi.engines.overlapping import text_of
    from luoshi.formats.overlap import Compared, overlap_lines, overlap_record

    failures = [*nothing, *no_old]
    documents, earlier = [], 0
    label = "正在读取" if output is not None or not sys.stdout.isatty() else None
    everything = [*old, *files]
    found = records(text_of, everything, min(jobs, len(everything)), {}, label)
    for number, (path, result) in enumerate(found):
        if isinstance(result, ReadError):
            failures.append((str(path), result))
            continue
        earlier += number < len(old)
        documents.append(Compared(str(path), result["text"], result["dated"], result["sha256"]))
    texts = [one.text for one in documents]
    alike = identical(texts)
    shared = shared_passages(texts, references=earlier, alike=alike, threads=min(jobs, 8))
    if form == "json":
        record = overlap_record(documents, shared, alike, earlier)
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(f"{line}\n" for line in overlap_lines(documents, shared, alike, earlier))
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CannotWriteError(output, error) from None
    for name, why in failures:
        click.echo(f"{name}：{why.message}", err=True)
    return 2 if failures else int(bool(shared or alike))
