"""What single characters of a PDF mean for text and layout; no geometry here."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNREADABLE = "\ufffd"
SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010"
OPENERS = frozenset("（《〈「『【〔［｛“‘([{")
CLOSERS = frozenset("）》〉」』】〕］｝”’)]}，。、；：？！…—～·,.;:?!%％‰℃°")
SENTENCE_ENDS = frozenset("。！？；：!?;:…")
_QUOTES = frozenset("”’」』）)")

# Bullets and boxes that Word writes with the fonts Symbol and Wingdings: their codes lie
# in the private use area and mean nothing without the font.
_FONT_BULLETS = {
    0xF052: "☑",
    0xF06C: "●",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "□",
    0xF075: "◆",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF0FE: "☑",
}
# Ranges in which PDF producers put look-alikes of ordinary characters; within them the
# compatibility mapping is one to one.
_LOOKALIKES = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
# CJK radicals that Unicode gives no compatibility mapping, though as text in a document
# they only ever stand for the character of the same shape.
_RADICALS = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E8B: "卩", 0x2E92: "巳", 0x2E95: "彐", 0x2E9D: "月",
    0x2EA0: "民", 0x2EAA: "疋", 0x2EAE: "竹", 0x2EB6: "羊", 0x2EBC: "肉", 0x2EC1: "虎",
    0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC8: "讠", 0x2EC9: "贝", 0x2ECB: "车",
    0x2ED3: "长", 0x2ED4: "门", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风",
    0x2EDC: "飞", 0x2EDD: "食", 0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼",
    0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙",
}  # fmt: skip

_FIXED = {
    **_FONT_BULLETS,
    **_RADICALS,
    0x02: "-",
    0xFFFE: "-",
    0xAD: SOFT_HYPHEN,
    0x3000: "\u3000",
    0xFFFD: UNREADABLE,
}

_MARK = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}[、.．]"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)][、.．]?"
    r"|\d{1,2}(?:[、．]|\.(?!\d)|[）)])"
    r"|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条]"
    r"|[•●■□▪◆➢✓☑]|[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，,、])\s*"
)
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)


@lru_cache(maxsize=65536)
def plain(code: int) -> str:
    """Return the character that ``code`` stands for, ``""`` if it is none.

    Controls vanish, look-alikes become the ordinary character, a private-use character
    or a lone surrogate becomes U+FFFD. The hyphen at a line end that pdfium hides behind
    U+0002 is a hyphen again. A soft hyphen stays: its place in the line decides.
    """
    if code in _FIXED:
        return _FIXED[code]
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNREADABLE
    char = chr(code)
    if any(low <= code <= high for low, high in _LOOKALIKES):
        return unicodedata.normalize("NFKC", char)
    if char.isspace():
        return " "
    return {"Co": UNREADABLE, "Cc": "", "Cf": "", "Cn": "", "Zl": "", "Zp": ""}.get(
        unicodedata.category(char), char
    )


@lru_cache(maxsize=65536)
def is_wide(char: str) -> bool:
    """Say whether ``char`` is set on the Chinese grid: ideographs, full-width signs."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·"


def mark_length(text: str) -> int:
    """Return how many characters of ``text`` are a numbering mark at its start, else 0.

    一、 （一） 1. （1） ① 第一条 第一， 一是 一要 and bullets are marks; the digits of
    "3.5个百分点" or "2021年" are none.
    """
    found = _MARK.match(text)
    return found.end() if found else 0


def is_heading_mark(text: str) -> bool:
    """Say whether ``text`` begins with a mark that official papers use for headings only."""
    return _HEADING.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Say whether ``text`` ends with a full stop or the like, before any closing quote."""
    index = len(text) - 1
    while index >= 0 and text[index] in _QUOTES:
        index -= 1
    return index >= 0 and (text[index] in SENTENCE_ENDS or text[-2:] == "..")


def glue(before: str, after: str) -> tuple[int, str]:
    """Return how to join two lines of one paragraph: characters to cut, then what to insert.

    No space goes between Chinese characters or inside a number, one space between Latin
    words; a hyphen that only marks the line end is cut.
    """
    last, first = before[-1:], after[:1]
    if not last or not first:
        return 0, ""
    if last == SOFT_HYPHEN:
        return 1, ""
    if last in HYPHENS:
        word_goes_on = before[-2:-1].isascii() and before[-2:-1].isalpha() and first.islower()
        return int(word_goes_on), ""
    if is_wide(last) or is_wide(first) or last == "/" or (last.isdigit() and first.isdigit()):
        return 0, ""
    return 0, " "
