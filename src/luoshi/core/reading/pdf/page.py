"""One page of a PDF through pdfium: characters with their places, rulings, pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict

import pypdfium2.raw as pdfium

from luoshi.core.reading.pdf import rulings
from luoshi.core.reading.pdf.characters import UNREADABLE, plain
from luoshi.core.reading.pdf.shapes import Box, Glyph, Handle, PageContent, upright

_SKEW = 0.17  # radians: what leans more than ten degrees is a stamp or a watermark
_EDGE = 1.0  # points of tolerance at the crop box
_FARTHEST = 1e6  # points: damaged files hold infinite and undefined coordinates
_Drawn = tuple[int | None, Glyph]


class TooManyCharactersError(Exception):
    """A page holds more characters than the limits leave room for."""


def read_page(page: Handle, number: int, room: int) -> PageContent:
    """Return the content of the open pdfium ``page``; at most ``room`` characters.

    Raises :class:`TooManyCharactersError` when the page holds more than ``room``, and
    pypdfium2's ``PdfiumError`` when the page is damaged.
    """
    crop = _sane(page.get_bbox())
    objects = rulings.collect(page)
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > room:
            raise TooManyCharactersError
        drawn, seen, bad = _glyphs(textpage.raw, count, crop)
    finally:
        textpage.close()
    turn, glyphs, astray = _main_direction(drawn)
    left, bottom, right, top = upright(crop, turn)
    area = max(1.0, (right - left) * (top - bottom))
    return PageContent(
        number=number,
        width=right - left,
        height=top - bottom,
        bottom=bottom,
        glyphs=glyphs,
        rulings=[rulings.as_ruling(edge, turn) for edge in objects.edges if _sane(edge) == edge],
        seen=seen,
        bad=bad,
        pictured=min(1.0, objects.picture_area / area),
        bare=objects.count == 0,
        astray=astray,
    )


def _glyphs(text: Handle, count: int, crop: Box) -> tuple[list[_Drawn], int, int]:
    """Return the characters inside ``crop``, how many there are, how many are unusable."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    drawn: list[_Drawn] = []
    seen = bad = high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high:
            code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00 if code >> 10 == 55 else code
            high = 0
        if code in (0x20, 0x0D, 0x0A) and pdfium.FPDFText_IsGenerated(text, index):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        edges = (box.left, box.bottom, box.right, box.top)
        if not _inside(edges, crop):
            continue
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        char = UNREADABLE if unmapped else plain(code)
        if code not in (0x0A, 0x0D):
            seen += 1
            bad += char in ("", UNREADABLE)
        size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        turn = _turn(matrix.a, matrix.b)
        if char:
            drawn.append((turn, _glyph(char, edges, (x.value, y.value), size, turn or 0)))
    return drawn, seen, bad


def _sane(box: Box) -> Box:
    """Return ``box`` if it could be on paper, else an empty one."""
    return box if all(abs(value) < _FARTHEST for value in box) else (0.0, 0.0, 0.0, 0.0)


def _inside(box: Box, crop: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        crop[0] - _EDGE <= x <= crop[2] + _EDGE and crop[1] - _EDGE <= y <= crop[3] + _EDGE
    )  # also false for NaN, which hostile files produce


def _turn(a: float, b: float) -> int | None:
    """Return the direction of text in quarter turns, ``None`` when it runs askew."""
    angle = math.atan2(b, a)
    turn = round(angle / (math.pi / 2))
    return None if abs(angle - turn * math.pi / 2) > _SKEW else turn % 4


def _glyph(char: str, box: Box, origin: tuple[float, float], size: float, turn: int) -> Glyph:
    left, bottom, right, top = upright(box, turn)
    base = (origin[1], -origin[0], -origin[1], origin[0])[turn]
    if not abs(base) < _FARTHEST:
        base = bottom
    if not 0.1 < size < 10_000:
        size = max(1.0, top - bottom)
    return Glyph(char, left, right, base, size, box)


def _main_direction(drawn: list[_Drawn]) -> tuple[int, list[Glyph], str]:
    """Return the turn of most text, its glyphs, and the text that runs another way."""
    votes = Counter(turn for turn, _ in drawn if turn is not None)
    main = votes.most_common(1)[0][0] if votes else 0
    groups: defaultdict[bool, list[Glyph]] = defaultdict(list)
    for turn, glyph in drawn:
        groups[turn == main].append(glyph)
    astray = "".join(glyph.char for glyph in groups[False])
    return main, groups[True], " ".join(astray.split())
