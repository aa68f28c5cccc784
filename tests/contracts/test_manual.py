"""The Chinese manual is true: its buttons, pages and commands are there, its pictures too."""

import ast
import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path

import click
import pytest

from luoshi.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "zh"
CHAPTERS = sorted(MANUAL.glob("*.md"))
SOURCE = ROOT / "src" / "luoshi"
PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]+)\)")
# What the reader is told to press, open, tick or look for by name.
NAMED = re.compile(r"(?:点|再点|点开|打开|勾|在)“([^”]+)”|“([^”]+)”(?:页面|页上|按钮|一栏)")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", re.S)
_MOST = 3 * 1024 * 1024


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def literals(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.fixture(scope="module")
def labels():
    """Everything that can stand on a page by itself: texts of templates, words of code and data."""
    found = set()
    for path in SOURCE.rglob("*.html"):
        text = path.read_text("utf-8")
        found.update(words.strip() for words in TAG.split(text))
        found.update(re.findall(r'="([^"<>]+)"', "".join(re.findall(r"\{%.*?%\}", text))))
    for folder in ("office", "web"):
        for path in (SOURCE / folder).rglob("*.py"):
            found.update(literals(path))
    for folder in ("roles", "workflow", "supervision", "demo", "journal"):
        for path in (SOURCE / "data" / folder).rglob("*.toml"):
            found.update(strings(tomllib.loads(path.read_text("utf-8"))))
    return found


def stands(words, labels):
    """Whether a label is there; “……” stands for what differs from page to page."""
    if "……" not in words:
        kinds = {f"申请{words[2:]}"} if words.startswith("申请") else set()
        return words in labels or any(one in labels for one in kinds)
    first, last = words.split("……", 1)
    texts = "\n".join(labels)
    return first in texts and last in texts


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_what_the_manual_says_to_press_is_there(page, labels):
    text = page.read_text("utf-8")
    named = {first or second for first, second in NAMED.findall(text)}
    assert sorted(words for words in named if not stands(words, labels)) == []


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_what_the_manual_says_a_page_says_is_said(page):
    """The first column of the tables on messages: what stands there, in the words of the program."""
    said = "".join(
        path.read_text("utf-8")
        for end in ("html", "py", "toml")
        for path in SOURCE.rglob(f"*.{end}")
    )
    for table in re.findall(r"^\| 页面说 \|.*\n((?:\|.*\n)+)", page.read_text("utf-8"), re.M):
        for row in table.splitlines()[1:]:
            words = row.split("|")[1].strip()
            parts = [part for part in words.split("……") if part]
            assert [part for part in parts if part not in said] == [], words


def test_a_button_that_is_not_there_is_noticed(labels):
    assert not stands("一键销号", labels)
    assert stands("指定核验人", labels)


def test_the_manual_names_its_buttons():
    text = "".join(page.read_text("utf-8") for page in CHAPTERS)
    assert len({first or second for first, second in NAMED.findall(text)}) > 60


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_every_picture_is_there_and_says_what_it_shows(page):
    for words, target in PICTURE.findall(page.read_text("utf-8")):
        assert words
        assert (MANUAL / target).stat().st_size > 8_000, target


def test_the_pictures_are_small_and_all_shown():
    files = set((MANUAL / "pictures").iterdir())
    shown = {
        MANUAL / target
        for page in CHAPTERS
        for _, target in PICTURE.findall(page.read_text("utf-8"))
    }
    assert files == shown
    assert sum(file.stat().st_size for file in files) < _MOST


def commands(text):
    """Yield the words of each command line that a page prints."""
    for block in re.findall(r"^```\n(.*?)^```", text, re.M | re.S):
        lines = (line.removeprefix(".venv/bin/") for line in block.splitlines())
        yield from (line for line in lines if line.startswith("luoshi "))
    prose = re.sub(r"^```\n.*?^```", "", text, flags=re.M | re.S)
    yield from re.findall(r"`(luoshi [^`]+)`", prose)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_every_command_and_option_is_there(page):
    for line in commands(page.read_text("utf-8")):
        _, name, *given = shlex.split(line, comments=True)
        assert name in COMMANDS, line
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group) and given:
            command = command.commands[given.pop(0)]
        known = {
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {one for one in given if one.startswith("-")} <= known, line


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_the_markdown_is_sound(page):
    """One title, no level left out, tables of one width, blocks that end: it prints as it reads."""
    text = page.read_text("utf-8")
    assert text.count("\n```") % 2 == 0
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    levels = [len(found) for found in re.findall(r"^(#+) ", prose, re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for table in re.findall(r"(?:^\|.*\|\n)+", prose, re.M):
        assert len({row.count("|") for row in table.splitlines()}) == 1, table


def test_every_chapter_is_reached_from_the_first_page():
    front = (MANUAL / "使用说明.md").read_text("utf-8")
    for page in CHAPTERS:
        if page.name != "使用说明.md":
            assert f"({page.name})" in front
            assert "(使用说明.md)" in page.read_text("utf-8")
