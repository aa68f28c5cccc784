"""``luoshi read``: the canonical text, nothing added."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from luoshi.cli.batch import FileProblemError
from luoshi.core.reading.model import Document, ReadError
from luoshi.engines.files import read_path

_NOTE_NAMES = {
    "comment": "批注", "deletion": "修订中删去的文字", "hidden": "隐藏文字",
    "header": "页眉", "footer": "页脚", "skipped": "说明",
}  # fmt: skip


@click.command(
    "read",
    options_metavar="[选项]",
    short_help="显示材料的文字，一字不改",
    epilog="例子：\n\n\b\n  luoshi read 材料.docx\n  luoshi read 材料.pdf --notes > 材料.txt",
)
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--notes", is_flag=True, help="另外列出不属于正文的内容：批注、修订删去的文字、页眉页脚等。"
)
def read_command(path: Path, notes: bool) -> int:
    """显示一份材料的文字。Word 自动编号照样印出，修订中插入的算正文，删去的不算。

    txt 和 md 原样显示，只把换行统一。以后说到“第几个字”，都按这里的文字数。
    """
    try:
        document = read_path(path)
    except ReadError as error:
        raise FileProblemError(f"{path}：{error.message}") from None
    sys.stdout.write(document.text)
    sys.stdout.flush()
    if notes:
        _list_notes(document)
    elif document.notes:
        counts = Counter(_NOTE_NAMES[note.kind] for note in document.notes)
        summary = "，".join(f"{name} {count} 处" for name, count in counts.items())
        click.echo(f"\n（正文以外：{summary}。加 --notes 查看。）", err=True)
    return 0


def _list_notes(document: Document) -> None:
    if not document.notes:
        click.echo("\n（没有批注、修订删去的文字、页眉页脚等正文以外的内容。）", err=True)
        return
    click.echo("", err=True)
    for note in document.notes:
        who = f"（{note.author}{' ' if note.date else ''}{note.date[:10]}）" if note.author else ""
        at = ""
        if note.span is not None:
            near = document.text[max(0, note.span.start - 8) : note.span.start]
            about = document.text[note.span.start : note.span.end]
            at = f"，在“{about[:20] or '…' + near}”{'处' if about else '之后'}"
        click.echo(f"{_NOTE_NAMES[note.kind]}{who}{at}：{note.text}", err=True)
