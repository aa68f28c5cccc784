"""The consensus of a batch: slips by sound are found, whatever is nobody's slip is left alone."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.overlap import consensus
from luoshi.core.overlap.consensus import LEAST, slips
from luoshi.core.overlap.spelling import is_slip

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from overlap_slips import batch_with_slips  # lies beside the benchmarks

RIGHT = "牢固树立正确政绩观，多做打基础、利长远的事情。"
WRONG = RIGHT.replace("树", "竖")


def own(number):
    return f"第{number}件事发生在{chr(0x4E00 + 97 * number)}{chr(0x5000 + 89 * number)}里弄。"


def batch_of(right, wrong, many=39, few=1):
    return [own(n) + (right if n < many else wrong) + own(n + 100) for n in range(many + few)]


def told(right, wrong, **more):
    return [(s.written, s.usual) for s in slips(batch_of(right, wrong, **more))]


def test_one_against_thirty_nine():
    texts = batch_of(RIGHT, WRONG)
    (one,) = slips(texts)
    number, start, end = one.place
    assert (number, texts[number][start:end], one.written, one.usual) == (39, "竖", "竖", "树")
    assert (one.documents, one.few) == (39, 1)
    number, start, end = one.example
    assert texts[number][start:end] == "树"


@pytest.mark.parametrize("at", range(len(RIGHT)))
def test_wherever_it_stands_in_its_sentence(at):
    others = {
        "固": "故",
        "立": "利",
        "正": "证",
        "确": "却",
        "政": "证",
        "绩": "继",
        "观": "关",
        "打": "达",
    }
    if RIGHT[at] in others:
        wrong = RIGHT[:at] + others[RIGHT[at]] + RIGHT[at + 1 :]
        assert told(RIGHT, wrong) == [(others[RIGHT[at]], RIGHT[at])]


def test_two_characters_at_once():
    assert told(RIGHT, RIGHT.replace("正确", "证却")) == [("证却", "正确")]


def test_many_on_both_sides_have_no_consensus():
    assert told(RIGHT, WRONG, many=20, few=20) == []
    assert told(RIGHT, WRONG, many=LEAST - 1) == []
    assert told(RIGHT, WRONG, many=LEAST) == [("竖", "树")]
    assert told(RIGHT, WRONG, many=15, few=2) == []


def test_another_word_is_no_slip():
    assert told(RIGHT, RIGHT.replace("正确", "良好")) == []
    assert told(RIGHT, RIGHT.replace("打基础", "打根基")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "居民王建国反映的楼道照明问题已经列入清单。",
            "居民王健国反映的楼道照明问题已经列入清单。",
        ),
        (
            "请网格员李晓明同志每周走访重点户并且记录。",
            "请网格员李小明同志每周走访重点户并且记录。",
        ),
        (
            "此项工作由张主任负责并且每月报告一次进展。",
            "此项工作由章主任负责并且每月报告一次进展。",
        ),
        ("松源社区的服务事项已经全部上墙公示。", "松园社区的服务事项已经全部上墙公示。"),
        ("春柳路沿线商户的责任书已经全部签订。", "春流路沿线商户的责任书已经全部签订。"),
        (
            "全年共办理群众诉求四件并且逐件回访当事人。",
            "全年共办理群众诉求十件并且逐件回访当事人。",
        ),
        ("全年共走访群众12户并且逐户登记造册。", "全年共走访群众12护并且逐户登记造册。"),
        ("对上述问题我认真做了分析并且逐项改进。", "对上述问题我认真作了分析并且逐项改进。"),
        ("扎扎实实地做好每一项具体工作不留尾巴。", "扎扎实实的做好每一项具体工作不留尾巴。"),
        ("要求他们按时完成并且及时报告进展情况。", "要求它们按时完成并且及时报告进展情况。"),
    ],
)
def test_names_numbers_and_what_is_right_both_ways_are_left_alone(right, wrong):
    assert told(right, wrong) == []
    # The batch is one in which a slip would be found.
    assert told(right + RIGHT, wrong + WRONG) == [("竖", "树")]


def test_the_words_around_must_be_the_same():
    def strange(number):
        return chr(0x4E00 + 97 * number) + chr(0x5000 + 89 * number)

    texts = [f"{strange(n)}只是固树立后这样{strange(n + 50)}" for n in range(39)]
    texts.append(f"{strange(40)}只是固竖立后这样{strange(90)}")
    assert slips(texts) == []


def test_references_agree_but_are_not_corrected():
    texts = batch_of(RIGHT, WRONG)
    assert slips([texts[-1], *texts[:-1]], references=1) == []
    assert len(slips(texts, references=39)) == 1


def test_both_places_are_given_in_texts_with_marks_and_wide_characters():
    texts = [f"𠀀 {text}" for text in batch_of(RIGHT, WRONG)]
    (one,) = slips(texts)
    for (number, start, end), words in ((one.place, "竖"), (one.example, "树")):
        assert texts[number][start:end] == words


@pytest.mark.parametrize("texts", [[], [""] * 9, ["一"] * 9, ["整改" * 3_000] * 9, ["，。"] * 9])
def test_what_has_no_slips(texts):
    assert slips(texts) == []


def test_too_much_at_once_is_refused(monkeypatch):
    monkeypatch.setattr(consensus, "MOST_CHARACTERS", 10)
    with pytest.raises(ValueError, match="too much"):
        slips([RIGHT])


def test_the_size_of_stretches_changes_nothing(monkeypatch):
    texts = batch_of(RIGHT, WRONG)
    whole = slips(texts)
    monkeypatch.setattr(consensus, "_STRETCH", 97)
    assert slips(texts) == whole


@settings(max_examples=50)
@given(st.lists(st.text(alphabet="树竖立利正证，。", max_size=40), max_size=12))
def test_places_hold_what_is_said(texts):
    for one in slips(texts):
        for (number, start, end), words in ((one.place, one.written), (one.example, one.usual)):
            assert texts[number][start:end] == words


def test_a_generated_batch():
    texts, wrong, traps = batch_with_slips(40, 1_000, 40, 31)
    found = slips(texts)
    near = [
        s
        for s in found
        if any(n == s.place[0] and 0 <= at - s.place[1] + 1 <= 2 for n, at in wrong)
    ]
    assert len(near) == len(found) >= 34
    assert not {(s.place[0], s.place[1]) for s in found} & traps


def test_a_surname_in_a_word_is_no_name():
    assert is_slip("同班子成员商谅，充分听取", 6, "谅", "量")
    assert not is_slip("由王健负责", 2, "健", "建")
