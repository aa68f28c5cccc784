"""I103: the office speaks of itself as of another kind, or of another district or county.

What: 我局 or 全镇 in a street's paper, 我街道 in a bureau's, 我县 in that of a district;
我市 said by an office below the city is only warned of.
Why: such words are left over from the paper that was copied.
Basis: seen. A county bureau's papers spoke of 街道, 社区 and 我市 (DOMAIN.md §2).
Example: “云澜街道……对照检查材料” of 望山区, and “推动我县各乡镇高质量发展”.
Counter-example: “某镇原党委书记……在全镇造成恶劣影响” of a case in a town.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import header, kinds, paragraph_at, quoted, units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I103",
    title="自称与本单位不符",
    family="identity",
    severity="error",
    basis="seen",
    why="这样的自称是别的单位用的，多半是照搬后没有改净；请改成本单位的说法。",
)
_WHOLE = "全"
_OURS = ("我", "本")
_CITY = "市"


@cache
def _kind_words() -> dict[str, tuple[str, str]]:
    rows = units_table()["kind"]
    return {word: (row["id"], row["name"]) for row in rows for word in row["own"]}


@cache
def _level_words() -> dict[str, str]:
    return {word: row["id"] for row in units_table()["level"] for word in row["own"]}


def find(page: Page) -> Iterator[Objection]:
    """Object to words of another kind of office or of another level, outside quotations."""
    place = header(page)
    own = kinds(page)
    hits = page.hits("self-unit")
    if place is None or not own or not hits:
        return
    rows = [row for row in units_table()["kind"] if row["id"] in own]
    around = {kind for row in rows for kind in row.get("within", ())}
    upper = _upper(page)
    for hit in hits:
        word = page.words(hit)
        if quoted(page, hit.start) or (word.startswith(_WHOLE) and _elsewhere(page, hit)):
            continue
        kind, level = _kind_words().get(word), _level_words().get(word)
        if kind and kind[0] in around and not word.startswith(_OURS):
            continue
        if kind and kind[0] not in own:
            yield Objection((hit,), f"本单位是{rows[0]['name']}，“{word}”是{kind[1]}的说法。")
        elif level == _CITY and upper and _below_city(page, place):
            message = f"本单位属于{upper}一级，说“{word}”高了一级，请核对。"
            yield Objection((hit,), message, severity="warning")
        elif level and upper and level not in (upper, _CITY):
            yield Objection((hit,), f"本单位属于{upper}一级，“{word}”是{level}里单位的说法。")


def _below_city(page: Page, place: Span) -> bool:
    """Tell whether the header does not name an office of the city itself."""
    words = page.words(place)
    return _CITY not in words or any(level in words for level in ("区", "县"))


def _elsewhere(page: Page, hit: Span) -> bool:
    """Tell whether the paragraph speaks of another place of the kind: a case in a town."""
    low, high = paragraph_at(page, hit.start)
    rest = page.text[low : hit.start] + page.text[hit.end : high]
    return page.text[hit.end - 1] in rest


def _upper(page: Page) -> str:
    """Return whether the office belongs to a district or a county, or nothing if unclear."""
    found = {
        row["id"]: sum(page.text.count(cue) for cue in row["cues"])
        for row in units_table()["level"]
        if row["cues"]
    }
    named = [level for level, count in found.items() if count]
    return named[0] if len(named) == 1 else ""
