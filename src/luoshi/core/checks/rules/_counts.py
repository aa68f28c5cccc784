"""What the rules on stated counts share: the wordings by which a text says how many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

N = r"(?P<n>[一二两三四五六七八九十]{1,3}|\d{1,3})"


def table() -> dict[str, Any]:
    """Return the lexicon of counts (data/checks/counts.toml)."""
    return knowledge.table("checks/counts")


def any_with_number(texts: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of the texts, their number in the groups n0, n1, …."""
    named = (text.replace("{n}", N.replace("<n>", f"<n{i}>")) for i, text in enumerate(texts))
    return re.compile("|".join(f"(?:{text})" for text in named) or "(?!)")


def stated(match: re.Match[str]) -> tuple[int, int]:
    """Return the number of a match of :func:`any_with_number` and where it is printed."""
    group = next(k for k, v in match.groupdict().items() if v and re.fullmatch(r"n\d+", k))
    return number(match[group]) or 0, match.start(group)


@cache
def _patterns(part: str, level: str) -> re.Pattern[str]:
    if level:
        rows = [r for r in table()["claim"] if r["part"] == part and r["level"] == level]
        return any_with_number(text for row in rows for text in row["patterns"])
    return any_with_number(table()[part]["patterns"])


def claims(page: Page, span: Span, part: str, level: str = "") -> list[tuple[int, Span]]:
    """Return the numbers that a span announces, each with the words that do."""
    found: list[tuple[int, Span]] = []
    never = tuple(table()["never"])
    for match in _patterns(part, level).finditer(page.text, *span):
        value, start = stated(match)
        if value and not page.text[:start].endswith(never):
            words = page.text[start : match.end()].rstrip("，。：；")
            found.append((value, Span(start, start + len(words))))
    return found


def of_others(page: Page, place: Span, own: str = "") -> bool:
    """Tell whether the sentence up to ``place`` counts what other papers or years list.

    ``own`` is a word that does not tell so here: 整改 of the measures of this paper.
    """
    low = max(page.text.rfind(sign, 0, place.start) + 1 for sign in "。\n")
    sentence = page.text[low : place.start]
    return any(word in sentence for word in table()["elsewhere"] if word != own)
