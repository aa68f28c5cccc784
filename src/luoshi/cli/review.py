"""``luoshi review``: the comparisons that the review desk asked for."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.deployment import home_option, prepare, require_current


@click.command(
    "review",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi review\n  luoshi review --home /srv/luoshi",
)
@home_option
def review_command(home: Path | None) -> None:
    """比对评审批次里等待计算的材料：各项数字、雷同的段落、上次问题的重复。

    在网页里要求比对以后，luoshi serve 会自动运行本命令；没有算成的，可以手工再运行。
    """
    prepare(home)
    require_current()
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.journal.errors import Refused
    from luoshi.office.keeping.lock import held
    from luoshi.office.review.comparing import run_waiting

    try:
        with held(alone=False):  # nobody changes the tables meanwhile
            done = run_waiting()
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    if not done:
        click.echo("没有等待比对的批次。")
    for row in done:
        click.echo(f"{row.office.name}，{row.batch.name}：{row.get_state_display()}")
        for line in row.trouble.splitlines():
            click.echo(f"  {line}", err=True)
