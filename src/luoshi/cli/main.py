"""The command line: ``luoshi read · split · check · explain · outlines · schema · doctor · demo``."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from luoshi import __version__
from luoshi.cli.help import ChineseContext
from luoshi.cli.text import speak_chinese
from luoshi.core.patterns import warm
from luoshi.engines.garbage import collect_seldom

COMMANDS = {
    "read": "显示材料的文字，一字不改",
    "split": "拆出问题、原因、措施，并指出哪些没有回应",
    "check": "逐句检查，指出要改的地方和理由",
    "overlap": "找出材料之间雷同的段落",
    "explain": "说明一条检查规则；不写编号时列出全部规则",
    "outlines": "列出已知的提纲",
    "schema": "显示 JSON 结果的格式定义",
    "pack": "制作和导入资料包：放假安排、提纲、文件发布日期",
    "doctor": "检查本机是否具备运行条件",
    "demo": "用自带的样例走一遍，并自检",
    "init": "第一次使用：建立单位和管理员账号",
    "import": "把材料或现有的整改台账导入本单位的台账系统",
    "report": "出具整改情况报告和三张清单（docx、pdf）",
    "journal": "校验和导出留痕，生成校验点",
    "keys": "查看、导出、恢复和更换签名密钥",
    "serve": "启动本单位的网页服务",
    "sweep": "巡查台账，送达督办单（serve 每天会自动运行）",
    "backup": "备份数据库、文件和密钥",
    "restore": "从备份恢复",
    "upgrade": "装好新版本以后更新数据库",
}

# Commands that need most of the patterns.
READING = frozenset({"check", "demo", "split"})
# Commands without a database that use what an office has imported.
KNOWING = frozenset({"check", "doctor", "outlines", "overlap", "split"})


class Lazy(click.Group):
    """A group whose commands are imported when used: start-up time is felt at every call."""

    context_class = ChineseContext

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that has seen enough (head, less) is no error.

        click itself would take the broken pipe for a failure and exit with 1, which here
        means findings.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is left in the buffer has nobody to go to either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except click.MissingParameter as error:
            wanted = (error.param.metavar if error.param else "") or "参数"
            raise click.UsageError(f"请写明要处理的{wanted.rstrip('.')}。", error.ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command named; a name that is none gets a suggestion."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(f"没有“{name}”这个命令。{_suggestion(name)}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in READING:
            warm()
        if cmd_name in KNOWING:
            _take_up_packs()
        # A module cannot be called `import`.
        module = import_module(f"luoshi.cli.{'import_' if cmd_name == 'import' else cmd_name}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        command.context_class = ChineseContext
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


def _take_up_packs() -> None:
    from luoshi.office.home import packs

    folder = packs()
    if not folder.is_dir():
        return
    from luoshi.engines.packs.store import take_up

    for trouble in take_up(folder):
        click.echo(f"！ {trouble}。", err=True)


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, 1)
    if close:
        return f"是不是想用 {close[0]}？"
    if os.path.exists(name):
        return f"要拆分材料，请用：luoshi split {name}"
    return f"可用的命令：{'、'.join(COMMANDS)}。"


@click.command(
    cls=Lazy,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    epilog="用“luoshi 命令 --help”查看每个命令的用法和例子。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="luoshi",
    help="显示版本。",
    message="落实 %(prog)s %(version)s",
)
def cli() -> None:
    """落实：读懂对照检查材料，把问题、原因、措施逐条拆开，看哪些问题没有措施回应。"""


def main() -> None:
    """Run the command line; exit codes 0 done, 1 findings (check), 2 could not."""
    collect_seldom()
    speak_chinese()
    try:
        status = cli.main(prog_name="luoshi", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
