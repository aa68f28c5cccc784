"""Numbers as documents print them: a formatter of our own, and what is no number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.text.numerals import chinese_number, number

DIGITS = "零一二三四五六七八九"


def counted(value):
    """Return a value below 10,000 in the counting form: 1005 → 一千零五, 15 → 十五."""
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words[1:] if words.startswith("一十") else words


def positional(value, zero="〇"):
    return "".join((zero + DIGITS[1:])[int(char)] for char in str(value))


@pytest.mark.parametrize(
    ("value", "words"),
    [(5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (99, "九十九"), (100, "一百")]
    + [(105, "一百零五"), (110, "一百一十"), (1005, "一千零五"), (1050, "一千零五十")],
)
def test_our_formatter_writes_as_people_do(value, words):
    assert counted(value) == words


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(1, 9999))
def test_every_printed_form_is_read_back(value):
    assert chinese_number(counted(value)) == value
    assert chinese_number(positional(value)) == value
    assert number(counted(value)) == value
    assert number(str(value)) == value
    assert number("".join(chr(ord(char) + 0xFEE0) for char in str(value))) == value


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(1, 9999), st.integers(0, 9999))
def test_ten_thousands_are_read_back(high, low):
    words = counted(high) + "万" + ("零" if low < 1000 and low else "") + counted(low)
    assert chinese_number(words) == high * 10_000 + low


@pytest.mark.parametrize(
    ("words", "value"),
    [("二〇二四", 2024), ("二○二四", 2024), ("二零二四", 2024), ("两百", 200), ("〇", 0)]
    + [("一千零一十", 1010), ("三万", 30_000), ("十万", 100_000), ("一百十", 110)],
)
def test_spellings_of_offices(words, value):
    assert chinese_number(words) == value


@pytest.mark.parametrize(
    ("first", "start", "count"),
    [("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15), ("⑴", 1, 20), ("⒈", 1, 20)]
    + [("㈠", 1, 10), ("❶", 1, 10), ("㊀", 1, 10), ("Ⅰ", 1, 12), ("A", 1, 26), ("a", 1, 26)],
)
def test_enclosed_roman_and_latin_numbers_count_up(first, start, count):
    assert [number(chr(ord(first) + step)) for step in range(count)] == [
        start + step for step in range(count)
    ]


@pytest.mark.parametrize("words", ["", "万", "百", "十十", "二一十", "一亿", "廿", "问题", "第一"])
def test_what_is_no_numeral_gives_none(words):
    assert chinese_number(words) is None


@pytest.mark.parametrize("words", ["", "²", "½", "AB", "é", "1.5", "-1", "一 ", "①②", "ⅰ级"])
def test_what_is_no_number_gives_none(words):
    assert number(words) is None


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text("〇零一二两三四五六七八九十百千万①㈠Ⅹ1A", max_size=8))
def test_any_jumble_gives_a_number_or_none(words):
    value = number(words)
    assert value is None or value >= 0
