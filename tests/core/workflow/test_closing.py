"""Closing: the whole passes; taking any single requirement away refuses, and says why."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workflow.facts_maker import (
    CHIEF,
    CITY,
    CLOSER,
    HEAD,
    ITEM,
    MATE,
    OUTSIDER,
    OWNER,
    PEOPLE,
    SEEN,
    TODAY,
    VERIFIER,
    WITNESS,
    ago,
    evidence,
    item,
    people,
    post,
    reading,
)  # fmt: skip
from luoshi.core.workflow import closing
from luoshi.core.workflow.facts import (
    Deputy,
    EvidenceFact,
    Indicator,
    Item,
    OpenFact,
    Policy,
    ReadingFact,
    Seen,
    Term,
)  # fmt: skip

CRITERION = item(indicator=Indicator("criterion"), readings=())


def to_close(whole=ITEM, seen=SEEN, basis=None, closer=CLOSER, today=TODAY, world=PEOPLE):
    basis = whole.fingerprint() if basis is None else basis
    return closing.to_close(whole, world, seen, basis, closer, today)


def test_the_whole_passes():
    assert to_close() == ()
    assert to_close(CRITERION) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"whole": item(indicator=Indicator("none"))}, "无法核验"),
        ({"whole": item(time_class="standing")}, "长期坚持"),
        ({"whole": item(changes_open=1)}, "变更申请"),
        ({"whole": item(done_on=None)}, "佐证"),
        ({"whole": item(done_on=ago(-1))}, "完成日期"),
        ({"whole": item(done_on=ago(41))}, "完成日期"),
        ({"whole": item(worked_on=ago(9))}, "还有办理的记录"),
        ({"whole": item(reopened_on=ago(9))}, "又出现过"),
        ({"whole": item(evidence=())}, "有效佐证0件"),
        ({"whole": item(policy=Policy(count=2))}, "要求2件"),
        ({"whole": item(policy=Policy(kinds=("visit",)))}, "缺少规定种类"),
        ({"whole": item(policy=Policy(independence=3))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(withdrawn=True),))}, "有效佐证0件"),
        ({"whole": item(evidence=(evidence(expires=ago(1)),))}, "有效佐证0件"),
        ({"whole": item(evidence=(evidence(dated=ago(7), added=ago(8)),))}, "有效佐证0件"),
        ({"whole": item(evidence=(evidence(author=OWNER),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(author=MATE),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(author=CHIEF),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(declared=1),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(dated=ago(11)),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(used_before=True),))}, "责任人控制之外"),
        ({"whole": item(evidence=(evidence(repeated=True),))}, "有效佐证0件"),
        ({"whole": item(readings=())}, "指标读数"),
        ({"whole": item(readings=(reading(author=OWNER),))}, "指标读数"),
        ({"whole": item(readings=(reading(author=MATE),))}, "指标读数"),
        ({"whole": item(readings=(reading(days=11),))}, "指标读数"),
        ({"whole": item(readings=(reading(days=-1),))}, "指标读数"),
        ({"whole": item(readings=(reading(value=6),))}, "没有达到目标"),
        ({"whole": item(readings=(reading(), reading(2, value=9, days=3)))}, "没有达到目标"),
        ({"whole": item(readings=(reading(), reading(2, OWNER, 9, 3)))}, "没有达到目标"),
        ({"whole": item(readings=(reading(), reading(2, value=9)))}, "没有达到目标"),
        ({"whole": item(indicator=Indicator("number", Decimal(30), None))}, "没有达到目标"),
        ({"whole": item(indicator=Indicator("number", Decimal(1), Decimal(6)))}, "没有达到目标"),
        ({"whole": item(open_facts=(OpenFact("x", "1", ago(1), "居民又来投诉"),))}, "又来投诉"),
        ({"whole": item(failed=("诉求",))}, "诉求"),
        ({"whole": item(objections_open=1)}, "1件异议"),
        ({"whole": item(publication_ends=None)}, "公示期"),
        ({"whole": item(publication_ends=TODAY)}, "公示期"),
        ({"whole": item(publication_ends=ago(-3))}, "公示期"),
        ({"basis": "0" * 64}, "重新核验"),
        ({"closer": OWNER}, "责任人不能"),
        ({"seen": replace(SEEN, verifier=OWNER)}, "核验人"),
        ({"seen": replace(SEEN, verifier=WITNESS)}, "核验人"),
        ({"seen": replace(SEEN, verifier=None)}, "两个人"),
        ({"seen": replace(SEEN, text="看过了")}, "看到了什么"),
        ({"seen": replace(SEEN, place=" ")}, "在哪里"),
        ({"seen": replace(SEEN, on=None)}, "什么时候"),
        ({"seen": replace(SEEN, on=ago(-1))}, "晚于今天"),
        ({"seen": replace(SEEN, on=ago(11))}, "早于整改完成"),
        ({"whole": CRITERION, "seen": replace(SEEN, criterion_met=False)}, "没有确认"),
        ({"whole": CRITERION, "seen": replace(SEEN, criterion_met=None)}, "没有确认"),
        ({"whole": item(owners=(Term(HEAD, ago(40), None),))}, "单位以外"),
        ({"whole": item(owners=(*ITEM.owners, Term(HEAD, ago(9), ago(9))))}, "单位以外"),
        ({"world": people(post(VERIFIER, 200, superior=OWNER, starts=ago(3), ends=ago(3)))},
         "受责任人领导"),
        ({"world": people(deputies=[Deputy(OWNER, VERIFIER, ago(3), ago(3))])}, "代管"),
        ({"world": people(deputies=[Deputy(OWNER, CLOSER, ago(3), ago(3))])}, "责任人不能"),
    ],
)  # fmt: skip
def test_each_single_requirement(change, words):
    found = to_close(**change)
    assert any(words in one for one in found), found


class TestNumbers:
    @given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
    def test_reached_in_the_direction_that_baseline_and_target_tell(self, base, goal, value):
        whole = item(
            indicator=Indicator("number", Decimal(base), Decimal(goal)),
            readings=(reading(value=value),),
        )
        reached = base != goal and (value <= goal if base > goal else value >= goal)
        assert (closing.indicator(whole, PEOPLE, SEEN, TODAY) == ()) is reached

    def test_from_outside_the_office_too(self):
        whole = item(readings=(reading(author=OUTSIDER),))
        assert closing.indicator(whole, PEOPLE, SEEN, TODAY) == ()

    def test_a_worse_reading_of_anybody_counts(self):
        whole = item(readings=(reading(), reading(2, MATE, 9, 2)))
        assert closing.indicator(whole, PEOPLE, SEEN, TODAY)
        better = item(readings=(*whole.readings, reading(3, WITNESS, 4, 1)))
        assert closing.indicator(better, PEOPLE, SEEN, TODAY) == ()


class TestForms:
    SEEN = Seen(
        None, "现场只剩五处摊点，均在划定区域。", "东堤路", ago(7), True, (CLOSER, VERIFIER)
    )

    def test_two_who_have_no_part_in_it(self):
        assert closing.vouchers(ITEM, PEOPLE, self.SEEN.vouchers, TODAY) == ()

    @pytest.mark.parametrize(
        "pair", [(CLOSER,), (CLOSER, CLOSER), (), (CLOSER, OWNER), (OWNER, VERIFIER)]
    )
    def test_never_one_and_never_the_owner(self, pair):
        assert closing.vouchers(ITEM, PEOPLE, pair, TODAY)

    def test_for_the_head(self):
        whole = item(owners=(Term(HEAD, ago(40), None),),
                     evidence=(evidence(author=CLOSER, vouched=True),),
                     readings=(reading(author=CLOSER),))  # fmt: skip
        assert to_close(whole, seen=self.SEEN) == ()
        unvouched = replace(whole, evidence=(evidence(author=CLOSER),))
        assert to_close(unvouched, seen=self.SEEN)


class TestOtherSteps:
    def test_apply(self):
        assert closing.to_apply(ITEM, ago(10), TODAY) == ()
        assert closing.to_apply(ITEM, TODAY, TODAY) == ()
        assert closing.to_apply(ITEM, ago(-1), TODAY)
        assert closing.to_apply(ITEM, ago(41), TODAY)

    @pytest.mark.parametrize(("ends", "free"), [(ago(1), True), (TODAY, False), (None, False)])
    def test_confirm_after_the_watch(self, ends, free):
        found = closing.to_confirm(item(watch_ends=ends), PEOPLE, VERIFIER, TODAY)
        assert (found == ()) is free

    @pytest.mark.parametrize("who", [OWNER, WITNESS])
    def test_confirm_by_somebody_with_no_tie(self, who):
        assert closing.to_confirm(item(watch_ends=ago(1)), PEOPLE, who, TODAY)

    def test_confirm_not_while_something_is_open(self):
        whole = item(watch_ends=ago(1), failed=("诉求",))
        assert closing.to_confirm(whole, PEOPLE, VERIFIER, TODAY)

    @pytest.mark.parametrize(
        ("who", "free"),
        [(HEAD, True), (CHIEF, True), (OWNER, False), (VERIFIER, False), (CLOSER, False)],
    )
    def test_objections_by_somebody_else(self, who, free):
        found = closing.to_decide_objection(ITEM, PEOPLE, who, CLOSER, (VERIFIER,), TODAY)
        assert (found == ()) is free

    def test_objections_not_by_who_is_under_the_owner(self):
        world = people(post(MATE, 206, superior=OWNER))
        assert closing.to_decide_objection(ITEM, world, MATE, CLOSER, (VERIFIER,), TODAY)


# What may change without a new verification: it changes as closing is carried out, is judged
# anew at every step, or says nothing of the item.
FREE = {
    "state", "objections_open", "publication_ends", "watch_ends", "open_facts", "failed",
    "suspended_from",
}  # fmt: skip
OTHER = {
    "key": 2, "state": "working", "created": ago(39), "time_class": "middle",
    "owners": (Term(OWNER, ago(40), ago(1)),), "indicator": Indicator("number", Decimal(30), Decimal(6)),
    "policy": Policy(count=2), "evidence": (), "readings": (), "authors": frozenset(), "units": frozenset([9]),
    "done_on": ago(9), "worked_on": ago(12), "reopened_on": ago(12), "applied_on": ago(8), "open_facts": (OpenFact("x", "1", ago(1), "有"),),
    "failed": ("x",), "objections_open": 1, "changes_open": 1, "suspended_from": "working",
    "publication_ends": ago(2), "watch_ends": TODAY,
}  # fmt: skip


class TestFingerprint:
    def test_every_field_is_spoken_of(self):
        assert set(OTHER) == {f.name for f in fields(Item)}

    @pytest.mark.parametrize("name", sorted(OTHER))
    def test_changes_with_every_relevant_field(self, name):
        same = item(**{name: OTHER[name]}).fingerprint() == ITEM.fingerprint()
        assert same == (name in FREE)

    @pytest.mark.parametrize("name", [f.name for f in fields(EvidenceFact)])
    def test_changes_with_everything_of_the_evidence(self, name):
        new = {"key": 7, "author": 77, "kind": "visit", "declared": 0, "expires": TODAY,
               "dated": ago(7), "added": ago(7), "withdrawn": True, "used_before": True,
               "vouched": True, "repeated": True}[name]  # fmt: skip
        whole = item(evidence=(replace(evidence(), **{name: new}),))
        assert whole.fingerprint() != ITEM.fingerprint()

    @pytest.mark.parametrize("name", [f.name for f in fields(ReadingFact)])
    def test_changes_with_everything_of_a_reading(self, name):
        new = {"key": 7, "author": 77, "value": Decimal(4), "read_on": ago(7), "source": "另一处"}[
            name
        ]
        whole = item(readings=(replace(reading(), **{name: new}),))
        assert whole.fingerprint() != ITEM.fingerprint()

    def test_the_same_number_written_otherwise_is_the_same(self):
        whole = item(indicator=Indicator("number", Decimal("30.00"), Decimal("5.0")))
        assert whole.fingerprint() == ITEM.fingerprint()

    def test_the_order_of_authors_does_not_matter(self):
        one, two = frozenset([OWNER, WITNESS, 77]), frozenset([77, WITNESS, OWNER])
        assert item(authors=one).fingerprint() == item(authors=two).fingerprint()


def test_valid_evidence_is_neither_withdrawn_nor_expired_nor_dated_ahead():
    rows = (
        evidence(1), evidence(2, withdrawn=True), evidence(3, expires=TODAY),
        evidence(4, expires=ago(1)), evidence(5, dated=date(2099, 1, 1)),
    )  # fmt: skip
    assert [e.key for e in closing.valid_evidence(item(evidence=rows), TODAY)] == [1, 3]
    assert CITY
