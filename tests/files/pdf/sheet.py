"""A small PDF writer for tests: glyphs exactly where a test wants them, no font embedded.

Every character is one two-byte code that means itself (Identity-H with an identity
ToUnicode map), so any character of the basic plane can be written, also ones that a
real program would never emit. A character below U+0080 is half an em wide, any other
one em. Coordinates are points from the bottom left of the page.
"""

from __future__ import annotations

import math

CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""
ROWS = 100  # a bfrange section may hold at most this many ranges


def width(text: str) -> float:
    """Return the width of ``text`` in ems as the written file states it."""
    return sum(0.5 if ord(char) < 0x80 else 1.0 for char in text)


def _identity_map() -> bytes:
    ranges = [b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(256)]
    parts = []
    for first in range(0, len(ranges), ROWS):
        chunk = ranges[first : first + ROWS]
        parts.append(b"%d beginbfrange\n%s\nendbfrange" % (len(chunk), b"\n".join(chunk)))
    return CMAP % b"\n".join(parts)


class Sheet:
    """A PDF under construction: call ``page`` first, then draw, then ``data``."""

    def __init__(self, size: tuple[float, float] = (595, 842), *, mapped: bool = True) -> None:
        self.size = size
        self.mapped = mapped
        self.pages: list[tuple[str, list[str]]] = []

    def page(self, *, rotate: int = 0, crop: tuple[float, ...] | None = None) -> Sheet:
        extra = f"/Rotate {rotate}" if rotate else ""
        if crop:
            extra += f" /CropBox [{' '.join(map(str, crop))}]"
        self.pages.append((extra, []))
        return self

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 16,
        *,
        gap: float = 0,
        mode: int = 0,
        angle: float = 0,
    ) -> Sheet:
        """Draw ``text``; ``gap`` is extra space after each glyph, ``mode`` the render mode."""
        code = text.encode("utf-16-be").hex()
        turn = math.radians(angle)
        a, b = round(math.cos(turn), 6), round(math.sin(turn), 6)
        self.pages[-1][1].append(
            f"BT /F1 {size} Tf {gap} Tc {mode} Tr "
            f"{a} {b} {-b} {a} {x:.3f} {y:.3f} Tm <{code}> Tj ET"
        )
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Draw a hairline."""
        self.pages[-1][1].append(f"0.5 w {x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """Draw a full grid of rulings at these positions."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)
        return self

    def image(self, x: float, y: float, w: float, h: float) -> Sheet:
        """Draw a grey picture of one pixel, stretched."""
        self.pages[-1][1].append(
            f"q {w} 0 0 {h} {x} {y} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"
        )
        return self

    def data(self) -> bytes:
        """Return the file."""
        kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(self.pages)))
        to_unicode = "/ToUnicode 5 0 R" if self.mapped else ""
        objects: list[bytes] = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode(),
            f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H {to_unicode}"
            " /DescendantFonts [4 0 R] >>".encode(),
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDToGIDMap /Identity"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /DW 1000 /W [0 127 500] /FontDescriptor << /Type /FontDescriptor /FontName /Song"
            b" /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
            b" /CapHeight 880 /StemV 80 >> >>",
            self._stream(_identity_map()),
        ]
        for index, (extra, drawing) in enumerate(self.pages):
            box = f"[0 0 {self.size[0]} {self.size[1]}]"
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {extra} /Contents"
                f" {7 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
            )
            objects.append(self._stream("\n".join(drawing).encode("latin-1")))
        return self._file(objects)

    @staticmethod
    def _stream(content: bytes) -> bytes:
        return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)

    @staticmethod
    def _file(objects: list[bytes]) -> bytes:
        out = bytearray(b"%PDF-1.7\n")
        offsets = []
        for number, content in enumerate(objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(objects) + 1,
            start,
        )
        return bytes(out)
