"""Characters of symbol fonts, and which characters need no space around them.

Symbol fonts keep their glyphs at U+F020–U+F0FF (or at the plain codes 0x20–0xFF); the
table gives the Unicode character with the same look for those that occur in lists and
forms. Source: the published Symbol and Wingdings glyph charts.
"""

from __future__ import annotations

from lxml import etree

from luoshi.core.reading.docx import names as q

UNKNOWN = "\ufffd"
_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x73: "◆",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9E: "·",
    0x9F: "•",
    0xA0: "•",
    0xA1: "○",
    0xA2: "○",
    0xA3: "○",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xB2: "◇",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
} | {0x81 + step: chr(ord("①") + step) for step in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0xA3: "□",
    0xAE: "◆",
}
_SYMBOL = {
    0x2D: "−",
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xC5: "⊕",
    0xD0: "∠",
    0xD6: "√",
    0xDE: "⇒",
    0xE0: "◊",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_ASCII, _HANSI, _FONT, _CHAR = q.W + "ascii", q.W + "hAnsi", q.W + "font", q.W + "char"


def bullet(text: str, fonts: etree._Element | None) -> str:
    """Return a bullet as a plain character; an unknown glyph of a symbol font is "•"."""
    font = ""
    if fonts is not None:
        font = (fonts.get(_ASCII) or fonts.get(_HANSI) or "").casefold()
    table = _FONTS.get(font)
    return "".join(_glyph(char, table) for char in text)


def _glyph(char: str, table: dict[int, str] | None) -> str:
    if "\uf000" <= char <= "\uf0ff" or (table is not None and char < "\u0100"):
        return (table or {}).get(ord(char) & 0xFF, "•")
    return char


def symbol(element: etree._Element) -> str:
    """Return the character of a ``w:sym``, or U+FFFD when it has none in Unicode."""
    try:
        code = int(element.get(_CHAR) or "", 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get((element.get(_FONT) or "").casefold())
    if table is not None or 0xF000 <= code <= 0xF0FF:
        low = code & 0xFF
        if table is not None and low in table:
            return table[low]
        return chr(low) if table is _SYMBOL and 0x30 <= low <= 0x39 else UNKNOWN
    return character(code)


def character(code: int) -> str:
    """Return one printable character by its code point, or U+FFFD."""
    if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and chr(code).isprintable():
        return chr(code)
    return UNKNOWN


def is_wide(char: str) -> bool:
    """Say whether a character is Chinese, Japanese or full-width (or a Chinese quote).

    Around these no space separates words; the curly quotes, dash and ellipsis count
    because Chinese text writes them full width.
    """
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe30" <= char <= "\ufe4f"
        or "\uff00" <= char <= "\uffef"
        or char >= "\U00020000"
        or char in "“”‘’—…"
    )
