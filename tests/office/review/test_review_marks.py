"""A text cut into paragraphs and pieces: nothing is lost, every mark begins once."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.office.review.marks import Mark, lines, number_at, paragraphs

TEXTS = st.text(alphabet="一二三。\n \t", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6)


@given(TEXTS, SPANS)
def test_the_pieces_are_the_text_and_marks_begin_once(text, spans):
    marks = [Mark(a, b, f"f{n}", "doubt", "意见") for n, (a, b) in enumerate(spans)]
    found = list(paragraphs(text, marks))
    assert ["".join(p.words for p in one.pieces) for one in found] == [
        line for line in text.split("\n") if line.strip()
    ]
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    begun = [mark.place for one in found for piece in one.pieces for mark in piece.begins]
    assert len(begun) == len(set(begun))
    for mark in marks:
        touched = any(
            a < mark.end and mark.start < b for a, b in lines(text) if mark.start < mark.end
        )
        assert (mark.place in begun) == touched
    for one in found:
        at = one.start
        for piece in one.pieces:
            for mark in marks:
                inside = mark.start <= at and at + len(piece.words) <= mark.end
                assert (mark in piece.marks) == (inside and mark.start < mark.end)
            at += len(piece.words)


@given(TEXTS, st.integers(0, 45))
def test_a_place_has_the_number_of_its_paragraph(text, place):
    for number, (start, end) in enumerate(lines(text), 1):
        if start <= place < end:
            assert number_at(text, place) == number
    assert number_at(text, place) >= 1
