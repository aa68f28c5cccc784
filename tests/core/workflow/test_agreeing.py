"""What an item must say: each single thing taken away is missed, and missed in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.core.workflow.agreeing import Terms, to_agree

TODAY = date(2026, 11, 23)
NUMBER = Terms(
    title="整治占道经营", owner=1, unit=2, deadline=date(2026, 12, 31), time_class="short",
    problems=1, indicator_kind="number", indicator="占道经营点", measure_unit="处",
    baseline=Decimal(30), target=Decimal(5), reading_source="现场清点",
)  # fmt: skip
CRITERION = replace(
    NUMBER, indicator_kind="criterion", looks_who="居民代表", looks_where="东堤路",
    looks_when="每周五", looks_at="没有摊点",
)  # fmt: skip
STANDING = replace(NUMBER, time_class="standing", deadline=None, check_days=30)


@pytest.mark.parametrize("terms", [NUMBER, CRITERION, STANDING])
def test_complete(terms):
    assert to_agree(terms, TODAY) == ()


@pytest.mark.parametrize(
    ("terms", "change", "words"),
    [
        (NUMBER, {"title": " "}, "整改事项"),
        (NUMBER, {"owner": None}, "责任人"),
        (NUMBER, {"unit": None}, "责任单位"),
        (NUMBER, {"deadline": None}, "整改时限"),
        (NUMBER, {"deadline": date(2026, 11, 22)}, "早于作出承诺"),
        (NUMBER, {"time_class": ""}, "时限类别"),
        (NUMBER, {"problems": 0}, "哪个问题"),
        (NUMBER, {"problems": 0, "no_problem": "没有"}, "哪个问题"),
        (NUMBER, {"indicator": ""}, "统计什么"),
        (NUMBER, {"measure_unit": ""}, "计量单位"),
        (NUMBER, {"baseline": None}, "基数"),
        (NUMBER, {"target": None}, "目标"),
        (NUMBER, {"target": Decimal("30.00")}, "等于没有要求"),
        (NUMBER, {"reading_source": ""}, "数据来源"),
        (NUMBER, {"indicator_kind": "none"}, "无法核验"),
        (NUMBER, {"evidence_count": 0}, "佐证件数"),
        (NUMBER, {"evidence_count": 51}, "佐证件数"),
        (NUMBER, {"evidence_independence": 1}, "其他科室"),
        (CRITERION, {"looks_who": ""}, "由谁看"),
        (CRITERION, {"looks_where": ""}, "在哪里看"),
        (CRITERION, {"looks_when": ""}, "什么时候看"),
        (CRITERION, {"looks_at": ""}, "看什么"),
        (STANDING, {"check_days": None}, "复查间隔"),
        (STANDING, {"check_days": 0}, "复查间隔"),
        (STANDING, {"check_days": 367}, "复查间隔"),
        (STANDING, {"deadline": TODAY}, "清空时限"),
    ],
)
def test_one_thing_missing(terms, change, words):
    (found,) = to_agree(replace(terms, **change), TODAY)
    assert words in found


def test_a_reason_stands_for_a_problem():
    assert to_agree(replace(NUMBER, problems=0, no_problem="上级直接交办的事项"), TODAY) == ()


def test_without_an_indicator_only_if_said_so():
    blind = replace(NUMBER, indicator_kind="none")
    assert to_agree(blind, TODAY, unverifiable=True) == ()
    assert to_agree(replace(NUMBER, target=None), TODAY, unverifiable=True) != ()


def test_the_last_day_is_still_in_time():
    assert to_agree(replace(NUMBER, deadline=TODAY), TODAY) == ()


def test_everything_missing_is_said_at_once():
    assert len(to_agree(Terms(), TODAY)) == 6
