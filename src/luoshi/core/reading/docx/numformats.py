"""Numbers as Word writes them in automatic numbering, one function per format.

Sources: the names and rules are those of ECMA-376 Part 1 §17.18.59 (ST_NumberFormat);
where Word departs from it, [MS-OI29500] 2.1.540 (ideographEnclosedCircle is the number in
parentheses, no U+96F6 in chineseCountingThousand), [MS-DOCX] 2.4 (chineseCounting from a
hundred on is digits with U+25CB, as in 一○○) and published observations of PDF files
saved by Word were followed:

- past the end of a closed set (20 for ①, ⒈, ⑴; 10 for ㈠, 甲 and the Chinese ①; 12 for
  子) the number is written in decimal;
- chineseCounting and taiwaneseCounting count to 99 (九十九) and then write digits (一○一);
  the "Thousand" formats go on counting (一百〇一, 一百零一);
- 10 to 19 lose their 一 (十二) only at the start of a number: 112 is 一百一十二;
- letters repeat (z, aa, bb) and start over after thirty rounds; roman numerals and zero
  give nothing; everything but decimal starts over past 32767.

One observation was not followed: a report that Word writes the eleventh branch as 戍;
the standard's 戌 is what a reader expects. cardinalText and ordinalText are English.
Formats not listed are written in decimal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

_LARGEST = 32767
_LETTER_ROUNDS = 30
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


@dataclass(frozen=True, slots=True)
class _Counting:
    """A counting system: digits from 0, the units ten, hundred, thousand, then myriad.

    ``drop_one`` says when 一 before a unit is left out ("head": only in 10–19 at the
    start of a number); ``zero`` whether skipped places are marked once.
    """

    digits: str
    units: str
    drop_one: str
    zero: bool


_IDEOGRAPHS = "〇一二三四五六七八九"
_CIRCLES = "○一二三四五六七八九"
_CHINESE = _Counting(_IDEOGRAPHS, "十百千万", "head", True)
_TAIWANESE = _Counting("零一二三四五六七八九", "十百千萬", "head", True)
_JAPANESE = _Counting(_IDEOGRAPHS, "十百千万", "always", False)
_LEGAL_SIMPLIFIED = _Counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟萬", "never", True)
_LEGAL_TRADITIONAL = _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "never", True)
_LEGAL_JAPANESE = _Counting("〇壱弐参四伍六七八九", "拾百阡萬", "never", False)


@lru_cache(maxsize=4096)
def format_number(value: int, name: str) -> str:
    """Write ``value`` (0 or more) in the ST_NumberFormat called ``name``.

    A negative value, which no valid file holds, is written in decimal.
    """
    writer = _WRITERS.get(name)
    if writer is None or value < 0:
        return str(value)
    if value > _LARGEST and name not in ("decimal", "hex"):
        value = (value - 1) % _LARGEST + 1
    return writer(value)


def custom_format(pattern: str) -> Callable[[int], str] | None:
    """Return the writer for a custom format such as ``"001, 002, 003, ..."``, or None.

    [MS-DOCX] 2.4 spells a custom format by its first members; it is recognised here by
    finding the format that writes exactly those for 1, 2, 3 or for 1, 10, 100.
    """
    plain = pattern.replace("(简)", "").replace("(繁)", "").replace("，", ",")
    members = [member.strip() for member in plain.split(",")]
    members = [member for member in members if member.strip(".…")]
    if not members:
        return None
    first = members[0]
    if first.isascii() and first.isdigit() and int(first) == 1:
        return partial(_padded, len(first))
    for name, writer in _WRITERS.items():
        for values in ((1, 2, 3), (1, 10, 100)):
            if members == [writer(value) for value in values[: len(members)]]:
                return partial(format_number, name=name)
    return None


def _padded(width: int, value: int) -> str:
    return str(value).zfill(width)


def _roman(value: int) -> str:
    text = ""
    for amount, numeral in _ROMAN:
        text += numeral * (value // amount)
        value %= amount
    return text


def _repeated(alphabet: str, value: int) -> str:
    if value == 0:
        return ""
    value = (value - 1) % (len(alphabet) * _LETTER_ROUNDS) + 1
    return alphabet[(value - 1) % len(alphabet)] * ((value - 1) // len(alphabet) + 1)


def _digits(glyphs: str, value: int) -> str:
    return "".join(glyphs[int(digit)] for digit in str(value))


def _listed(glyphs: str, value: int) -> str:
    return glyphs[value - 1] if 1 <= value <= len(glyphs) else str(value)


def _run_of(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _group(value: int, system: _Counting, head: bool) -> str:
    """Count one group of up to four digits; ``head``: it starts the whole number."""
    text = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        if gap and system.zero:
            text += system.digits[0]
        gap = False
        teens = head and place == 1 and not text
        bare = system.drop_one == "always" or (system.drop_one == "head" and teens)
        if digit > 1 or place == 0 or not bare:
            text += system.digits[digit]
        text += system.units[place - 1] if place else ""
    return text


def _counted(system: _Counting, value: int) -> str:
    if value == 0:
        return system.digits[0]
    high, low = divmod(value, 10_000)
    if not high:
        return _group(low, system, True)
    gap = system.digits[0] if system.zero and 0 < low < 1000 else ""
    return _group(high, system, True) + system.units[3] + gap + _group(low, system, False)


def _counted_below_hundred(value: int) -> str:
    if value < 100:
        return _counted(_Counting(_CIRCLES, "十百千万", "head", True), value)
    return _digits(_CIRCLES, value)


def _ordinal(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def _words(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        rest = value % 10
        return _TENS[value // 10] + (f"-{_ONES[rest]}" if rest else "")
    size, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    rest = value % size
    return f"{_words(value // size)} {name}" + (f" {_words(rest)}" if rest else "")


def _ordinal_words(value: int) -> str:
    words = _words(value)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    ending = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return (words[:cut] + _ORDINALS.get(last, ending)).capitalize()


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": partial(_padded, 2),
    "decimalFullWidth": partial(_digits, "０１２３４５６７８９"),
    "decimalFullWidth2": partial(_digits, "０１２３４５６７８９"),
    "decimalEnclosedCircle": partial(_listed, _run_of("①", 20)),
    "decimalEnclosedCircleChinese": partial(_listed, _run_of("①", 10)),
    "decimalEnclosedFullstop": partial(_listed, _run_of("⒈", 20)),
    "decimalEnclosedParen": partial(_listed, _run_of("⑴", 20)),
    "ideographEnclosedCircle": partial(_listed, _run_of("㈠", 10)),
    "chineseCounting": _counted_below_hundred,
    "chineseCountingThousand": partial(_counted, _CHINESE),
    "chineseLegalSimplified": partial(_counted, _LEGAL_SIMPLIFIED),
    "taiwaneseCounting": _counted_below_hundred,
    "taiwaneseCountingThousand": partial(_counted, _TAIWANESE),
    "taiwaneseDigital": partial(_digits, _CIRCLES),
    "japaneseCounting": partial(_counted, _JAPANESE),
    "japaneseLegal": partial(_counted, _LEGAL_JAPANESE),
    "japaneseDigitalTenThousand": partial(_digits, _IDEOGRAPHS),
    "ideographDigital": partial(_digits, _IDEOGRAPHS),
    "ideographTraditional": partial(_listed, _STEMS),
    "ideographZodiac": partial(_listed, _BRANCHES),
    "ideographZodiacTraditional": lambda value: (
        _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value else "0"
    ),
    "ideographLegalTraditional": partial(_counted, _LEGAL_TRADITIONAL),
    "upperLetter": partial(_repeated, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": partial(_repeated, "abcdefghijklmnopqrstuvwxyz"),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "cardinalText": lambda value: _words(value).capitalize(),
    "ordinalText": _ordinal_words,
    "hex": lambda value: f"{value:X}",
    "chicago": partial(_repeated, "*†‡§"),
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
    "bullet": lambda value: "",
}
