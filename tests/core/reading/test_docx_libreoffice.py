"""The numbering cases converted by LibreOffice: a second opinion on every label."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from docx_maker import CASES, case_file
from luoshi.core.reading.docx import read_docx

pytestmark = pytest.mark.soak
_TABLE = Path(__file__).parent / "cases_docx" / "libreoffice.toml"
DIFFERENCES: dict[str, dict[str, Any]] = tomllib.loads(_TABLE.read_text("utf-8"))


def convert(folder: Path, data: bytes) -> list[str]:
    """The lines of LibreOffice's text export; none when it fails on the file."""
    source = folder / "case.docx"
    source.write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=False,
        capture_output=True,
        timeout=120,
    )
    exported = folder / "case.txt"
    return exported.read_text("utf-8-sig").splitlines() if exported.exists() else []


def labels(lines: list[str]) -> list[str]:
    """What stands before the words of a case."""
    found = []
    for line in lines:
        ends = [line.find(word) for word in ("内容", "5件", "“四风”", "删去") if word in line]
        found.append(line[: min(ends)].strip() if ends else line.strip())
    return found


def test_the_table_names_cases() -> None:
    assert set(DIFFERENCES) <= {case["name"] for case in CASES}
    assert all(row["why"] for row in DIFFERENCES.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_labels_agree(case: dict[str, Any], tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    theirs = labels(convert(tmp_path, case_file(case)))
    parsed = read_docx(case_file(case))
    ours = [parsed.text[b.start : b.start + b.label].strip() for b in parsed.blocks]
    known = DIFFERENCES.get(case["name"])
    if known is None:
        assert theirs == ours
    else:
        assert theirs in (known["lo"], ours), known["why"]
