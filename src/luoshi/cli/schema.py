"""``luoshi schema``: the published JSON schema of the results."""

from __future__ import annotations

from importlib.resources import files

import click


@click.command(
    "schema", options_metavar="[选项]", epilog="例子：\n\n\b\n  luoshi schema > 格式定义.json"
)
def schema_command() -> int:
    """显示“luoshi split --format json”结果的格式定义（JSON Schema）。"""
    schema = files("luoshi") / "data" / "schema" / "split.schema.json"
    click.echo(schema.read_text("utf-8"), nl=False)
    return 0
