"""``luoshi explain``: what a rule is for, how firm it is, and how to switch it off."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import cast

import click

from luoshi.core.checks import Meta, Rule, all_rules
from luoshi.core.checks.handbook import (
    BASIS_NAMES,
    FAMILY_NAMES,
    SEVERITY_NAMES,
    explained,
)
from luoshi.core.checks.model import Severity
from luoshi.core.knowledge import table


@click.command(
    "explain",
    options_metavar="[选项]",
    short_help="说明一条检查规则；不写编号时列出全部规则",
    epilog="例子：\n\n\b\n  luoshi explain\n  luoshi explain M101",
)
@click.argument("codes", metavar="[编号]...", nargs=-1)
def explain_command(codes: tuple[str, ...]) -> int:
    """说明一条检查规则：查什么、为什么、依据是什么、怎样关闭。不写编号时列出全部规则。"""
    if not codes:
        _list_all()
        return 0
    rules = {each.META.code: each for each in all_rules()}
    compared = {entry["code"]: entry for entry in _compared()}
    for code in codes:
        if code.upper() not in rules and code.upper() not in compared:
            near = get_close_matches(code.upper(), rules, n=3)
            hint = f"是不是{'、'.join(near)}？" if near else ""
            raise click.UsageError(f"没有“{code}”这条规则。{hint}“luoshi explain”列出全部规则。")
    for index, code in enumerate(codes):
        if index:
            click.echo()
        if code.upper() in compared:
            _explain_compared(compared[code.upper()])
        else:
            _explain(rules[code.upper()])
    return 0


def _compared() -> list[dict[str, str]]:
    """Return what ``luoshi overlap`` reports: no rules of a single document."""
    return [entry for entry in table("overlap/codes").values() if isinstance(entry, dict)]


def _explain_compared(entry: dict[str, str]) -> None:
    from luoshi.formats.wrapping import wrapped

    click.secho(f"{entry['code']} {entry['name']}", bold=True)
    grade = SEVERITY_NAMES[cast(Severity, entry["level"])]
    click.echo(f"类别：{FAMILY_NAMES['overlap']}。级别：{grade}。由“luoshi overlap”比对得出。")
    first, *others = wrapped(entry["why"], 92)
    click.echo("\n".join([f"为什么：{first}", *(" " * 8 + line for line in others)]))


def _list_all() -> None:
    from rich.cells import cell_len, set_cell_size

    metas = [each.META for each in all_rules()]
    widest = max(cell_len(_title(meta)) for meta in metas) + 2
    for family, name in FAMILY_NAMES.items():
        chosen = [meta for meta in metas if meta.family == family]
        if not chosen:
            continue
        click.secho(f"{name}（{len(chosen)} 条）", bold=True)
        for meta in chosen:
            title = set_cell_size(_title(meta), widest)
            grade = SEVERITY_NAMES[meta.severity]
            click.echo(f"  {meta.code}  {title}{grade}  依据：{BASIS_NAMES[meta.basis]}")
    click.secho(
        f"{FAMILY_NAMES['overlap']}（luoshi overlap 比对得出，{len(_compared())} 种）", bold=True
    )
    for entry in _compared():
        title = set_cell_size(entry["name"], widest)
        click.echo(f"  {entry['code']}  {title}{SEVERITY_NAMES[cast(Severity, entry['level'])]}")
    click.echo(f"规则共 {len(metas)} 条。“luoshi explain 编号”说明查什么、为什么、什么不算。")


def _title(meta: Meta) -> str:
    return meta.title + ("" if meta.on else "（平时关闭）")


def _explain(rule: Rule) -> None:
    from shutil import get_terminal_size

    from luoshi.formats.wrapping import wrapped

    meta, told = rule.META, explained(rule.META.code)
    width = min(get_terminal_size((100, 24)).columns, 100) if sys.stdout.isatty() else 100
    click.secho(f"{meta.code} {meta.title}", bold=True)
    click.echo(
        f"类别：{FAMILY_NAMES[meta.family]}。级别：{SEVERITY_NAMES[meta.severity]}。"
        f"依据：{BASIS_NAMES[meta.basis]}。{'' if meta.on else '平时关闭，由单位启用。'}"
    )
    rows = [("为什么", meta.why)]
    if told is not None:
        rows = [("查什么", told.what), *rows, ("例子", told.wrong), ("不算", told.right)]
    for name, words in rows:
        first, *others = wrapped(words, width - 8)
        click.echo(f"{name}：{first}" if len(name) == 3 else f"{name}：  {first}")
        for line in others:
            click.echo(" " * 8 + line)
    wish, setting = ("关闭", "off = true") if meta.on else ("启用", "off = false")
    grades = "、".join(f"{grade}（{name}）" for grade, name in SEVERITY_NAMES.items())
    click.echo(
        f"要{wish}：在 luoshi.toml 里写\n"
        f'  [rules.{meta.code}]\n  {setting}\n  reason = "写明理由"\n'
        f'  # 只改级别时，把 {setting} 换成 severity = "…"：{grades}'
    )
