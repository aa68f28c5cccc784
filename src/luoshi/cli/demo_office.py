"""The demonstration office of ``luoshi demo --office``: made anew, then served or looked through."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from luoshi.cli.deployment import migrate, prepare

_HERE, _SHOWN, _PORT = "127.0.0.1", "localhost", 8000
# What each account may look at first.
_FIRST = {
    "jingban": ("经办人", "今天要办的事，没有措施的问题，台账"),
    "zeren": ("责任人", "自己的事项、退回的理由、督办单"),
    "shequ": ("社区书记", "社区的事项和督办单"),
    "heyan": ("核验人", "等待核验的事项和现场核验单"),
    "zhuren": ("主任", "看板、趋势、等待处理的变更"),
    "fuzhuren": ("副主任", "等待审批的变更、工作交接"),
    "shenyue": ("审阅人", "评审批次、台账、大屏"),
    "waibu": ("外部核验人", "只开放给自己的事项"),
    "shenji": ("审计人员", "留痕和校验点"),
    "guanli": ("管理员", "部门、人员、职务、账号"),
}


def show_office(output: Path) -> list[str]:
    """Make the office; on a terminal serve it, else look through it. Returns what is wrong, in Chinese."""
    folder, password = output / "office", _password()
    _alone()
    _clear(folder)
    click.echo("\n正在建立演示单位：一个虚构的街道，从一年前的今天演到今天，要等半分钟左右……")
    prepare(folder, new=True)
    migrate()
    from luoshi.office.demo.year import build

    built = build(password)
    click.echo(
        f"演示单位“{built.office.name}”已建好：{built.entries} 条留痕，"
        f"最后导入了样例《{built.material.title}》。数据在 {folder}，下次运行会重新建立。"
    )
    port = _free_port()
    if sys.stdout.isatty() and sys.stdin.isatty() and os.environ.get("ONCE") != "1":
        _say_accounts(port, password)
        _serve_here(folder, port)
        return []
    return _look_through(folder, port, password)


def _password() -> str:
    return f"yanshi-{secrets.token_hex(4)}"


def _alone() -> None:
    """Leave nothing of another deployment in the environment: the demonstration has its own."""
    for name in ("LUOSHI_DATABASE", "LUOSHI_ORIGIN", "LUOSHI_HTTPS", "LUOSHI_HOSTS"):
        os.environ.pop(name, None)


def _clear(folder: Path) -> None:
    """Remove the demonstration of last time; refuse a folder that is something else.

    Raises ``click.ClickException``.
    """
    from luoshi.core.journal.demonstration import ORIGIN

    origin = folder / "keys" / "origin"
    if folder.exists():
        known = origin.is_file() and origin.read_text("utf-8").startswith(ORIGIN)
        if not known:
            raise click.ClickException(
                f"“{folder}”不是演示数据，没有动它。请用 -o 换一个文件夹，或先把它移走。"
            )
        _require_idle(folder)
        shutil.rmtree(folder)
    try:
        (folder / "keys").mkdir(parents=True, mode=0o700)
        origin.write_text(f"{ORIGIN}{secrets.token_hex(6)}", "utf-8")
    except OSError as error:
        raise click.ClickException(f"不能使用文件夹“{folder}”：{error.strerror}。") from error


def _require_idle(folder: Path) -> None:
    """Raise ``click.ClickException`` while the demonstration of last time is still being served."""
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping.lock import held

    os.environ["LUOSHI_HOME"] = str(folder)
    try:
        with held(alone=True):
            return
    except KeepingError as error:
        raise click.ClickException("上次的演示还在运行，请先在那个窗口按 Ctrl+C 停止。") from error


def _free_port() -> int:
    for port in (_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind((_HERE, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise click.ClickException("本机没有可用的端口。")


def _say_accounts(port: int, password: str) -> None:
    click.echo(f"\n在浏览器中打开 http://{_SHOWN}:{port}/ ，用下面的账号登录，密码都是 {password}")
    for name, (role, look) in _FIRST.items():
        click.echo(f"  {name:<10}{role}：{look}")
    click.echo("账号只在这次演示里有效。单位正式使用请运行 luoshi init。\n")


def _serve_here(folder: Path, port: int) -> None:
    from luoshi.cli.serve import serve_command

    serve_command.main(
        ["--home", str(folder), "--port", str(port)],
        prog_name="luoshi serve",
        standalone_mode=False,
    )


def _look_through(folder: Path, port: int, password: str) -> list[str]:
    """Serve the office in a process of its own and open its pages as everybody; verify its journal."""
    from luoshi.cli.demo_tour import Tour
    from luoshi.office.journal.verification import verify_database

    command = [
        sys.executable,
        "-m",
        "luoshi.cli.main",
        "serve",
        "--home",
        str(folder),
        "--port",
        str(port),
    ]
    log = (folder / "serve.log").open("w")
    server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603  # our own program
    try:
        tour = Tour(f"http://{_HERE}:{port}", password)
        wrong = tour.wait(server) or tour.go(_FIRST)
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=60)
        log.close()
    if code:
        wrong.append(f"网页服务没有正常停止（{code}），详情见 {folder / 'serve.log'}。")
    verdict = verify_database()
    if verdict.troubles:
        wrong.append("演示单位的留痕校验没有通过。")
    else:
        click.echo(f"留痕校验：{verdict.size} 条全部一致。")
    if not wrong:
        click.echo("演示单位自检通过。在终端里运行 make demo，就能登录看看。")
    return wrong
