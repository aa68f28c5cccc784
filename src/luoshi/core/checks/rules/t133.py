"""T133: a common word with one character replaced by one that sounds or looks alike.

What: two characters of data/checks/slips.txt, which are no word and hardly ever stand together,
where neither makes a word with its other neighbour. Names of persons and places are left alone,
and so is what stands in the text more than once.
Why: a slip of the pen tells that nobody has read the paper over.
Basis: custom. Words and their frequency after jieba, sounds after pypinyin.
Example: 公益性冈位, 审批流程繁锁, 进度滞厚.
Counter-example: 组长邢利, 榆垣区, 因患病 (因 + 患病).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules import t101, t102
from luoshi.core.checks.rules._pairs import common_with, is_word
from luoshi.core.checks.rules._text import in_title
from luoshi.core.reading.model import Span

META = Meta(
    code="T133",
    title="常用词有错字",
    family="text",
    severity="note",  # on the last held-out documents 0 of 3 were right (docs/checks.md)
    basis="custom",
    why="这几个字连在一起不成词，可能是输入法选错了字，也可能是本行业的用词。请看一下，错了就改。",
)
# 榆垣区, 柏岭镇: whatever stands before such a character may be a name.
_PLACES = frozenset("省市区县旗镇乡街路巷村庄庙桥河湖湾江海港坝坪岭山沟塘苑园里院校厂站队")
_HAN = ("\u4e00", "\u9fff")


@cache
def _slips() -> dict[str, str]:
    """Return by the first character of the slips all their second ones."""
    return {line[0]: line[1:] for line in knowledge.lines("checks/slips")}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(knowledge.table("checks/persons")["surnames"])


def _meant(pair: str) -> list[str]:
    """Return the common words that two characters may be a slip of."""
    first, second = pair[0], pair[1]
    words = [c + second for c in t102.alike(first) if second in common_with(c)]
    return words + [first + c for c in t102.alike(second) if c in common_with(first)]


def _is_name(text: str, at: int) -> bool:
    """Tell whether the two characters at ``at`` may belong to the name of a person or place."""
    if text[at + 1] in _PLACES or text[at + 2 : at + 3] in _PLACES:
        return True
    for place in (at, at - 1):
        if place >= 0 and text[place] in _surnames():
            before = text[place - 1 : place]
            if not before or not _HAN[0] <= before <= _HAN[1] or not is_word(before + text[place]):
                return True
    return False


def _stands_alone(text: str, at: int) -> bool:
    """Tell whether neither of the two characters makes a word with its other neighbour."""
    return not is_word(text[max(0, at - 1) : at + 1]) and not is_word(text[at + 1 : at + 3])


def _possible(page: Page) -> Iterator[int]:
    """Yield where slips stand that are no names and make no word with what is beside them."""
    text, slips = page.text, _slips()
    for first, second in set(pairwise(text)):
        pair = first + second
        if second not in slips.get(first, "") or text.count(pair) > 1:
            continue
        at = text.find(pair)
        if _stands_alone(text, at) and not _is_name(text, at) and not in_title(page, at):
            yield at


def find(page: Page) -> Iterator[Objection]:
    """Object to every slip in a common word, in text order, that no narrower rule names."""
    places = sorted(_possible(page))
    if not places:
        return
    told = [o.spans[0] for rule in (t101, t102) for o in rule.find(page)]
    for at in places:
        pair = page.text[at : at + 2]
        words = sorted(set(_meant(pair)))
        if not words or any(span.start <= at + 1 and at < span.end for span in told):
            continue
        message = f"“{pair}”应为“{'”或“'.join(words[:2])}”。"
        yield Objection((Span(at, at + 2),), message, words[0] if len(words) == 1 else "")
