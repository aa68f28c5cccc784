"""T131: the same list in two wordings.

What: a list that bears the name of another one (“三张清单”); an enumeration of the opening that names the headings of the material in their order,
one of them otherwise than the heading has it; two enumerations of four items or more that
differ in one item only, and in that by a few characters.
Why: the same list must read the same in both places, or one of them was copied.
Basis: seen (DOMAIN.md §2: two wordings of one aspect in one paper).
Example: opening 担当作为、思想作风、廉洁自律, heading 工作作风.
Counter-example: an item that merely shortens its heading; lists of different streets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import in_title
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T131",
    title="同一组内容写法不一",
    family="text",
    severity="warning",
    basis="seen",
    why="同一组内容前后写法不同，通常说明有一处抄漏或抄错了。请对照通知原文统一写法。",
)
_LIST = re.compile(r"[^，。；：！？、\n《》]{2,40}(?:、[^，。；：！？、\n《》]{2,40}){2,}")
_SAME_LIST = 4


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/wording")["enumerations"][name])


def _items(page: Page, start: int, end: int) -> Iterator[list[tuple[Span, str]]]:
    """Yield every enumeration with its items and their bare words."""
    for match in _LIST.finditer(page.text, start, end):
        if in_title(page, match.start()):
            continue
        found, low = [], match.start()
        for piece in match[0].split("、"):
            words = _word("empty").sub("", _word("after").sub("", _word("before").sub("", piece)))
            found.append((Span(low, low + len(piece)), words))
            low += len(piece) + 1
            if _word("counted").search(
                piece
            ):  # 六个方面: here the list ends, whatever else follows
                break
        yield found


def _shortens(short: str, whole: str) -> bool:
    """Tell whether the characters of ``short`` stand in ``whole`` in their order."""
    rest = iter(whole)
    return all(char in rest for char in short)


def _same(one: str, other: str) -> bool:
    return _shortens(one, other) or _shortens(other, one)


def _common(one: str, other: str) -> int:
    """Return how many characters two words begin with in common."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _headings(page: Page) -> list[tuple[Span, str]]:
    """Return the first run of headings on aspects, with their bare words."""
    found: list[tuple[Span, str]] = []
    seen: set[str] = set()
    for point in page.points("aspect_heading"):
        if not point.aspect or point.aspect in seen:
            break
        seen.add(point.aspect)
        span = page.examination.heading_of(point)
        found.append((span, _word("empty").sub("", page.words((point.words, span.end)))))
    return found


def _against_headings(page: Page) -> Iterator[Objection]:
    """Object to the items of the opening that the headings have otherwise."""
    opening, headings = page.examination.profile.opening, _headings(page)
    if opening is None or len(headings) < 3:
        return
    for items in _items(page, *opening):
        if len(items) != len(headings):
            continue
        pairs = list(zip(items, headings, strict=True))
        # Before the first item other words may stand.
        head = pairs[0][1][1]
        if any(_shortens(pairs[0][0][1][i:], head) for i in range(len(pairs[0][0][1]) - 3)):
            pairs = pairs[1:]
        other = [(item, head) for item, head in pairs if not _same(item[1], head[1])]
        if not 0 < len(other) <= len(pairs) // 2:
            continue
        for (span, words), (place, heading) in other:
            if any(_same(words, theirs) for _, theirs in headings) or not set(words) & set(heading):
                continue
            message = f"“{page.words(span)}”与标题“{page.words(place)}”的写法不一致。"
            yield Objection((span, place), message)


_NAMED = re.compile(r"[“\"](?P<name>[\u4e00-\u9fff]{1,8})[”\"]")
_NUMERAL = re.compile(r"[一二两三四五六七八九十]")
_LIST_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:[（(：]|，?(?:即|也就是|指的?是|分别(?:是|为)|包括|是))(?P<list>[^，。；：（）()\n“”]+)"
)
_JOINT = re.compile(r"、|和(?=[^、]{2,10}$)|以及|及(?=[^、]{2,10}$)")


def _lists_with_a_name(page: Page) -> Iterator[tuple[str, Span, list[str]]]:
    """Yield every quoted name with a number and the list right before it or behind it."""
    for match in _NAMED.finditer(page.text):
        counted = [number(n) or 0 for n in _NUMERAL.findall(match["name"])]
        if not counted:
            continue
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "，。；：\n") + 1
        pieces = page.text[low : match.start()].removesuffix("等").split("、")
        if len(pieces) == sum(counted) and len(pieces) > 2:
            yield match["name"], Span(low, match.end()), pieces
            continue
        after = _LIST_AFTER.match(page.text, match.end())
        items = _JOINT.split(after["list"]) if after else []
        if after and len(items) > 2 and not items[-1].endswith("等"):
            yield match["name"], Span(match.start(), after.end()), items


