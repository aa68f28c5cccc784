"""What a cell says of a deadline; a day that nobody wrote is never guessed."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.sheets import days

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
READ = {
    "2025年6月底前": "2025-06-30", "2025年2月": "2025-02-28", "2024年2月底": "2024-02-29",
    "2025.06": "2025-06-30", "2025.6.3": "2025-06-03", "2025-6-3": "2025-06-03",
    "2025/12/31前": "2025-12-31", "2025年12月31日前完成": "2025-12-31", "２０２５年６月３０日": "2025-06-30",
    "2025年底": "2025-12-31", "2025年末前": "2025-12-31", "2025年上半年": "2025-06-30",
    "2025年二季度": "2025-06-30", "2025年第3季度": "2025-09-30", "2025年5月中旬": "2025-05-20",
    "2025年5月上旬": "2025-05-10", "2025年5月下旬": "2025-05-31", "二〇二五年十月三十一日": "2025-10-31",
    "二○二六年三月": "2026-03-31", "2026年3月—2026年9月": "2026-09-30", "20250630": "2025-06-30", "2025年全年": "2025-12-31",
    "202506": "2025-06-30", "2025": "2025-12-31", "45838": "2025-06-30", "2025年年底前": "2025-12-31",
    "2025年12月底前，立行立改": "2025-12-31", "2025 年 6 月 30 日": "2025-06-30",
}  # fmt: skip
UNCLEAR = {
    "6月底前": "哪一年", "年底前": "哪一年", "今年内": "哪一年", "待定": "看不出",
    "2025年2月30日": "没有这一天", "20251340": "没有这一天", "按上级要求": "看不出", "5": "看不出",
}  # fmt: skip


@pytest.mark.parametrize("words", READ)
def test_a_day(words):
    found = days.read(words)
    assert str(found.day) == READ[words]
    assert not found.why


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_not_clear_stays_words(words):
    found = days.read(words)
    assert found.day is None
    assert UNCLEAR[words] in found.why
    assert found.words == words


@pytest.mark.parametrize("words", ["长期坚持", "长期", "持续整改", "常态化推进"])
def test_without_an_end(words):
    found = days.read(words)
    assert (found.day, found.standing, found.why) == (None, True, "")


@pytest.mark.parametrize("words", ["立行立改", "即知即改", "立行立改，长期坚持"])
def test_at_once(words):
    assert days.read(words).immediate
    assert days.read(words).day is None


def test_both_a_day_and_no_end_is_for_a_person_to_decide():
    found = days.read("2026年6月底前，并长期坚持")
    assert (str(found.day), found.standing) == ("2026-06-30", True)
    assert "请选定一种" in found.why


@given(DAYS)
def test_every_way_to_write_a_day(day):
    written = [
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}-{day.month}-{day.day}前",
        f"{day.year}/{day.month:02}/{day.day:02}", f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}", day, datetime(day.year, day.month, day.day),
        (day - date(1899, 12, 30)).days, float((day - date(1899, 12, 30)).days),
    ]  # fmt: skip
    assert {days.read(value).day for value in written} == {day}
    assert days.read(f"{day.year}年{day.month}月底前").day == date(
        day.year, day.month, monthrange(day.year, day.month)[1]
    )


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(),
                 st.times(), st.timedeltas(), st.none()))  # fmt: skip
def test_anything_is_read_without_an_error(value):
    found = days.read(value)
    assert found.day is None or 2000 <= found.day.year <= 2100
    assert bool(found.why) <= bool(found.words)


@given(
    st.from_regex(r"[二2][〇零○O0]..年[一二三四五六七八九十]{1,2}月.{0,3}日?前?", fullmatch=True)
)
def test_chinese_days_never_fail(words):
    days.read(words)


def test_a_figure_that_may_have_lost_its_nought():
    assert days.read(2025.1).day is None
    assert "10月" in days.read(2025.1).why
    assert str(days.read(2025.12).day) == "2025-12-31"
    assert str(days.read("2025.1").day) == "2025-01-31"  # typed as words: nothing was dropped


def test_a_span_of_time_is_no_day():
    assert days.read(timedelta(days=3)).day is None
