"""The comparable form and its way back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.text.normalise import folded, normalise

ANY = st.text(max_size=60) | st.text(
    "“”‘’「」（）()１２ＡＢ㈠①⑴ﬁ½℃…—–-·．.｡。 \n　*#|_学习Å", max_size=60
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“四风” 问题", '"四风"问题'),
        ("「四风」問題", '"四风"問題'),
        ("（一）", "(一)"),
        ("㈠", "(一)"),
        ("①", "1"),
        ("２０２５年", "2025年"),
        ("学习\n不\u3000够", "学习不够"),
        ("**学习**", "学习"),
        ("十四·五", "十四.五"),
        ("—–－", "---"),
        ("\ufeff\u200b学", "学"),
        ("", ""),
    ],
)
def test_comparable_forms(text, expected):
    assert normalise(text).text == expected


def test_a_character_of_several_maps_each_to_its_own_place():
    form = normalise("甲㈠乙")
    assert form.text == "甲(一)乙"
    assert form.offsets == (0, 1, 1, 1, 2, 3)
    assert form.span(1, 4) == (1, 2)
    assert form.span(2, 3) == (1, 2)


def test_a_span_leaves_out_what_was_dropped_at_its_edges():
    text = "  “学 习” 。"
    form = normalise(text)
    start = form.text.index("学")
    low, high = form.span(start, start + 2)
    assert text[low:high] == "学 习"


def test_an_empty_span_has_a_place_also_at_the_end():
    form = normalise("学 ")
    assert form.span(0, 0) == (0, 0)
    assert form.span(1, 1) == (2, 2)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(ANY, st.data())
def test_every_range_leads_back_to_characters_that_hold_it(text, data):
    form = normalise(text)
    assert len(form.offsets) == len(form.text) + 1
    assert list(form.offsets) == sorted(form.offsets)
    assert form.offsets[-1] == len(text)
    start = data.draw(st.integers(0, len(form.text)))
    end = data.draw(st.integers(start, len(form.text)))
    low, high = form.span(start, end)
    assert 0 <= low <= high <= len(text)
    assert form.text[start:end] in normalise(text[low:high]).text


@settings(max_examples=400, deadline=None, derandomize=True)
@given(ANY)
def test_the_comparable_form_is_its_own(text):
    form = normalise(text).text
    assert normalise(form).text == form


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(
        "学习“”‘’「」『』（）()【】〔〕１２ＡＢ12AB—–－-·•．.，、；：！？,;:!? \n　*#|_",
        max_size=60,
    )
)
def test_the_quick_form_agrees_on_what_office_texts_are_made_of(text):
    assert folded(text) == normalise(text).text
