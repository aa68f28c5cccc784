"""``luoshi backup``: a copy of everything, while people go on working."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.deployment import home_option, prepare, require_current
from luoshi.cli.passphrase import new_passphrase, passphrase_option


@click.command(
    "backup",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi backup --to /srv/beifen\n  luoshi backup --to /srv/beifen --encrypt",
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
def backup_command(
    home: Path | None, to: Path | None, encrypt: bool, passphrase_file: Path | None
) -> int:
    """备份数据库、文件和密钥，不用停止服务。附件有缺失或损坏时以 1 退出，没有备份成功以 2 退出。"""
    if passphrase_file is not None and not encrypt:
        raise click.UsageError("写了口令文件而没有写 --encrypt。要加密请加上 --encrypt。")
    prepare(home)
    require_current()
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.backup import make

    try:
        made = make(to, new_passphrase(passphrase_file) if encrypt else None)
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已备份到 {made.path}（{made.bytes / 1024**2:.1f} MB）")
    click.echo(f"  留痕 {made.size} 条，校验值 {made.root[:16]}；附件 {made.files} 个")
    if not encrypt:
        click.echo("  没有加密，里面有密钥和个人信息，请按要求保管。")
    for words, names in (("缺失", made.missing), ("内容与登记的不符", made.damaged)):
        if names:
            click.echo(f"✗ 有 {len(names)} 个附件{words}，例如 {names[0][:16]}。", err=True)
    return 1 if made.missing or made.damaged else 0
