"""What leaves the office: no number of a person, no name of a resident, nothing that prints badly."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.paper.clean import clean
from luoshi.core.text.masking import STRUCK


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("居民王建国反映摊点占道", f"居民{STRUCK}反映摊点占道"),
        ("诉求人：李四，电话13812345678", f"诉求人：{STRUCK}，电话{STRUCK}"),
        ("投诉人张三丰说", f"投诉人{STRUCK}说"),
        ("业主陈丽等三人", f"业主{STRUCK}等三人"),
        ("信访人姓名：赵大海", f"信访人姓名：{STRUCK}"),
        ("听澜社区7栋2单元301室漏雨", f"听澜社区{STRUCK}漏雨"),
        ("身份证210102199001011234", f"身份证{STRUCK}"),
        ("身份证21010219900101123X。", f"身份证{STRUCK}。"),
        ("打024-12345678或+86 138 1234 5678", f"打{STRUCK}或{STRUCK}"),
    ],
)
def test_is_struck_out(written, shown):
    assert clean(written) == shown


@pytest.mark.parametrize(
    "words",
    [
        "居民反映强烈", "群众高度关注", "群众高度评价", "居民要求高", "居民于三月搬走", "居民委员会",
        "群众方便办事", "群众常说", "群众安全感", "居民江边散步", "编号2026-0007，留痕第41条",
        "由30处减少到5处", "2026年12月31日", "投资13812345678元", "ab" * 32, "责任人周明",
        "群众一致认为", "居民张某反映", "居民王先生来电",
    ],
)  # fmt: skip
def test_stays(words):
    assert clean(words) == words


@given(st.text())
def test_whatever_is_written_can_be_printed(text):
    shown = clean(text)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn", "Co"} for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(shown) == shown


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(alphabet="请拨打：，。 ", max_size=4))
def test_no_mobile_number_gets_out(number, around):
    assert number not in clean(f"{around}{number}{around}")
