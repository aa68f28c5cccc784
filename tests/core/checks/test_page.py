"""What rules ask of a page: where words of lists stand, sentences, points."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.checks import Page, lexicon
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.text.sentences import sentences

TEXT = "一、存在的主要问题\n1.甲不够。时有乙。\n2.乙不够。\n二、整改措施\n1.要丙。\n2.要丁。\n"


@pytest.fixture
def page(monkeypatch):
    """Return a maker of pages whose word lists are those given."""

    def make(text, **lists):
        monkeypatch.setattr(lexicon, "lists", lambda: lists)
        lexicon._words.cache_clear()
        return Page(split(read_bytes(text.encode())))

    yield make
    lexicon._words.cache_clear()


def words(page, name, within=None):
    return [page.words(span) for span in page.hits(name, within)]


def test_the_earlier_word_wins_then_the_longer(page):
    made = page("学习不够深入，不够", short=("学习", "习不够", "不够", "不够深"))
    assert words(made, "short") == ["学习", "不够深", "不够"]


def test_lists_do_not_see_each_other(page):
    made = page("不够深入", one=("不够",), other=("够深",), none=("没有",))
    assert (words(made, "one"), words(made, "other")) == (["不够"], ["够深"])
    assert made.hits("none") == ()


def test_only_words_wholly_inside_a_span_count(page):
    made = page("甲乙丙甲乙", words=("甲乙",))
    assert [words(made, "words", span) for span in ((0, 5), (0, 4), (1, 5), (0, 1), (2, 3))] == [
        *(["甲乙", "甲乙"], ["甲乙"], ["甲乙"], [], []),
    ]


def test_an_unknown_list_is_an_error(page):
    with pytest.raises(KeyError):
        page("甲", known=("甲",)).hits("unknown")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(alphabet="甲乙丙", max_size=12),
    st.sets(st.text(alphabet="甲乙丙", min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_places_of_a_list_are_those_of_reading_from_left_to_right(text, listed):
    found = [
        (start, start + len(word))
        for word in listed
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    starts, kept = lexicon.longest(sorted(found, key=lambda place: place[1]))
    expected, position = [], 0
    while position < len(text):
        here = [end for start, end in found if start == position]
        if here:
            expected.append((position, max(here)))
        position = max([*here, position + 1])
    assert [tuple(span) for span in kept] == expected
    assert starts == [start for start, _ in expected]


def test_points_sentences_and_headings_are_those_of_the_examination():
    page = Page(split(read_bytes(TEXT.encode())))
    for kind in ("problem", "measure", "cause"):
        assert page.points(kind) == page.examination.of_kind(kind)
    for point in page.examination.points:
        spans = sentences(page.text, point.words, point.end)
        assert list(page.sentences_of(point)) == spans
        assert page.examination.heading_of(point) == (point.start, spans[0][1])
    first = page.points("problem")[0]
    assert page.point_at(first.end - 1) == first
    assert page.point_at(0) is None
