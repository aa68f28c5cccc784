"""I109: a person's name written in two ways.

What: the author under the title and in the signature, or a person named with a post, of whom
another place has one character that sounds or looks alike (丁一凡 and 丁一帆), or the two
characters of the given name the other way round (茅延庆 and 茅庆延).
Why: nobody can tell who answers for the measure; a wrong name shows that nobody proofread.
Basis: custom.
Example: “由丁一凡验证” and further down “丁一帆负责抽查”.
Counter-example: two people named in one list (俞峰、余峰) or with two posts (主任卞文澜, 护士长卞文岚).
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
# Two names so near each other are those of two people.
_REACH = 12
_LONGEST_POST = 12
# With the unit before it: 党建工作办公室主任.
_UNIT_AND_POST = 20
_HAN = re.compile("[\u4e00-\u9fff]+$")


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(knowledge.table("checks/persons")["surnames"]))


@cache
def _name() -> re.Pattern[str]:
    table = knowledge.table("checks/persons")
    follows = any_of(table["follows"])
    return re.compile(
        rf"[ \u3000:：]*(?:[为是](?=.{{2,3}}[，。；、]))?(?P<name>[{table['surnames']}][\u4e00-\u9fff]{{1,2}})"
        rf"(?=[，。；、（）()\s|\d]|$|{follows})"
    )


@cache
def _charged() -> re.Pattern[str]:
    """Return the pattern of a name of three characters behind a unit (综合部陶兴禄登记) or 由."""
    table = knowledge.table("checks/persons")
    verbs = any_of(table["charged"])
    return re.compile(
        rf"[由部科室办股站所处队心长员理任记](?P<name>[{table['surnames']}][\u4e00-\u9fff]{{2}})(?={verbs})"
    )


@cache
def _line() -> re.Pattern[str]:
    """Return the pattern of a name alone at the end of a line, spaces inside it."""
    surnames = knowledge.table("checks/persons")["surnames"]
    return re.compile(
        rf"(?:^|[ \u3000：:（(])(?P<name>[{surnames}][ \u3000]*[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff])?)[）)]?$",
        re.M,
    )


def find(page: Page) -> Iterator[Objection]:
    """Object once to every name that stands otherwise elsewhere, at the rarer of the two."""
    found: dict[frozenset[str], Objection] = {}
    people = _people(page)
    for name, span in people.items():
        for other, place in _variants(page, name, people):
            pair = frozenset((name, other))
            if pair not in found and not _two_people(page, name, other):
                found[pair] = _judged(page, span, place)
    kept = list(found.values())
    for one, place in _one_post(page):
        told = (span for objection in kept for span in objection.spans)
        if not any(span.start <= at.start < span.end for span in told for at in (one, place)):
            kept.append(_judged(page, one, place))
    yield from sorted(kept, key=lambda objection: objection.spans[0])


def _judged(page: Page, one: Span, other: Span) -> Objection:
    """Return the objection to the name that comes less often, else to the later one."""
    counts = page.text.count(page.words(one)), page.text.count(page.words(other))
    here, there = (one, other) if counts[0] < counts[1] else (other, one)
    if counts[0] == counts[1] and here < there:
        here, there = there, here
    message = f"这里写的是“{page.words(here)}”，别处写作“{page.words(there)}”，请核对。"
    return Objection((here, there), message)


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
    no_names = knowledge.table("checks/persons")["no_names"]
    for match in _charged().finditer(page.text):
        if not match["name"].startswith(tuple(no_names)) and _given(match["name"]):
            found.setdefault(match["name"], Span(*match.span("name")))
    posts = set(page.hits("person-post"))
    for hit in page.hits("person-lead"):
        start, behind = hit.end, _name().match(page.text, hit.end)
        while behind:
            if behind["name"] not in no_names:
                found.setdefault(behind["name"], Span(*behind.span("name")))
            start = behind.end()
            behind = _name().match(page.text, start + 1) if page.text[start] == "、" else None
        if start == hit.end and hit in posts:
            name = page.text[start : start + _FULL]
            if name[:1] in _surnames() and _given(name) and not name.startswith(tuple(no_names)):
                found.setdefault(name, Span(start, start + _FULL))
    return found


def _given(name: str) -> bool:
    """Tell whether two characters of a given name follow the surname, not a title or 某."""
    rest = name[1:]
    no_given = knowledge.table("checks/persons")["no_given"]
    return len(rest) == _FULL - 1 and all(
        "\u4e00" <= character <= "\u9fff" and character not in no_given for character in rest
    )


def _variants(page: Page, name: str, people: dict[str, Span]) -> Iterator[tuple[str, Span]]:
    """Yield the other writings of a name: of three characters anywhere, of two among people."""
    for other, span in people.items():
        if slip(name, other) >= 0:
            yield other, span
    if len(name) != _FULL:
        return
    text = page.text
    for kept, offset in ((name[:2], 0), (name[1:], 1)):
        start = text.find(kept)
        while start >= 0:
            span = Span(start - offset, start - offset + _FULL)
            word = page.words(span) if span.start >= 0 else ""
            if slip(name, word) >= 0 and word[0] in _surnames():
                yield word, span
            start = text.find(kept, start + 1)
    start = text.find(name[0])
    while start >= 0:
        word = text[start : start + _FULL]
        middle = word[-1:] == name[-1] and len(word) == _FULL and alike(word[1], name[1])
        turned = word[1:] == name[:0:-1] and word != name
        if middle or turned:
            yield word, Span(start, start + _FULL)
        start = text.find(name[0], start + 1)


def _one_post(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield two names behind the same post of the same unit that have the surname in common.

    Only posts that one person holds at a time (主任, not 副主任 or 委员) tell so much.
    """
    held: dict[str, list[Span]] = {}
    table = knowledge.table("checks/persons")
    for hit in page.hits("person-post"):
        post, name = page.words(hit), Span(hit.end, hit.end + _FULL)
        before = page.text[max(0, hit.start - _UNIT_AND_POST) : hit.start]
        unit = re.split(r"[，。；：、（）()\s“”由请让与和经]", before)[-1]
        unique = post.endswith(tuple(table["unique"])) and not post.startswith("副")
        told = len(unit) > 1 and unit[-1] not in "副原前"
        called = page.text[name.start : name.start + 1] in _surnames()
        if unique and told and called and _given(page.words(name)):
            held.setdefault(unit + post, []).append(name)
    verbs = {word[0] for word in table["follows"]}
    for names in held.values():
        for one, other in combinations(names, 2):
            first, second = page.words(one), page.words(other)
            slipped = first[1] != second[1] or (
                first[2] != second[2] and not verbs.intersection((first[2], second[2]))
            )
            slipped = slipped or _shortened(page, first, second, verbs)
            if first[0] == second[0] and slipped:
                yield _cut(page, one, other), _cut(page, other, one)


