"""Names of other places: whatever the words around them, and what takes the objection away."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.checks import Page, rule
from luoshi.core.checks.rules._names import is_name, places, table
from luoshi.core.material import split
from luoshi.core.reading import read_bytes

HEAD = "江州市望山区云澜街道办事处副主任2024年度民主生活会个人对照检查材料\n\n"
BODY = "一、存在的主要问题\n1.走访少。{}\n二、整改措施\n1.每月走访2次。\n"
PIECES = st.lists(
    st.sampled_from(["临溪区", "云澜街道", "望山区", "我们", "局", "全体", "萍溪人民", "公司", "的",
                     "，", "。", "\n", "由", "负责", "医院", "第二", "区委", "𠮷", " ", "12个"]),
    max_size=12,
)  # fmt: skip


def page(words):
    return Page(split(read_bytes((HEAD + BODY.format(words)).encode(), "a.txt")))


def objected(words):
    return [o for o in rule("i102").find(page(words)) if "没有交代来由" in o.message]


@given(PIECES)
def test_every_place_of_an_objection_lies_in_the_text(pieces):
    read = page("".join(pieces))
    for objection in rule("i102").find(read):
        for start, end in objection.spans:
            assert 0 <= start < end <= len(read.text)
        assert read.words(objection.spans[0])[:2] not in {"云澜", "望山"}


def test_a_name_that_nothing_explains_is_objected_to():
    assert objected("临溪区沿街的摊点我没有管。")


@given(st.sampled_from(table()["explained"]))
def test_each_explaining_word_takes_the_objection_away(word):
    assert not objected(f"临溪区沿街的摊点{word}我没有管。")


@given(st.sampled_from(table()["common"]))
def test_ordinary_words_are_no_names(word):
    assert not is_name(word)
    assert word + "区" not in [read.text[slice(*n.span)] for read in [page(f"在{word}区")]
                               for n in places(read)]  # fmt: skip


def test_a_name_is_told_once_however_often_it_stands():
    found = objected("临溪区的摊点我没有管。临溪区的车我也没有管。")
    assert len(found) == 1
    assert len(found[0].spans) == 3
