"""``luoshi upgrade``: after a new version was installed."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.deployment import home_option, prepare, up_to_date


@click.command(
    "upgrade",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi upgrade\n  luoshi upgrade --home /srv/luoshi",
)
@home_option
def upgrade_command(home: Path | None) -> None:
    """装好新版本以后更新数据库：先自动备份，不成功就退回原样并以 2 退出。请先停止服务。"""
    prepare(home)
    if not up_to_date():
        click.echo("数据库已经是这个版本的，不需要更新。")
