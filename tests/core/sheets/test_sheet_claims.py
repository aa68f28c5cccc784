"""What a row claims of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.sheets.claims import claim
from luoshi.core.sheets.columns import name_of
from luoshi.core.workflow import table


@pytest.mark.parametrize(("field", "words", "said"), [
    ("status", "已完成", "done"), ("status", "是", "done"), ("status", "√", "done"), ("status", "100", "done"),
    ("progress", "已完成26部电梯检测", "done"), ("progress", "整改到位", "done"), ("progress", "100%", "done"),
    ("progress", "经过三个月集中整治，全部摊点已经入市经营，群众反映良好，已完成整改", "done"),
    ("status", "已销号", "closed"), ("progress", "已完成并销号", "closed"), ("closed", "2026.5.20", "closed"),
    ("closed", "张三", "closed"), ("closed", "√", "closed"), ("deadline", "已完成", "done"),
    ("status", "未完成", ""), ("status", "否", ""), ("status", "正在推进", ""), ("status", "基本完成", ""),
    ("status", "部分完成", ""), ("progress", "确保年底前完成", ""), ("progress", "尚未完成", ""),
    ("closed", "否", ""), ("closed", "未销号", ""), ("closed", "/", ""), ("progress", "已发放1000份", ""),
    ("progress", "", ""), ("status", "不是", ""),
])  # fmt: skip
def test_a_claim(field, words, said):
    assert claim({field: words}) == said


def test_states_of_the_ledger_given_out_claim_no_more_than_they_are():
    said = {s.label: claim({"closed": s.label}) for s in table.states().values()}
    assert {label for label, words in said.items() if words} <= {
        "已销号（观察期）",
        "确认",
        "长期坚持",
    }


@given(
    st.dictionaries(st.sampled_from(["closed", "status", "progress", "deadline", "x"]), st.text())
)
def test_anything_is_judged(fields):
    assert claim(fields) in {"", "done", "closed"}


@pytest.mark.parametrize(("title", "field"), [
    ("整改落实举措", "measure"), ("验收意见", "closed"), ("问 题\n类 别", "category"), ("责任单位（科室）", "unit"),
    ("整改时限（年/月）", "deadline"), ("责任单位/责任人", "owner"), ("牵头领导及责任人", "leader"), ("NO.", "serial"),
    ("配合单位", "co_unit"), ("序号", "serial"), ("整改责任人", "person"), ("手机号码", "phone"),
])  # fmt: skip
def test_titles(title, field):
    assert name_of(title).field == field


@pytest.mark.parametrize(
    "title",
    [
        "",
        "职务",
        "群众满意度",
        "年",
        "这是一段很长很长的说明文字，里面提到了问题和整改措施，但不是表头",
    ],
)
def test_what_is_no_title(title):
    assert name_of(title) is None
