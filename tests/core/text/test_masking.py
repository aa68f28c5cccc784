"""Names of other people are kept from whom they do not concern; ordinary words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.text.masking import has_names, masked

STAFF = ("王芳", "李建国", "文明")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("由城管科王芳牵头，李建国配合", "由城管科王某牵头，李某某配合"),
        ("由王芳负责", "由王某负责"),
        ("王芳、李建国", "王某、李某某"),
        ("推进精神文明建设，文明负责宣传", "推进精神文明建设，文某负责宣传"),
        ("居民张桂兰多次反映漏水", "居民张某某多次反映漏水"),
        ("诉求人：李四，电话+86 138 1234 5678", "诉求人：李某，电话（电话略）"),
        ("举报人刘强反映乱收费", "举报人刘某反映乱收费"),
        ("周大海老人独居", "周某某老人独居"),
        ("电话13812345678", "电话（电话略）"),
        ("座机024-86123456", "座机（电话略）"),
        ("身份证21010219600101123X", "身份证（证件号略）"),
        ("听澜社区7栋2单元301室居民邵春桃反映漏雨", "听澜社区（住址略）居民邵某某反映漏雨"),
        ("3号楼502室长期漏水", "（住址略）长期漏水"),
        ("群众来信：市民孙志远投诉噪声", "群众来信：市民孙某某投诉噪声"),
    ],
)
def test_masked(text, shown):
    assert masked(text, STAFF) == shown
    assert has_names(text, STAFF)


@pytest.mark.parametrize(
    "text",
    [
        "群众反映强烈，群众关心的热点问题",
        "群众方便、群众高兴，市民安居乐业",
        "业主大会、业主委员会、居民区、住户安全",
        "2026年12月31日前，占道经营点由30处减少到5处，由城管科牵头",
        "居民于三月搬走，群众常说，群众一致认为，居民江边散步，投资13812345678元",
        "合同编号20260101123456，金额1380万元",
        "王芳芳草地社区",
        "听澜社区7栋楼顶漏雨，三号窗口，12号楼前的单元门",
    ],
)
def test_ordinary_words_stay(text):
    assert masked(text, STAFF) == text
    assert not has_names(text, STAFF)


@given(
    st.text(alphabet="王芳李建国居民群众张桂兰反映投诉、，。由在的13812345678（）", max_size=60),
    st.lists(st.sampled_from(["王芳", "李建国", "张桂兰", ""]), max_size=3),
)
def test_once_is_enough_and_no_long_name_is_left(text, names):
    once = masked(text, names)
    assert masked(once, names) == once
    assert all(name not in once for name in names if len(name) > 2)
