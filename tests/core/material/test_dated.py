"""The day of a material and the year of its meeting, from its own lines."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.material import split
from luoshi.core.material.dated import held_for, written_on
from luoshi.core.reading import read_bytes

BODY = "\n\n一、存在的问题\n\n1.会议偏多。2019年3月5日仍开了三次会。\n\n二、整改措施\n\n1.压减会议。年底前减半。\n\n"


def made(title="对照检查材料", under="", end=""):
    text = f"# {title}\n\n{under}{BODY}{end}\n"
    return split(read_bytes(text.encode(), "a.md"))


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"end": "柳河街道办事处\n\n2024年12月20日"}, date(2024, 12, 20)),
        ({"end": "张某某\n\n二〇二四年十二月二十日"}, date(2024, 12, 20)),
        ({"end": "2024-12-20"}, date(2024, 12, 20)),
        ({"under": "（2026年1月22日）\n"}, date(2026, 1, 22)),
        ({"under": "（2026年1月22日）\n", "end": "2026年1月20日"}, date(2026, 1, 20)),
        ({"end": "2024年2月30日"}, None),
        ({}, None),
    ],
)
def test_written_on(given, day):
    assert written_on(made(**given)) == day


def test_held_for():
    assert held_for(made("2024年度民主生活会对照检查材料")) == 2024
    assert held_for(made()) == 0


@given(st.text(alphabet="2〇零一0-年月日（）\n第。一、1.", max_size=80))
def test_any_text_has_a_day_or_none(text):
    found = split(read_bytes(text.encode(), "a.txt")) if text.strip() else None
    if found is not None:
        day = written_on(found)
        assert day is None or isinstance(day, date)
        assert held_for(found) >= 0
