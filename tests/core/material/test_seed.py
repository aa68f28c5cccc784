"""The document the project started from, where it is at hand; its words are not copied here.

Its place is told by LUOSHI_SEED, or it lies beside the project; else this test is skipped.
"""

import os
from pathlib import Path

import pytest

from luoshi.core.material import split
from luoshi.core.reading import read_bytes

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "seed" / "self-examination.txt"
PLACE = Path(os.environ.get("LUOSHI_SEED") or BESIDE)

pytestmark = pytest.mark.skipif(
    not PLACE.is_file(), reason=f"the seed is not here (set LUOSHI_SEED): {PLACE.name}"
)
SECTIONS = ["一", "一/（一）", "一/（二）", "一/（三）", "一/（四）", "一/（五）", "二", "三"]
PER_ASPECT = [3, 3, 2, 3, 3]


@pytest.fixture(scope="module")
def seed():
    return split(read_bytes(PLACE.read_bytes(), PLACE.name))


def test_counts(seed):
    assert [len(seed.of_kind(k)) for k in ("problem", "cause", "measure", "previous")] == [
        14,
        4,
        4,
        0,
    ]


def test_sections(seed):
    assert [p.path for p in seed.points if p.is_heading()] == SECTIONS
    assert len(seed.of_kind("aspect_heading")) == 5


def test_paths(seed):
    assert [p.path for p in seed.of_kind("problem")] == [
        f"一/（{'一二三四五'[aspect]}）/{number}"
        for aspect, count in enumerate(PER_ASPECT)
        for number in range(1, count + 1)
    ]
    assert [p.path for p in seed.of_kind("cause")] == [f"二/{number}" for number in range(1, 5)]
    assert [p.path for p in seed.of_kind("measure")] == [f"三/{n}要" for n in "一二三四"]


def test_every_point_is_a_whole_paragraph_from_its_number_to_its_full_stop(seed):
    text = seed.document.text
    for point in seed.points:
        if point.is_heading():
            continue
        words = seed.text_of(point)
        printed = text[point.start : point.words]
        assert printed.rstrip(".") == point.path.rpartition("/")[2]
        assert words.startswith(printed)
        assert words.endswith("。")
        assert "\n" not in words
        assert text[point.start - 1] == "\n"
        assert text[point.end : point.end + 1] in {"", "\n"}


def test_outline_title_and_profile(seed):
    assert seed.outline == "2021-party-history"
    assert seed.profile.title == seed.document.text.split("\n", 1)[0].strip("# ")
    assert "副主任" in seed.profile.post
    assert (seed.profile.studies, seed.profile.opinions, seed.profile.talks) == (None, None, None)
    assert seed.profile.theme
    closing = seed.document.text[slice(*seed.profile.closing)]
    assert seed.document.text.rstrip().endswith(closing)


def test_every_problem_has_the_aspect_above_it(seed):
    assert len({p.aspect for p in seed.of_kind("problem")}) == 5
    assert "" not in {p.aspect for p in seed.of_kind("problem")}


def test_about_half_of_the_problems_are_unanswered(seed):
    assert 3 <= len(seed.unanswered()) <= 9
    firm = {k.target for k in seed.links if k.kind == "answers" and k.strength == "strong"}
    assert sum(p.id not in firm for p in seed.of_kind("problem")) >= 8
