"""``luoshi keys``: the signing key of the journal's checkpoints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from luoshi.cli.deployment import django_at, home_option, prepare, require_current
from luoshi.cli.passphrase import known_passphrase, new_passphrase, passphrase_option


@click.group(
    "keys",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    epilog=(
        "例子：\n\n\b\n  luoshi keys show\n  luoshi keys export 恢复文件.txt\n"
        "  luoshi keys restore 恢复文件.txt\n  luoshi keys new"
    ),
)
def keys_command() -> None:
    """查看、导出、恢复和更换校验点的签名密钥。备份没有单独的密钥：加密备份只用口令。"""


@contextmanager
def _said() -> Iterator[None]:
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.journal.errors import Refused

    try:
        yield
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    except KeepingError as error:
        raise click.ClickException(str(error)) from error


@keys_command.command("show", options_metavar="[选项]")
@home_option
def show_command(home: Path | None) -> int:
    """显示密钥的指纹、公钥、启用和导出的时间，不显示密钥本身；密钥不见了以 1 退出。"""
    prepare(home)
    require_current()
    from luoshi.office.journal import signing
    from luoshi.office.keeping.keys import standing

    with _said():
        now = standing()
    since = f"，{_day(now.since)}起使用" if now.since else ""
    click.echo(f"签名密钥 {signing.fingerprint(now.public)}{since}")
    click.echo(f"  公钥：{now.public}")
    click.echo(f"  导出：{_day(now.exported) if now.exported else '还没有导出过恢复文件'}")
    for change in now.changes:
        old = signing.fingerprint(change.old)
        click.echo(f"以前的密钥 {old}，签到第 {change.size} 条留痕为止，签过的仍然可以校验")
        click.echo(f"  公钥：{change.old}")
    if not now.there:
        click.echo(f"✗ {signing.LOST.format(signing.place())}", err=True)
    return 0 if now.there else 1


@keys_command.command("new", options_metavar="[选项]")
@home_option
def new_command(home: Path | None) -> None:
    """更换密钥：旧密钥签名指定新密钥，记入留痕；以前的校验点仍然可以校验。"""
    prepare(home)
    require_current()
    from luoshi.office.journal import signing
    from luoshi.office.keeping.keys import renew

    with _said():
        made = renew()
    click.echo(f"已更换：{signing.fingerprint(made.old)} → {signing.fingerprint(made.new)}")
    click.echo(f"新的公钥：{made.new}")
    click.echo("接下来：重新导出恢复文件；生成新的校验点，连同新的公钥报存到单位以外；再备份一次。")


@keys_command.command("export", options_metavar="[选项]")
@click.argument("target", metavar="文件", type=click.Path(path_type=Path))
@passphrase_option
@home_option
def export_command(target: Path, passphrase_file: Path | None, home: Path | None) -> None:
    """把密钥用口令加密，写成可以打印、可以照着输入的恢复文件。"""
    prepare(home)
    require_current()
    from luoshi.office.keeping.keys import export

    if target.exists():
        raise click.ClickException(f"文件“{target}”已经有了，请换一个名字。")
    with _said():
        export(new_passphrase(passphrase_file), target)
    click.echo(f"已写成 {target}。请打印或者拷到别处，与口令分开保管，不要只留在本机。")


@keys_command.command("restore", options_metavar="[选项]")
@click.argument("source", metavar="文件", type=click.Path(path_type=Path))
@passphrase_option
@home_option
def restore_command(source: Path, passphrase_file: Path | None, home: Path | None) -> None:
    """用恢复文件和口令找回丢失的密钥。不是本系统的密钥不会放进去。"""
    _prepare_without_keys(home)
    require_current()
    from luoshi.office.journal import signing
    from luoshi.office.keeping.keys import read_file, recover

    with _said():
        public = recover(read_file(source), known_passphrase(passphrase_file))
    if public is None:
        click.echo("密钥本来就在，没有改动。")
    else:
        click.echo(f"已恢复签名密钥 {signing.fingerprint(public)}。")


def _prepare_without_keys(home: Path | None) -> None:
    """Set Django up also where the folder of keys itself is lost, and the database is not."""
    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home)
    from luoshi.office.home import home as place

    folder = place()
    if (folder / "luoshi.sqlite3").exists() or (
        folder.is_dir() and os.environ.get("LUOSHI_DATABASE")
    ):
        (folder / "keys").mkdir(exist_ok=True, mode=0o700)
        django_at(folder)
    else:
        prepare(home)


def _day(time: object) -> str:
    from datetime import datetime

    from luoshi.office.journal.clock import zone

    assert isinstance(time, datetime)
    return time.astimezone(zone()).strftime("%Y-%m-%d")
