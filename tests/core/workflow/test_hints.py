"""Hints: what is worth a second thought, without standing in the way."""

from datetime import date

import pytest

from luoshi.core.workflow.agreeing import Terms
from luoshi.core.workflow.hints import hints, vague

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "title",
    ["加强学习", "提高服务意识", "进一步转变作风", "牢固树立宗旨意识", "推动解决停车难问题"],
)
def test_empty_titles(title):
    assert vague(title)
    (found,) = hints(Terms(title=title), TODAY)
    assert title in found
    assert vague(title) in found


@pytest.mark.parametrize(
    "title",
    ["整治背街小巷占道经营", "三号窗口公示办理时限", "群众满意度提高到95%", "加强值班，夜间抽查",
     "提高社区覆盖，新增服务点三处", "拆除违建"],
)  # fmt: skip
def test_titles_that_one_can_see_or_count(title):
    assert vague(title) == ""
    assert hints(Terms(title=title), TODAY) == ()


def test_a_deadline_that_has_passed_is_said_and_today_is_not():
    (found,) = hints(Terms(title="拆除违建", deadline=date(2026, 11, 22)), TODAY)
    assert "2026-11-22已过期" in found
    assert hints(Terms(title="拆除违建", deadline=TODAY), TODAY) == ()
