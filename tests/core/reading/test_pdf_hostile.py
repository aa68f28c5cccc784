"""Damaged and malicious files end in a text or in a ReadError, and leave nothing open."""

import runpy
from pathlib import Path

import pypdfium2.internal
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading.model import DEFAULT_LIMITS, Limits, Parsed, ReadError
from luoshi.core.reading.pdf import read_pdf

FILES = Path(__file__).parents[2] / "files" / "pdf"
Sheet = runpy.run_path(str(FILES / "sheet.py"))["Sheet"]
TEXT = "街道按月抽查台账，抽到的逐条核对。"


def small():
    sheet = Sheet().page().text(90, 700, TEXT).grid([90, 200, 400], [300, 270, 200])
    sheet.text(95, 280, "问题").text(205, 280, "措施").image(0, 0, 100, 100)
    return sheet.page(rotate=90).text(90, 600, TEXT).data()


SMALL = small()


def outcome(data, limits=DEFAULT_LIMITS):
    """Return what reading gives: a text, or the error."""
    try:
        return read_pdf(data, limits)
    except ReadError as error:
        return error


def code_of(data, limits=DEFAULT_LIMITS):
    error = outcome(data, limits)
    assert isinstance(error, ReadError)
    return error.code


def open_handles():
    return sum(map(len, pypdfium2.internal.ObjectTracker.values()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF\n",
        b"no PDF at all " * 100,
        b"\x00" * 5000,
        SMALL[:-7],
        SMALL[: len(SMALL) // 2],
        SMALL[9:60] + b"%%EOF",
    ],
)
def test_garbage_is_damaged(data):
    assert code_of(data) == "damaged"


def test_a_file_with_bytes_after_its_end_is_read():
    assert TEXT in read_pdf(SMALL + b"\n\x00<html>" * 50).text


def test_a_cross_reference_table_that_is_wrong_is_built_anew():
    assert TEXT in read_pdf(SMALL.replace(b"0000000009", b"0000000123")).text


def pages_with(kids, *more):
    """Return a file whose page tree holds ``kids``; ``more`` are objects from number 3 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % kids,
        *more,
    ]
    return Sheet._file(objects)


@pytest.mark.parametrize(
    "data",
    [
        pages_with((1, b"2 0 R")),
        pages_with((5, b"2 0 R 2 0 R 2 0 R 2 0 R 2 0 R")),
        pages_with((2, b"3 0 R"), b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>"),
        pages_with((999_999, b"2 0 R")),
        pages_with((-1, b"")),
        pages_with(
            (1, b"3 0 R"),
            *(
                b"<< /Type /Pages /Count 1 /Parent %d 0 R /Kids [%d 0 R] >>" % (n - 1, n + 1)
                for n in range(3, 3000)
            ),
        ),
    ],
    ids=["self", "self-many", "ring", "count", "negative", "deep"],
)
def test_page_trees_without_pages_end(data):
    assert code_of(data) in ("damaged", "no_text", "too_large")


def test_a_claim_of_a_billion_pages_does_not_take_a_billion_steps():
    data = SMALL.replace(b"/Count 2", b"/Count 999999999")
    result = outcome(data)
    if isinstance(result, Parsed):
        assert TEXT in result.text
    else:
        assert result.code in ("damaged", "too_large")


def test_forms_that_hold_themselves_end():
    # Twice in itself, and pdfium takes time exponential in its limit on depth: only the
    # time limit of the process that reads can end that.
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>"
    )
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 5"
        b" /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do\nendstream"
    )
    draw = b"<< /Length 5 >>\nstream\n/X Do\nendstream"
    assert code_of(pages_with((1, b"3 0 R"), page, draw, form)) == "no_text"


def test_a_page_that_is_damaged_among_good_ones_is_named():
    data = SMALL.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids [6 0 R 1 0 R]")
    parsed = read_pdf(data)
    assert parsed.text.startswith(TEXT)
    assert [note.kind for note in parsed.notes] == ["skipped"]
    assert "第 2 页" in parsed.notes[0].text


def test_coordinates_beyond_all_measure():
    sheet = Sheet().page().text(90, 700, TEXT)
    for number in ("1e38", "-1e38", "99999999999999999999"):
        sheet.pages[-1][1].append(f"0.5 w {number} 10 m 100 {number} l S")
        sheet.pages[-1][1].append(f"BT /F1 {number} Tf 1 0 0 1 {number} 700 Tm <4e00> Tj ET")
    assert TEXT in read_pdf(sheet.data()).text


def test_all_handles_are_closed_whatever_happens():
    before = open_handles()
    read_pdf(SMALL)
    code_of(SMALL, Limits(characters=10))
    code_of(SMALL, Limits(pdf_pages=1))
    code_of(SMALL[:300])
    code_of((FILES / "encrypted.pdf").read_bytes())
    assert open_handles() == before


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 40), st.binary(max_size=12)),
        max_size=6,
    ),
    st.integers(0, len(SMALL)),
)
def test_changed_files_give_a_text_or_a_read_error(changes, cut):
    data = bytearray(SMALL)
    for start, length, new in changes:
        data[start : start + length] = new
    # Without the end mark every cut would stop at the very first check.
    for candidate in (bytes(data), bytes(data[:cut]) + b"\n%%EOF"):
        result = outcome(candidate)
        if isinstance(result, Parsed):
            assert result.text
            assert all(0 <= b.start <= b.end <= len(result.text) for b in result.blocks)
        else:
            assert result.code in ("damaged", "no_text", "encrypted", "too_large")
            assert result.message.endswith("。")
