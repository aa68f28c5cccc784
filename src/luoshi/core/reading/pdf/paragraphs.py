"""Lines → paragraphs: which line goes on with the sentence of the one above.

The signs, strongest first: another font size, extra space between the lines, a numbering
mark at an indent, the first-line indent, and room left at the end of the line above for
the beginning of the line below. A number that merely happens to begin a line is no sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.reading.pdf.characters import (
    CLOSERS,
    OPENERS,
    ends_sentence,
    is_heading_mark,
    mark_length,
)
from luoshi.core.reading.pdf.margins import Setting
from luoshi.core.reading.pdf.shapes import Item, Line, Row

_OTHER_SIZE = 0.12  # share by which font sizes differ visibly
_EXTRA_SPACE = 1.35  # times the usual pitch
_INDENT = 0.7  # ems
_DEEPEST_INDENT = 4.5  # ems: what begins further right is a signature, a date, a column
_HANGING = 0.6  # ems within which a line stands under the text behind a numbering mark
_NEARLY_FULL = 3.0  # ems
_TITLE = 1.1  # times the body's size
_CENTRED = 1.5  # ems off the middle

Paragraph = tuple[Line, ...]


def join(items: Sequence[Item], setting: Setting) -> list[Paragraph | Row]:
    """Return the paragraphs (as their lines) and table rows of a document, in order.

    ``items`` are the lines and rows of all pages in reading order, without running heads
    and feet. No line is lost or moved; every paragraph has at least one line.
    """
    found: list[Paragraph | Row] = []
    current: list[Line] = []
    for item in items:
        if isinstance(item, Line) and current and continues(current, item, setting):
            current.append(item)
            continue
        if current:
            found.append(tuple(current))
            current = []
        if isinstance(item, Row):
            found.append(item)
        else:
            current = [item]
    return [*found, tuple(current)] if current else found


def continues(paragraph: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether ``line`` goes on with ``paragraph`` (its lines so far, at least one)."""
    before = paragraph[-1]
    if _set_apart(before, line, setting):
        return False
    if _is_title(before, setting) and _is_title(line, setting):
        return not line.text.startswith(("（", "(", "—", "-")) and not mark_length(line.text)
    if _hangs(paragraph, line, setting):
        return True
    if _begins_item(paragraph, line, setting) or not _aligned(paragraph, line, setting):
        return False
    if not setting.is_full(before, line):
        if before.text[-1] in "，、" or before.text[-1] in OPENERS:
            return True
        # Where paragraphs are indented, a line at the edge begins none: the line above was
        # broken early, before characters that may not be parted (是“).
        at_edge = setting.indented and setting.indent(line) < _INDENT
        nearly_full = setting.rest(before) < _NEARLY_FULL * before.size
        return at_edge and nearly_full and not ends_sentence(before.text)
    return not _new_thought(before, line, setting)


def _set_apart(before: Line, line: Line, setting: Setting) -> bool:
    """Say whether another font size or extra space parts ``line`` from the one before."""
    if abs(before.size - line.size) > _OTHER_SIZE * max(before.size, line.size):
        return True
    if (before.page, before.column) != (line.page, line.column):
        return False
    step = before.base - line.base
    usual = setting.pitch if before.size <= _TITLE * setting.size else max(setting.pitch, 2.0)
    return step > _EXTRA_SPACE * usual * before.size


def _is_title(line: Line, setting: Setting) -> bool:
    return line.size > _TITLE * setting.size and setting.skew(line) <= _CENTRED


def _begins_item(paragraph: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether a numbering mark at an indent, or under the last item's, opens ``line``."""
    if not mark_length(line.text):
        return False
    if setting.indent(line) >= _INDENT:
        return True
    first = paragraph[0]
    same_place = abs(line.left - first.left) <= _HANGING * line.size
    return same_place and len(paragraph) > 1 and paragraph[-1].left > first.left + _INDENT


def _hangs(paragraph: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether ``line`` stands under the text behind its paragraph's numbering mark."""
    first, before = paragraph[0], paragraph[-1]
    if not mark_length(first.text) or mark_length(line.text):
        return False
    if line.page == first.page and line.left <= first.left + _HANGING * line.size:
        return False
    shift = setting.frame(line).left - setting.frame(first).left
    under = abs(line.left - first.body - shift) <= _HANGING * line.size
    return under and setting.is_full(before, line) and first.body > first.left


def _aligned(paragraph: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether the left edge of ``line`` is one that a paragraph's next line may have."""
    before = paragraph[-1]
    here, above = setting.indent(line), setting.indent(before)
    if above > _DEEPEST_INDENT and len(paragraph) == 1:
        return False
    if here > above + _INDENT:
        return _wrapped_title(paragraph, line, setting)
    if len(paragraph) > 1:
        return here >= above - _INDENT
    if here < _INDENT:
        return True
    # Two lines at the same indent: both are first lines where paragraphs are indented.
    return here < above - _INDENT or not setting.indented


def _wrapped_title(paragraph: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether a centred line ends a title of body size whose first line is full."""
    before = paragraph[0]
    return (
        len(paragraph) == 1
        and before.text[-1] not in CLOSERS
        and max(setting.skew(before), setting.skew(line)) <= 0.75
        and setting.indent(before) < _INDENT
    )


def _new_thought(before: Line, line: Line, setting: Setting) -> bool:
    """Say whether a line after a full one begins a paragraph all the same."""
    if not ends_sentence(before.text):
        return False
    if is_heading_mark(line.text):
        return True
    if setting.indented:
        return False
    return mark_length(line.text) > 0 or before.page != line.page
