"""Which encoding a Chinese text file is in: what offices write, and what is broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading.encoding import decode
from luoshi.core.reading.model import ReadError

CLAUSES = (
    "理论学习不够系统深入", "联系群众不够紧密", "对“两个责任”落实不到位", "有时满足于一般号召",
    "（一）在学习方面", "1.推进改革的劲头不足", "2025年承办12345热线工单6128件", "解决率为71.6%",
    "《条例》学得不细", "一是以干代学；二是浅尝辄止", "存在“重部署、轻落实”的现象", "三、整改措施",
    "党工委书记", "“四风”问题", "每季度到社区蹲点一周", "①查摆问题", "走访居民38户——都是陪同检查",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=40).flatmap(
    lambda clauses: st.sampled_from(["。\n", "，", "；\r\n", "。"]).map(
        lambda glue: glue.join(clauses) + "。"
    )
)


def refusal(data):
    with pytest.raises(ReadError) as caught:
        decode(data)
    return caught.value.code


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    TEXTS,
    st.sampled_from(
        [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("gbk", "gb18030")]
        + [("gb18030", "gb18030"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")]
        + [("utf-32", "utf-32-le")]
    ),
)
def test_office_texts_come_back(text, encodings):
    written, told = encodings
    assert decode(text.encode(written)) == (text, told)


@pytest.mark.parametrize("text", ["学习", "联通", "不够。", "一、存在的问题", "整改"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_very_short_texts_come_back(text, encoding):
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("mark", ["utf-16-be", "utf-32-be"])
def test_big_endian_marks_are_understood(mark):
    assert decode(("\ufeff" + CLAUSES[0]).encode(mark)) == (CLAUSES[0], mark)


def test_characters_outside_gb2312_survive():
    text = "闫喆、姚烎、䶮某三位同志𠮷祥社区的问题没有解决，群众反映强烈。" * 3
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_latin_text_is_text():
    text = "Nonconformity NC-01: records missing.\n" * 3
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_cut_inside_a_character_is_damaged(cut):
    assert refusal(("学习不够深入，落实不力。" * 5).encode()[:-cut]) == "damaged"


def test_bytes_that_belie_their_mark_are_damaged():
    assert refusal(b"\xef\xbb\xbf" + "问题".encode("gb18030")) == "damaged"
    assert refusal(b"\xff\xfe" + "学习".encode("utf-16-le")[:-1]) == "damaged"


def test_bytes_that_are_no_text_are_refused():
    assert refusal(bytes(range(32)) * 40) == "unknown_type"
    assert refusal(b"\x00" * 4000) == "unknown_type"
    assert refusal(bytes([0, 7, 255, 254, 128]) * 900) == "unknown_type"
    assert refusal(bytes([1, 2, 0, 129, 48, 255]) * 900) == "unknown_type"


def test_a_few_stray_control_characters_are_borne_and_many_are_not():
    words = "理论学习不够系统深入，联系群众不够紧密。"
    assert decode((words * 20 + "\x07\x0b").encode())[1] == "utf-8"
    assert refusal((words + "\x07\x0b").encode()) == "unknown_type"
    assert refusal((words + "\x0b\x0b").encode()) == "unknown_type"
    assert decode((words + "\t\r\n\f" * 3).encode())[1] == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        "これはほんとうにただしいぶんしょうではありません" * 10,
        "Это неверно прочитанный текст без иероглифов" * 10,
    ],
)
def test_a_text_of_kana_or_cyrillic_in_a_chinese_encoding_was_guessed_wrongly(text):
    assert refusal(text.encode("gb18030")) == "unknown_encoding"


@pytest.mark.parametrize("encoding", ["shift_jis", "koi8-r"])
def test_text_of_another_script_is_not_read_as_chinese(encoding):
    text = {
        "shift_jis": "これは日本語の文章です。ひらがなとカタカナがあります。" * 10,
        "koi8-r": "Это русский текст без китайских знаков и букв " * 10,
    }[encoding]
    data = text.encode(encoding)
    assert refusal(data) == "unknown_encoding"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_refusal_in_chinese(data):
    try:
        text, encoding = decode(data)
    except ReadError as error:
        assert error.code in {"unknown_encoding", "damaged", "unknown_type"}
        assert "请" in error.message
    else:
        assert text.encode(encoding).decode(encoding) == text
