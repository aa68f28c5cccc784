"""What a material says against the ledger, and whose material it is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.recurrence.against import Verdict, against, standing
from luoshi.core.recurrence.authors import Author, author_of

SAYS = ("settled", "told", "nothing")
STANDS = ("none", "open", "closed", "withdrawn")


def test_every_case_says_something_of_its_own():
    found = [against(s, t, back=b) for s, t, b in product(SAYS, STANDS, (True, False))]
    assert len({v.words for v in found if v.grade != "warn" or "又提" not in v.words}) >= 12
    assert all(v.words.endswith("。") for v in found)


@pytest.mark.parametrize("says", SAYS)
def test_closed_and_back_is_never_good(says):
    assert against(says, "closed", back=True).grade == "bad"


@pytest.mark.parametrize(("stands", "back"), list(product(STANDS, (True, False))))
def test_settled_is_good_only_where_the_ledger_closed_it_and_it_is_not_back(stands, back):
    good = against("settled", stands, back=back).grade == "good"
    assert good == (stands == "closed" and not back)


def test_silence_on_what_is_still_open_is_told():
    assert against("nothing", "open", back=False) == Verdict("bad", "材料没有交代，台账还在办。")


@given(st.lists(st.sampled_from(STANDS[1:])))
def test_a_problem_is_open_while_one_of_its_items_is(states):
    found = standing(states)
    assert (found == "none") == (not states)
    assert (found == "open") == ("open" in states)
    assert (found == "closed") == ("closed" in states and "open" not in states)


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("柳河街道领导班子2023年度专题民主生活会对照检查材料", Author("柳河街道领导班子", "民主生活会")),
        ("柳河街道领导班子2024年度民主生活会对照检查材料", Author("柳河街道领导班子", "民主生活会")),
        ("云溪中学党支部2022年度组织生活会对照检查材料", Author("云溪中学党支部", "组织生活会")),
        ("长宁县市场监督管理局领导班子2023年度主题教育专题民主生活会对照检查材料", Author("长宁县市场监督管理局领导班子", "民主生活会")),
        ("青石县人民医院院长2024年度民主生活会个人对照检查材料", Author("青石县人民医院院长", "民主生活会")),
        ("对照检查材料", None),
        ("2024年度民主生活会个人发言提纲", None),
        ("", None),
    ],
)  # fmt: skip
def test_whose_material_it_is(title, author):
    assert author_of(title) == author
