"""The day under a title or a last line; none from the middle of a text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.text.days import printed_day

BODY = "\n".join(f"第{n}段，2019年1月1日起有此问题。" for n in range(6))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"对照检查材料\n{BODY}\n街道办事处\n2025年1月12日", date(2025, 1, 12)),
        (f"对照检查材料\n二〇二四年三月一日\n{BODY}", date(2024, 3, 1)),
        (f"对照检查材料\n（2024-03-02）\n{BODY}", date(2024, 3, 2)),
        (f"对照检查材料\n2024年3月1日\n{BODY}\n2024年3月9日", date(2024, 3, 9)),
        (f"对照检查材料\n{BODY}\n2025年13月12日", None),
        (BODY, None),
        ("", None),
    ],
)
def test_printed_day(text, day):
    assert printed_day(text) == day


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.text(max_size=80))
def test_a_signature_is_found_whatever_stands_above(day, above):
    above = above.replace("\r", "")
    text = f"{above}\n{BODY}\n{day.year}年{day.month}月{day.day}日\n"
    assert printed_day(text) == day


@given(st.text(max_size=300), st.integers(0, 300))
def test_any_text_has_a_day_or_none(text, header):
    found = printed_day(text, min(header, len(text)))
    assert found is None or found.year
