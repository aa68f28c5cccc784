"""Two columns on a page: where the gutter is and which rows it splits."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import NamedTuple

from luoshi.core.reading.pdf.characters import ends_sentence
from luoshi.core.reading.pdf.shapes import Glyph

_SPLIT_GAP = 1.0  # ems without a glyph that may be a piece of a gutter
_MIN_LINES = 4  # lines that each column must have
_MIN_SHARE = 0.25  # of the text's width that each column must take
_FILLED = 0.6  # of a column's width that its middle line must fill
_WIDEST_GUTTER = 0.2  # of the text's width
_LONG = 12  # characters of a line that is more than an item of a list
_FLUSH_LINES = 5
_MOST_PIECES = 400


class Piece(NamedTuple):
    """Glyphs of one row without a wide gap between them."""

    left: float
    right: float
    base: float
    size: float
    glyphs: list[Glyph]


class Zone(NamedTuple):
    """Rows between which no column boundary lies: ``column`` 0 is the whole width."""

    column: int
    rows: list[list[Glyph]]


def zones(rows: list[list[Glyph]], bars: tuple[float, ...] = ()) -> list[Zone]:
    """Split the rows of a page (from the top) into zones in reading order.

    Lines across the whole width part the page into bands; within a band with a clear
    gutter the left column comes before the right one. ``bars`` are heights of things
    that part the page as well (tables).
    """
    pieces = [piece for row in rows for piece in _split(row)]
    gutter = _gutter(pieces) if len(pieces) <= _MOST_PIECES else None
    if gutter is None:
        return [Zone(0, rows)]
    found: list[Zone] = []
    plain: list[list[Glyph]] = []
    for band in _bands(rows, gutter, bars):
        columns = _columns(band, gutter)
        if columns is None:
            plain.extend(band)
            continue
        if plain:
            found.append(Zone(0, plain))
            plain = []
        found.extend(Zone(side, rows) for side, rows in enumerate(columns, 1) if rows)
    return [*found, Zone(0, plain)] if plain else found


def _split(row: list[Glyph]) -> list[Piece]:
    pieces: list[Piece] = []
    current: list[Glyph] = []
    for glyph in row:
        if glyph.char in " \u3000":
            continue
        if current and glyph.left - current[-1].right > _SPLIT_GAP * glyph.size:
            pieces.append(_piece(current))
            current = []
        current.append(glyph)
    return [*pieces, _piece(current)] if current else pieces


def _piece(glyphs: list[Glyph]) -> Piece:
    right = max(glyph.right for glyph in glyphs)
    return Piece(glyphs[0].left, right, glyphs[0].base, glyphs[0].size, glyphs)


def _gutter(pieces: list[Piece]) -> float | None:
    """Return the position that most pieces leave free with text on both sides of it."""
    if len(pieces) < 2 * _MIN_LINES:
        return None
    left = min(piece.left for piece in pieces)
    width = max(piece.right for piece in pieces) - left
    broad = sum(piece.right - piece.left > 0.55 * width for piece in pieces)
    if broad > 0.6 * len(pieces):
        return None
    best, best_score = None, 0
    for candidate in sorted({round(piece.right + 0.3 * piece.size, 1) for piece in pieces}):
        if not 0.25 * width < candidate - left < 0.75 * width:
            continue
        before = sum(piece.right <= candidate for piece in pieces)
        after = sum(piece.left >= candidate for piece in pieces)
        crossing = len(pieces) - before - after
        score = min(before, after) - 2 * crossing
        if score > best_score:
            best, best_score = candidate, score
    if best is None and broad:
        edge = _flush_edge([piece for piece in pieces if piece.right - left < 0.6 * width])
        return None if edge is None else edge + 0.3 * pieces[0].size
    return best


def _bands(
    rows: list[list[Glyph]], gutter: float, bars: tuple[float, ...]
) -> list[list[list[Glyph]]]:
    """Cut the rows into runs in which either every row crosses the gutter or none does."""
    bands: list[list[list[Glyph]]] = []
    state: tuple[bool, int] | None = None
    for row in rows:
        crosses = any(piece.left < gutter < piece.right for piece in _split(row))
        here = (crosses, sum(bar > row[0].base for bar in bars))
        if here == state:
            bands[-1].append(row)
        else:
            bands.append([row])
        state = here
    return bands


def _columns(
    band: list[list[Glyph]], gutter: float
) -> tuple[list[list[Glyph]], list[list[Glyph]]] | None:
    """Return the rows left and right of the gutter if both sides are columns of text.

    On the last page the right column may be short, or empty: then the left one must
    break its lines inside sentences at one and the same edge.
    """
    left = [row for row in ([g for g in row if g.left < gutter] for row in band) if _split(row)]
    right = [row for row in ([g for g in row if g.left >= gutter] for row in band) if _split(row)]
    sides = [[_whole(row) for row in side] for side in (left, right)]
    if len(left) < _MIN_LINES or (len(right) < _MIN_LINES and not _breaks_flush(sides[0])):
        return None
    if not right:
        return left, right
    edges = [(min(p.left for p in side), max(p.right for p in side)) for side in sides]
    width = edges[1][1] - edges[0][0]
    gap = edges[1][0] - edges[0][1]
    if not 0.8 * sides[0][0].size <= gap <= _WIDEST_GUTTER * width:
        return None
    for (start, end), side in zip(edges, sides, strict=True):
        filled = median(piece.right - piece.left for piece in side)
        if end - start < _MIN_SHARE * width or filled < _FILLED * (end - start):
            return None
    return left, right


def _whole(row: list[Glyph]) -> Piece:
    return _piece([glyph for glyph in row if glyph.char not in " \u3000"])


def _breaks_flush(pieces: list[Piece]) -> bool:
    """Say whether at least five long lines break off inside a sentence at one edge."""
    return _flush_edge(pieces) is not None


def _flush_edge(pieces: list[Piece]) -> float | None:
    """Return the right edge at which most long lines break off inside a sentence."""
    edges = Counter(
        round(piece.right / (0.5 * piece.size))
        for piece in pieces
        if len(piece.glyphs) >= _LONG and not ends_sentence(piece.glyphs[-1].char)
    )
    for edge, count in edges.most_common(1):
        if count >= _FLUSH_LINES:
            return (edge + 0.5) * 0.5 * pieces[0].size
    return None
