"""The way back: spans of the canonical text and the places they came from."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading import ReadError, read_bytes
from luoshi.core.reading.model import BoxPlace, Document, LineMap, LinePlace, RunPlace, SegmentMap

RUNS = SegmentMap(
    (
        RunPlace(0, 2, "word/document.xml", 0, -1, 0),
        RunPlace(2, 5, "word/document.xml", 0, 0, 0),
        RunPlace(5, 6, "word/document.xml", 0, 1, 4),
        RunPlace(7, 9, "word/document.xml", 1, 0, 0),
    )
)
BOXES = SegmentMap((BoxPlace(0, 4, 1, 10, 700, 90, 716), BoxPlace(5, 9, 2, 10, 700, 90, 716)))


def test_a_read_error_survives_the_way_between_processes():
    error = ReadError("damaged", "文件已损坏。")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.message, str(again)) == ("damaged", "文件已损坏。", "文件已损坏。")


def test_runs_are_cut_to_the_span_and_their_offset_moves_along():
    assert RUNS.locate(3, 8) == (
        RunPlace(3, 5, "word/document.xml", 0, 0, 1),
        RunPlace(5, 6, "word/document.xml", 0, 1, 4),
        RunPlace(7, 8, "word/document.xml", 1, 0, 0),
    )


def test_boxes_are_cut_to_the_span_and_keep_the_box_of_their_line():
    assert BOXES.locate(3, 6) == (
        BoxPlace(3, 4, 1, 10, 700, 90, 716),
        BoxPlace(5, 6, 2, 10, 700, 90, 716),
    )


def test_nothing_is_located_in_a_line_end_or_an_empty_span():
    assert RUNS.locate(6, 7) == ()
    assert RUNS.locate(3, 3) == ()
    assert SegmentMap(()).locate(0, 5) == ()
    assert RUNS.locate(9, 20) == ()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=8), st.data())
def test_every_character_of_a_segment_is_located_once(shape, data):
    places, position = [], 0
    for number, (gap, length) in enumerate(shape):
        start = position + gap
        position = start + length
        places.append(RunPlace(start, position, "p", 0, number, 0))
    low = data.draw(st.integers(0, position))
    high = data.draw(st.integers(low, position))
    covered = [
        (index, found.run, found.offset + index - found.start)
        for found in SegmentMap(tuple(places)).locate(low, high)
        for index in range(found.start, found.end)
    ]
    assert covered == [
        (index, place.run, index - place.start)
        for place in places
        for index in range(place.start, place.end)
        if low <= index < high
    ]


def test_lines_are_located_one_by_one_without_their_ends():
    assert LineMap((0, 3, 4, 8)).locate(1, 10) == (
        LinePlace(1, 2, 1, 2),
        LinePlace(4, 7, 3, 1),
        LinePlace(8, 10, 4, 1),
    )
    assert LineMap((0, 3)).locate(2, 3) == ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text("学习\n 。", min_size=1, max_size=30).filter(str.strip), st.data())
def test_line_and_column_lead_to_the_character(text, data):
    document = read_bytes(text.encode())
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    lines = text.split("\n")
    covered = ""
    for place in document.locate(low, high):
        assert isinstance(place, LinePlace)
        piece = lines[place.line - 1][place.column - 1 :][: place.end - place.start]
        assert piece == text[place.start : place.end]
        covered += piece
    assert covered == text[low:high].replace("\n", "")


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 4), (2, 1), (4, 4)])
def test_a_span_outside_the_text_is_refused(start, end):
    document = Document("学习。", "txt", "0" * 64, (), LineMap((0,)))
    with pytest.raises(ValueError, match="outside"):
        document.locate(start, end)
    assert document.locate(0, 3) == (LinePlace(0, 3, 1, 1),)
