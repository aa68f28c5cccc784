"""Every check rule: one file, one code, and a docstring that says what, why and on what basis."""

import re
from pathlib import Path

import pytest

from luoshi.core.checks import rules

FOLDER = Path(rules.__file__).parent
SECTIONS = ("What:", "Why:", "Basis:", "Example:", "Counter-example:")


def test_every_rule_file_is_run_and_codes_are_in_order():
    found = sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
    assert [rule.__name__.rpartition(".")[2] for rule in rules.all_rules()] == found
    assert [rule.META.code for rule in rules.all_rules()] == [name.upper() for name in found]


@pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda rule: rule.META.code)
def test_a_rule_says_what_why_and_on_what_basis(rule):
    text = rule.__doc__
    assert text.startswith(f"{rule.META.code}: ")
    places = [text.index("\n" + section) for section in SECTIONS]
    assert places == sorted(places)
    basis = text[places[2] :].split("\n")[1]
    assert re.match(r"Basis: (?:law|seen|custom)\b", basis)
    assert rule.find.__doc__
