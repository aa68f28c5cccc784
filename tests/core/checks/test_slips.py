"""Slips in common words: the data are what samples/slips.py makes, and never a right word."""

import runpy
from pathlib import Path

import pytest

from luoshi.core import knowledge
from luoshi.core.checks.rules import t133

SAMPLES = Path(__file__).parents[3] / "samples"
CHOSEN = {
    word
    for line in (SAMPLES / "slips" / "words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
}


class OnePage:
    def __init__(self, text):
        self.text = text


def test_the_data_are_what_the_script_makes():
    pytest.importorskip("pypinyin")
    pytest.importorskip("jieba")
    made = runpy.run_path(str(SAMPLES / "slips.py"))["made"]()
    for name, text in made.items():
        assert (t133.__file__ and knowledge.lines(f"checks/{name}")) == tuple(
            line for line in text.splitlines() if line and line[0] != "#"
        )


def test_no_slip_is_a_word_chosen_by_hand():
    slips = t133._slips()
    assert [word for word in CHOSEN if word[1] in slips.get(word[0], "")] == []
    assert len(CHOSEN) > 1000


def test_a_character_alike_in_a_chosen_word_is_found_and_the_word_is_offered():
    found = tried = 0
    for word in sorted(CHOSEN)[::7]:
        for wrong in t133.t102.alike(word[0]):
            if wrong == word[0] or word[1] not in t133._slips().get(wrong, ""):
                continue
            tried += 1
            objections = list(t133.find(OnePage(f"，{wrong}{word[1]}，")))
            found += any(word in o.message for o in objections)
    assert tried > 500
    assert found / tried > 0.6
