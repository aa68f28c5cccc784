"""Numbers of rows, of headings, dates; a footnote never stands at a figure's own digits."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.knowledge import table
from luoshi.core.paper.model import Note
from luoshi.core.paper.wording import amount, day, listed, number, say


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_listed_is_exactly_what_was_given(held):
    said = listed(f"2026-{n:04d}" for n in held)
    found = set()
    for piece in said.split("、"):
        ends = [int(one[5:]) for one in piece.split("至")]
        found |= set(range(ends[0], ends[-1] + 1))
    assert found == held


def test_runs_are_not_made_over_years_or_lengths():
    assert listed(["2026-0002", "2025-0001", "2026-0001"]) == "2025-0001、2026-0001、2026-0002"
    assert listed(["T-9", "T-10", "T-11"]) == "T-9、T-10、T-11"
    assert listed(["T-10", "T-11", "T-12"]) == "T-10至T-12"
    assert listed(["甲", "乙"]) == "乙、甲"


def test_numbers_of_headings():
    assert [number(level, 11) for level in (1, 2, 3, 4)] == ["十一、", "（十一）", "11.", "（11）"]
    assert number(2, 105) == "（一百零五）"


def test_dates_and_amounts():
    assert day(date(2026, 1, 5)) == "2026年1月5日"
    shown = [amount(Decimal(x)) for x in ("5.00", "12.50", "100", "0.05", "-3.10", "1200")]
    assert shown == ["5", "12.5", "100", "0.05", "-3.1", "1200"]
    assert amount(None) == "（未定）"


def test_a_footnote_stands_behind_the_unit():
    said = say("list_opening", day=(("2", Note("甲"))))
    assert said == ("数据截至", "2", Note("甲"), "。")
    said = say("unanswered_problems", count=("2", Note("甲")))
    assert said == ("没有整改事项回应的问题", "2个", Note("甲"), "：")


def test_what_people_wrote_is_no_template():
    said = say("measure", words="{owner}{day}{0}{{x}}%s")
    assert "".join(said) == "措施：{owner}{day}{0}{{x}}%s"
    with pytest.raises(KeyError):
        say("measure")


PRAISE = "圆满|显著|扎实|有力|全面|高质量|成效|积极|切实|不断|进一步|良好|有效地|顺利|坚决|大力"


def test_the_wording_has_no_praise():
    for key, words in table("templates/report")["sentences"].items():
        assert not re.search(PRAISE, words), key