def _against_its_name(page: Page) -> Iterator[Objection]:
    """Object to a list that bears the name of another list, known or given before."""
    first: dict[str, tuple[Span, list[str]]] = {}
    for name, span, items in _lists_with_a_name(page):
        known = _known().get(name)
        if known is not None and len(items) >= len(known):
            wrong = [item for item in items if not any(_holds(item, right) for right in known)]
            if wrong and len(wrong) < len(known):
                message = f"“{name}”是{'、'.join(known)}，这里写成了“{wrong[0]}”。"
                yield Objection((span,), message)
            continue
        if name not in first:
            first[name] = span, items
            continue
        place, theirs = first[name]
        if len(theirs) == len(items) and _differ_inside(theirs, items):
            message = f"同是“{name}”，列出的内容与前面的“{page.words(place)}”不一致。"
            yield Objection((span, place), message)


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Return the items of the lists that have a fixed name."""
    rows = knowledge.table("checks/known-lists")["lists"]
    return {name: tuple(items) for name, items in rows.items()}


def _holds(item: str, right: str) -> bool:
    """Tell whether an item is the right one, whatever stands before or behind it."""
    return right in item or _same(item, right)


def _against_known(page: Page) -> Iterator[Objection]:
    """Object to an enumeration that is a known list but for one item."""
    named = [span for _, span, _ in _lists_with_a_name(page)]
    for match in _LIST.finditer(page.text):
        if not any(sum(item in match[0] for item in k) >= len(k) - 1 for k in _long()):
            continue
        if not any(span.start <= match.start() < span.end for span in named):
            for items in _items(page, *match.span()):
                yield from _nearly_known(page, _cut(page, items))


@cache
def _long() -> tuple[tuple[str, ...], ...]:
    """Return the known lists that can be told without their name."""
    return tuple(known for known in _known().values() if len(known) >= _SAME_LIST)


def _cut(page: Page, items: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return the items with the last one split at 和 (甲、乙和丙)."""
    span, words = items[-1]
    head, joint, tail = words.rpartition("和")
    if not joint or len(tail) < 2 or len(head) < 2:
        return items
    return [*items[:-1], (span, head), (span, tail)]


def _nearly_known(page: Page, items: list[tuple[Span, str]]) -> Iterator[Objection]:
    words = [word for _, word in items]
    for known in _long():
        if not len(known) <= len(words) <= len(known) + 1:
            continue
        missing = [right for right in known if not any(_holds(word, right) for word in words)]
        wrong = [i for i, w in enumerate(words) if not any(_holds(w, right) for right in known)]
        if len(missing) == len(wrong) == 1 and set(missing[0]) & set(words[wrong[0]]):
            span = items[wrong[0]][0]
            yield Objection((span,), f"“{words[wrong[0]]}”在这一组里应为“{missing[0]}”。")


def _differ_inside(one: list[str], other: list[str]) -> bool:
    """Tell whether two lists differ in more than words before the first and behind the last item."""
    pairs = list(zip(one, other, strict=True))
    same = [_same(a, b) for a, b in pairs]
    same[0] = same[0] or pairs[0][0][-2:] == pairs[0][1][-2:]
    return not all(same) and {*one[1:]} != {*other[1:]}


def _against_each_other(page: Page) -> Iterator[Objection]:
    """Object to an enumeration that another one repeats but for a few characters.

    Before the first item and behind the last one other words may stand.
    """
    lists = [
        items
        for paragraph in page.paragraphs
        if page.text.count("、", *paragraph) >= _SAME_LIST - 1
        for items in _items(page, *paragraph)
        if len(items) >= _SAME_LIST
        and not any(re.search(r"\d", page.words(s)) for s, _ in items[1:-1])
    ]
    for one, other in combinations(lists, 2):
        if len(one) != len(other):
            continue
        pairs = list(zip(one, other, strict=True))
        ends = (
            _common(pairs[0][0][1][::-1], pairs[0][1][1][::-1]),
            _common(pairs[-1][0][1], pairs[-1][1][1]),
        )
        if min(ends) < 2:
            continue
        differ = [(a, b) for a, b in pairs[1:-1] if not _same(a[1], b[1])]
        if len(differ) != 1:
            continue
        (first, words), (second, theirs) = differ[0]
        common = len(set(words) & set(theirs))
        if common * 2 >= min(len(words), len(theirs)) and abs(len(words) - len(theirs)) < 3:
            message = f"“{page.words(second)}”在另一处同样的一组里写作“{page.words(first)}”。"
            yield Objection((second, first), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every item of a list that is worded otherwise elsewhere."""
    ways = (_against_headings, _against_its_name, _against_known, _against_each_other)
    done: list[Span] = []
    for objection in (objection for way in ways for objection in way(page)):
        place = objection.spans[0]
        if not any(place.start < span.end and span.start < place.end for span in done):
            done.append(place)
            yield objection
