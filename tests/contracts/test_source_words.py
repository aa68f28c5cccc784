"""What the code must not know: a year, a slogan, an address. Knowledge is data with a source."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "luoshi"
PYTHON = sorted(SOURCE.rglob("*.py"))
YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
SLOGAN = re.compile(
    r"带头|两个确立|四个意识|四个自信|两个维护|习近平|主题教育|党史|伟大建党精神|八项规定"
)
ADDRESS = re.compile(r"https?://\w")
# A message may show how a date is typed.
EXAMPLE = re.compile(r"(?<=[“ 、])\d{4}-\d{2}-\d{2}(?=[”、。])")
# Names of formats, by which documents are told apart and never fetched.
NAMESPACES = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org|www\.w3\.org|openoffice\.org|docs\.oasis-open\.org/sarif)/[^\s\"}]*"
)


def literals(path):
    """Yield (line, value) of the strings and numbers of a module, without docs and examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "epilog"
        for part in ast.walk(node.value)
    }
    docs |= {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            yield node.lineno, EXAMPLE.sub("", NAMESPACES.sub("", str(node.value)))


def named(path):
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_the_code_knows_no_year_and_no_slogan(path):
    found = [(n, v) for n, v in literals(path) if YEAR.search(v) or SLOGAN.search(v)]
    assert found == []


def test_the_search_sees_what_it_must():
    assert [v for _, v in literals(Path(__file__)) if SLOGAN.search(v)]
    assert [bool(YEAR.search(v)) for v in ("2025年", "2021", r"20\d\d", "120250")] == [
        *(True, True, False, False)
    ]


def test_no_address_in_the_source_but_the_schemas_own():
    found = []
    for path in SOURCE.rglob("*"):
        if path.suffix not in {".py", ".toml", ".json", ".md", ".po", ".typed"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if ADDRESS.search(NAMESPACES.sub("", line)) and '"$schema"' not in line:
                found.append(f"{named(path)}:{number}")
    assert found == []
