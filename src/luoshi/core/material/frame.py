"""What stands around a material: title, author line, site boilerplate, table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from luoshi.core import knowledge
from luoshi.core.material.outline import ids, load
from luoshi.core.reading.model import Block, Span
from luoshi.core.text.marks import mark_at
from luoshi.core.text.normalise import folded

_TITLE_LENGTH = 70
_LEADERS = re.compile(r"[.．…·。\-—\s]*\d{0,4}$")
_CONTENTS = re.compile(r"目\s*录|contents", re.I)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the compiled word list ``name`` of ``data/phrases/structure.toml``."""
    return re.compile("|".join(f"(?:{p})" for p in knowledge.table("phrases/structure")[name]))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(sorted({load(i).titles.pattern for i in ids()})))


@dataclass(frozen=True, slots=True)
class Frame:
    """The title (None if there is none), the lines under it and the blocks of the body."""

    title: Span | None
    bylines: tuple[Block, ...]
    body: tuple[Block, ...]


def frame(text: str, blocks: tuple[Block, ...]) -> Frame:
    """Tell the material from what a web site or a word processor put around it."""
    content = [b for b in blocks if b.kind != "note" and not b.contents]
    content = _without_site_tail(text, content)
    content = _without_contents(text, content)
    index = _title_index(text, content)
    if index < 0:
        return Frame(None, (), tuple(content))
    block = content[index]
    first_line = text.find("\n", block.start, block.end)
    end = block.end
    rest = content[index + 1 :]
    if 0 < first_line and _titles().search(folded(text[block.start : first_line])):
        # A title that a wrapped file glued to the paragraph below it.
        end = first_line
        rest.insert(0, Block(first_line + 1, block.end, level=0))
    start = block.start
    if index and _title_begins(text, content[index - 1], block):
        start = content[index - 1].start
    bylines: list[Block] = []
    while rest and _byline(text, rest[0]):
        bylines.append(rest.pop(0))
    return Frame(Span(start, end), tuple(bylines), tuple(rest))


def _title_index(text: str, content: list[Block]) -> int:
    found = -1
    for index, block in enumerate(content[:60]):
        words = text[block.start : block.end]
        line = words.split("\n", 1)[0]
        if block.kind == "row" or (found >= 0 and mark_at(text, block.start, block.end)):
            if found >= 0:
                break
            continue
        if (
            len(line) <= _TITLE_LENGTH
            and "。" not in line
            and not line.endswith(("：", ":", "，", "；"))
            and _titles().search(folded(line))
            and not mark_at(text, block.start, block.end)
        ):
            found = index
        elif found >= 0 and len(words) > _TITLE_LENGTH:
            break
    return found


def _title_begins(text: str, above: Block, title: Block) -> bool:
    """Tell whether the line above belongs to the title: a title set on two lines."""
    words = text[above.start : above.end]
    if above.kind == "row" or len(words) > 40 or (above.level != title.level):
        return False
    return words.endswith(("街道", "办事处", "委员会", "领导班子", "党委", "工委", "党组", "支部", "局", "的", "中心")) or (
        bool(re.search(r"书记|主任|副主任|局长|校长|院长|年度", words))
        and not re.search(r"[。；：|>＞/：:]", words)
    )


def _byline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    if block.kind == "row" or block.level or len(words) > 45 or mark_at(text, block.start, block.end):
        return False
    if re.search(r"[。；！？]", words):
        return False
    return bool(
        re.fullmatch(r"[（(\[【].*[）)\]】]", words)
        or re.search(r"\d{4}年|[〇○零一二]{2,4}年|\d{4}[-/.]\d", words)
        or re.search(r"书记|主任|委员|局长|校长|院长|处长|科长|经理|主席|部长|站长|所长|镇长|乡长|区长|支部|办事处|党委|党组|工委|来源|作者|编号|部门", words)
        or re.fullmatch(r"[\u4e00-\u9fff·×XＸx*某 \u3000]{2,6}", words)
    )


def _without_site_tail(text: str, content: list[Block]) -> list[Block]:
    tail = pattern("site_tail")
    for index in range(len(content) * 6 // 10, len(content)):
        block = content[index]
        if tail.match(text, block.start, block.end) and block.end - block.start < 120:
            return content[:index]
    return content


def _without_contents(text: str, content: list[Block]) -> list[Block]:
    """Drop a typed table of contents: a run of short lines that come again as headings."""
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


def _shape(text: str, block: Block) -> str:
    if block.kind == "row" or block.end - block.start > 80:
        return ""
    words = folded(text[block.start : block.end])
    return _LEADERS.sub("", words) if "。" not in words[:-1] else ""
