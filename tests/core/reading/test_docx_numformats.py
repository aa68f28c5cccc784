"""Number formats: the values Word prints, and what must hold for every number."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.reading.docx.numformats import custom_format, format_number

_FILE = Path(__file__).parent / "cases_docx" / "formats.toml"
TABLE: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text("utf-8"))
ROWS = [(name, int(value), text) for name, row in TABLE.items() for value, text in row.items()]

# Formats whose numbers never repeat, and up to where.
INJECTIVE = {
    "decimal": 10**9,
    "decimalZero": 32767,
    "decimalFullWidth": 32767,
    "decimalEnclosedCircle": 32767,
    "decimalEnclosedCircleChinese": 32767,
    "decimalEnclosedFullstop": 32767,
    "decimalEnclosedParen": 32767,
    "ideographEnclosedCircle": 32767,
    "chineseCounting": 32767,
    "chineseCountingThousand": 32767,
    "chineseLegalSimplified": 32767,
    "taiwaneseCountingThousand": 32767,
    "japaneseCounting": 32767,
    "japaneseLegal": 32767,
    "ideographDigital": 32767,
    "ideographTraditional": 32767,
    "ideographZodiac": 32767,
    "ideographZodiacTraditional": 60,
    "ideographLegalTraditional": 32767,
    "upperLetter": 780,
    "lowerRoman": 32767,
    "ordinal": 32767,
    "cardinalText": 32767,
    "ordinalText": 32767,
    "hex": 10**9,
    "chicago": 120,
    "numberInDash": 32767,
}
_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}


@pytest.mark.parametrize(("name", "value", "text"), ROWS)
def test_printed(name: str, value: int, text: str) -> None:
    assert format_number(value, name) == text


@given(st.sampled_from(sorted(INJECTIVE)), st.data())
def test_two_numbers_never_look_the_same(name: str, data: st.DataObject) -> None:
    number = st.integers(1, INJECTIVE[name])
    one, other = data.draw(number), data.draw(number)
    assert (format_number(one, name) == format_number(other, name)) == (one == other)


@given(st.sampled_from(sorted(TABLE)), st.integers(-5, 2**31))
def test_any_number_gives_a_short_printable_text(name: str, value: int) -> None:
    text = format_number(value, name)
    assert len(text) <= 120
    assert text == "" or text.isprintable()


@given(st.sampled_from(["upperLetter", "chicago"]), st.integers(1, 119))
def test_repeated_letters_never_get_shorter(name: str, value: int) -> None:
    assert len(format_number(value, name)) <= len(format_number(value + 1, name))


@given(st.integers(1, 32767))
def test_chinese_counting_reads_back(value: int) -> None:
    text = format_number(value, "chineseCountingThousand")
    total = group = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, group, digit = (group + digit) * 10_000, 0, 0
        else:
            group, digit = group + (digit or 1) * _UNITS[char], 0
    assert total + group + digit == value


@given(st.integers(1, 3999))
def test_roman_reads_back(value: int) -> None:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    figures = [worth[letter] for letter in format_number(value, "upperRoman")]
    pairs = zip(figures, [*figures[1:], 0], strict=True)
    assert sum(-a if a < b else a for a, b in pairs) == value


@pytest.mark.parametrize(
    ("pattern", "value", "text"),
    [
        ("001, 002, 003, ...", 7, "007"),
        ("0001, 0002, 0003, ...", 12, "0012"),
        ("一, 十, 一百(简), ...", 21, "二十一"),
        ("一, 十, 一○○(简), ...", 101, "一○一"),
        ("壹, 贰, 叁, ...", 3, "叁"),
        ("甲, 乙, 丙, ...", 2, "乙"),
    ],
)
def test_custom_formats(pattern: str, value: int, text: str) -> None:
    write = custom_format(pattern)
    assert write is not None
    assert write(value) == text


@pytest.mark.parametrize("pattern", ["", "...", "Α, Β, Γ, ...", ", ,"])
def test_unknown_custom_formats(pattern: str) -> None:
    assert custom_format(pattern) is None
