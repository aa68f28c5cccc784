"""T112: quotes, brackets or book marks that do not pair.

What: an opening mark of “ ‘ （ 《 【 〔 「 without its closing one in the paragraph or the
next, a closing one without an opening one, or both of a pair turned the same way.
Why: the reader cannot see where the quotation or the title ends.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: 对“三会一课、民主评议党员等制度过问较少。
Counter-example: item marks 1） and 一）; a quotation over two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T112",
    title="符号不成对",
    family="text",
    severity="warning",
    basis="custom",
    why="引号、括号、书名号前后成对，缺一个就看不出引到哪里为止。请补上或删去。",
)
_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "〔": "〕", "「": "」"}
_NAMES = {
    "“": "引号", "‘": "单引号", "（": "括号", "《": "书名号", "【": "方括号", "〔": "六角括号",
    "「": "引号",
}  # fmt: skip
_OPENING = {close: opening for opening, close in _PAIRS.items()}
_ANY = re.compile("[“”‘’（）()《》【】〔〕「」]")
_WIDE = {"(": "（", ")": "）"}
_ITEM = re.compile(
    r"(?:^|[。；：，、\s])[\da-zA-Z一二三四五六七八九十]{1,3}$|[\u4e00-\u9fff][a-z]$"
)
# Two marks turned the same way so near to each other are one pair, one of them wrong.
_NEAR = 30


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _ANY.finditer(text, start, end):
        place, mark = match.start(), _WIDE.get(match[0], match[0])
        if mark == "）" and _ITEM.search(text[max(start, place - 5) : place]):
            continue
        if mark == "’" and (
            text[place - 1 : place].isascii() or text[place + 1 : end][:1].isdigit()
        ):
            continue
        yield place, mark


def _unpaired(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the marks of a paragraph that find no partner, in text order."""
    waiting: dict[str, list[int]] = {}
    lone: list[tuple[int, str]] = []
    for place, mark in _marks(text, start, end):
        if mark in _PAIRS:
            waiting.setdefault(mark, []).append(place)
        elif waiting.get(_OPENING[mark]):
            waiting[_OPENING[mark]].pop()
        else:
            lone.append((place, mark))
    lone += [(place, mark) for mark, places in waiting.items() for place in places]
    return sorted(lone)


def _all_pair(text: str) -> bool:
    """Tell quickly whether every mark of the text has its partner: most texts are right."""
    marks = "".join(_ANY.findall(text)).replace("(", "（").replace(")", "）")
    before = -1
    while len(marks) != before:
        before = len(marks)
        for opening, close in _PAIRS.items():
            marks = marks.replace(opening + close, "")
    return not marks


def find(page: Page) -> Iterator[Objection]:
    """Object to every mark without a partner, to two turned the same way as one."""
    text, lone = page.text, []
    if _all_pair(text):
        return
    for paragraph in page.paragraphs:
        lone += _unpaired(text, *paragraph)
    skip: set[int] = set()
    for index, (place, mark) in enumerate(lone):
        if place in skip:
            continue
        after = lone[index + 1] if index + 1 < len(lone) else (len(text), "")
        if _goes_on(text, place, mark):
            continue
        if _PAIRS.get(mark) == after[1]:  # opened here, closed in the next paragraph
            skip.add(after[0])
            continue
        yield _objection(text, place, mark, after, skip)


def _goes_on(text: str, place: int, mark: str) -> bool:
    """Tell whether a long quotation is opened again at each of its paragraphs, as is usual."""
    after = text.find("\n", place)
    return mark == "“" and after >= 0 and text[after : after + 40].lstrip().startswith("“")


def _objection(
    text: str, place: int, mark: str, after: tuple[int, str], skip: set[int]
) -> Objection:
    near = after[0] - place <= _NEAR and "\n" not in text[place : after[0]]
    if near and after[1] and {mark, after[1]} <= {_first(mark), _last(mark)}:
        skip.add(after[0])
        span = Span(place, after[0] + 1)
        words = text[place + 1 : after[0]]
        fix = _first(mark) + words + _last(mark)
        return Objection((span,), f"“{words}”两边的符号方向不对。", fix)
    before, behind = text[max(0, place - 8) : place], text[place + 1 : place + 9]
    words = behind.split("\n")[0] if mark in _PAIRS else before.split("\n")[-1]
    words, name = words.strip("“”‘’"), _NAMES[_first(mark)]
    missing = (
        f"“{words}”前面的{name}没有配对的后{name}"
        if mark in _PAIRS
        else f"“{words}”后面的{name}没有配对的前{name}"
    )
    return Objection((Span(place, place + 1),), missing + "。")


def _first(mark: str) -> str:
    return _OPENING.get(mark, mark)


def _last(mark: str) -> str:
    return _PAIRS.get(mark, mark)
