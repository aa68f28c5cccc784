"""I111: another office's party organ, or that of another level, named as the author's own.

What: 镇党委 in a street's paper, 局党组 in a company's, 县委 in that of an office of a district, with
no name before them: as one speaks of the own superior.
Also 局里 in a street's paper, and rooms of another kind of office (由局人事科).
Why: such words are left over from the paper that was copied.
Basis: seen. A wrong office or level left over is a ground for returning (DOMAIN.md §2).
Example: “按照县委部署” in the paper of a street in 望山区; “提交镇党委研究” there.
Counter-example: “清源县委” and “某县委原书记” with a name; 街道党工委 in a community's paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    header,
    kinds,
    own_names,
    paragraph_at,
    quoted,
    units_table,
)
from luoshi.core.reading.model import Span

META = Meta(
    code="I111",
    title="上级组织与本单位不符",
    family="identity",
    severity="error",
    basis="seen",
    why="本单位的上级没有这样的组织，多半是照搬后没有改净；请改成本单位的说法。",
)
# 镇党委会议 is I103's; a school of the party is no superior.
_OTHER_WORDS = ("会", "党校")

_CLAIMS = ("身为", "作为", "担任", "我是", "任")
_POSTS = ("书记", "副书记", "委员", "主任")
# 局里 may be the former office's: where the sentence tells of one.
_INSIDE = ("里", "上")
_CAREER = re.compile("调|曾|原|以前|过去|当年|那时|工作过|年至|到20|刚参加|借调|挂职")


def find(page: Page) -> Iterator[Objection]:
    """Object to organs that stand without a name and cannot be the author's."""
    place = header(page)
    if place is None:
        return
    found = [*_organs(page, place), *_levels(page), *_rooms(page)]
    yield from sorted(found, key=lambda objection: objection.spans[0])


def _organs(page: Page, place: Span) -> Iterator[Objection]:
    own = kinds(page)
    for hit in page.hits("own-organ", (place.end, len(page.text))):
        row = _row(own, page.words(hit))
        if row is None or page.words(hit) in page.words(place):
            continue
        acts = page.text[max(0, hit.start - 4) : hit.start].endswith(
            tuple(units_table()["acting"]["before"])
        )
        inside = page.words(hit).endswith(_INSIDE) and _of_career(page, hit)
        claimed = page.text[max(0, hit.start - 3) : hit.start].endswith(_CLAIMS)
        # 身为局党组书记 is I101's.
        if claimed and page.text.startswith(_POSTS, hit.end):
            continue
        if _of_own(page, hit) and not inside and (acts or not row.get("acting")):
            message = f"“{page.words(hit)}”是{row['name']}的说法，本单位没有这样的上级。"
            yield Objection((hit,), message)


@cache
def _room() -> re.Pattern[str]:
    return re.compile(units_table()["rooms"]["pattern"])


def _rooms(page: Page) -> Iterator[Objection]:
    """Object to 由局人事科 where the author's office is no 局."""
    own, rooms = kinds(page), units_table()["rooms"]["kinds"]
    for match in _room().finditer(page.text) if own else ():
        if rooms[match["of"]] not in own and not quoted(page, match.start()):
            place = Span(match.start("of"), match.end())
            message = f"“{page.words(place)}”是别的单位的内设机构，本单位没有。"
            yield Objection((place,), message)


def _row(own: frozenset[str], word: str) -> dict[str, Any] | None:
    """Return the kind of office whose organ a word names, where the author's is another."""
    rows: list[dict[str, Any]] = units_table()["organ"]
    # A 卫生院 of a town is of two kinds: what one of them says is no other's.
    mine = {row["name"] for row in units_table()["kind"] if row["id"] in own}
    return next(
        (
            r
            for r in rows
            if word in r["words"] and own & set(r["wrong_for"]) and r["name"] not in mine
        ),
        None,
    )


def _levels(page: Page) -> Iterator[Objection]:
    names = [name for name, _ in own_names(page).get("district", ())]
    own = {name[-1] for name in names}
    if len(own) != 1:
        return
    level = own.pop()
    for hit in page.hits("level-organ"):
        word = page.words(hit)
        if word[0] != level and (_of_own(page, hit) or page.text[hit.start - 1] == "各"):
            message = f"本单位属于{level}一级（{names[0]}），这里写成“{word}”。"
            yield Objection((hit,), message)


def _of_own(page: Page, hit: Span) -> bool:
    """Tell whether no name stands before the organ, and nobody is quoted."""
    before = page.text[hit.start - 1 : hit.start]
    named = "\u4e00" <= before <= "\u9fff" and before not in units_table()["before_bodies"]
    other = page.text.startswith(_OTHER_WORDS, hit.end)
    return not named and not other and not quoted(page, hit.start)


def _of_career(page: Page, hit: Span) -> bool:
    low, high = paragraph_at(page, hit.start)
    begin = max(low, page.text.rfind("。", low, hit.start) + 1)
    end = page.text.find("。", hit.end, high)
    return _CAREER.search(page.text, begin, end if end >= 0 else high) is not None
