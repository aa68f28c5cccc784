"""Numbers as Chinese documents print them, read as integers."""

from __future__ import annotations

_DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7, "Ⅷ": 8, "Ⅸ": 9, "Ⅹ": 10}
_ENCLOSED = (("①", 20, 1), ("㉑", 15, 21), ("㊱", 15, 36), ("⑴", 20, 1), ("⒈", 20, 1),
             ("㈠", 10, 1), ("❶", 10, 1), ("㊀", 10, 1))  # fmt: skip


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral below 100 million, or None if it is none.

    Both the counting form (二十一, 一百零五, 三万) and the positional form (二〇二四)
    are read.
    """
    if not text:
        return None
    if "万" in text:
        high, low = text.split("万", 1)
        first, second = chinese_number(high), chinese_number(low) if low else 0
        return None if first is None or second is None else first * 10_000 + second
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (digit or (1 if _UNITS[char] == 10 and not total else 0)) * _UNITS[char]
            digit = 0
        else:
            return None
    return total + digit


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
