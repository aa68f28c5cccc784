"""Every outline file: it loads, says where it is from, and is chosen by a text of its headings."""

import datetime
import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from luoshi.core.material import split
from luoshi.core.material.outline import PartKind, build, guess, ids, load
from luoshi.core.reading import read_bytes

FOLDER = files("luoshi") / "data" / "outlines"
FILES = {
    entry.name: tomllib.loads(entry.read_text("utf-8"))
    for entry in FOLDER.iterdir()
    if entry.name.endswith(".toml")
}
KEYS = {
    *("id", "name", "extends", "abstract", "year", "previous", "basis", "source", "dated", "cues"),
    *("titles", "aspects", "parts"),
}
NUMBERS = "一二三四五六七八九十"


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_keeps_the_form(name):
    data = FILES[name]
    assert set(data) <= KEYS
    assert f"{data['id']}.toml" == name
    assert data["name"].strip() == data["name"] != ""
    assert data["basis"] in {"law", "seen", "default", "custom"}
    assert data["source"]
    assert isinstance(data["dated"], datetime.date)
    assert "year" not in data or 2000 < data["year"] < 2100
    assert all(f"{parent}.toml" in FILES for parent in data.get("extends", ()))
    for part in data.get("parts", ()):
        assert set(part) <= {"kind", "search", "label"}
        assert part["kind"] in get_args(PartKind)
        assert part.get("search") or part.get("label")
    for aspect in data.get("aspects", ()):
        assert set(aspect) <= {"name", "keys", "optional", "part"}
        assert aspect["keys"]
        assert aspect.get("part", "problem") in get_args(PartKind)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_loads(name):
    outline = build(FILES[name])
    assert outline.id == FILES[name]["id"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", outline.dated)
    assert (outline.id in ids()) is not FILES[name].get("abstract", False)


@pytest.mark.parametrize("outline_id", ids())
def test_every_aspect_is_known_by_its_own_name(outline_id):
    outline = load(outline_id)
    for index, aspect in enumerate(outline.aspects):
        assert outline.aspect_of(aspect.name) == index, aspect.name


def own_text(outline):
    """Return a material whose headings are those that the outline asks for."""
    lines = ["个人对照检查材料" if outline.aspects else outline.name, "现将有关情况报告如下。"]
    lines.append("一、存在的主要问题")
    for index, aspect in enumerate(outline.aspects):
        lines += [
            f"（{NUMBERS[index]}）{aspect.name}方面",
            "1.这一方面做得不够。",
            "2.那一方面做得不够。",
        ]
    lines += ["二、原因分析", "1.思想上有所放松。", "三、整改措施", "1.要切实加强。"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("outline_id", [i for i in ids() if i != "general"])
def test_the_outline_is_chosen_for_a_text_of_its_own_headings(outline_id):
    outline = load(outline_id)
    done = split(read_bytes(own_text(outline).encode()))
    assert done.outline == outline_id
    assert len(done.of_kind("cause")) == len(done.of_kind("measure")) == 1
    wanted = [a.name for a in outline.aspects if a.part == "problem"]
    if outline.aspects:
        assert [p.aspect for p in done.of_kind("problem")] == [n for n in wanted for _ in range(2)]


def test_without_anything_to_go_by_the_general_outline_is_chosen():
    assert guess("", []) == "general"
    assert load("general").aspects == ()


@pytest.mark.parametrize("outline_id", ids())
def test_a_meeting_has_one_before_it_or_none_is_named(outline_id):
    outline = load(outline_id)
    if outline.previous in ids():
        assert load(outline.previous).year < outline.year
    elif outline.previous:
        # The file of the meeting before may not be there yet, but its year is told.
        assert int(outline.previous[:4]) < outline.year
