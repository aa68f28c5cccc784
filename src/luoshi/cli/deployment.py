"""Commands that work on an office's own deployment: where it is, and Django set up for it.

Imported by those commands only: `luoshi check` never loads Django.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def home_option(command: F) -> F:
    """Give a command the option that names the deployment's folder."""
    option = click.option(
        "--home",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="存放数据库、文件和密钥的文件夹（默认：当前文件夹下的 luoshi-data，或环境变量 LUOSHI_HOME）。",
    )
    return option(command)


def prepare(home: Path | None, *, new: bool = False) -> Path:
    """Set Django up for the deployment in a folder, and return the folder.

    Raises ``click.ClickException`` when there is none yet and none is to be made (``new``), and
    when the folder cannot be used.
    """
    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home)
    from luoshi.office.home import home as place

    folder = place()
    if not new and not (folder / "keys").is_dir():
        raise click.ClickException(
            f"“{folder}”里还没有落实的数据。请先运行：luoshi init --office 单位名称"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("files", "static"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise click.ClickException(f"不能使用文件夹“{folder}”：{error.strerror}。") from error
    django_at(folder)
    return folder


def django_at(folder: Path) -> None:
    """Set Django up for a deployment's folder; raises ``click.ClickException`` for wrong settings."""
    os.environ["LUOSHI_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.settings")
    import django

    try:
        django.setup()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def require_current() -> None:
    """Raise ``click.ClickException`` when the tables are not those of this version."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise click.ClickException(f"不能使用数据库：{error}。") from error
    if behind:
        raise click.ClickException(
            "数据库还是旧版本的。请先停止服务，运行 luoshi upgrade（会自动先备份），然后重试。"
        )


def migrate() -> None:
    """Bring the database to the present tables.

    Raises ``click.ClickException`` with what to do when the database cannot be reached.
    """
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise click.ClickException(
            f"不能使用数据库：{error}。请检查磁盘空间和文件夹权限，或环境变量 LUOSHI_DATABASE。"
        ) from error


def up_to_date() -> bool:
    """Bring the tables to this version, after a backup; tell whether there was anything to do.

    Raises ``click.ClickException`` when it did not succeed: the database is then as it was.
    """
    from django.db import DatabaseError

    from luoshi.engines.keeping.errors import KeepingError
    from luoshi.office.keeping import lock, upgrade

    try:
        if not upgrade.behind():
            return False
        with lock.held(alone=True):
            made = upgrade.upgrade()
    except KeepingError as error:
        raise click.ClickException(str(error)) from error
    except DatabaseError as error:
        raise click.ClickException(
            f"不能使用数据库：{error}。请检查磁盘空间和文件夹权限，或环境变量 LUOSHI_DATABASE。"
        ) from error
    if made is not None:
        click.echo(f"数据库已更新。更新前的备份：{made.path}")
    return True
