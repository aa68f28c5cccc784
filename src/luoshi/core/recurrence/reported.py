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
    r"^(?:[^，。；：、]{0,4}[0-9一二三四五六七八九十]+[.、．）)是])?(?:关于|针对|对于?|在)?(?P<of>[^，。；：]{2,16}?)(?P<by>的?问题|方面)?上?[，。：]"
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

    A sentence takes up the problem that it names (关于……问题, ……方面), and each that it has a
    word of its meaning or a string of its characters in common with that is a matter of its own;
    what follows under the number of an item that names a problem belongs to that one. Generous on
    purpose: that the report says nothing of a problem is said aloud.
    """
    found: list[list[Span]] = [[] for _ in topics]
    told = {point.start: point for point in page.points("previous")}
    owner: tuple[int, tuple[int, ...]] = (0, ())
    for sentence in sentences_of_report(page):
        said = _told(page.words(sentence))
        named = _named(topics, said.label)
        item = told.get(sentence.start) or page.point_at(sentence.start)
        if item is not None and sentence.start <= item.words < sentence.end:
            numbered = item.words > item.start and said.explicit
            owner = (item.end, named) if numbered and named else (0, ())
        if sentence.start < owner[0]:
            taken: Sequence[int] = owner[1]
        else:
            taken = [i for i, t in enumerate(topics) if i in named or _takes_up(t, said)]
        for place in taken:
            found[place].append(sentence)
    return [tuple(spans) for spans in found]


def _named(topics: Sequence[Topic], label: frozenset[str]) -> tuple[int, ...]:
    """Return the problems that have most of what a sentence says it is about."""
    shares = [sum(pair in topic.plain for pair in label) for topic in topics]
    most = max(shares, default=0)
    return tuple(i for i, share in enumerate(shares) if most and share == most)


def settled(page: Page, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words of sentences about one problem that say that it is settled."""
    found: list[Span] = []
    for sentence in sentences:
        for match in _pattern("one").finditer(page.text, *sentence):
            before = page.text[max(sentence.start, match.start() - _REACH) : match.start()]
            if not _pattern("denied").search(before):
                found.append(Span(match.start(), match.end()))
    return tuple(found)


class _Told(NamedTuple):
    """A sentence of the report: its words, their meanings, what it says it is about.

    ``explicit``: it says so by 关于……问题 or ……方面, not only by how it begins.
    """

    words: str
    groups: frozenset[int]
    label: frozenset[str]
    explicit: bool


def _told(words: str) -> _Told:
    label = _LABEL.match(words)
    named = _FORMULA.sub("，", label["of"]) if label else ""
    pairs = (named[i : i + 2] for i in range(len(named) - 1))
    return _Told(
        words, frozenset(named_words(words)), frozenset(p for p in pairs if "，" not in p),
        bool(label and label["by"]),
    )  # fmt: skip


def _takes_up(topic: Topic, told: _Told) -> bool:
    common = shared(topic.plain, told.words)
    if any(len(each) >= _MATTER for each in common):
        return True
    # One word of a meaning alone (加装, 增设) is no matter.
    return len(topic.groups & told.groups) + len(common) > 1
