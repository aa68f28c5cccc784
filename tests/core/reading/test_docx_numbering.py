"""Automatic numbering against cases worked out by hand, and against LibreOffice."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import RunPlace
from tests.docx_maker import docx, numbered, paragraph

NO_BLOCK = "(no block)"
_CASES = Path(__file__).parent / "cases_docx"
CASES: list[dict[str, Any]] = tomllib.loads((_CASES / "numbering.toml").read_text("utf-8"))["case"]


def body_of(how: str) -> str:
    if how.startswith("<"):
        return how
    if how == "plain":
        return paragraph("内容")
    if how.startswith("style "):
        return paragraph("内容", f'<w:pStyle w:val="{how[6:]}"/>')
    num_id, level = how.split(".")
    return numbered("内容", int(num_id), int(level))


def case_file(case: dict[str, Any]) -> bytes:
    parts = {"numbering": case["numbering"]}
    if "styles" in case:
        parts["styles"] = case["styles"]
    return docx("".join(body_of(how) for how, _ in case["paragraphs"]), **parts)


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
