"""What stands around a material: title, author line, site boilerplate, table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from luoshi.core import knowledge
from luoshi.core.material.outline import ids, load
from luoshi.core.reading.model import Block, Span
from luoshi.core.text.marks import Mark, mark_at
from luoshi.core.text.normalise import folded

_TITLE_LENGTH = 70
_LEADERS_BACKWARDS = re.compile(r"\d{0,4}[.．…·。\-—\s]*")
_LEADER_LINE = re.compile(r"(?:[.．·]{4,}|…{2,}|[.．…·]{3,})\s*\d{1,4}$")
_CONTENTS = re.compile(r"目\s*录|contents", re.I)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the compiled word list ``name`` of ``data/phrases/structure.toml``."""
    return re.compile("|".join(f"(?:{p})" for p in knowledge.table("phrases/structure")[name]))


@cache
def lead(kind: str) -> re.Pattern[str]:
    """Return the first words by which an unnumbered paragraph carries a cause or measure."""
    words = knowledge.table("phrases/structure")["leads"][kind]
    return re.compile("|".join(f"(?:{p})" for p in words))


@knowledge.derived
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(sorted({load(i).titles.pattern for i in ids()})))


@dataclass(frozen=True, slots=True)
class Frame:
    """The title (None if there is none), the lines under it and the blocks of the body.

    ``marks`` are the item marks that the blocks of the body begin with, or None.
    """

    title: Span | None
    bylines: tuple[Block, ...]
    body: tuple[Block, ...]
    marks: tuple[Mark | None, ...]


def frame(text: str, blocks: tuple[Block, ...]) -> Frame:
    """Tell the material from what a web site or a word processor put around it."""
    content = [b for b in blocks if b.kind != "note" and not b.contents]
    content = _without_site_tail(text, content)
    content = _without_contents(text, content)
    content = _without_signature(text, content)
    found = _find_title(text, content)
    if found is None:
        return _framed(text, None, (), content)
    index, end = found
    block = content[index]
    rest = content[index + 1 :]
    if end < block.end:
        # A title that a wrapped file glued to the lines below it.
        rest.insert(0, Block(end + 1, block.end))
    start = block.start
    if index and _title_begins(text, content[index - 1], block):
        start = content[index - 1].start
    bylines: list[Block] = []
    while rest and _byline(text, rest[0]):
        bylines.append(rest.pop(0))
    return _framed(text, Span(start, end), bylines, rest)


def _framed(
    text: str, title: Span | None, bylines: Sequence[Block], body: Sequence[Block]
) -> Frame:
    return Frame(title, tuple(bylines), tuple(body), marks_of(text, body))


def marks_of(text: str, blocks: Iterable[Block]) -> tuple[Mark | None, ...]:
    """Return the item mark that each block begins with, or None."""
    return tuple([mark_at(text, block.start, block.end) for block in blocks])


def _find_title(text: str, content: list[Block]) -> tuple[int, int] | None:
    """Return the index of the title's block and where the title ends in it.

    The last line before the first numbered item that is worded like a title; failing
    that, a first line set as a heading or worded like the name of a paper.
    """
    found: tuple[int, int] | None = None
    for index, block in enumerate(content[:60]):
        if found and (block.kind == "row" or mark_at(text, block.start, block.end)):
            break
        if block.kind == "row" or mark_at(text, block.start, block.end):
            continue
        end = _title_end(text, block)
        if not end and index and not found:
            end = _title_end_over_two(text, content[index - 1], block)
        if end:
            found = index, end
        elif found and block.end - block.start > _TITLE_LENGTH:
            break
    return found or _plain_title(text, content)


def _title_end(text: str, block: Block) -> int:
    """Return where the title at the start of ``block`` ends, or 0 if there is none."""
    end = block.start - 1
    for _ in range(3):
        end = text.find("\n", end + 1, block.end)
        end = block.end if end < 0 else end
        line = text[block.start : end]
        if len(line) > _TITLE_LENGTH or "。" in line or line.endswith(("：", ":", "，", "；")):
            return 0
        if _titles().search(folded(line)):
            return end
        if end == block.end:
            return 0
    return 0


