"""What a material's report on the previous meeting says: of which problems, how many, how settled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._matters import shared
from luoshi.core.material.topics import Topic, named_words
from luoshi.core.reading.model import Span
from luoshi.core.recurrence.likeness import settings
from luoshi.core.recurrence.model import Claim, Stated
from luoshi.core.text.numerals import number

_REACH = 26
# What a sentence of a report begins with: 关于……问题, ……方面.
_LABEL = re.compile(
    r"^(?:[^，。；：、]{0,4}[0-9一二三四五六七八九十]+[.、．）)是])?(?:关于|针对|对于?|在)?(?P<of>[^，。；：]{2,16}?)(?:的?问题|方面|上)?[，。：]"
)
_FORMULA = re.compile(
    r"工作|问题|情况|整改|落实|不够|不强|上年度?|年度|查摆|民主生活会|组织生活会|措施|方面|存在"
)
# From so many characters on, one string in common is a matter of its own.
_MATTER = 3


@cache
def _pattern(name: str) -> re.Pattern[str]:
    text: str = settings()[name]
    return re.compile(text)


@lru_cache(maxsize=1)
def sentences_of_report(page: Page) -> tuple[Span, ...]:
    """Return the sentences of the report on the previous meeting, in text order.

    What stands between its items, as the lines that introduce them, is part of it.
    """
    told = page.points("previous")
    if not told:
        return ()
    tops = {point.path.split("/")[0] for point in told}
    others = [p for p in page.examination.points if p.kind not in ("previous", "section_heading")]
    low = min(
        [p.start for p in told] + [p.end for p in page.points("section_heading") if p.path in tops]
    )
    high = max(point.end for point in told)
    within = (s for s in page.all_sentences if low <= s.start and s.end <= high)
    return tuple(s for s in within if not any(p.start <= s.start < p.end for p in others))


def claims(page: Page) -> tuple[Claim, ...]:
    """Return the words in which the report says that all or some of the problems are settled."""
    return tuple(claim for s in sentences_of_report(page) for claim in _claims(page, s))


def _claims(page: Page, sentence: Span) -> Iterator[Claim]:
    end = sentence.start
    found = [("all", m) for m in _pattern("all").finditer(page.text, *sentence)]
    found += [("part", m) for m in _pattern("part").finditer(page.text, *sentence)]
    for kind, match in sorted(found, key=lambda each: (each[1].start(), -each[1].end())):
        before = page.text[max(sentence.start, match.start() - _REACH) : match.start()]
        if match.start() < end or _pattern("denied").search(before):
            continue
        end = match.end()
        settled = number(match["n"]) if kind == "part" and match["n"] else None
        if kind == "part" and settled is None and match["n"]:
            continue
        whole = kind == "all" and not _pattern("except").search(before)
        yield Claim(Span(match.start(), end), "all" if whole else "part", settled)


def stated(page: Page) -> Stated | None:
    """Return how many problems the report says there were: the first number it gives of them."""
    for sentence in sentences_of_report(page):
        for match in _pattern("counted").finditer(page.text, *sentence):
            group = "n0" if match["n0"] else "n1"
            before = page.text[max(sentence.start, match.start() - _REACH) : match.start()]
            value = number(match[group])
            if value and not _pattern("not_counted").search(before):
                return Stated(value, Span(match.start(), match.end()))
    return None


def reports(page: Page, topics: Sequence[Topic]) -> list[tuple[Span, ...]]:
    """Return for each earlier problem the sentences of the report that take it up.

    A sentence takes up a problem when it has a word of its meaning or a string of its
    characters that is a matter of its own. Generous on purpose: that the report says nothing
    of a problem is said aloud.
    """
    told = [(s, page.words(s)) for s in sentences_of_report(page)]
    known = [(s, _Told(words, frozenset(named_words(words)), _of(words))) for s, words in told]
    return [tuple(s for s, said in known if _takes_up(topic, said)) for topic in topics]


class _Told(NamedTuple):
    """A sentence of the report: its words, their meanings, what it says it is about."""

    words: str
    groups: frozenset[int]
    label: frozenset[str]


def _of(words: str) -> frozenset[str]:
    """Return the pairs of characters of what a sentence says it is about."""
    label = _LABEL.match(words)
    named = _FORMULA.sub("，", label["of"]) if label else ""
    return frozenset(
        named[i : i + 2] for i in range(len(named) - 1) if "，" not in named[i : i + 2]
    )


def _takes_up(topic: Topic, told: _Told) -> bool:
    if any(pair in topic.plain for pair in told.label):
        return True
    common = shared(topic.plain, told.words)
    if any(len(each) >= _MATTER for each in common):
        return True
    # One word of a meaning alone (加装, 增设) is no matter.
    return len(topic.groups & told.groups) + len(common) > 1
