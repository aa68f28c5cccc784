"""``luoshi report``: a rectification report or the three lists, as a docx or a pdf file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.deployment import home_option, prepare, require_current

if TYPE_CHECKING:
    from luoshi.office.accounts.models import Person
    from luoshi.office.papers.subjects import About


@click.command(
    "report",
    options_metavar="[选项]",
    epilog=(
        "例子：\n\n\b\n"
        "  luoshi report 2026-0007 --as liuhe --for 报区委组织部 -o 报告.docx\n"
        "  luoshi report --material 3 --as liuhe --for 报区委组织部 -o 报告.pdf\n"
        "  luoshi report --special 1 --lists --as liuhe --for 班子会议 -o 清单.pdf"
    ),
)
@click.argument("item", required=False, metavar="[事项编号]")
@home_option
@click.option("--as", "username", metavar="用户名", help="以谁的名义出具；要有出具整改报告的权限。")
@click.option("--material", type=int, metavar="号", help="一份材料的整改情况；号见材料页面的地址。")
@click.option("--special", type=int, metavar="号", help="一个专项台账的整改情况；号见页面的地址。")
@click.option("--lists", is_flag=True, help="不出报告，出问题清单、任务清单、责任清单。")
@click.option("--to", default="", metavar="机关", help="主送机关；不写就不印这一行。")
@click.option("--for", "purpose", default="", metavar="用途", help="用途；每次出具都留痕。")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), metavar="文件",
    help="写成哪个文件；后缀 .docx 或 .pdf 决定格式。",
)  # fmt: skip
def report_command(
    item: str | None, home: Path | None, username: str | None, material: int | None,
    special: int | None, lists: bool, to: str, purpose: str, target: Path | None,
) -> None:  # fmt: skip
    """按台账出具整改情况报告或三张清单，版式依照 GB/T 9704-2012。"""
    if sum(one is not None for one in (item, material, special)) != 1:
        raise click.UsageError("请写明一项：事项编号，或者 --material，或者 --special。")
    if username is None:
        raise click.UsageError("请用 --as 写明以谁的名义出具。")
    if not purpose.strip():
        raise click.UsageError("请用 --for 写明用途，例如 --for 报区委组织部。")
    form = _form(target)
    prepare(home)
    require_current()
    _make(
        username, (item, material, special), target,
        kind="lists" if lists else "report", form=form, purpose=purpose, to=to,
    )  # fmt: skip


def _form(target: Path | None) -> str:
    """Return the format that the file's suffix asks for; an existing file is left alone."""
    if target is None:
        raise click.UsageError("请用 -o 写明写成哪个文件（.docx 或 .pdf）。")
    form = target.suffix.lower().lstrip(".")
    if form not in {"docx", "pdf"}:
        raise click.UsageError(f"“{target.name}”的后缀应当是 .docx 或 .pdf。")
    if target.exists():
        raise click.ClickException(f"文件“{target}”已经有了，请换一个名字。")
    if not target.resolve().parent.is_dir():
        raise click.ClickException(f"没有“{target.parent}”这个文件夹，请先建立。")
    return form


def _make(
    username: str, asked: tuple[str | None, int | None, int | None], target: Path | None,
    **wanted: str,
) -> None:  # fmt: skip
    from luoshi.cli.import_ import person_of
    from luoshi.formats.gbt9704.fonts import choose
    from luoshi.office.journal.errors import Refused
    from luoshi.office.papers.actions.making import make

    by = person_of(username)
    try:
        made = make(by=by, about=_about(by, *asked), **wanted)
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    if target is not None:
        _write(target, made.data)
    click.echo(f"已出具：{target}（事项 {made.items} 项）")
    if wanted["form"] == "pdf" and choose().words():
        click.echo(choose().words(), err=True)


def _about(by: Person, item: str | None, material: int | None, special: int | None) -> About:
    from luoshi.office.journal.errors import NotFound
    from luoshi.office.ledger.models import Commitment
    from luoshi.office.papers import subjects

    if material is not None:
        return subjects.material(by, material)
    if special is not None:
        return subjects.special(by, special)
    row = Commitment.objects.filter(office=by.office_id, number=item).first()
    if row is None:
        raise NotFound(f"没有编号“{item}”的整改事项。请在事项的页面核对编号。")
    return subjects.item(by, row.pk)


def _write(target: Path, data: bytes) -> None:
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise click.ClickException(f"文件“{target}”已经有了，请换一个名字。") from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise click.ClickException(f"写不了“{target}”：{error.strerror}。") from error
