"""``luoshi init``: the first run on an office's machine."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.deployment import home_option, migrate, prepare


@click.command(
    "init",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi init --office 柳河街道办事处\n  luoshi init --home /srv/luoshi --office 柳河街道办事处 --username liuhe",
)
@home_option
@click.option("--office", metavar="名称", help="单位名称，例如“柳河街道办事处”。")
@click.option(
    "--username", default="admin", metavar="用户名", help="管理员的用户名（默认 admin）。"
)
def init_command(home: Path | None, office: str | None, username: str) -> None:
    """建立一个单位和它的管理员账号，并显示只能使用一次的初始密码。"""
    if office is None:
        raise click.UsageError("请用 --office 写明单位名称。")
    folder = prepare(home, new=True)
    migrate()
    from luoshi.office.accounts.actions.setup import create_office
    from luoshi.office.journal.act import SYSTEM
    from luoshi.office.journal.checkpoints import verifier_key
    from luoshi.office.journal.errors import Refused

    try:
        made, once = create_office(by=SYSTEM, name=office, username=username)
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    verifier_key()  # the signing key is there from the first day
    click.echo(f"已建立“{made.name}”，数据在 {folder}")
    click.echo(f"管理员用户名：{username}")
    click.echo(f"初始密码：    {once}")
    named = f" --home {home}" if home else ""
    click.echo(f"初始密码只显示这一次，第一次登录时必须修改。现在可以运行：luoshi serve{named}")
    click.echo(f"请尽快把签名密钥的恢复文件导出，放到别处：luoshi keys export 恢复文件.txt{named}")