def _title_end_over_two(text: str, above: Block, block: Block) -> int:
    """Return the end of a title whose name is cut by its line end, or 0."""
    both = text[above.start : above.end] + text[block.start : block.end]
    if above.kind == "row" or len(both) > _TITLE_LENGTH or re.search(r"[。：；|>＞/]", both):
        return 0
    return block.end if _titles().search(folded(both)) else 0


def _plain_title(text: str, content: list[Block]) -> tuple[int, int] | None:
    if not content or content[0].kind == "row":
        return None
    block = content[0]
    words = text[block.start : block.end]
    if len(words) > _TITLE_LENGTH or re.search(r"[。：；]", words):
        return None
    if mark_at(text, block.start, block.end) or not (
        block.level == 1 or pattern("title_tail").search(folded(words))
    ):
        return None
    return 0, block.end


def _title_begins(text: str, above: Block, title: Block) -> bool:
    """Tell whether the line above belongs to the title: a title set on two lines."""
    words = text[above.start : above.end]
    if above.kind == "row" or len(words) > 40 or above.level != title.level:
        return False
    return not re.search(r"[。；|>＞/：:]", words) and bool(
        pattern("title_head").search(folded(words))
        or not _titles().search(folded(text[title.start : title.end]))
    )


def _byline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    if block.kind == "row" or block.level > 0 or len(words) > 45:
        return False
    if mark_at(text, block.start, block.end) or re.search(r"[。；！？]", words):
        return False
    return bool(pattern("byline").search(words))


def _without_signature(text: str, content: list[Block]) -> list[Block]:
    """Drop the lines at the end that say who signed, for whom, and when."""
    end = len(content)
    while end > max(1, len(content) - 4):
        block = content[end - 1]
        words = text[block.start : block.end]
        if block.kind == "row" or block.level or len(words) > 30:
            break
        if mark_at(text, block.start, block.end) or not pattern("signed").fullmatch(words):
            break
        end -= 1
    return content[:end]


def _without_site_tail(text: str, content: list[Block]) -> list[Block]:
    tail = pattern("site_tail")
    for index in range(len(content) * 6 // 10, len(content)):
        block = content[index]
        if tail.match(text, block.start, block.end) and block.end - block.start < 120:
            return content[:index]
    return content


def _without_contents(text: str, content: list[Block]) -> list[Block]:
    """Drop a typed table of contents: a run of short lines that come again as headings."""
    content = [b for b in content if not _ends_in_page_number(text, b)]
    shapes = [_shape(text, block) for block in content]
    last = {shape: index for index, shape in enumerate(shapes) if shape}
    dropped: set[int] = set()
    index = 0
    while index < len(content):
        run = index
        while run < len(content) and shapes[run] and last[shapes[run]] > run:
            run += 1
        announced = index > 0 and bool(
            _CONTENTS.fullmatch(text[content[index - 1].start : content[index - 1].end])
        )
        if run - index >= (1 if announced else 3):
            dropped.update(range(index - announced, run))
        index = max(run, index + 1)
    return [block for index, block in enumerate(content) if index not in dropped]


def _ends_in_page_number(text: str, block: Block) -> bool:
    # The last character spares most blocks the search.
    last = text[block.end - 1 : block.end]
    return last.isdecimal() and bool(_LEADER_LINE.search(text, block.start, block.end))


def _shape(text: str, block: Block) -> str:
    if block.kind == "row" or block.end - block.start > 80:
        return ""
    # Sentences are told before they are folded, as most blocks are some.
    stop = text.find("。", block.start, block.end - 1)
    if stop >= 0 and (text[block.end - 1].isalnum() or text[block.end - 1] == "。"):
        return ""
    words = folded(text[block.start : block.end])
    if "。" in words[:-1]:
        return ""
    # From the end: searching for the end from every character costs ten times as much.
    leaders = _LEADERS_BACKWARDS.match(words[::-1])
    return words[: len(words) - leaders.end()] if leaders else words
