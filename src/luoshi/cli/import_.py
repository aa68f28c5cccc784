"""``luoshi import``: materials and existing ledgers into an office's own deployment."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.deployment import home_option, prepare, require_current
from luoshi.cli.refusals import telling
from luoshi.cli.workbooks import is_workbook, take_in

if TYPE_CHECKING:
    from luoshi.office.accounts.models import Person


@click.command(
    "import",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi import 材料.docx --as liuhe\n  luoshi import 整改台账.xlsx --as liuhe --dry-run\n  luoshi import 2025年材料/ --home /srv/luoshi --as liuhe",
)
@click.argument("files", nargs=-1, required=True, metavar="文件或文件夹...")
@home_option
@click.option("--as", "username", metavar="用户名", help="以谁的名义导入；要有导入材料的权限。")
@click.option(
    "--outline", metavar="提纲", help="提纲的代号（luoshi outlines 列出全部）；不写时由程序判断。"
)
@click.option(
    "--dry-run", is_flag=True, help="只看台账表格会导入什么，什么也不写入；材料不能预览。"
)
@click.option("--yes", is_flag=True, help="台账表格不再询问，预览之后直接导入。")
def import_command(
    files: tuple[str, ...], home: Path | None, username: str | None, outline: str | None,
    dry_run: bool, yes: bool,
) -> int:  # fmt: skip
    """把材料或现有的整改台账（.xlsx）导入本单位的台账系统，与在网页上导入完全一样。有没导入的以 2 退出。"""
    if username is None:
        raise click.UsageError("请用 --as 写明以谁的名义导入。")
    prepare(home)
    require_current()
    from luoshi.engines.files import expand

    by = person_of(username)
    chosen = expand(files)
    failed = 0
    for name, error in chosen.nothing:
        click.echo(f"✗ {name}：{error.message}", err=True)
        failed += 1
    workbooks = [path for path in chosen.files if is_workbook(path)]
    materials = [path for path in chosen.files if not is_workbook(path)]
    if dry_run and materials:
        raise click.UsageError("--dry-run 只用于台账表格（.xlsx）；材料请用 luoshi split 查看。")
    for path in workbooks:
        failed += not take_in(path, by, dry_run=dry_run, yes=yes)
    with click.progressbar(materials, label="导入", hidden=not sys.stdout.isatty()) as paths:
        for path in paths:
            failed += not _import(path, by, outline)
    if dry_run:
        return 2 if failed else 0
    click.echo(
        f"导入 {len(chosen.files) + len(chosen.nothing) - failed} 份，没有导入 {failed} 份。"
    )
    return 2 if failed else 0


def person_of(username: str) -> Person:
    """Return whose account it is; raises ``click.ClickException`` for one that cannot be used."""
    from django.db import DatabaseError

    from luoshi.office.accounts.models import User

    try:
        user = User.objects.select_related("person").filter(username=username).first()
    except DatabaseError as error:
        raise click.ClickException(
            "数据库还没有准备好。请先运行：luoshi init --office 单位名称"
        ) from error
    if user is None or not user.is_active or not user.person.active:
        raise click.ClickException(f"没有可以使用的账号“{username}”。请核对用户名。")
    person: Person = user.person
    return person


@telling
def _import(path: Path, by: Person, outline: str | None) -> bool:
    from luoshi.core.material.outline import ids
    from luoshi.engines.files import load_bytes
    from luoshi.office.examinations import storage
    from luoshi.office.examinations.actions.importing import import_material

    if outline is not None and outline not in ids():
        raise click.ClickException(f"没有“{outline}”这个提纲。请用 luoshi outlines 查看。")
    stored = storage.store([load_bytes(path)], path.name, evidence=False)
    made = import_material(by=by, stored=stored, outline=outline)
    click.echo(f"✓ {path.name}：{made.title}")
    return True
