"""Asking for a passphrase: from a file for a timetable, else typed without being shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def passphrase_option(command: F) -> F:
    """Give a command the option that names the file with the passphrase."""
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="从文件的第一行读口令（不写时在屏幕上输入，不显示）。",
    )
    return option(command)


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase to seal with, typed twice.

    Raises ``click.ClickException`` for a file that cannot be used and for a weak passphrase.
    """
    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.engines.keeping.seal import check_passphrase

    given = _from(file) if file else _typed("口令（忘记了就无法恢复，请另行妥善保管）", twice=True)
    try:
        check_passphrase(given)
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    return given


def known_passphrase(file: Path | None) -> str:
    """Return the passphrase that something was sealed with."""
    return _from(file) if file else _typed("口令", twice=False)


def _typed(words: str, *, twice: bool) -> str:
    if not sys.stdin.isatty():
        raise click.ClickException(
            "这里不能输入口令。请把口令写在文件里，用 --passphrase-file 写明。"
        )
    return str(
        click.prompt(words, hide_input=True, confirmation_prompt="再输入一次" if twice else False)
    )


def _from(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"口令文件“{file}”打不开。请核对文件。") from error
    return lines[0].strip() if lines else ""