def _shortened(page: Page, first: str, second: str, verbs: set[str]) -> bool:
    """Tell whether one name lacks the third character of the other, before a verb."""
    if first[:2] != second[:2] or (first[2] in verbs) == (second[2] in verbs):
        return False
    full = first if second[2] in verbs else second
    match = _name().search(page.text, page.text.find(full))
    return match is not None and match["name"] == full


def _cut(page: Page, one: Span, other: Span) -> Span:
    """Return a name without the word behind it, where the two differ behind the second character."""
    first, second = page.words(one), page.words(other)
    short = first[1] != second[1] and first[2] != second[2]
    return Span(one.start, one.end - 1) if short else one


def _two_people(page: Page, one: str, other: str) -> bool:
    """Tell whether both stand in one list, or each behind posts of its own."""
    places, others = _places(page, one), _places(page, other)
    for first in places:
        for second in others:
            between = page.text[min(first.end, second.end) : max(first.start, second.start)]
            if len(between) <= _REACH and "。" not in between and "\n" not in between:
                return True
    posts, theirs = ({_post(page, span) for span in spans} - {""} for spans in (places, others))
    return bool(posts and theirs) and not posts & theirs


def _places(page: Page, name: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(name), page.text)]


def _post(page: Page, name: Span) -> str:
    """Return the title of the post right before a name, or nothing."""
    low = max(0, name.start - _LONGEST_POST)
    hits = [h for h in page.hits("person-post", Span(low, name.start)) if h.end == name.start]
    return page.words(hits[-1]) if hits else ""
