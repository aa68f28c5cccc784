"""Sentences as spans: ordered, disjoint, and nothing but blanks left over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.text.sentences import first_sentence_end, sentences, trim

BLANK = " \t\n\r　 *"
ANY = st.text('学习不够的问题，、；：。！？!?”’」』）)"“（ \t\n　*1.', max_size=80)


def pieces(text):
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学得少。用得少！为何？", ["学得少。", "用得少！", "为何？"]),
        ("他说：“学得少。”然后走了。", ["他说：“学得少。”", "然后走了。"]),
        ("（详见附件。）另有问题。", ["（详见附件。）", "另有问题。"]),
        ("学习不\n够深入。\n落实不力。", ["学习不\n够深入。", "落实不力。"]),
        ("没有句号", ["没有句号"]),
        ("  **学得少。**  用得少。 ", ["学得少。", "用得少。"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("没有做到。。今后改。", ["没有做到。。", "今后改。"]),
        ("增长3.5%。下降。", ["增长3.5%。", "下降。"]),
        ("", []),
        (" \n　** ", []),
        ("甲\n\n乙。", ["甲\n\n乙。"]),
    ],
)
def test_sentences(text, expected):
    assert pieces(text) == expected


def test_only_the_given_range_is_read():
    text = "甲。乙。丙。"
    assert sentences(text, 2, 5) == [(2, 4), (4, 5)]
    assert sentences(text, 3, 3) == []


def test_first_sentence_end():
    assert first_sentence_end("甲。乙。", 0, 4) == 2
    assert first_sentence_end("甲。乙。", 2, 4) == 4
    assert first_sentence_end("甲乙", 0, 2) == 2
    assert first_sentence_end("  ", 0, 2) == 2


def test_trim_takes_blanks_and_emphasis_from_the_edges_only():
    assert trim(" **甲 * 乙** ", 0, 11) == (3, 8)
    assert trim("   ", 0, 3) in {(0, 0), (3, 3)}


@settings(max_examples=500, deadline=None, derandomize=True)
@given(ANY, st.integers(0, 80), st.integers(0, 80))
def test_spans_are_ordered_disjoint_and_cover_every_printed_character(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    spans = sentences(text, start, end)
    place = start
    for low, high in spans:
        assert place <= low < high <= end
        assert all(char in BLANK for char in text[place:low])
        assert trim(text, low, high) == (low, high)
        place = high
    assert all(char in BLANK for char in text[place:end])
    assert first_sentence_end(text, start, end) == (spans[0][1] if spans else end)
