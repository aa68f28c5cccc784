"""Every hostile file ends in a Document or a plain refusal, within the worker's limits."""

import re
from pathlib import Path

import hostile_docx
import hostile_docx_much
import hostile_docx_numbers
import hostile_pdf
import hostile_text
import pytest

from luoshi.core.reading import ReadError, read_bytes
from luoshi.engines.bounded import BoundedPool, FaultError

CORPORA = (hostile_text, hostile_pdf, hostile_docx, hostile_docx_much, hostile_docx_numbers)
CASES = {
    f"{module.__name__.removeprefix('hostile_')}/{name}": case
    for module in CORPORA
    for name, case in module.corpus.cases.items()
}
FOUND = sorted(
    path for path in (Path(__file__).parent / "found").iterdir() if path.name != "README.md"
)
FAILURES = ("timeout", "memory", "crash")
LARGEST_INPUT = 64 * 1024 * 1024


@pytest.fixture(scope="session")
def pool():
    with pytest.MonkeyPatch.context() as patch, BoundedPool(1, seconds=20) as opened:
        patch.syspath_prepend(str(Path(__file__).parent))
        yield opened


def outcome(pool, path):
    """Return how the reading ended, after checking that a refusal is worded for its reader.

    A worker that died without having used up its memory or time is a ``crash``.
    """
    (result,) = pool.map("hostile_tasks:read_and_use", [path])
    if result.error is None:
        return "document"
    details = getattr(result.error, "details", "")
    assert "Traceback" not in details, details
    assert "请" in result.error.message, result.error.message
    assert not re.search(r"[A-Za-z]+Error|Traceback|None", result.error.message)
    crashed = isinstance(result.error, FaultError) and result.error.code == "damaged"
    return "crash" if crashed else result.error.code


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_as_it_should(name, pool, tmp_path):
    build, endings = CASES[name]
    path = tmp_path / Path(name).name
    data = build()
    assert len(data) < LARGEST_INPUT, "a case of this size belongs in a sparse file"
    path.write_bytes(data)
    ending = outcome(pool, path)
    if endings == {"any"}:
        assert ending not in FAILURES
    else:
        assert ending in endings


def test_what_a_fuzzer_found_is_described_and_stays_fixed(pool):
    notes = (Path(__file__).parent / "found" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^- `(.+?)`: .", notes, re.M)) == [path.name for path in FOUND]
    for path in FOUND:
        assert outcome(pool, path) not in FAILURES, path


def test_a_sparse_file_of_200_megabytes_is_refused_unread(pool, tmp_path):
    path = tmp_path / "sparse.docx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert outcome(pool, path) == "too_large"


def quotes_a_file(name):
    return any(word in name for word in ("entity-of", "inclusion", "relation-", "parameter"))


@pytest.mark.parametrize("name", [*filter(quotes_a_file, CASES)])
def test_no_file_of_this_machine_gets_into_a_document(name):
    try:
        text = read_bytes(CASES[name][0]()).text
    except ReadError as error:
        text = error.message
    assert "root:" not in text
