"""Automatic numbering against cases worked out by hand, and against LibreOffice."""

from __future__ import annotations

from typing import Any

import pytest

from docx_maker import CASES, NO_BLOCK, case_file
from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import RunPlace


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_labels(case: dict[str, Any]) -> None:
    parsed = read_docx(case_file(case))
    expected = [label for _, label in case["paragraphs"] if label != NO_BLOCK]
    labels = [parsed.text[block.start : block.start + block.label] for block in parsed.blocks]
    assert labels == expected, case["why"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_label_is_located_in_its_paragraph(case: dict[str, Any]) -> None:
    parsed = read_docx(case_file(case))
    kept = [n for n, (_, label) in enumerate(case["paragraphs"]) if label != NO_BLOCK]
    for block, index in zip(parsed.blocks, kept, strict=True):
        places = parsed.places.locate(block.start, block.start + block.label)
        expected = [("word/document.xml", index, -1)] if block.label else []
        assert [p[2:5] for p in places if isinstance(p, RunPlace)] == expected
