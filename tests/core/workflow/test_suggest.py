"""What the words of a measure suggest; and that empty words suggest nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.workflow.suggest import suggest, written_about

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2026年12月31日前完成整治", date(2026, 12, 31), "2026年12月31日前"),
        ("2027年3月底前", date(2027, 3, 31), "2027年3月底前"),
        ("年底前办结", date(2026, 12, 31), "年底前"),
        ("2月底前完成", date(2027, 2, 28), "2月底前"),
        ("明年6月底前提升", date(2027, 6, 30), "明年6月底前"),
        ("12月5日之前报送", date(2026, 12, 5), "12月5日之前"),
        ("第一季度末前完成", date(2027, 3, 31), "第一季度末前"),
        ("三个月内完成", date(2027, 2, 23), "三个月内"),
        ("15天内答复", date(2026, 12, 8), "15天内"),
        ("两周内清理", date(2026, 12, 7), "两周内"),
        ("2025年10月反馈的问题，2026年12月20日前改完", date(2026, 12, 20), "2026年12月20日前"),
        ("2025年5月1日前完成", None, ""),
        ("2026年2月30日前完成", None, ""),
        ("进一步提高认识，切实加强领导", None, ""),
    ],
)
def test_deadlines(text, day, words):
    found = suggest(text, TODAY)
    assert (found.deadline, found.deadline_words) == (day, words)


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("年底前办结", date(2024, 12, 20), date(2025, 12, 31)),
        ("年末完成", date(2024, 12, 31), date(2025, 12, 31)),
        ("年底前办结", date(2025, 1, 22), date(2025, 12, 31)),
        ("年底前办结", date(2023, 8, 30), date(2023, 12, 31)),
        ("今年年底前办结", date(2024, 12, 20), date(2024, 12, 31)),
        ("12月25日前报送", date(2024, 12, 20), date(2024, 12, 25)),
        ("3月底前完成", date(2024, 12, 20), date(2025, 3, 31)),
        ("上半年完成", date(2024, 12, 20), date(2025, 6, 30)),
        ("三个月内完成", date(2024, 12, 20), date(2025, 3, 20)),
    ],
)
def test_counted_from_the_day_of_the_material_not_from_today(text, written, day):
    assert suggest(text, written).deadline == day


@pytest.mark.parametrize(
    ("written", "year", "day"),
    [
        (date(2025, 1, 22), 2024, date(2025, 1, 22)),
        (None, 2024, date(2024, 12, 31)),
        (None, 2026, TODAY),
        (None, 0, TODAY),
    ],
)
def test_the_day_that_words_are_counted_from(written, year, day):
    assert written_about(written, year, TODAY) == day


def test_working_days_are_left_to_the_table():
    found = suggest("10个工作日内办结", TODAY)
    assert (found.deadline, found.working_days) == (None, 10)


@pytest.mark.parametrize(
    ("text", "baseline", "target", "unit"),
    [
        ("将占道经营点由30处减少到5处", 30, 5, "处"),
        ("物业空白小区从1471个压减到0个", 1471, 0, "个"),
        ("会议从每月八次压缩到四次", 8, 4, "次"),
        ("办结率从85.5%提高到95%", Decimal("85.5"), 95, "%"),
        ("办结率达到95%", None, 95, "%"),
        ("每季度走访不少于4次", None, 4, "次"),
        ("切实减轻基层负担", None, None, ""),
    ],
)
def test_indicators(text, baseline, target, unit):
    found = suggest(text, TODAY)
    assert (found.baseline, found.target, found.measure_unit) == (baseline, target, unit)


@pytest.mark.parametrize(
    ("text", "days", "standing"),
    [
        ("坚持定期走访，每季度到社区走访一次", 90, "坚持定期"),
        ("每周五傍晚巡查", 7, "每周"),
        ("建立常态化巡查机制", None, "常态化"),
        ("12月底前完成", None, ""),
    ],
)
def test_standing(text, days, standing):
    found = suggest(text, TODAY)
    assert (found.check_days, found.standing_words) == (days, standing)


@given(
    st.text(
        alphabet="0123456789年月日前内底末由从到至一二三十百千万个工作每季度周天达不少于%，。",
        max_size=60,
    )
)
def test_any_text_gives_a_day_that_is_not_past_or_none(text):
    found = suggest(text, TODAY)
    assert found.deadline is None or found.deadline >= TODAY
    assert bool(found.deadline_words) == (
        found.deadline is not None or found.working_days is not None
    )
    for words in (found.deadline_words, found.indicator_words, found.standing_words):
        assert words in text
