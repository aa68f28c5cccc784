"""``luoshi serve``: the office's pages, on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from luoshi.cli.daily import DailySweep
from luoshi.cli.deployment import home_option, prepare, up_to_date

# Seconds that requests in hand are given at the end: longer than a database may be waited for.
_PATIENCE = 30


@click.command(
    "serve",
    options_metavar="[选项]",
    epilog="例子：\n\n\b\n  luoshi serve\n  luoshi serve --address 0.0.0.0 --port 8000 --host luoshi.jiedao",
)
@home_option
@click.option(
    "--address",
    default="127.0.0.1",
    metavar="地址",
    help="在哪个网络地址上提供服务（默认只限本机）。",
)
@click.option(
    "--port",
    default=8000,
    type=int,
    metavar="端口",
    help="端口（默认 8000）。",
)
@click.option(
    "--host", multiple=True, metavar="名称", help="浏览器里用的主机名或地址，可以写多次。"
)
@click.option(
    "--workers",
    default=1,
    type=int,
    metavar="数量",
    help="同时工作的进程数（默认 1）。",
)
def serve_command(
    home: Path | None, address: str, port: int, host: tuple[str, ...], workers: int
) -> None:
    """启动落实的网页服务，每天自动巡查一次台账。按 Ctrl+C 停止，正在办理的请求会先办完。"""
    if not 1 <= port <= 65535 or not 1 <= workers <= 64:
        raise click.UsageError("端口应当是 1 到 65535，进程数应当是 1 到 64。")
    names = [*host, *([] if address in {"0.0.0.0", "::"} else [address])]  # noqa: S104  # compared
    known = [h for h in os.environ.get("LUOSHI_HOSTS", "").split(",") if h]
    os.environ["LUOSHI_HOSTS"] = ",".join(dict.fromkeys([*known, *names]))
    folder = prepare(home)
    up_to_date()
    from granian import Granian
    from granian.constants import Interfaces

    shown = "localhost" if address in {"127.0.0.1", "0.0.0.0", "::"} else address  # noqa: S104
    click.echo(f"数据在 {folder}")
    click.echo(f"请在浏览器中打开 http://{shown}:{port}/ ，按 Ctrl+C 停止。")
    server = Granian(
        "luoshi.web.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        log_enabled=False,
        websockets=False,
        workers_kill_timeout=_PATIENCE,
    )
    daily = DailySweep(folder)
    server.on_startup(daily.start)
    server.on_shutdown(daily.stop)
    with _serving():
        server.serve()


@contextmanager
def _serving() -> Iterator[None]:
    """Hold the deployment while it is served: nobody changes its tables meanwhile."""
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.lock import held

    try:
        with held(alone=False):
            yield
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
