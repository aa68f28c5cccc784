"""Two documents side by side: nothing is lost, and what is marked is what differs."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.overlap.side import COLOURS, Common, shortened, side_by_side
from luoshi.core.overlap.wording import agreement, differing

LEFT = "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
RIGHT = "三月下旬我到松园里走访，九号楼的居民说电梯停了两个月，物业只贴过一张告示。"
WORDS = st.text(alphabet="整改到位了群众，。\n的", max_size=120)


def pieces_of(text, pieces, *kinds):
    return [text[p.start : p.end] for p in pieces if p.kind in kinds]


@given(WORDS, WORDS)
def test_what_agrees_stands_in_both(left, right):
    found = agreement(left, right)
    for one in found:
        mine, theirs = left[one.left :][: one.length], right[one.right :][: one.length]
        assert mine == theirs
        assert mine
    for at in ("left", "right"):
        spans = sorted((getattr(s, at), getattr(s, at) + s.length) for s in found)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(WORDS)
def test_a_text_agrees_with_itself(text):
    assert sum(one.length for one in agreement(text, text)) == len(text)
    assert differing(text, [(0, len(text))]) == []


def test_exchanged_words_are_marked():
    sides = side_by_side(LEFT, RIGHT, [((0, len(LEFT)), (0, len(RIGHT)))])
    assert pieces_of(LEFT, sides.left, "other") == ["中", "老人", "坏", "通知。"]
    assert pieces_of(RIGHT, sides.right, "other") == ["下", "居民", "停", "告示。"]
    assert {p.numbers for p in (*sides.left, *sides.right)} == {(1,)}


def test_numbers_are_words_too():
    sides = side_by_side("共走访12户居民", "共走访89户居民", [((0, 8), (0, 8))])
    assert pieces_of("共走访12户居民", sides.left, "other") == ["12"]


def test_clauses_that_changed_places_are_the_same():
    left, right = "窗口排队的事拖了一季，会上只提过一次。", "会上只提过一次，窗口排队的事拖了一季。"
    sides = side_by_side(left, right, [((0, len(left)), (0, len(right)))])
    assert pieces_of(left, sides.left, "other") == []
    assert pieces_of(left, sides.left, "moved") == ["会上只提过一次。"]
    assert pieces_of(right, sides.right, "moved") == ["会上只提过一次，"]


@st.composite
def _pairs(draw):
    left, right = draw(WORDS), draw(WORDS)

    def span(text):
        start = draw(st.integers(0, len(text)))
        return start, draw(st.integers(start, len(text)))

    passages = [(span(left), span(right)) for _ in range(draw(st.integers(0, 4)))]
    common = [Common(*span(left), draw(st.integers(3, 40))) for _ in range(3)]
    return left, right, passages, common


@settings(max_examples=200)
@given(_pairs(), st.integers(1, 30))
def test_pieces_make_up_the_text(given_, keep):
    left, right, passages, common = given_
    sides = side_by_side(left, right, passages, common)
    for text, pieces in ((left, sides.left), (right, sides.right)):
        for cut in (pieces, shortened(pieces, text, keep)):
            assert "".join(text[p.start : p.end] for p in cut) == text
            assert all(p.start < p.end for p in cut)
    inside = {i for (start, end), _ in passages for i in range(start, end)}
    assert inside == {i for p in sides.left if p.numbers for i in range(p.start, p.end)}
    kept = [p for p in shortened(sides.left, left, keep) if p.kind != "gap"]
    assert inside <= {i for p in kept for i in range(p.start, p.end)}


def test_what_is_common_keeps_its_count_outside_passages_only():
    text = "提纲标题。抄来的话。大家都写。"
    sides = side_by_side(text, "抄来的话。", [((5, 10), (0, 5))], [Common(0, 15, 9)])
    assert [(p.kind, p.documents) for p in sides.left] == [
        ("common", 9),
        ("same", 0),
        ("common", 9),
    ]


def test_numbers_follow_the_left_text_and_colours_come_round():
    passages = [((10 * n, 10 * n + 5), (200 - 10 * n, 205 - 10 * n)) for n in range(10)]
    joined = side_by_side("文" * 300, "文" * 300, reversed(passages)).joined
    assert [one.left[0] for one in joined] == [10 * n for n in range(10)]
    assert [one.colour for one in joined][:9] == [*range(1, COLOURS + 1), 1]


@pytest.mark.parametrize("size", [1_400, 40_000])
def test_long_repetitive_wordings_end_soon(size):
    left = "整改到位，" * (size // 5)
    found = agreement(left, left[:-10] + "没有，" + left[:50])
    assert sum(one.length for one in found) > size / 2
