"""Rulings and pictures among the objects of a page, and text that pdfium would skip."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from luoshi.core.reading.pdf.shapes import Box, Handle, Ruling, upright

_THIN = 3.0  # points: a filled box not thicker than this is a ruling
_SHORT = 6.0  # points: shorter strokes are dots and underscores
_MOST_OBJECTS = 50_000
_MOST_SEGMENTS = 2_000
_MOST_EDGES = 5_000
_DEEPEST_FORM = 4
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Objects:
    """What stands on a page beside its characters; ``edges`` are boxes of thin lines."""

    count: int = 0
    picture_area: float = 0.0
    edges: list[Box] = field(default_factory=list)


def as_ruling(edge: Box, turn: int) -> Ruling:
    """Return ``edge`` as a ruling on a page whose text runs in direction ``turn``."""
    left, bottom, right, top = upright(edge, turn)
    if top - bottom < right - left:
        return Ruling((bottom + top) / 2, left, right, across=False)
    return Ruling((left + right) / 2, bottom, top, across=True)


def collect(page: Handle) -> Objects:
    """Return the rulings and pictures of the open pdfium ``page``.

    Must run before the page's text is loaded: it also widens the text objects that
    pdfium would leave out of the text.
    """
    found = Objects()
    stack: list[tuple[Iterator[Handle], _Matrix, int]] = [
        (_children(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject), _IDENTITY, 0)
    ]
    while stack and found.count < _MOST_OBJECTS:
        children, matrix, depth = stack[-1]
        item = next(children, None)
        if item is None:
            stack.pop()
            continue
        found.count += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _widen(item)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            if len(found.edges) < _MOST_EDGES:
                found.edges.extend(_edges(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _placed(_bounds(item), matrix)
            found.picture_area += (right - left) * (top - bottom)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _children(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
            stack.append((inner, _multiply(_matrix(item), matrix), depth + 1))
    return found


def _children(holder: Handle, count: Handle, get: Handle) -> Iterator[Handle]:
    for index in range(count(holder)):
        child = get(holder, index)
        if child:
            yield child


def _bounds(item: Handle) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return 0.0, 0.0, 0.0, 0.0
    return edges[0].value, edges[1].value, edges[2].value, edges[3].value


def _matrix(item: Handle) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _point(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _placed(box: Box, matrix: _Matrix) -> Box:
    return _box([_point(box[i], box[j], matrix) for i, j in ((0, 1), (2, 1), (0, 3), (2, 3))])


def _widen(item: Handle) -> None:
    """Give a text object without any width one of a point.

    A font that is neither embedded nor installed has no glyph shapes, and pdfium leaves
    out every text object whose shapes together have no width: a lone character, or a
    line typeset sideways. Text with an outline is half a line width wider on each side.
    Only the copy in memory changes.
    """
    left, _, right, _ = _bounds(item)
    if abs(right - left) < 0.02 and pdfium.FPDFTextObj_SetTextRenderMode(
        item, pdfium.FPDF_TEXTRENDERMODE_STROKE
    ):
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, 0, 0)


def _edges(path: Handle, matrix: _Matrix) -> list[Box]:
    """Return the straight upright or level lines of ``path``, at most a few thousand."""
    box = _placed(_bounds(path), matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    if not (math.isfinite(width) and math.isfinite(height)):
        return []
    if min(width, height) <= _THIN:
        return [box] if max(width, height) >= _SHORT else []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return _strokes(path, _multiply(_matrix(path), matrix), bool(stroke.value))


def _strokes(path: Handle, matrix: _Matrix, stroked: bool) -> list[Box]:
    """Return the lines of a path of several pieces: stroked lines, or thin filled boxes."""
    found: list[Box] = []
    piece: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            found.extend(_piece(piece, stroked))
            piece = []
        piece.append(_point(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            piece.append(piece[0])
    return found + _piece(piece, stroked)


def _piece(points: list[tuple[float, float]], stroked: bool) -> list[Box]:
    if len(points) < 2:
        return []
    whole = _box(points)
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN:
        lines = [whole]
    elif stroked:
        lines = [_box([start, end]) for start, end in pairwise(points)]
    else:
        lines = []
    return [
        line
        for line in lines
        if min(line[2] - line[0], line[3] - line[1]) <= _THIN
        and max(line[2] - line[0], line[3] - line[1]) >= _SHORT
    ]
