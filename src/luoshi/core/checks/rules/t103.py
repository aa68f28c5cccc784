"""T103: a leader called by a short form.

What: a title of data/checks/names-in-full.toml in a form that formal writing does not use.
Why: in formal writing name and post are given in full; short forms belong to speech.
Basis: custom. Usage of published documents; no name of a person is corrected.
Example: 时刻牢记习总书记要求。
Counter-example: 认真学习总书记重要讲话 (学习 + 总书记).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T103",
    title="领导人称谓不规范",
    family="text",
    severity="error",
    basis="custom",
    why="正式材料里姓名和职务通常写全称，简称多用于口头。请改为全称。",
)


@cache
def _titles() -> tuple[tuple[re.Pattern[str], str, Severity], ...]:
    rows = knowledge.table("checks/names-in-full")["titles"]
    return tuple((re.compile(row["pattern"]), row["full"], row["severity"]) for row in rows)


def find(page: Page) -> Iterator[Objection]:
    """Object to every short form of a leader's title."""
    found = [
        (match.start(), match.end(), full, severity)
        for pattern, full, severity in _titles()
        for match in pattern.finditer(page.text)
    ]
    done = 0
    for start, end, full, severity in sorted(found, key=lambda row: (row[0], -row[1])):
        if start >= done:
            done = end
            message = f"“{page.text[start:end]}”是简称，应写“{full}”。"
            yield Objection((Span(start, end),), message, full, severity)
