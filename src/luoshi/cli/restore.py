"""``luoshi restore``: a deployment out of a backup, wholly or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi.cli.deployment import django_at, home_option, migrate
from luoshi.cli.passphrase import known_passphrase, passphrase_option

if TYPE_CHECKING:
    from luoshi.office.keeping.restore import Restored


@click.command(
    "restore",
    options_metavar="[选项]",
    epilog=(
        "例子：\n\n\b\n  luoshi restore /srv/beifen/luoshi-20261123-230000.tar --home /srv/luoshi\n"
        "  luoshi restore /srv/beifen/luoshi-20261123-230000.tar.sealed --checkpoint 校验点.txt"
    ),
)
@click.argument("source", type=click.Path(path_type=Path), metavar="备份文件")
@home_option
@passphrase_option
@click.option(
    "--erasures", multiple=True, type=click.Path(path_type=Path), metavar="文件",
    help="删除登记在哪里，可以写多次（默认取备份旁边的）。",
)  # fmt: skip
@click.option(
    "--checkpoint", "notes", multiple=True, type=click.Path(path_type=Path), metavar="文件",
    help="报存在外的校验点文件，可以写多次；恢复以后用它核对。",
)  # fmt: skip
def restore_command(
    source: Path,
    home: Path | None,
    passphrase_file: Path | None,
    erasures: tuple[Path, ...],
    notes: tuple[Path, ...],
) -> None:
    """从备份恢复。先全部核对，再一次放到位；原来有数据的文件夹不会被覆盖，没有成功以 2 退出。"""
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.home import home as place

    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home)
    target = place()
    try:
        done = _restore(source, target, passphrase_file, erasures, notes)
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"没有恢复：{error.strerror}（{error.filename or source}）。请检查文件、权限和磁盘空间。"
        ) from error
    _say(done, target)


def _restore(
    source: Path,
    target: Path,
    passphrase_file: Path | None,
    erasures: tuple[Path, ...],
    notes: tuple[Path, ...],
) -> Restored:
    from luoshi.engines.keeping import staging

    staging.require_free(target)
    if not source.is_file():
        raise click.ClickException(f"没有“{source}”这个文件。")
    staging.require_room(source, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        held = staging.unpacked(source, staged, lambda: known_passphrase(passphrase_file))
        done = _stand_up(staged, held, source, erasures, notes)
        staging.appear(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    for name in held.get("damaged", ()):
        click.echo(f"✗ 附件 {name[:16]} 在备份之前已经损坏。", err=True)
    return done


def _stand_up(
    staged: Path,
    held: dict[str, Any],
    source: Path,
    erasures: tuple[Path, ...],
    notes: tuple[Path, ...],
) -> Restored:
    """Bring the staged folder to where it can be used; nothing has appeared yet."""
    from luoshi.engines.keeping.staging import POSTGRESQL, arrange

    copied = arrange(staged, held["database"])
    django_at(staged)
    from django.db import connection

    from luoshi.office.keeping import beside, database, restore

    if database.kind() != held["database"]:
        raise click.ClickException(
            "备份的数据库种类与 LUOSHI_DATABASE 的设置不同。"
            "SQLite 的备份请不要设置它；PostgreSQL 的备份请把它设成一个空的数据库。"
        )
    restore.require_known(held["schema"])
    found = erasures or tuple(p for p in [source.absolute().parent / beside.NAME] if p.exists())
    known = restore.known_after(held, found)
    lodged = restore.lodged_notes(notes, held["key"], known.changes)
    loaded = held["database"] == POSTGRESQL
    if loaded:
        if not database.is_empty():
            raise click.ClickException("LUOSHI_DATABASE 写的数据库里已经有表，请换一个空的数据库。")
        database.bring_back(copied)
    try:
        migrate()
        done = restore.complete(held, known, lodged)
        beside.write(staged / beside.NAME, beside.merged([known, beside.now()]))
    except BaseException:
        if loaded:
            database.clear()
        raise
    finally:
        connection.close()
    if loaded:
        shutil.rmtree(copied.parent)
    return done


def _say(done: Restored, target: Path) -> None:
    click.echo(f"已恢复到 {target}")
    click.echo(f"  备份于 {_shown(done.time)}，留痕 {done.size} 条")
    click.echo(f"✓ {done.verified} 条留痕全部一致。所有人需要重新登录。")
    if done.erased:
        click.echo(f"  备份之后已删除的 {done.erased} 人的个人信息，已经再次删除。")
    if done.lodged_size > done.size:
        where = f"（{done.lodged_with}）" if done.lodged_with else ""
        click.secho(
            f"！！ 这份备份比报存在外的校验点{where}旧：校验点有 {done.lodged_size} 条留痕，"
            f"备份只有 {done.size} 条，之后办理的 {done.lodged_size - done.size} 条已经丢失，"
            "与那个校验点再也对不上。请向保存校验点的单位说明，并补办丢失的事项。",
            fg="red", err=True,
        )  # fmt: skip
    elif done.lost > 0:
        click.echo(f"！ 备份之后至少还有 {done.lost} 条留痕没有恢复，请补办。", err=True)


def _shown(time: str) -> str:
    from datetime import datetime

    from luoshi.office.journal.clock import zone

    return datetime.fromisoformat(time).astimezone(zone()).strftime("%Y-%m-%d %H:%M")
