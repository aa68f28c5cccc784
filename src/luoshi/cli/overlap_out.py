"""The result of ``luoshi overlap`` on its way out, in each of its formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from luoshi.cli.output import CannotWriteError, say_written, write_file, writing
from luoshi.core.reading.model import ReadError
from luoshi.formats.overlap import Overlap

FORMS = ("text", "json", "sarif", "html", "xlsx")
Failures = Sequence[tuple[str, ReadError]]
_BY_SUFFIX = {
    ".txt": "text", ".json": "json", ".sarif": "sarif", ".html": "html", ".htm": "html",
    ".xlsx": "xlsx",
}  # fmt: skip
_OTHERS = frozenset({".docx", ".doc", ".wps", ".pdf", ".xls", ".csv", ".zip", ".md"})


def form_of(form: str | None, output: Path | None) -> str:
    """Return the format: as said, else by the suffix of ``output``, else text.

    Raises a usage error where the two contradict each other, or where there must be a file.
    """
    suffix = output.suffix.lower() if output is not None else ""
    meant = _BY_SUFFIX.get(suffix)
    chosen = form or meant or "text"
    if output is not None and output.is_dir():
        raise click.UsageError(f"{output} 是一个文件夹。请写明文件名，例如：-o 雷同.html")
    if suffix in _OTHERS:
        raise click.UsageError(
            f"比对结果不能写成 {suffix}。可以写成 .txt、.html、.xlsx、.json、.sarif。"
        )
    if meant and chosen != meant:
        raise click.UsageError(
            f"--format {chosen} 与文件名后缀 {suffix} 不一致。请去掉 --format，或改文件名。"
        )
    if chosen in ("html", "xlsx") and output is None:
        kind = "网页" if chosen == "html" else "Excel"
        raise click.UsageError(f"写成{kind}请用 -o 写明文件名，例如：-o 雷同.{chosen}")
    return chosen


def write_overlap(form: str, result: Overlap, failures: Failures, output: Path | None) -> None:
    """Write the result. Raises :class:`CannotWriteError`; what stood there before is then kept."""
    replaced = output is not None and output.exists()
    try:
        if output is not None and form == "html":
            _html(result, output)
        elif output is not None and form == "xlsx":
            from luoshi.formats.overlap_xlsx import overlap_workbook

            with overlap_workbook(result) as file:
                write_file(output, file.read())
        else:
            with writing(output) as stream:
                stream.write(_words(form, result, failures))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWriteError(output, error) from None
    if output is not None:
        say_written(output, len(result.documents), replaced)


def _words(form: str, result: Overlap, failures: Failures) -> str:
    if form == "text":
        from luoshi.formats.overlap_text import overlap_lines

        return "".join(f"{line}\n" for line in overlap_lines(result))
    if form == "sarif":
        from luoshi.formats.overlap_sarif import overlap_sarif

        record = overlap_sarif(result, failures)
    else:
        from luoshi.formats.overlap import overlap_record

        record = overlap_record(result)
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _html(result: Overlap, output: Path) -> None:
    """Write the page, and the pages beside it first: it never leads to what is not there."""
    from luoshi.formats.overlap_html import overlap_pages

    folder = output.with_name(f"{output.stem}_并排")
    pages = overlap_pages(result, folder.name)
    if pages.beside:
        folder.mkdir(exist_ok=True)
    for name, page in pages.beside.items():
        write_file(folder / name, page.encode())
    write_file(output, pages.main.encode())
