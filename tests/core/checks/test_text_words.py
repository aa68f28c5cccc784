"""The word lists behind the rules on wording: complete, consistent, and never against right text."""

import random
import re

import pytest

from luoshi.core import knowledge
from luoshi.core.checks.rules import rule, t102

TYPOS = knowledge.table("checks/typos")
MORE = dict(pair.split(">") for pair in TYPOS["more"].split())
PAIRS = {**TYPOS["errors"], **TYPOS["warnings"], **TYPOS["notes"], **MORE}
PHRASES = list(t102._phrases())
SOUNDS = knowledge.table("checks/sounds")["groups"]


class OnePage:
    """As much of a page as the rules on words look at."""

    def __init__(self, text):
        self.text = text


def slips(text):
    return [objection.fix for objection in t102.find(OnePage(text))]


def test_the_lists_are_as_long_as_they_have_to_be():
    assert len(PAIRS) >= 1000
    assert len(set(PHRASES)) == len(PHRASES) >= 2500
    assert min(map(len, PHRASES)) >= 4


def test_a_wrong_word_is_not_its_own_correction_nor_part_of_it():
    assert [wrong for wrong, right in PAIRS.items() if wrong in right] == []


def test_no_correction_is_wrong_itself():
    text = "\n".join([*PAIRS.values(), *PHRASES, *TYPOS["right"]["words"]])
    assert [objection.message for objection in rule("t101").find(OnePage(text))] == []
    assert slips(text) == []


def test_the_two_rules_never_object_to_the_same_words():
    assert [wrong for wrong in PAIRS if slips(wrong)] == []


def test_every_wrong_word_is_found_where_it_stands_alone():
    for wrong, right in PAIRS.items():
        assert right in [o.fix for o in rule("t101").find(OnePage(f"。{wrong}。"))], wrong


def same_sound(char, rng):
    others = [c for row in SOUNDS if char in row for c in row if c != char]
    return rng.choice(others) if others else ""


@pytest.mark.parametrize("seed", range(5))
def test_every_phrase_is_found_with_one_character_of_the_same_sound(seed):
    rng = random.Random(seed)
    right = t102._right()
    for phrase in PHRASES:
        place = rng.randrange(len(phrase))
        wrong = same_sound(phrase[place], rng)
        slip = phrase[:place] + wrong + phrase[place + 1 :]
        inside = any(other in slip for other in right)
        if wrong and re.fullmatch("[\u4e00-\u9fff]", phrase[place]) and not inside:
            assert slips(f"。{slip}。"), slip


def test_a_character_that_neither_sounds_nor_looks_alike_is_left_alone():
    assert slips("久久为功。久久为善。久久为河。") == []
    assert slips("久久为公。") == ["久久为功"]
