"""I109: a person's name written in two ways.

What: the author under the title and in the signature, or a person named as responsible, of
whom another place has one character that sounds or looks alike (丁一凡 and 丁一帆).
Why: nobody can tell who answers for the measure; a wrong name shows that nobody proofread.
Basis: custom.
Example: “由丁一凡验证” and further down “丁一帆负责抽查”.
Counter-example: two people named in one list (俞峰、余峰); a name that is only alike to a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._alike import alike, slip
from luoshi.core.checks.rules._identity import any_of, header, signature
from luoshi.core.reading.model import Span

META = Meta(
    code="I109",
    title="人名写法前后不一致",
    family="identity",
    severity="warning",
    basis="custom",
    why="同一个人写成两个名字，多半有一处是笔误；请核对后统一。",
)
_FULL = 3
# A name that stands so often is right.
_REACH = 12


def _surnames() -> str:
    return "".join(knowledge.table("checks/persons")["surnames"])


@cache
def _name() -> re.Pattern[str]:
    table = knowledge.table("checks/persons")
    follows = any_of(table["follows"])
    return re.compile(
        rf"[ \u3000:：]*(?P<name>[{_surnames()}][\u4e00-\u9fff]{{1,2}})"
        rf"(?=[，。；、（）()\s|\d]|$|{follows})"
    )


@cache
def _line() -> re.Pattern[str]:
    """Return the pattern of a name alone at the end of a line, spaces inside it."""
    return re.compile(
        rf"(?:^|[ \u3000：:（(])(?P<name>[{_surnames()}][ \u3000]*[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff])?)[）)]?$",
        re.M,
    )


def find(page: Page) -> Iterator[Objection]:
    """Object to the later of two names that are one but for a character."""
    people = _people(page)
    done: set[int] = set()
    for name, other in combinations(people, 2):
        if slip(name, other) >= 0 and not _together(page, people[name], people[other]):
            here = people[other]
            done.add(here.start)
            yield _objection(page, here, people[name])
    for name, span in people.items():
        for place in _variants(page, name) if len(name) == _FULL else ():
            if place.start not in done and not _together(page, span, place):
                done.add(place.start)
                yield _objection(page, place, span)


def _objection(page: Page, here: Span, other: Span) -> Objection:
    message = f"这里写的是“{page.words(here)}”，别处写作“{page.words(other)}”，请核对。"
    return Objection((here, other), message)


def _people(page: Page) -> dict[str, Span]:
    """Return the names of persons with the place where each stands first."""
    found: dict[str, Span] = {}
    place = header(page)
    for low, high in [*([place] if place else ()), *signature(page)]:
        for match in _line().finditer(page.text, low, high):
            found.setdefault(re.sub(r"\s", "", match["name"]), Span(*match.span("name")))
    for hit in page.hits("sure-surname"):
        name = page.text[hit.start : hit.start + _FULL]
        if _given(name):
            found.setdefault(name, Span(hit.start, hit.start + _FULL))
    for hit in page.hits("person-lead"):
        behind = _name().match(page.text, hit.end)
        while behind:
            if behind["name"] not in knowledge.table("checks/persons")["no_names"]:
                found.setdefault(behind["name"], Span(*behind.span("name")))
            end = behind.end()
            behind = _name().match(page.text, end + 1) if page.text[end : end + 1] == "、" else None
    return found


def _given(name: str) -> bool:
    """Tell whether two characters of a given name follow the surname, not a title or 某."""
    rest = name[1:]
    no_given = knowledge.table("checks/persons")["no_given"]
    return len(rest) == _FULL - 1 and all(
        "\u4e00" <= character <= "\u9fff" and character not in no_given for character in rest
    )


def _variants(page: Page, name: str) -> Iterator[Span]:
    """Yield the places of a name of three characters with one other that is alike."""
    text = page.text
    for kept, offset in ((name[:2], 0), (name[1:], 1)):
        start = text.find(kept)
        while start >= 0:
            span = Span(start - offset, start - offset + _FULL)
            if slip(name, page.words(span)) >= 0 and (offset == 0 or _is_surname(text[span.start])):
                yield span
            start = text.find(kept, start + 1)
    start = text.find(name[0])
    while start >= 0:
        word = text[start : start + _FULL]
        if word[-1:] == name[-1] and len(word) == _FULL and alike(word[1], name[1]):
            yield Span(start, start + _FULL)
        start = text.find(name[0], start + 1)


def _is_surname(character: str) -> bool:
    return character in _surnames()


def _together(page: Page, one: Span, other: Span) -> bool:
    """Tell whether both stand in one list: they are two people."""
    between = page.text[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= _REACH and "。" not in between
