"""Progress, readings and standing checks: by whom, when, with which days."""

from decimal import Decimal

import pytest
from tests.office.ledger import make
from tests.office.ledger.make import days_ago
from tests.office.make import save

from luoshi.core.workflow import closing as rules
from luoshi.core.workflow import table
from luoshi.office.accounts.models import Deputising
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.ledger import collect
from luoshi.office.ledger.actions import closing, work
from luoshi.office.ledger.models import Commitment, Progress, Reading, Relapse

TAKES_WORK = [k for k, s in table.states().items() if s.open and s.active]
TAKES_NONE = [k for k in table.states() if k not in TAKES_WORK]


@pytest.fixture
def item(world):
    return make.commitment(world)


def fresh(item):
    return Commitment.objects.get(pk=item.pk)


def progress(by, item, text="已清理三处摊点", day=None):
    return work.add_progress(
        by=by, commitment=item.pk, version=fresh(item).version, text=text,
        happened_on=day or clock.today(),
    )  # fmt: skip


def reading(by, item, value="12", day=None, source="现场清点"):
    return work.add_reading(
        by=by, commitment=item.pk, version=fresh(item).version, value=value,
        read_on=day or clock.today(), source=source,
    )  # fmt: skip


def test_the_two_lists_of_states_are_what_they_should_be():
    assert set(TAKES_NONE) == {"draft", "watching", "confirmed", "withdrawn"}


class TestStart:
    @pytest.mark.parametrize("state", ["accepted", "returned", "relapsed"])
    def test_started(self, world, state):
        item = make.commitment(world, state)
        work.start(by=world.owner, commitment=item.pk, version=1)
        assert fresh(item).state == "working"

    @pytest.mark.parametrize(
        "state", sorted(set(table.states()) - {"accepted", "returned", "relapsed"})
    )
    def test_from_nowhere_else(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="不能开始办理"):
            work.start(by=world.owner, commitment=item.pk, version=1)

    @pytest.mark.parametrize("who", ["colleague", "chief", "clerk", "verifier", "outsider"])
    def test_by_nobody_else(self, world, who):
        item = make.commitment(world, "accepted")
        make.access(world, item)
        with pytest.raises(NotAllowed):
            work.start(by=getattr(world, who), commitment=item.pk, version=1)

    def test_stale(self, world):
        item = make.commitment(world, "accepted")
        with pytest.raises(Stale):
            work.start(by=world.owner, commitment=item.pk, version=7)


class TestProgress:
    @pytest.mark.parametrize("state", TAKES_WORK)
    def test_while_the_problem_is_open(self, world, state):
        item = make.commitment(world, state)
        row = progress(world.owner, item)
        assert (row.text, row.happened_on) == ("已清理三处摊点", clock.today())
        assert fresh(item).state == state

    @pytest.mark.parametrize("state", TAKES_NONE)
    def test_never_before_and_never_after(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="不能再补充材料"):
            progress(world.owner, item)
        assert not Progress.objects.exists()

    @pytest.mark.parametrize("day", [-1, 41, 4000])
    def test_days_that_cannot_be(self, world, item, day):
        with pytest.raises(Refused, match="发生日期"):
            progress(world.owner, item, day=days_ago(day))

    @pytest.mark.parametrize("text", ["", "好", "进" * 5001, "好好好好好\x00"])
    def test_texts_that_cannot_be(self, world, item, text):
        with pytest.raises(Refused, match="进展"):
            progress(world.owner, item, text)

    def test_by_co_owner_and_deputy(self, world):
        item = make.commitment(world, co_owners=[world.co_owner])
        progress(world.co_owner, item)
        save(Deputising(office=world.office, person=world.owner, deputy=world.colleague,
                        reason="休假", starts=days_ago(1), ends=days_ago(-1)))  # fmt: skip
        progress(world.colleague, item)
        assert Progress.objects.count() == 2

    @pytest.mark.parametrize("who", ["colleague", "witness", "clerk", "verifier", "reviewer"])
    def test_by_nobody_else(self, world, item, who):
        with pytest.raises(NotAllowed):
            progress(getattr(world, who), item)

    def test_not_by_another_office(self, elsewhere, item):
        with pytest.raises(NotFound):
            progress(elsewhere.owner, item)

    def test_one_entry_and_one_step(self, world, item):
        before = Entry.objects.count()
        progress(world.owner, item)
        assert Entry.objects.count() == before + 1
        step = item.steps.get()
        assert (step.verb, step.note, step.before) == (
            "ledger.progress",
            "已清理三处摊点",
            "working",
        )


