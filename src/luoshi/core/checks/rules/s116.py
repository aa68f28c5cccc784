"""S116: a list in a sentence that is followed by another number than it has items.

What: “甲、乙、丙四处” and its like: the number that sums up a list differs from its items.
Why: an item was forgotten, or the number is wrong; a reader counts at once.
Basis: custom.
Example: “堆放在档案室、仓库、后台四处”.
Counter-example: “甲、乙等四处”, “甲、乙和丙三处”, “教室、走廊三处漏水”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="S116",
    title="列举的与总括的数不一致",
    family="structure",
    severity="warning",
    basis="custom",
    why="列举的项数和后面总括的数对不上，一数便知；请补齐列举的内容或者改正数字。",
)
_MARK = "、"
_BREAK = re.compile(r"[，。；：！？:;,\n]")
_INSIDE = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|（[^（）\n]*）")
_JOINT = re.compile(r"以及|[和与及或]")
_LEAD = re.compile(r"包括|涉及|分别|[在于为有是对从向给把由将如即到了的地抓]")
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十](?=[个项次名件条类家处种人年月日号期级])")
_N = r"(?P<n>[两三四五六七八九十]|\d{1,2})"
_CODE = re.compile(r"[A-Za-z]{0,6}[-—]?[\d-]+[A-Za-z]?")
_PARTS = re.compile(
    rf"的{_N}(?P<unit>[个项条件](?:问题|措施|任务|事项)?)(?:是|为|分别是)?：(?P<list>[^。\n]+)"
)
_CATCHWORD = re.compile(
    r"[“\"](?P<name>(?P<n>[两三四五六七八九十])(?:个)?(?P<word>[\u4e00-\u9fff]{1,3}))[”\"]"
    r"(?:：|——|，即|，就是|（)(?P<list>[^。；：（）\n，]+)"
)
# After these a list need not be whole.
_OPEN = ("其中", "例如", "比如", "包括", "主要")
# A number further from that of the items sums up something else.
_NEAR = 2
_LONGEST_ITEM = 14


@cache
def _sum() -> re.Pattern[str]:
    units = knowledge.table("checks/counts")["summed"]["units"]
    return re.compile(
        rf"、(?P<last>[^，。；：、！？\n\d]{{1,{_LONGEST_ITEM}}}?)(?P<joint>，?共计?|等)?"
        rf"(?<![第“]){_N}(?P<unit>{'|'.join(units)})"
    )


@cache
def _announced() -> re.Pattern[str]:
    table = knowledge.table("checks/counts")["summed"]
    kinds, joints = "|".join(table["before"]), "|".join(table["joints"])
    return re.compile(
        rf"(?<![第\d.]){_N}(?P<unit>(?:{kinds})[^，。；：、（）\d“”]{{0,6}}?)"
        rf"(?:(?:{joints})(?P<after>[^，。；：\n]+)[。；，]|（(?P<inside>[^，。；：（）\n]+)）)"
    )


def find(page: Page) -> Iterator[Objection]:
    """Object to every number that the list before or after it contradicts, in text order."""
    found = [*_summed(page), *_listed(page), *_told(page), *_catchword(page)]
    yield from sorted(found, key=lambda objection: objection.spans[0])


def _summed(page: Page) -> Iterator[Objection]:
    for match in _sum().finditer(page.text):
        segments = _segments(page, match.start())
        if segments:
            items = [*segments, match["last"]]
            yield from _compare(page, match, items, open_end=match["joint"] == "等")


def _listed(page: Page) -> Iterator[Objection]:
    """Compare 三个部门（甲、乙、丙、丁） with what stands in the brackets or after the colon."""
    for match in _announced().finditer(page.text):
        words = _INSIDE.sub("某", match["after"] or match["inside"])
        items = words.rstrip("等").split(_MARK)
        if len(items) > 1 and not any(joint in match[0] for joint in _OPEN):
            yield from _compare(page, match, items, open_end=words.endswith("等"))


def _told(page: Page) -> Iterator[Objection]:
    """Compare 完成的3个是：……；……。 with the number of its parts."""
    for match in _PARTS.finditer(page.text):
        there, stated = match["list"].count("；") + 1, number(match["n"]) or 0
        if there > 1 and there != stated and abs(stated - there) <= _NEAR:
            span = Span(match.start("n"), match.end("unit"))
            message = f"这里写的是“{page.words(span)}”，后面说了{there}个。"
            yield Objection((span,), message)


def _catchword(page: Page) -> Iterator[Objection]:
    """Compare “四怕”：怕……、怕……、怕…… with the items, each of which has the word."""
    for match in _CATCHWORD.finditer(page.text):
        items = match["list"].split(_MARK)
        there, stated = len(items), number(match["n"]) or 0
        if there > 1 and there != stated and all(match["word"] in item for item in items):
            span = Span(*match.span("name"))
            message = f"这里写的是“{page.words(span)}”，后面列举的是{there}个。"
            yield Objection((span,), message)


def _compare(
    page: Page, match: re.Match[str], items: list[str], *, open_end: bool
) -> Iterator[Objection]:
    coded = all(_CODE.fullmatch(item) for item in items)
    if not coded and any(len(item) > _LONGEST_ITEM or _COUNTED.search(item) for item in items):
        return
    there, stated = len(items), number(match["n"]) or 0
    joints = sum(len(_JOINT.findall(item)) for item in items)
    right = there <= stated <= there + joints or (open_end and stated > there)
    if not right and abs(stated - there) <= _NEAR:
        span = Span(match.start("n"), match.end("unit"))
        message = f"这里写的是“{page.words(span)}”，列举的是{there}个。"
        yield Objection((span,), message)


def _segments(page: Page, stop: int) -> list[str]:
    """Return the items before the last mark of a list, quoted words and brackets left out."""
    line = page.text.rfind("\n", 0, stop) + 1
    plain = _INSIDE.sub("某", page.text[line:stop])
    clause = _BREAK.split(plain)[-1].rpartition("“")[2].rpartition("（")[2]
    first, *others = clause.split(_MARK)
    # What the sentence says before the list, up to a verb or a particle, is none of its items.
    return [item for item in (_LEAD.split(first)[-1], *others) if item]
