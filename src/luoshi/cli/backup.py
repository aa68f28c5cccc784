"""``luoshi backup``: a copy of everything, while people go on working."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.deployment import home_option, prepare, require_current
from luoshi.cli.passphrase import new_passphrase, passphrase_option
from luoshi.core.keeping.retention import Retention

_MOST = 1000


def _count(_: click.Context, __: click.Parameter, value: int) -> int:
    if not 0 <= value <= _MOST:
        raise click.BadParameter(f"请写 0 到 {_MOST} 的整数。")
    return value


@click.command(
    "backup",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi backup --to /srv/beifen\n  luoshi backup --to /srv/beifen --encrypt\n"
    "  luoshi backup --to /srv/beifen --daily 7 --weekly 4 --monthly 12",
)
@home_option
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="备份放在哪个文件夹，最好在另一块磁盘上（默认：数据文件夹下的 backups）。",
)
@click.option("--encrypt", is_flag=True, help="用口令加密。离开本机的备份应当加密。")
@passphrase_option
@click.option("--keep", default=0, type=int, callback=_count, metavar="份数",
              help="核对无误后删去旧备份，只留最近几份。")  # fmt: skip
@click.option("--daily", default=0, type=int, callback=_count, metavar="天数",
              help="最近几天每天留最后一份。")  # fmt: skip
@click.option("--weekly", default=0, type=int, callback=_count, metavar="周数",
              help="最近几周每周留最后一份。")  # fmt: skip
@click.option("--monthly", default=0, type=int, callback=_count, metavar="月数",
              help="最近几个月每月留最后一份。")  # fmt: skip
def backup_command(
    home: Path | None, to: Path | None, encrypt: bool, passphrase_file: Path | None,
    keep: int, daily: int, weekly: int, monthly: int,
) -> int:  # fmt: skip
    """备份数据库、文件和密钥，不用停止服务。附件有缺失或损坏时以 1 退出，没有备份成功以 2 退出。

    不写保留几份时不删任何备份。写了的，先把每一份核对一遍，再删去多余的；核对不了的备份不算数，也不删。
    """
    if passphrase_file is not None and not encrypt:
        raise click.UsageError("写了口令文件而没有写 --encrypt。要加密请加上 --encrypt。")
    prepare(home)
    require_current()
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.journal.errors import Refused
    from luoshi.office.keeping.backup import make

    try:
        passphrase = new_passphrase(passphrase_file) if encrypt else None
        made = make(to, passphrase)
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    click.echo(f"已备份到 {made.path}（{made.bytes / 1024**2:.1f} MB）")
    click.echo(f"  留痕 {made.size} 条，校验值 {made.root[:16]}；附件 {made.files} 个")
    if not encrypt:
        click.echo("  没有加密，里面有密钥和个人信息，请按要求保管。")
    for words, names in (("缺失", made.missing), ("内容与登记的不符", made.damaged)):
        if names:
            click.echo(f"✗ 有 {len(names)} 个附件{words}，例如 {names[0][:16]}。", err=True)
    wanted = Retention(keep, daily, weekly, monthly)
    if made.missing or made.damaged:
        # An older backup may be the only one that still has the file.
        if wanted.is_set:
            click.echo("  附件不全，旧备份一份也没有删。", err=True)
        return 1
    return 0 if not wanted.is_set or _prune(made.path, wanted, passphrase) else 1


def _prune(new: Path, wanted: Retention, passphrase: str | None) -> bool:
    """Remove old backups and say which; tell whether every one beside could be looked at."""
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.pruning import prune

    try:
        done = prune(new, wanted, passphrase)
    except KeepingError as error:
        raise click.ClickException(f"刚做的备份核对不通过，旧备份没有删：{error}") from error
    except OSError as error:
        click.echo(f"✗ 旧备份没有删完：{error.strerror}（{error.filename}）。", err=True)
        return False
    click.echo(f"  留下 {len(done.stay)} 份，都核对过；删去 {len(done.gone)} 份")
    for path, why in done.unknown:
        click.echo(f"✗ {path.name} 没有删，请自行处理：{why}", err=True)
    return not done.unknown
