"""T106: a phrase or the name of an office that was out of date in the year of the material.

What: words of data/checks/outdated.toml in a material of the year from which they are out
of date, unless the sentence speaks of the past.
Why: old wording betrays a text taken over from an earlier year.
Basis: seen. Reviewers return papers for outdated phrases (DOMAIN.md §2).
Example: 在疫情防控常态化形势下 in a material of three years later.
Counter-example: 在2021年疫情防控常态化期间; 原质监局; 文化和旅游局 (not 旅游局).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import written
from luoshi.core.checks.rules._text import in_title
from luoshi.core.checks.rules._titles import TITLE
from luoshi.core.reading.model import Span
from luoshi.core.text.finder import Match, word_finder

META = Meta(
    code="T106",
    title="过时的提法",
    family="text",
    severity="warning",
    basis="seen",
    why="过时的提法说明材料可能是照搬往年的。请改成现在的写法，或写明是哪一年的事。",
)
_YEAR = re.compile(r"(20\d\d)年")
# A resolve speaks of the time to come.
_RESOLVED = re.compile(r"(?:我|我们|本人|班子|支部|公司|我院|我校|我局)(?:将|要)(?!军)")


@cache
def _data() -> tuple[
    Callable[[str], list[Match]], tuple[dict[str, str | int], ...], re.Pattern[str]
]:
    """Return the finder, the row of each of its words, and what tells of the past."""
    table = knowledge.table("checks/outdated")
    rows = {word: row for row in table["phrases"] for word in row["words"]}
    rows |= {word: {"since": 0} for word in table["right"]}
    return word_finder(rows), tuple(rows.values()), re.compile(table["past"])


def _years(page: Page) -> tuple[int, int]:
    """Return the year of the material and that of its measures, which come after; 0 if unknown."""
    match = _YEAR.search(page.examination.profile.title)
    known = written(page)
    now = known[0].year if known else 0
    year = page.outline.year or (int(match[1]) if match else now)
    return year, max(year + 1, now) if year else 0


def _is_past(page: Page, start: int, since: int) -> bool:
    low = max(page.text.rfind("。", 0, start), page.text.rfind("\n", 0, start)) + 1
    high = page.text.find("。", start)
    sentence = page.text[low : high if high >= 0 else len(page.text)]
    years = [int(year) for year in _YEAR.findall(sentence)]
    return any(year < since for year in years) or bool(_data()[2].search(sentence))


def _is_present(page: Page, start: int) -> bool:
    """Tell whether the words before in the clause, or the next ones, speak of the time of writing."""
    low = max(page.text.rfind(mark, 0, start) for mark in "，。；\n") + 1
    stops = [page.text.find(mark, start) for mark in "。；\n"]
    high = min((stop for stop in stops if stop >= 0), default=len(page.text))
    present = re.search(knowledge.table("checks/outdated")["present"], page.text[low:start])
    return present is not None or _RESOLVED.search(page.text, start, high) is not None


@cache
def _replaced() -> dict[str, dict[str, str | int]]:
    """Return the row of each document that another one has replaced."""
    rows = knowledge.table("checks/outdated")["documents"]
    return {title: row for row in rows for title in row["titles"]}


def _documents(page: Page, year: int) -> Iterator[Objection]:
    """Object to the documents that had been replaced by that year."""
    for match in TITLE.finditer(page.text) if "《" in page.text else ():
        row = _replaced().get(match[1])
        if row is None or not int(row["since"]) <= year:
            continue
        if not _is_past(page, match.start(), int(row["since"])):
            message = f"《{match[1]}》已经废止（{row['note']}）。"
            yield Objection((Span(*match.span()),), message, f"《{row['instead']}》")


_VERSION = re.compile(
    r"(?P<before>(?:19|20)\d\d)年?(?:版|修订版|(?:新)?(?:修订|修正|颁布|印发|施行|发布)的?)(?=《)"
    r"|《(?P<title>[^《》\n]{4,40}?)(?:》[（(]|[（(])(?P<after>(?:19|20)\d\d)年?(?:修订|修正|版)"
)


_THEN = re.compile(r"曾|当时|当年|旧|原|废止")


@knowledge.derived
def _revisions() -> dict[str, tuple[date, ...]]:
    """Return by the words that name it the days on which each document was revised."""
    rows = knowledge.table("checks/documents")["documents"]
    return {
        w.strip("《》"): tuple(r["revised"]) for r in rows if r.get("revised") for w in r["words"]
    }


def _versions(page: Page, year: int) -> Iterator[Objection]:
    """Object to a version of a document of which there was a newer one by the year's end."""
    for match in _VERSION.finditer(page.text):
        titled = TITLE.match(page.text, match.end()) if match["before"] else None
        title = match["title"] or (titled[1] if titled else "")
        named = int(match["before"] or match["after"])
        newer = [
            day
            for word, days in _revisions().items()
            if word in title
            for day in days
            if named < day.year <= year
        ]
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "，。；\n") + 1
        if newer and not _THEN.search(page.text, low, match.end()):
            last = max(newer)
            message = f"“{match[0]}”不是新的版本，{last.year}年{last.month}月又修订过。"
            end = titled.end() if titled else match.end()
            yield Objection((Span(match.start(), end),), message, severity="error")


