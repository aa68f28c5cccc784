"""``luoshi sweep``: the daily look at everything that is supervised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from luoshi.cli.deployment import home_option, prepare, require_current


@click.command(
    "sweep",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi sweep\n  luoshi sweep --home /srv/luoshi",
)
@home_option
def sweep_command(home: Path | None) -> None:
    """巡查台账：临近时限、进度滞后、没有佐证、长期没有动静、超期的，送达督办单。

    一天运行几次、中途中断后重新运行都可以，同一事由不会重复送达；停机几天后再运行，会补送并记下没有运行的日子。luoshi serve 运行时每天自动巡查，不必另外安排。
    """
    prepare(home)
    require_current()
    from luoshi.office.journal import clock
    from luoshi.office.journal.errors import Refused
    from luoshi.office.supervision import notices
    from luoshi.office.supervision.models import SweepRun
    from luoshi.office.supervision.sweep import sweep

    try:
        held = notices.configured()
        done = set(
            SweepRun.objects.filter(day=clock.today(), state="done").values_list(
                "office_id", flat=True
            )
        )
        runs = sweep()
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if not runs:
        raise click.ClickException("还没有单位。请先运行：luoshi init --office 单位名称")
    if held is not None:
        # Once a day, however often the sweep runs.
        _notify([run.office_id for run in runs if run.office_id not in done], held)
    for run in runs:
        missed = SweepRun.for_office(run.office_id).filter(state=SweepRun.State.MISSED).count()
        click.echo(f"{run.office.name}，{run.day.isoformat()}：")
        click.echo(f"  查看事项 {run.looked} 件，其中有情况的 {run.found} 件")
        late = f"（其中补送 {run.late} 张）" if run.late else ""
        click.echo(
            f"  今天送达督办单 {run.served} 张{late}，催办 {run.urged} 张，送上一级 {run.raised} 张，"
            f"自动终结 {run.ended} 张，归档 {run.archived} 张"
        )
        for flag in run.flags:
            click.echo(f"  请留意：{flag['words']}")
        if run.failed:
            click.echo(f"  没有能查看：{'、'.join(run.failed)}", err=True)
        if run.estimate:
            click.echo("  今后90天内有的年份放假安排尚未公布，涉及的工作日是推算的。", err=True)
        if missed:
            click.echo(f"  累计有 {missed} 天没有运行，见“巡查记录”页面。", err=True)


def _notify(offices: list[int], held: dict[str, Any]) -> None:
    """Send the notices; that some could not be sent is said and stops nothing."""
    from luoshi.office.supervision import notices

    try:
        sent, failed = notices.send_all(offices, held, notices.by_apprise)
    except ValueError as error:
        click.echo(f"通知没有发出：{error}", err=True)
        return
    if sent or failed:
        click.echo(f"通知发出 {sent} 个，没有发出 {failed} 个", err=bool(failed))