class TestReadings:
    def test_kept_with_its_day_and_source(self, world, item):
        row = reading(world.witness, item, "11.5", days_ago(2))
        assert (row.value, row.read_on, row.author) == (Decimal("11.5"), days_ago(2), world.witness)

    @pytest.mark.parametrize(
        "who", ["owner", "colleague", "witness", "clerk", "reviewer", "auditor", "verifier", "head"]
    )
    def test_by_whoever_can_see_the_item(self, world, item, who):
        assert reading(getattr(world, who), item).author == getattr(world, who)

    def test_from_outside_with_access_only(self, world, item):
        with pytest.raises(NotFound):
            reading(world.outsider, item)
        make.access(world, item)
        reading(world.outsider, item)
        with pytest.raises(NotFound):
            reading(world.second_outsider, item)

    def test_not_with_access_that_was_taken_away(self, world, item):
        opened = make.access(world, item)
        opened.revoked = True
        save(opened)
        with pytest.raises(NotFound):
            reading(world.outsider, item)

    def test_not_by_an_administrator_nor_another_office(self, world, elsewhere, item):
        with pytest.raises(NotAllowed):
            reading(world.administrator, item)
        with pytest.raises(NotFound):
            reading(elsewhere.witness, item)

    def test_not_by_who_is_verifying(self, world):
        item = make.commitment(world, "verifying")
        before = Reading.objects.count()
        with pytest.raises(NotAllowed, match="不能再核验"):
            reading(world.verifier, item)
        assert Reading.objects.count() == before

    @pytest.mark.parametrize("value", ["", None, "十", "NaN", "1e15", "1.234", "inf"])
    def test_values_that_cannot_be(self, world, item, value):
        with pytest.raises(Refused, match="读数"):
            reading(world.witness, item, value)

    @pytest.mark.parametrize("day", [-1, 41])
    def test_days_that_cannot_be(self, world, item, day):
        with pytest.raises(Refused, match="读数日期"):
            reading(world.witness, item, day=days_ago(day))

    def test_a_source(self, world, item):
        with pytest.raises(Refused, match="数据来源"):
            reading(world.witness, item, source=" ")

    def test_only_where_something_is_counted(self, world):
        item = make.commitment(world, indicator_kind="criterion")
        with pytest.raises(Refused, match="没有数量指标"):
            reading(world.witness, item)

    @pytest.mark.parametrize("state", TAKES_NONE)
    def test_never_before_and_never_after(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="不能再补充材料"):
            reading(world.witness, item)

    def test_a_worse_one_during_publication_stops_the_closing(self, world):
        item = make.commitment(world, "published")
        before = collect.item(item).fingerprint()
        reading(world.reviewer, item, "9")
        assert collect.item(fresh(item)).fingerprint() != before
        with pytest.raises(Refused, match="没有达到目标"):
            closing.close(by=world.clerk, commitment=item.pk, version=fresh(item).version)


class TestStanding:
    def test_stood(self, world):
        item = make.commitment(world, time_class="standing", deadline=None, check_days=30)
        work.stand(by=world.owner, commitment=item.pk, version=1)
        assert (fresh(item).state, fresh(item).next_check) == ("standing", days_ago(-30))

    def test_only_a_standing_one_by_its_owner(self, world, item):
        with pytest.raises(Refused, match="长期坚持"):
            work.stand(by=world.owner, commitment=item.pk, version=1)
        other = make.commitment(world, time_class="standing")
        with pytest.raises(NotAllowed):
            work.stand(by=world.colleague, commitment=other.pk, version=1)

    def check(self, by, item, holds=True, day=0, seen="东堤路傍晚看过，没有摊点。"):
        return work.check_standing(
            by=by, commitment=item.pk, version=fresh(item).version, checked_on=days_ago(day),
            holds=holds, seen=seen,
        )  # fmt: skip

    def test_again_and_again(self, world):
        item = make.commitment(world, "standing", check_days=30)
        self.check(world.verifier, item, day=3)
        assert fresh(item).next_check == days_ago(-27)
        self.check(world.verifier, item, day=1)
        assert fresh(item).next_check == days_ago(-29)
        assert fresh(item).state == "standing"

    def test_where_it_does_not_hold_it_has_relapsed(self, world):
        item = make.commitment(world, "standing", severity=2)
        self.check(world.verifier, item, holds=False)
        now = fresh(item)
        assert (now.state, now.severity, now.next_check) == ("relapsed", 3, None)
        assert Relapse.objects.get(commitment=item).by == world.verifier

    @pytest.mark.parametrize("who", ["owner", "clerk", "colleague", "head", "auditor"])
    def test_not_without_the_permission_to_verify(self, world, who):
        item = make.commitment(world, "standing")
        with pytest.raises(NotAllowed):
            self.check(getattr(world, who), item)

    def test_not_by_somebody_tied_to_it(self, world):
        item = make.commitment(world, "standing", co_owners=[world.verifier])
        with pytest.raises(Refused, match="责任人或协办人"):
            self.check(world.verifier, item)

    def test_the_heads_by_somebody_outside(self, world):
        item = make.commitment(world, "standing", owner=world.head)
        make.access(world, item)
        with pytest.raises(Refused, match="单位以外"):
            self.check(world.verifier, item)
        assert self.check(world.outsider, item).by == world.outsider

    def test_days_and_words(self, world):
        item = make.commitment(world, "standing")
        with pytest.raises(Refused, match="复查日期"):
            self.check(world.verifier, item, day=-1)
        with pytest.raises(Refused, match="看到了什么"):
            self.check(world.verifier, item, seen="很好")
        self.check(world.verifier, item, day=1)
        with pytest.raises(Refused, match="上一次复查"):
            self.check(world.verifier, item, day=2)

    def test_only_what_stands(self, world, item):
        with pytest.raises(Refused, match="需要复查"):
            self.check(world.verifier, item)

    def test_it_is_never_closed(self, world):
        item = make.commitment(world, "standing")
        assert rules.to_apply(collect.item(item), clock.today(), clock.today())
        with pytest.raises(Refused, match="长期坚持的事项不能销号"):
            closing.apply(by=world.owner, commitment=item.pk, version=1, done_on=clock.today(),
                          statement="一直坚持，没有反弹。")  # fmt: skip
