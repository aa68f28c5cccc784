"""``luoshi pack``: what an office imports each year, as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi.cli.deployment import home_option, prepare, require_current
from luoshi.cli.output import refuse_overwriting

if TYPE_CHECKING:
    from luoshi.core.packs.model import Pack

_AS = click.option(
    "--as", "username", metavar="用户名",
    help="以谁的名义办理，记入留痕；要是管理员。不写时以系统的名义。",
)  # fmt: skip
_KEY = click.option("--key", default="", metavar="公钥", help="要求资料包是用这个公钥签名的。")


@click.group(
    "pack",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    epilog=(
        "例子：\n\n\b\n"
        "  luoshi pack make 2027.toml --name workdays-2027 --title 2027年放假安排"
        " --source 国务院办公厅通知 -o 放假安排.zip\n"
        "  luoshi pack check 放假安排.zip\n  luoshi pack import 放假安排.zip --as liuhe\n"
        "  luoshi pack list\n  luoshi pack remove workdays-2027"
    ),
)
def pack_command() -> None:
    """制作、核对和导入资料包：每年的放假安排、会议的提纲、文件的发布日期。"""


@contextmanager
def _said() -> Iterator[None]:
    """Turn what is wrong with a pack, or with a file, into a message; exit code 2."""
    from luoshi.core.packs.model import PackError
    from luoshi.office.journal.errors import Refused

    try:
        yield
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from None
    except PackError as error:
        raise click.ClickException("\n".join(f"{words}。" for words in error.reasons)) from None
    except FileNotFoundError as error:
        raise click.ClickException(f"没有“{error.filename}”这个文件。") from None
    except OSError as error:
        raise click.ClickException(f"“{error.filename}”不能用：{error.strerror}。") from None


@pack_command.command("make", options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件...",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--name", required=True, metavar="名称",
              help="资料包的名称，小写字母、数字和短横；同一名称的新版本代替旧版本。")  # fmt: skip
@click.option("--title", required=True, metavar="标题", help="给人看的标题。")
@click.option("--source", required=True, metavar="出处", help="内容出自哪里，例如哪一号通知。")
@click.option("--version", default=1, metavar="整数", help="版本，每次改动加一（默认 1）。")
@click.option("--sign", is_flag=True, help="用本系统的签名密钥签名。")
@click.option("-o", "--output", required=True, metavar="文件", type=click.Path(path_type=Path),
              help="写成哪个文件，例如 放假安排.zip。")  # fmt: skip
@home_option
def make_command(
    files: tuple[Path, ...], name: str, title: str, source: str, version: int, sign: bool,
    output: Path, home: Path | None,
) -> None:  # fmt: skip
    """把 .toml 文件做成一个资料包，做成以前先核对。"""
    from luoshi.engines.packs.making import make

    refuse_overwriting(output, list(files))
    if output.exists():
        raise click.ClickException(f"文件“{output}”已经有了，请换一个名字。")
    key: tuple[str, bytes] | None = None
    if sign:
        prepare(home)
        from luoshi.office.journal import signing
        from luoshi.office.journal.checkpoints import origin

        with _said():
            private = signing.private_key(origin())
        key = (signing.public_of(origin(), private), private)
    with _said():
        made = make(files, name=name, title=title, source=source, version=version, key=key)
        output.write_bytes(made.data)
    _show(made.pack)
    click.echo(f"已写成 {output}")


@pack_command.command("check", options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_KEY
def check_command(file: Path, key: str) -> None:
    """核对一个资料包，不导入；不合格以 2 退出。"""
    from luoshi.core.packs.model import PackError
    from luoshi.engines.packs.archive import load

    with _said():
        pack, _ = load(file)
        if key and pack.signer != key:
            raise PackError(["不是用所写的公钥签名的" if pack.signer else "没有签名"])
    _show(pack)
    click.echo("✓ 可以导入。")


@pack_command.command("import", options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_KEY
@_AS
@home_option
def import_command(file: Path, key: str, username: str | None, home: Path | None) -> None:
    """核对并导入一个资料包。有一处不合格就什么也不改动，以 2 退出；上一版会保留。"""
    from luoshi.core.packs.taken import replaced
    from luoshi.engines.packs import store
    from luoshi.engines.packs.archive import load

    folder, by = _place(home, username)
    with _said():
        pack, data = load(file)
        store.require_acceptable(folder, pack, key)
        part = store.stage(folder, pack.name, data)
        try:
            if by is not None:
                _record("recorded_import", by, pack=pack)
            store.appear(part, folder, pack.name)
        finally:
            part.unlink(missing_ok=True)
        _note(folder, pack, by, username)
    _show(pack)
    for name in replaced(pack):
        click.echo(f"！ {name} 代替程序自带的。", err=True)
    click.echo("已导入。")
    _restart(by)


@pack_command.command("list", options_metavar="[选项]")
@home_option
def list_command(home: Path | None) -> int:
    """列出已导入的资料包和上一版；有不能用的以 1 退出。"""
    from luoshi.engines.packs import store

    folder = _folder(home)
    found, notes = store.installed(folder), store.notes(folder)
    if not found:
        click.echo("没有导入过资料包。")
    for each in found:
        if each.pack is None:
            click.echo(f"✗ {each.name}：不能用，{each.trouble}", err=True)
            continue
        _show(each.pack)
        note = notes.get(each.name)
        if note:
            click.echo(f"  {note['time'][:10]} 导入，经办：{note['by']}")
        if each.has_previous:
            click.echo("  保留着上一版")
    return 1 if any(each.pack is None for each in found) else 0


@pack_command.command("remove", options_metavar="[选项]")
@click.argument("name", metavar="名称")
@click.option("--back", is_flag=True, help="不是删去，而是换回上一版。")
@_AS
@home_option
def remove_command(name: str, back: bool, username: str | None, home: Path | None) -> None:
    """删去一个资料包，或者换回它的上一版。"""
    from luoshi.engines.packs import store

    folder, by = _place(home, username)
    with _said():
        store.require_removable(folder, name, back=back)
        if by is not None:
            _record("recorded_removal", by, name=name, back=back)
        store.remove(folder, name, back=back)
    click.echo(f"已换回“{name}”的上一版。" if back else f"已删去“{name}”。")
    _restart(by)


def _folder(home: Path | None) -> Path:
    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home)
    from luoshi.office.home import packs

    return packs()


def _place(home: Path | None, username: str | None) -> tuple[Path, Any]:
    """Return the folder of packs, and who acts; None where there is no office yet."""
    folder = _folder(home)
    if not (folder.parent / "keys").is_dir():
        if username is not None:
            raise click.ClickException(f"“{folder.parent}”里还没有单位，不能写 --as。")
        return folder, None
    prepare(home)
    require_current()
    from luoshi.cli.import_ import person_of
    from luoshi.office.journal.act import SYSTEM

    return folder, person_of(username) if username is not None else SYSTEM


def _record(verb: str, by: Any, **facts: Any) -> None:
    from luoshi.office.journal.errors import Refused
    from luoshi.office.keeping.actions import packs

    try:
        getattr(packs, verb)(by=by, **facts)
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal


def _note(folder: Path, pack: Pack, by: Any, username: str | None) -> None:
    if by is None:
        return
    from luoshi.engines.packs.store import note
    from luoshi.office.journal.clock import now

    time = now().isoformat(timespec="seconds")
    note(folder, {"name": pack.name, "version": str(pack.version), "sha256": pack.digest,
                  "time": time, "by": username or "系统"})  # fmt: skip


def _restart(by: Any) -> None:
    """Say that a server that is running has still the old tables."""
    if by is None:
        return
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.lock import held

    try:
        with held(alone=True):
            pass
    except KeepingError:
        click.echo("服务正在运行，重新启动以后才会用上。")


def _show(pack: Pack) -> None:
    click.echo(f"{pack.name} 版本 {pack.version}：{pack.title}（{pack.dated}，{pack.source}）")
    for words in pack.words():
        click.echo(f"  {words}")
    if pack.signer:
        name, number, _ = pack.signer.split("+", 2)
        click.echo(f"  签名：{name}（{number}）")
    else:
        click.echo("  没有签名")
