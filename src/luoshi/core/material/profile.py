"""Who wrote a material and what its opening says."""

from __future__ import annotations

import re

from luoshi.core.material.frame import Frame
from luoshi.core.material.model import Point, Profile
from luoshi.core.material.nodes import Node
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

_POST = re.compile(
    r"(?:党(?:工委|委|组|总支|支部)|纪(?:工委|委|检组)|办事处|人大工委|政协|行政)?(?:第一|常务|专职)?"
    r"(?:副)?(?:书记|主任|局长|校长|院长|处长|科长|经理|主席|部长|站长|所长|镇长|乡长|区长|县长|市长|董事长|委员|组长|总经理|园长|主管)"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff×XＸ*某]{1,20}?(?:街道办事处|街道|办事处|镇|乡|局|委员会|医院|学校|小学|中学|中心|公司|集团|社区|村|科室|实验室|支队|大队|院|厂)"
)
_THEME = re.compile(
    r"(?:围绕|以|紧扣|聚焦)[^“\"。]{0,6}[“\"]([^。]{6,160}?)[”\"](?:这个|这一|的)?(?:为)?主题|主题(?:是|为)[：:]?[“\"]?([^”\"。]{6,120})"
)
_NUMBER = r"(\d{1,5}|[一二三四五六七八九十百两]{1,5})\s*(?:余|多)?\s*"
_STUDIES = re.compile(
    rf"(?:学习|研讨|学习会|读书班)[^。；，]{{0,16}}?{_NUMBER}(?:次|场|期|天)|{_NUMBER}(?:次|场)[^。；，]{{0,10}}(?:学习|研讨)"
)
_OPINIONS = re.compile(
    rf"(?:意见|建议)[^。；，]{{0,8}}?{_NUMBER}条|{_NUMBER}条[^。；，]{{0,10}}(?:意见|建议)"
)
_TALKS = re.compile(
    rf"(?:谈心|谈话|交心)[^。；，]{{0,16}}?{_NUMBER}(?:人次|人|次)|{_NUMBER}(?:人次|次)[^。；，]{{0,10}}(?:谈心|谈话)"
)


def profile_of(text: str, around: Frame, root: Node, points: tuple[Point, ...]) -> Profile:
    """Return what the title, the author lines, the opening and the closing say."""
    printed = text[slice(*around.title)].split("\n") if around.title else []
    title = "".join(line.strip(" \t\u3000*#_=") for line in printed)
    lines = [text[b.start : b.end] for b in around.bylines]
    opening = _hull(root.paragraphs)
    words = text[slice(*opening)] if opening else ""
    named = [title, *lines, words[:200]]
    theme = _THEME.search(words)
    return Profile(
        title=title,
        title_span=around.title,
        post=_first(_POST, named),
        unit=_first(_UNIT, [*lines, title, words[:200]]),
        theme=next((g for g in theme.groups() if g), "") if theme else "",
        opening=opening,
        closing=_closing(text, around, points),
        studies=_count(_STUDIES, words),
        opinions=_count(_OPINIONS, words),
        talks=_count(_TALKS, words),
    )


def _hull(paragraphs: list[tuple[int, int]]) -> Span | None:
    return Span(paragraphs[0][0], paragraphs[-1][1]) if paragraphs else None


def _closing(text: str, around: Frame, points: tuple[Point, ...]) -> Span | None:
    last = max((p.end for p in points), default=0)
    rest = [b for b in around.body if b.start >= last]
    return Span(rest[0].start, rest[-1].end) if points and rest else None


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    for text in texts:
        match = pattern.search(text)
        if match:
            return match[0]
    return ""


def _count(pattern: re.Pattern[str], words: str) -> int | None:
    match = pattern.search(words)
    return number(next(g for g in match.groups() if g)) if match else None
