"""A finding's words in one line of their text, clipped to a width, with a marker under them.

Widths are terminal cells: a Chinese character takes two.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from rich.cells import cell_len

from luoshi.core.reading.model import Document, LinePlace, Span
from luoshi.core.text.sentences import sentences
from luoshi.formats.record import place_words

_AROUND = 300
_NEAR = 2 * _AROUND
_CELLS = "｜"


class Window(NamedTuple):
    """One line of the text; ``words[low:high]`` is what the finding is about."""

    words: str
    low: int
    high: int


def window(document: Document, span: Span) -> Window:
    """Return the sentence in which ``span`` begins, or of a table row all of it, as one line.

    Line ends are left out, cells are parted by ｜, and what a terminal would obey instead of
    print becomes a blank.
    Where ``span`` is longer than the sentence, the line goes on as far as the paragraph does.
    """
    text = document.text
    low, high, is_row = _bounds(document, span)
    low, high = max(low, span.start - _AROUND), min(high, max(span.end, span.start) + _AROUND)
    end = min(span.end, high)
    cuts = (text[low : span.start], text[span.start : end], text[max(span.start, end) : high])
    before, inside, after = (
        one_line(words.replace("\t", _CELLS) if is_row else words) for words in cuts
    )
    kept = before.lstrip(f" \u3000{_CELLS}")
    return Window(kept + inside + after.rstrip(f" {_CELLS}"), len(kept), len(kept) + len(inside))


def _bounds(document: Document, span: Span) -> tuple[int, int, bool]:
    """Return where a line about ``span`` begins and ends, and whether it is a table's row."""
    index = bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1
    block = document.blocks[index] if index >= 0 else None
    if block is None or block.end <= span.start:
        return span.start, span.end, False
    if block.kind == "row":
        return block.start, block.end, True
    # A file may be one paragraph of a million characters with a thousand findings in it.
    near = max(block.start, span.start - _NEAR), min(block.end, span.start + _NEAR)
    found = sentences(document.text, *near)
    low, high = next((s for s in found if span.start < s[1]), (span.start, span.end))
    return min(low, span.start), min(max(high, span.end), block.end), False


def one_line(words: str) -> str:
    """Return ``words`` without line ends; tabs and whatever is not printed become blanks."""
    lines = words.replace("\r", "").replace("\n", "")
    return "".join(c if c.isprintable() or c == "\u3000" else " " for c in lines)


def clip(shown: Window, width: int) -> Window:
    """Return ``shown`` in at most ``width`` cells, … where words are left out.

    The marked words stay in view; where they alone are too wide, their beginning does.
    """
    words, low, high = shown
    if cell_len(words) <= width:
        return shown
    room = max(1, width - 2)  # for an … at either end
    start, end = low, low
    while end < high and cell_len(words[start : end + 1]) <= room:
        end += 1
    high, left = end, True
    while True:
        grow_left = start > 0 and cell_len(words[start - 1 : end]) <= room
        grow_right = end < len(words) and cell_len(words[start : end + 1]) <= room
        if not grow_left and not grow_right:
            break
        if grow_left and (left or not grow_right):
            start -= 1
        else:
            end += 1
        left = not left
    head, tail = "…" if start else "", "…" if end < len(words) else ""
    shift = len(head) - start
    return Window(head + words[start:end] + tail, low + shift, high + shift)


def marker(shown: Window) -> str:
    """Return the line that stands under a window: blanks, then ^ under every marked column."""
    words, low, high = shown
    return " " * cell_len(words[:low]) + "^" * max(1, cell_len(words[low:high]))


def place_of(document: Document, start: int) -> str:
    """Return in Chinese where a character stands; in a txt or md file with its column."""
    words = place_words(document, start)
    places = document.locate(start, min(start + 1, len(document.text)))
    if places and isinstance(places[0], LinePlace):
        words += f"第{places[0].column}字"
    return words
