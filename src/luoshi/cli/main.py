"""The command line: ``luoshi read · split · outlines · schema · doctor · demo``."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from luoshi import __version__
from luoshi.cli.text import speak_chinese

COMMANDS = {
    "read": "显示材料的文字，一字不改",
    "split": "拆出问题、原因、措施，并指出哪些没有回应",
    "outlines": "列出已知的提纲",
    "schema": "显示 JSON 结果的格式定义",
    "doctor": "检查本机是否具备运行条件",
    "demo": "用自带的样例走一遍，并自检",
}


class Lazy(click.Group):
    """A group whose commands are imported when used: start-up time is felt at every call."""

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

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"luoshi.cli.{cmd_name}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


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
