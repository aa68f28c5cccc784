"""Characters → visual lines: same baseline, left to right, spaces from the gaps."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median

from luoshi.core.reading.pdf.characters import (
    CLOSERS,
    OPENERS,
    SOFT_HYPHEN,
    is_wide,
    mark_length,
)
from luoshi.core.reading.pdf.shapes import Box, Glyph, Line

_SAME_BASE = 0.3  # ems by which glyphs of one line may be shifted against each other
_RAISED = 0.6  # ems by which a superscript or subscript may leave the baseline
_SMALL = 0.8  # share of the line's size below which a glyph may be one
_TWICE = 0.4  # share of its width by which a glyph drawn twice for boldness is shifted
_WORD_GAP = 0.18  # ems between Latin letters that make a space
_FIELD_GAP = 1.5  # ems between Chinese characters that separate two things on one line
_REAL_SPACE = 0.1  # ems that a space character must really take up


def rows_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group glyphs into rows of one baseline each, from the top, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if rows and rows[-1][0].base - glyph.base <= _SAME_BASE * min(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows = [row for row in rows if any(glyph.char not in " \u3000" for glyph in row)]
    return [sorted(row, key=lambda each: each.left) for row in _with_raised(rows)]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put rows that are nothing but superscripts or subscripts back into their line."""
    merged: list[list[Glyph]] = []
    for row in rows:
        before = merged[-1] if merged else None
        if before and _belongs(before, row):
            row.extend(before)
            merged[-1] = row
        elif before and _belongs(row, before):
            before.extend(row)
        else:
            merged.append(row)
    return merged


def _belongs(small: list[Glyph], line: list[Glyph]) -> bool:
    size = max(glyph.size for glyph in line)
    if len(small) > 8 or max(glyph.size for glyph in small) > _SMALL * size:
        return False
    if abs(small[0].base - line[0].base) > _RAISED * size:
        return False
    return all(
        mark.right <= glyph.left + 0.2 * size or mark.left >= glyph.right - 0.2 * size
        for mark in small
        for glyph in line
    )


def make_line(row: list[Glyph], page: int, column: int = 0) -> Line | None:
    """Return the line that ``row`` (one baseline, left to right) is, ``None`` if blank."""
    pieces = _pieces(row)
    if not pieces:
        return None
    pieces = _without_letter_spacing(pieces)
    text = "".join(space + glyph.char for space, glyph in pieces)
    inked = [glyph for _, glyph in pieces]
    mark = mark_length(text)
    body = inked[0].left
    position = 0
    for space, glyph in pieces:
        position += len(space)
        if mark and position >= mark:
            body = glyph.left
            break
        position += 1
    return Line(
        page=page,
        column=column,
        text=text,
        left=inked[0].left,
        right=max(glyph.right for glyph in inked),
        base=Counter(glyph.base for glyph in inked).most_common(1)[0][0],
        size=Counter(round(glyph.size, 1) for glyph in inked).most_common(1)[0][0],
        head=_head(pieces),
        body=body,
        box=union([glyph.box for glyph in inked]),
    )


def union(boxes: list[Box]) -> Box:
    """Return the smallest box around all ``boxes``."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _pieces(row: list[Glyph]) -> list[tuple[str, Glyph]]:
    """Return the visible glyphs of a row, each with the space that stands before it."""
    wide = _field_gap(row)
    pieces: list[tuple[str, Glyph]] = []
    blank = ""
    for glyph in row:
        if glyph.char in " \u3000":
            blank = "\u3000" if blank != " " and glyph.char == "\u3000" else " "
            continue
        if not pieces:
            pieces.append(("", glyph))
        else:
            before = pieces[-1][1]
            if _drawn_twice(before, glyph):
                continue
            pieces.append((_space(before, glyph, blank, wide), glyph))
        blank = ""
    return [
        (space, _as_hyphen(glyph) if index < len(pieces) - 1 else glyph)
        for index, (space, glyph) in enumerate(pieces)
        if glyph.char != SOFT_HYPHEN or glyph.right - glyph.left > _REAL_SPACE * glyph.size
    ]


def _as_hyphen(glyph: Glyph) -> Glyph:
    """Return a soft hyphen that is drawn inside a line as the hyphen that a reader sees."""
    return glyph._replace(char="-") if glyph.char == SOFT_HYPHEN else glyph


def _drawn_twice(before: Glyph, glyph: Glyph) -> bool:
    if before.char != glyph.char:
        return False
    # The letters of a ligature share one box, so equal boxes do not tell a double.
    if before.box == glyph.box and glyph.char == "f":
        return False
    return glyph.left - before.left < _TWICE * (glyph.right - glyph.left)


def _space(before: Glyph, glyph: Glyph, blank: str, wide: float) -> str:
    gap = glyph.left - before.right
    size = min(before.size, glyph.size)
    if blank and gap > _REAL_SPACE * size:
        return blank
    if before.box == glyph.box:
        return ""
    latin = not is_wide(before.char) and not is_wide(glyph.char)
    return " " if gap > (_WORD_GAP * size if latin else wide) else ""


def _field_gap(row: list[Glyph]) -> float:
    """Return the gap from which two Chinese characters of ``row`` stand apart on purpose.

    In a letter-spaced title every gap is wide, and none is a space.
    """
    inked = [glyph for glyph in row if glyph.char not in " \u3000"]
    gaps = [after.left - before.right for before, after in pairwise(inked)]
    usual = median(gaps) if gaps else 0.0
    return max(_FIELD_GAP * max(glyph.size for glyph in row), 2 * usual)


def _without_letter_spacing(pieces: list[tuple[str, Glyph]]) -> list[tuple[str, Glyph]]:
    """Drop the spaces of a title whose Chinese characters all stand alone (通 知 书)."""
    alone = len(pieces) >= 3 and all(space for space, _ in pieces[1:])
    if alone and all(is_wide(glyph.char) for _, glyph in pieces):
        return [("", glyph) for _, glyph in pieces]
    return pieces


def _head(pieces: list[tuple[str, Glyph]]) -> float:
    """Return the width that the line's beginning needs at the end of a line above it.

    Rules of typesetting: nothing breaks after an opening or before a closing mark, nor
    inside a word or a number.
    """
    index = 0
    while index < len(pieces) - 1 and pieces[index][1].char in OPENERS:
        index += 1
    if not is_wide(pieces[index][1].char):
        while index + 1 < len(pieces) and _same_word(pieces[index + 1]):
            index += 1
    while index + 1 < len(pieces) and pieces[index + 1][1].char in CLOSERS:
        index += 1
    return pieces[index][1].right - pieces[0][1].left


def _same_word(piece: tuple[str, Glyph]) -> bool:
    space, glyph = piece
    return not space and not is_wide(glyph.char)
