"""What the auditor's pages show."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.office.journal.act import VERBS
from luoshi.office.journal.models import Entry, Facts, Row
from luoshi.office.journal.words import row_of, words


def entries(
    office: int, *, verb: str = "", subject: str = "", day: date | None = None
) -> QuerySet[Entry]:
    """Return the entries of an office, newest first."""
    rows = Entry.objects.filter(office=str(office)).defer("data", "leaf")
    if verb:
        rows = rows.filter(verb=verb)
    if subject:
        rows = rows.filter(subject=subject)
    if day:
        start = timezone.make_aware(datetime.combine(day, time()))
        rows = rows.filter(time__gte=start, time__lt=start + timedelta(days=1))
    return rows.order_by("-number")


def wording(verb: str) -> str:
    """Return the Chinese name of a verb; the verb itself for one of an older version."""
    known = VERBS.get(verb)
    return known.wording if known else verb


def fact_lines(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return facts as lines: the Chinese name, and the value as one would say it."""
    names = words()["facts"]
    return [(names.get(name, name), _said(value)) for name, value in facts.items()]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value == "":
        return "无"
    if isinstance(value, dict):
        return "；".join(f"{name}：{said}" for name, said in fact_lines(value))
    if isinstance(value, list):
        return "、".join(_said(each) for each in value)
    return str(value)


def opened(entry: Entry) -> dict[str, Any]:
    """Return what an entry opens to: its facts (None: erased) and the rows it changed."""
    opening = Facts.objects.filter(entry=entry).first()
    facts = json.loads(opening.facts) if opening and opening.facts is not None else None
    rows = Row.objects.filter(entry=entry).order_by("id")
    return {
        "facts": None if facts is None else fact_lines(facts),
        "rows": [(row_of(row.table, row.key), row) for row in rows],
    }