def find(page: Page) -> Iterator[Objection]:
    """Object to what is outdated, in text order; to nothing when the year cannot be told."""
    year, to_come = _years(page)
    if year:
        found = [
            *_phrases(page, year, to_come),
            *_documents(page, year),
            *_versions(page, year),
            *_awaited(page),
            *_expired(page, year),
        ]
        yield from sorted(found, key=lambda objection: objection.spans[0])


@cache
def _events() -> tuple[re.Pattern[str], dict[str, date]]:
    """Return the pattern of an event looked forward to, and the day on which each was held."""
    table = knowledge.table("checks/outdated")["awaited"]
    days = {word: row["held"] for row in table["events"] for word in row["words"]}
    words = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    return re.compile(
        f"(?:{table['before']})[^，。；、\\n]{{0,4}}(?P<what>{words})(?:{table['after']})"
    ), days


def _awaited(page: Page) -> Iterator[Objection]:
    """Object to an event still looked forward to after it was held, where nothing speaks of then."""
    pattern, days = _events()
    known = written(page)
    for match in pattern.finditer(page.text) if known else ():
        held = days[match["what"]]
        if known is None or known[0] <= held or in_title(page, match.start()):
            continue
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        clause = re.split("[。；\n]", page.text[low : match.end() + 40])[0]
        if not re.search(knowledge.table("checks/outdated")["awaited"]["then"], clause):
            told = f"{held.year}年{held.month}月{held.day}日"
            message = f"“{match[0]}”是过去的说法：{told}已经有了。"
            yield Objection((Span(*match.span()),), message, severity="error")


_PLANNED = re.compile(
    r"《[^《》\n]{4,40}[（(](?:19|20)\d\d年?\s*[—–－\-至~]+\s*(?P<last>(?:19|20)\d\d)年?[）)]》"
)


def _expired(page: Page, year: int) -> Iterator[Objection]:
    """Object to a plan whose years were over before the year of the material."""
    for match in _PLANNED.finditer(page.text):
        last = int(match["last"])
        if last < year and not _is_past(page, match.end(), 0):
            message = (
                f"这是到{last}年为止的规划，写材料时已经过期，请改用现在的，或写明是过去的事。"
            )
            yield Objection((Span(*match.span()),), message)


def _phrases(page: Page, year: int, to_come: int) -> Iterator[Objection]:
    """Object to the outdated phrases and names of offices."""
    words, rows, _ = _data()
    done = 0
    matches = sorted((start, -end, index) for index, start, end in words(page.text))
    for start, negative, index in matches:
        row, end = rows[index], -negative
        since = int(row["since"])
        if start < done:
            continue
        if not since:
            done = end
        named = start > 0 and page.text[start - 1] in knowledge.table("checks/outdated")["before"]
        point = page.point_at(start) if 0 < since <= to_come else None
        measure = point is not None and point.kind == "measure"
        later = 0 < since <= to_come and (measure or _is_present(page, start))
        then = to_come if later else year
        if not 0 < since <= then or named or in_title(page, start) or _is_past(page, start, since):
            continue
        done = end
        instead = f"，现在通常写“{row['instead']}”" if row["instead"] else "，请改写"
        message = f"“{page.text[start:end]}”是过去的说法（{row['note']}）{instead}。"
        yield Objection((Span(start, end),), message)
