"""``luoshi overlap``: passages that materials share."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from luoshi.cli.batch import chosen_files, jobs_option, records
from luoshi.cli.output import refuse_overwriting
from luoshi.cli.overlap_out import FORMS, form_of, write_overlap
from luoshi.core.reading.model import ReadError


@click.command(
    "overlap",
    options_metavar="[选项]",
    short_help="找出材料之间雷同的段落",
    epilog="例子：\n\n\b\n  luoshi overlap 2025年材料/\n"
    "  luoshi overlap 2025年材料/ -o 雷同.html\n"
    "  luoshi overlap 2025年材料/ --reference 2024年材料/ -o 雷同.xlsx\n"
    "  luoshi overlap 新材料.docx --reference 2024年材料/ --format json > 结果.json",
)
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True)
@click.option("--reference", "references", multiple=True, metavar="文件或文件夹",
              help="往年的材料或已知的范文：只看这批材料有没有抄它们，可以写多次。")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS),
              help="结果的样式：text 屏幕阅读，html 网页（热图、并排对照），xlsx 表格，json 和 sarif 供程序使用。"
              "不写则看 -o 的后缀，没有后缀就是 text。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path),
              help="把结果写到这个文件；雷同太多时，html 的并排对照放在旁边的文件夹里。")  # fmt: skip
@jobs_option
def overlap_command(
    paths: tuple[str, ...],
    references: tuple[str, ...],
    form: str | None,
    output: Path | None,
    jobs: int,
) -> int:
    """找出材料之间雷同的段落：一字不差的、换了词句的、调了顺序的。

    提纲标题、固定提法和多数人都写的话不算，另外列出。上下文相同而用字与同批材料不一致的，作为疑似错字列出。
    有雷同或疑似错字时以 1 退出，没有时以 0 退出；
    有材料读不了时，其余照常比对，最后以 2 退出。
    """
    chosen = form_of(form, output)
    old, no_old = chosen_files(references) if references else ([], [])
    files, nothing = chosen_files(paths)
    known = {path.resolve() for path in files}
    old = [path for path in old if path.resolve() not in known]
    refuse_overwriting(output, [*old, *files])
    from luoshi.engines.overlapping import text_of
    from luoshi.formats.overlap import Compared
    from luoshi.formats.overlap_found import overlap_of

    failures = [*nothing, *no_old]
    documents, earlier = [], 0
    label = "正在读取" if output is not None or not sys.stdout.isatty() else None
    everything = [*old, *files]
    found = records(text_of, everything, min(jobs, len(everything)), {}, label)
    for number, (path, read) in enumerate(found):
        if isinstance(read, ReadError):
            failures.append((str(path), read))
            continue
        earlier += number < len(old)
        documents.append(Compared(str(path), **read))
    names = [name for name, _ in failures]
    result = overlap_of(documents, earlier, names, threads=min(jobs, 8))
    write_overlap(chosen, result, failures, output)
    for name, why in failures:
        click.echo(f"{name}：{why.message}", err=True)
    return 2 if failures else int(result.is_anything)
