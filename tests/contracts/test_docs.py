"""docs/ is true: links lead somewhere, tables agree with what they were made from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    missing = [t for t in targets if not (page.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_left_to_fill_in(page):
    assert not re.search(r"\b[A-Z]+_TABLE\b|TODO|FIXME|TBD", page.read_text(encoding="utf-8"))


def test_every_difference_to_libreoffice_is_told():
    cases = ROOT / "tests/core/reading/cases_docx/libreoffice.toml"
    told = (ROOT / "docs/docx-numbering.md").read_text(encoding="utf-8")
    names = tomllib.loads(cases.read_text(encoding="utf-8"))
    assert [name for name in names if f"| {name} |" not in told] == []


def test_the_number_formats_in_the_docs_are_those_of_the_code():
    from luoshi.core.reading.docx.numformats import format_number

    told = (ROOT / "docs/docx-numbering.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", told, re.M)
    assert len(rows) >= 6
    for name, *shown in rows:
        if name != "format":
            assert shown == [format_number(value, name) for value in (1, 10, 21, 101)]


def test_every_page_of_the_docs_can_be_reached_from_the_readme():
    reached, queue = set(), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            found = (page.parent / target).resolve()
            queue += sorted(found.glob("*.md")) if found.is_dir() else [found]
    pages = {page for page in PAGES if "docs" in page.parts}
    assert pages <= reached
