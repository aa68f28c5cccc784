"""Numbers as Chinese documents print them, read as integers."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_D = "[一二两三四五六七八九]"
_COUNTING = re.compile(
    rf"(?:(?P<wan>[^万]+)万)?零?(?:(?P<qian>{_D})千)?零?(?:(?P<bai>{_D})百)?零?"
    rf"(?:(?P<shi>{_D}?)十)?零?(?P<ge>{_D})?"
)
_ROMAN = {
    "Ⅰ": 1,
    "Ⅱ": 2,
    "Ⅲ": 3,
    "Ⅳ": 4,
    "Ⅴ": 5,
    "Ⅵ": 6,
    "Ⅶ": 7,
    "Ⅷ": 8,
    "Ⅸ": 9,
    "Ⅹ": 10,
    "Ⅺ": 11,
    "Ⅻ": 12,
}
_ENCLOSED = (("①", 20, 1), ("㉑", 15, 21), ("㊱", 15, 36), ("⑴", 20, 1), ("⒈", 20, 1),
             ("㈠", 10, 1), ("❶", 10, 1), ("㊀", 10, 1))  # fmt: skip


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral below 100 million, or None if it is none.

    Both the counting form (二十一, 一百零五, 三万) and the positional form (二〇二四)
    are read.
    """
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    match = _COUNTING.fullmatch(text)
    if match is None or all(group is None for group in match.groups()):
        return None
    total = 0
    for unit, name in ((10_000, "wan"), (1000, "qian"), (100, "bai"), (10, "shi")):
        digits = match[name]
        if digits is None:
            continue
        if name == "wan":
            above = chinese_number(digits)
            if above is None:
                return None
            total += above * unit
        else:
            total += (_DIGITS[digits[-1]] if digits else 1) * unit
    last = match["ge"]
    return total + (_DIGITS[last] if last else 0)


@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """Return the value of a number printed in any style an item mark may have.

    Arabic digits of either width, Chinese numerals, Roman numeral characters, enclosed
    characters (①, ⑴, ㈠) and single Latin letters (A = 1) are understood; anything else
    gives None.
    """
    if text.isdecimal():
        return int(text)
    value = chinese_number(text)
    if value is not None:
        return value
    if len(text) == 1:
        if text in _ROMAN:
            return _ROMAN[text]
        for first, count, start in _ENCLOSED:
            if 0 <= ord(text) - ord(first) < count:
                return ord(text) - ord(first) + start
        if text.isascii() and text.isalpha():
            return ord(text.upper()) - 64
    return None
