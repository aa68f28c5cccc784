"""A ledger in a workbook on the command line: the preview as text, and the same import as on the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luoshi.cli.refusals import telling

if TYPE_CHECKING:
    from luoshi.office.accounts.models import Person
    from luoshi.office.ledger.models import Commitment
    from luoshi.office.sheets.plan import Plan

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et"})


def is_workbook(path: Path) -> bool:
    """Tell by its name whether a file is a workbook."""
    return path.suffix.lower() in SUFFIXES


@telling
def take_in(path: Path, by: Person, *, dry_run: bool, yes: bool) -> bool:
    """Print the preview of a workbook and, once that is confirmed, import it.

    With ``dry_run`` nothing is written, not even that somebody looked. Returns whether what was
    asked for was done; what is wrong is said.
    """
    from luoshi.engines.files import load_bytes
    from luoshi.engines.sheets import understand_bounded
    from luoshi.office.sheets import plan as plans
    from luoshi.office.sheets.actions import importing

    # What a preview finds in the ledger is for those alone who may draft.
    importing.require(by)
    data = load_bytes(path)
    record = understand_bounded(data)
    plan = plans.build(by.office_id, record)
    for line in lines(record, plan):
        click.echo(line)
    if dry_run:
        click.echo("只是预览，没有写入任何内容。")
        return True
    if not yes and not _agreed():
        click.echo(f"✗ {path.name}：没有确认，没有导入。核对无误后加上 --yes 再运行。", err=True)
        return False
    made = _import(data, path.name, by, plan.digest)
    click.echo(f"✓ {path.name}：建立了{made}项草稿")
    return True


def _agreed() -> bool:
    return sys.stdin.isatty() and click.confirm("确认导入？", default=False)


def _import(data: bytes, name: str, by: Person, seen: str) -> int:
    """Import what was shown; a preview that was refused is given up, so that it does not wait."""
    from luoshi.office.examinations import storage
    from luoshi.office.journal.errors import Refused
    from luoshi.office.sheets.actions import importing

    stored = storage.store([data], name, evidence=False)
    row = importing.upload(by=by, stored=stored)
    try:
        choices = importing.Choices(seen)
        return len(importing.confirm(by=by, sheet_import=row.pk, choices=choices))
    except Refused:
        importing.discard(by=by, sheet_import=row.pk)
        raise


def lines(record: Mapping[str, Any], plan: Plan) -> Iterator[str]:
    """Yield the preview as lines of text."""
    from luoshi.office.sheets import plan as plans

    yield from _columns(record)
    for planned in plan.of(plans.NEW):
        who = "、".join(filter(None, (planned.unit_name, planned.owner_name))) or "没有责任人"
        when = planned.deadline.isoformat() if planned.deadline else planned.piece.deadline["words"]
        yield f"＋ {planned.piece.sheet}第{planned.piece.row}行　{planned.title}（{who}；{when or '没有时限'}）"
        for note in planned.notes:
            yield f"    {note}"
    for planned in plan.of(plans.CHANGED):
        yield f"≠ {planned.piece.sheet}第{planned.piece.row}行　与上次不同：{_item(planned.item)}"
        for label, old, new in planned.differences:
            yield f"    {label}：{_one(old)} → {_one(new)}"
    for gap in plan.gaps:
        yield f"？ {gap.sheet}第{gap.row}行　有问题没有措施：{_one(gap.problem)}"
    if plan.unknown:
        yield f"没有对上的名称：{'、'.join(plan.unknown)}。导入后在草稿里填写，或在网页上导入并逐个选定。"
    known, gone = len(plan.of(plans.KNOWN)), len(plan.of(plans.GONE))
    yield (
        f"可以建立草稿{len(plan.of(plans.NEW))}项；已经导入过{known}项；与上次不同"
        f"{len(plan.of(plans.CHANGED))}项；导入过又删去的{gone}项；有问题没有措施{len(plan.gaps)}行。"
    )


def _columns(record: Mapping[str, Any]) -> Iterator[str]:
    for sheet in record["sheets"]:
        if sheet["why"]:
            yield f"工作表“{sheet['name']}”：{sheet['why']}"
            continue
        found = [c for c in sheet["columns"] if c["field"]]
        named = "，".join(f"{c['address']}“{c['title']}”为{c['label']}" for c in found)
        yield f"工作表“{sheet['name']}”：读出{len(sheet['rows'])}行。{named}。"
        other = [f"{c['address']}“{c['title']}”" for c in sheet["columns"] if not c["field"]]
        if other:
            yield f"    没有认出的栏：{'，'.join(other)}（原样留在原文里）"
        for skipped in sheet["skipped"]:
            yield f"    跳过{skipped['address']}“{_one(skipped['words'])}”：{skipped['why']}"


def _item(item: Commitment | None) -> str:
    return f"{item.number} {item.title}" if item else ""


def _one(words: str) -> str:
    return " ".join(words.split()) or "（空）"
