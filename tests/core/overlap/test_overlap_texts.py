"""What texts share, from folding to spans of characters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.groups import clusters, same_passages
from luoshi.core.overlap.texts import identical, shared_passages, widened

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from overlap_make import KINDS, batch  # noqa: E402  # lies beside the benchmarks

COPIED = (
    "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
    "我当场给房管站打了电话，却没有再问结果，五月老人又打来热线，才知道维修款一直没有批下来。"
)
REWORDED = (
    "三月下旬我到松园里走访，九号楼的居民说电梯停了两个月，物业只贴过一张告示。"
    "我当即给房管站打了电话，却没再问结果，六月老人又拨打热线，才晓得维修款一直没有批下来。"
)
OTHERS = [
    "窗口排队的事拖了一个季度，我只在会上提过一次，没有到大厅坐过班，也没有看过叫号的记录。",
    "食堂的采购只问了一家价格，单据上没有第二个人签字，我批的时候没有多问一句。",
    "档案室漏水以后，目录和实物对不上，科里等到审计进场才开始清点，前后用了十一天。",
    "独居老人的探访表是照着上月抄的，有两户已经搬走半年，表上还写着身体良好。",
]


def whole(start, copied=""):
    lines = [*OTHERS[start:], *OTHERS[:start]][:3]
    return "\n".join([lines[0], copied, *lines[1:]])


@given(st.text())
def test_each_unit_has_its_character(text):
    units, where = fold(text), places(text)
    assert len(units) == len(where)
    assert all(len(fold(text[at])) == 1 for at in where)


def test_marks_case_width_and_numbers_are_no_difference():
    assert list(fold("今年，12 户ＡＢ")) == list(fold("今年89户。ab"))


@pytest.mark.parametrize("copy", [COPIED, REWORDED], ids=["word for word", "reworded"])
def test_a_copied_passage_is_found_at_its_place(copy):
    texts = [
        "甲社区的材料。" + COPIED + "此后每周到楼里看一次。",
        "乙科室写的是另一件事，与上面无关，说的是公章登记簿漏了三页。",
        "丙单位的稿子开头。" + copy + "今后改为按月回访。",
    ]
    (one,) = shared_passages(texts)
    assert (one.a, one.b) == (0, 2)
    assert texts[0][slice(*one.a_span)] == COPIED
    assert texts[2][slice(*one.b_span)] == copy
    assert one.is_exact == (copy == COPIED)


def test_what_most_write_is_no_copy():
    opening = "按照统一部署，我认真学习规定篇目，征求了班子成员意见，现将个人检查情况报告如下。"
    own = [f"第{n}件事发生在{chr(0x4E00 + 97 * n)}{chr(0x5000 + 89 * n)}里。" for n in range(40)]
    assert shared_passages([opening + text for text in own]) == []


def test_whole_texts_that_are_alike():
    texts = ["第一份。" + COPIED, COPIED + "12户", COPIED + "89 户", "", ""]
    assert identical(texts) == [[1, 2]]
    assert [(s.a, s.b) for s in shared_passages(texts, alike=identical(texts))] == [(0, 1)]


def test_references_are_not_compared_with_each_other():
    texts = [COPIED, COPIED + "完", "别的事：" + COPIED]
    assert {(s.a, s.b) for s in shared_passages(texts, references=2)} == {(0, 2), (1, 2)}


@pytest.mark.parametrize("texts", [[], ["一份"], ["", ""], ["好", "好", "好"], ["，。", "，。"]])
def test_what_cannot_share_anything(texts):
    assert shared_passages(texts) == []


def test_a_batch_with_known_copies():
    texts, planted = batch(60, 2_000, 4, 7)
    names = list(texts)
    found = shared_passages(list(texts.values()))

    def is_found(one):
        first, second = names.index(one.a), names.index(one.b)
        sides = [(first, (one.a_start, one.a_end)), (second, (one.b_start, one.b_end))]
        (a, a_span), (b, b_span) = sorted(sides)
        return any(
            (s.a, s.b) == (a, b) and share(s.a_span, a_span) > 0.5 and share(s.b_span, b_span) > 0.5
            for s in found
        )

    missed = [one for one in planted if not is_found(one)]
    assert [one for one in missed if one.kind != "40"] == []
    assert len(missed) <= 1
    pairs = {tuple(sorted((names.index(one.a), names.index(one.b)))) for one in planted}
    assert len([s for s in found if (s.a, s.b) not in pairs]) <= 1
    assert {one.kind for one in planted} == set(KINDS)


def share(found, meant):
    common = min(found[1], meant[1]) - max(found[0], meant[0])
    return max(0, common) / (meant[1] - meant[0])


def test_numpy_alone_gives_the_same():
    program = (
        "import sys, json; sys.path.insert(0, 'benchmarks')\n"
        "if sys.argv[1] == 'plain': sys.modules['numba'] = None\n"
        "from overlap_make import batch\n"
        "from luoshi.core.overlap import Corpus, compare\n"
        "from luoshi.core.overlap.folding import fold\n"
        "from luoshi.core.overlap.jit import COMPILED\n"
        "texts, _ = batch(12, 1_500, 1, 5)\n"
        "found = compare(Corpus.of([fold(t) for t in texts.values()]))\n"
        "print(json.dumps([COMPILED, [repr(p) for p in found]]))\n"
    )

    def run(how):
        done = subprocess.run(
            [sys.executable, "-c", program, how], cwd=ROOT, capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        return json.loads(done.stdout)

    compiled, plain = run("compiled"), run("plain")
    assert (compiled[0], plain[0]) == (True, False)
    assert compiled[1] == plain[1]
    assert len(plain[1]) >= 4


@pytest.mark.parametrize(
    "texts",
    [
        ["整改到位" * 20_000] * 3,
        ["一" * 30_000] * 2,
        ["".join(map(chr, range(0x4E00, 0x9000)))] * 2,
    ],
    ids=["one phrase", "one character", "equal"],
)
def test_extremes_end(texts):
    assert len(shared_passages(texts)) <= 3


def test_a_span_takes_its_marks_along():
    text = "他说：没有去过。后来补了一次，"
    assert widened(text, 3, 7) == (0, 8)
    assert text[slice(*widened(text, 8, 14))] == "后来补了一次，"


@given(st.text(max_size=60), st.data())
def test_a_widened_span_stays_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = widened(text, start, end)
    assert 0 <= low <= high <= len(text)


def test_the_places_of_one_passage():
    pairs = [((0, 10, 50), (1, 0, 40)), ((1, 2, 42), (2, 5, 45)), ((3, 0, 9), (4, 0, 9))]
    assert same_passages(pairs)[0] == [(0, 10, 50), (1, 0, 42), (2, 5, 45)]
    assert clusters((a[0], b[0]) for a, b in pairs) == [[0, 1, 2], [3, 4]]
