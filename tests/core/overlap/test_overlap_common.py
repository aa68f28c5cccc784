"""What a batch has in common is found with its counts, and never takes from what was copied."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.overlap.common import common_texts, enough

OPENING = "根据上级部署，我认真学习规定篇目，现将个人检查情况报告如下。"
HEADING = "（二）工作作风方面"


def own(number):
    return f"第{number}件事发生在{chr(0x4E00 + 97 * number)}{chr(0x5000 + 89 * number)}里弄。"


def listed(texts, taken=None):
    return {one.text: (one.kind, one.documents) for one in common_texts(texts, taken).listed}


def test_what_many_write_is_listed_with_how_many():
    texts = [f"{HEADING}\n{OPENING}{own(n)}" for n in range(12)] + [own(n) for n in range(12, 20)]
    found = listed(texts)
    assert found[OPENING.rstrip("。")] == ("batch", 12)
    assert found[HEADING] == ("heading", 12)
    assert not any("件事" in words for words in found)


def test_marks_and_numbers_are_no_difference():
    texts = [f"走访了{n}户、开了会；{own(n)}" for n in range(4)]
    assert listed(texts)["走访了0户、开了会"] == ("batch", 4)


def test_a_clause_that_more_write_than_its_sentence_is_listed_too():
    texts = [f"原因是学得不深不透，做得不够。{own(n)}" for n in range(3)]
    texts += [f"原因是学得不深不透，{own(n)}" for n in range(3, 9)]
    found = listed(texts)
    assert found["原因是学得不深不透"] == ("batch", 9)
    assert found["原因是学得不深不透，做得不够"] == ("batch", 3)


def test_fixed_phrases_are_listed_as_such():
    texts = [f"坚持以人民为中心的发展思想{own(n)}" for n in range(2)] + [own(3)]
    assert listed(texts)["以人民为中心的发展思想"] == ("phrase", 2)


def test_two_documents_have_nothing_in_common_and_dates_are_nothing():
    assert listed([OPENING + own(1), OPENING + own(2)]) == {}
    assert listed([f"{own(n)}\n2024年12月{n}日" for n in range(10, 20)]) == {}


def test_what_was_copied_does_not_count():
    copied = "我只问了一家的价格就批了下来，没有让第二个人签字。"
    texts = [copied + own(n) for n in range(4)]
    assert copied.rstrip("。") in listed(texts)
    assert listed(texts, {n: [(0, len(copied))] for n in range(4)}) == {}
    assert listed(texts, {0: [(0, len(copied))]})[copied.rstrip("。")] == ("batch", 3)


def test_it_is_found_again_in_a_text_with_its_marks():
    common = common_texts([f"{HEADING}\n{OPENING}{own(n)}" for n in range(8)])
    text = f"前面的话。{OPENING}后面的话。"
    found = common.spans(text)
    assert {one.documents for one in found} == {8}
    assert text[found[0].start : max(one.end for one in found)] == OPENING


@given(st.integers(1, 200_000))
def test_how_many_are_enough(documents):
    assert 3 <= enough(documents) <= 50
    assert enough(documents) <= enough(documents + 1)


@given(st.lists(st.text(alphabet="整改到位了，。\n1 ", max_size=60), max_size=8))
def test_spans_lie_in_their_texts(texts):
    common = common_texts(texts)
    for text in texts:
        assert all(0 <= s.start < s.end <= len(text) for s in common.spans(text))
    for one in common.listed:
        number, start, end = one.place
        assert texts[number][start:end] == one.text
