"""From a measure to an item that somebody has taken on, and every refusal on the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.office.ledger import make
from tests.office.ledger.make import days_ago
from tests.office.make import person, save

from luoshi.office.accounts.models import Deputising, Post
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.ledger import queries
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.models import Commitment, Duty

NUMBER = {
    "indicator_kind": "number", "indicator": "占道经营点", "measure_unit": "处",
    "baseline": "30", "target": "5", "reading_source": "现场清点",
}  # fmt: skip


@pytest.fixture
def material(world):
    return make.examination(world)


@pytest.fixture
def item(world, material):
    return draft.from_measure(by=world.clerk, point=make.point(material, "measure").pk)


def fresh(item):
    return Commitment.objects.get(pk=item.pk)


def edited(world, item, **given):
    return draft.edit(by=world.clerk, commitment=item.pk, version=fresh(item).version, given=given)


def complete(world, item, **given):
    values = {
        "owner": world.owner.pk, "unit": world.city.pk, "time_class": "short",
        "deadline": days_ago(-30).isoformat(), **NUMBER,
    }  # fmt: skip
    return edited(world, item, **(values | given))


def proposed(world, item, **given):
    complete(world, item, **given)
    return draft.propose(by=world.clerk, commitment=item.pk, version=fresh(item).version)


def claimed(world, item, by=None, **kwargs):
    return draft.claim(
        by=by or world.owner, commitment=item.pk, version=fresh(item).version, **kwargs
    )


class TestFromMeasure:
    def test_the_heading_the_source_and_the_links(self, world, material, item):
        assert item.title == "整治背街小巷占道经营"
        assert item.source_text.startswith("1.整治背街小巷占道经营。2026年12月31日前")
        assert item.state == "draft"
        assert item.number == f"{clock.today().year}-0001"
        assert [k.point.kind for k in item.problem_links.all()] == ["problem"]
        assert [k.point.kind for k in item.cause_links.all()] == ["cause"]

    def test_nothing_of_its_words_is_agreed_silently(self, item):
        agreed = (item.deadline, item.target, item.baseline, item.owner, item.time_class)
        assert agreed == (None, None, None, None, "")
        assert item.indicator_kind == "none"

    def test_a_second_one_of_the_same_measure_is_refused(self, world, material, item):
        with pytest.raises(Refused, match=item.number):
            draft.from_measure(by=world.clerk, point=item.point_id)
        assert Commitment.objects.count() == 1

    def test_a_new_one_after_the_first_was_dropped(self, world, item):
        draft.drop(by=world.clerk, commitment=item.pk, version=1, reason="写错了")
        again = draft.from_measure(by=world.clerk, point=item.point_id)
        assert again.number.endswith("-0002")

    @pytest.mark.parametrize("verdict", ["wrong", "open", "right"])
    def test_weak_links_count_once_confirmed_and_wrong_ones_never(self, world, material, verdict):
        link = material.links.get(target__kind="problem")
        link.strength, link.verdict = "weak", "" if verdict == "open" else verdict
        save(link)
        item = draft.from_measure(by=world.clerk, point=link.source_id)
        assert item.problem_links.count() == (verdict == "right")

    def test_a_problem_is_no_measure(self, world, material):
        with pytest.raises(NotFound):
            draft.from_measure(by=world.clerk, point=make.point(material, "problem").pk)

    def test_a_dropped_point(self, world, material):
        point = make.point(material, "measure")
        point.dropped = True
        save(point)
        with pytest.raises(NotFound):
            draft.from_measure(by=world.clerk, point=point.pk)

    def test_another_office(self, elsewhere, material):
        with pytest.raises(NotFound):
            draft.from_measure(by=elsewhere.clerk, point=make.point(material, "measure").pk)

    @pytest.mark.parametrize("who", ["owner", "head", "reviewer", "verifier", "outsider"])
    def test_only_who_drafts(self, world, material, who):
        with pytest.raises(NotAllowed):
            draft.from_measure(by=getattr(world, who), point=make.point(material, "measure").pk)

    def test_one_entry(self, world, material):
        before = Entry.objects.count()
        item = draft.from_measure(by=world.clerk, point=make.point(material, "measure").pk)
        entries = Entry.objects.filter(number__gte=before)
        assert [e.subject for e in entries] == [f"ledger.commitment:{item.pk}"]


class TestOtherWays:
    def test_a_problem_without_a_measure_asks_for_one(self, world, material):
        problem = make.point(material, "problem", 2)
        with pytest.raises(Refused, match="打算怎样整改"):
            draft.for_problem(by=world.clerk, point=problem.pk, measure=" ")
        item = draft.for_problem(by=world.clerk, point=problem.pk, measure="每周三不开会")
        assert item.title == "每周三不开会"
        assert item.source_text.startswith("2.会议偏多")
        assert [k.point_id for k in item.problem_links.all()] == [problem.pk]

    def test_by_hand(self, world):
        item = draft.by_hand(by=world.clerk, title="规范公章使用", source_text="区委巡察反馈")
        assert (item.point, item.source_text) == (None, "区委巡察反馈")

    @pytest.mark.parametrize("title", ["", "  ", "整改", "整" * 201, "整改\x00事项"])
    def test_titles_that_cannot_be(self, world, title):
        with pytest.raises(Refused):
            draft.by_hand(by=world.clerk, title=title)
        assert not Commitment.objects.exists()


class TestNumbers:
    def test_running_on_and_per_office(self, world, elsewhere):
        made = [draft.by_hand(by=world.clerk, title="整改事项一") for _ in range(3)]
        there = draft.by_hand(by=elsewhere.clerk, title="整改事项一")
        year = clock.today().year
        assert [m.number for m in made] == [f"{year}-{n:04d}" for n in (1, 2, 3)]
        assert there.number == f"{year}-0001"

    def test_after_items_with_numbers_of_an_older_ledger(self, world):
        draft.by_hand(by=world.clerk, title="整改事项一")
        make.commitment(world, number="旧台账-88")
        assert draft.by_hand(by=world.clerk, title="整改事项二").number.endswith("-0002")

    def test_beyond_four_digits(self, world):
        year = clock.today().year
        make.commitment(world, number=f"{year}-9999")
        assert draft.by_hand(by=world.clerk, title="整改事项一").number == f"{year}-10000"
        make.commitment(world, number="旧台账-88")
        assert draft.by_hand(by=world.clerk, title="整改事项二").number == f"{year}-10001"

    def test_a_new_year_begins_anew(self, world, monkeypatch):
        draft.by_hand(by=world.clerk, title="整改事项一")
        make.later(monkeypatch, 366)
        number = draft.by_hand(by=world.clerk, title="整改事项一").number
        assert number == f"{clock.today().year}-0001"


class TestEdit:
    def test_columns_and_history(self, world, item):
        complete(world, item)
        now = fresh(item)
        assert (now.owner, now.unit, now.target) == (world.owner, world.city, Decimal(5))
        assert now.deadline == days_ago(-30)
        step = now.steps.last()
        assert step.old["owner"] is None
        assert step.new["owner"] == world.owner.pk
        assert step.new["target"] == "5.00"

    def test_owners_of_a_draft_stay_in_its_duties(self, world, item):
        edited(world, item, owner=world.colleague.pk, co_owners=[world.co_owner.pk])
        edited(world, item, owner=world.owner.pk)
        rows = {(d.person, d.kind): (d.starts, d.ends) for d in item.duties.all()}
        today = clock.today()
        assert rows == {
            (world.colleague, "owner"): (item.created_on, today),
            (world.co_owner, "co"): (item.created_on, None),
            (world.owner, "owner"): (item.created_on, None),
        }

    def test_duties_begin_with_the_item(self, world, monkeypatch):
        item = draft.by_hand(by=world.clerk, title="整改事项一")
        made = clock.today()
        make.later(monkeypatch, 9)
        edited(world, item, owner=world.owner.pk)
        assert item.duties.get().starts == made

    def test_a_former_co_owner_can_become_owner(self, world, item):
        edited(world, item, owner=world.colleague.pk, co_owners=[world.owner.pk])
        edited(world, item, owner=world.owner.pk, co_owners=[])
        running = item.duties.filter(ends__isnull=True)
        assert [(d.person, d.kind) for d in running] == [(world.owner, "owner")]

    def test_working_days(self, world, item):
        edited(world, item, working_days=10, counted_from="2026-09-28")
        assert fresh(item).deadline == date(
            2026, 10, 16
        )  # National Day off; Saturday the 10th is worked
        assert fresh(item).deadline_note == "自2026-09-28起10个工作日"

    def test_working_days_beyond_the_notices_are_an_estimate(self, world, item):
        edited(world, item, working_days=30, counted_from="2099-01-02")
        assert "放假安排尚未公布" in fresh(item).deadline_note
        edited(world, item, deadline="2026-12-31")
        assert fresh(item).deadline_note == ""

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"state": "confirmed"}, "不能在这里修改"),
            ({"created_on": "2020-01-01"}, "不能在这里修改"),
            ({"severity": 0}, "不能在这里修改"),
            ({"deadline": "2026-02-30"}, "有效的日期"),
            ({"deadline": "明天"}, "有效的日期"),
            ({"deadline": "9999-12-31"}, "2100"),
            ({"deadline": "2026-12-31", "working_days": 5}, "只填一种"),
            ({"working_days": 0}, "工作日数"),
            ({"working_days": "五"}, "整数"),
            ({"target": "NaN"}, "目标"),
            ({"target": "1e20"}, "太大"),
            ({"target": "5.123"}, "两位小数"),
            ({"target": "五"}, "数字"),
            ({"time_class": "never"}, "没有这个选项"),
            ({"indicator_kind": ""}, "没有这个选项"),
            ({"evidence_kinds": ["photo", "tiktok"]}, "没有这个选项"),
            ({"evidence_count": 0}, "佐证件数"),
            ({"evidence_independence": 1}, "独立程度"),
            ({"check_days": 400}, "复查间隔"),
            ({"owner": "x"}, "没有找到"),
            ({"owner": 10**30}, "没有找到"),
            ({"co_owners": "12"}, "重新选择"),
            ({"problems": ["x"]}, "重新选择"),
            ({"title": ""}, "整改事项"),
            ({"title": 7}, "文字"),
            ({"indicator": "点" * 201}, "最多200个字"),
            ({"reading_dates": ["明天"]}, "有效的日期"),
        ],
    )  # fmt: skip
    def test_values_that_cannot_be(self, world, item, given, words):
        before = fresh(item).version
        with pytest.raises(Refused, match=words):
            edited(world, item, **given)
        assert fresh(item).version == before

    def test_nobody_of_another_office(self, world, elsewhere, item):
        for column, row in (("owner", elsewhere.owner), ("unit", elsewhere.city)):
            with pytest.raises(NotFound):
                edited(world, item, **{column: row.pk})
        with pytest.raises(NotFound):
            draft.edit(by=elsewhere.clerk, commitment=item.pk, version=1, given={"title": "改"})

    def test_owners_must_belong_to_the_office_today(self, world, item):
        with pytest.raises(Refused, match="没有职务"):
            edited(world, item, owner=world.outsider.pk)
        gone = person(world.office, "前任", world.city, roles=["owner"])
        save(*[_ended(post) for post in Post.objects.filter(person=gone)])
        with pytest.raises(Refused, match="没有职务"):
            edited(world, item, owner=gone.pk)
        gone.active = False
        save(gone)
        with pytest.raises(Refused, match="不在岗"):
            edited(world, item, co_owners=[gone.pk])

    def test_units_and_points_must_fit(self, world, material, item):
        with pytest.raises(Refused, match="责任单位"):
            edited(world, item, unit=world.outside.pk)
        with pytest.raises(NotFound, match="对应问题"):
            edited(world, item, problems=[make.point(material, "cause").pk])

    def test_the_owner_is_no_co_owner(self, world, item):
        with pytest.raises(Refused, match="不能同时"):
            edited(world, item, owner=world.owner.pk, co_owners=[world.owner.pk])

    def test_a_stale_page(self, world, item):
        edited(world, item, title="整治占道经营")
        with pytest.raises(Stale):
            draft.edit(by=world.clerk, commitment=item.pk, version=1, given={"title": "整治"})

    @pytest.mark.parametrize(
        "state", ["accepted", "working", "verifying", "watching", "withdrawn", "standing"]
    )
    def test_never_once_it_was_taken_on(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="变更申请"):
            edited(world, item, target="29")
        assert fresh(item).target == 5


def _ended(post):
    post.ends = days_ago(1)
    return post


class TestTaking:
    def test_claimed(self, world, material, item):
        proposed(world, item)
        claimed(world, item)
        now = fresh(item)
        assert (now.state, now.activated_on) == ("accepted", clock.today())
        material.refresh_from_db()
        assert material.state == "active"

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"owner": None}, "责任人"),
            ({"unit": None}, "责任单位"),
            ({"time_class": ""}, "时限类别"),
            ({"deadline": None}, "整改时限"),
            ({"deadline": "2020-01-01"}, "早于作出承诺"),
            ({"time_class": "standing"}, "清空时限"),
            ({"time_class": "standing", "deadline": None}, "复查间隔"),
            ({"problems": []}, "对应哪个问题"),
            ({"problems": [], "no_problem": "无"}, "对应哪个问题"),
            ({"target": "30"}, "等于没有要求"),
            ({"baseline": None}, "基数"),
            ({"target": None}, "目标"),
            ({"measure_unit": ""}, "计量单位"),
            ({"reading_source": ""}, "数据来源"),
            ({"indicator_kind": "criterion"}, "由谁看"),
        ],
    )
    def test_what_must_be_said_first(self, world, item, given, words):
        complete(world, item, **given)
        version = fresh(item).version
        with pytest.raises(Refused, match=words):
            draft.propose(by=world.clerk, commitment=item.pk, version=version)

    def test_a_reason_stands_for_a_problem(self, world, item):
        proposed(world, item, problems=[], no_problem="上级交办，材料中没有对应问题")
        assert claimed(world, item).state == "accepted"

    def test_a_standing_one(self, world, item):
        proposed(world, item, time_class="standing", deadline=None, check_days=90)
        assert claimed(world, item).state == "accepted"

    def test_a_criterion(self, world, item):
        proposed(
            world, item, indicator_kind="criterion", looks_who="社区居民代表",
            looks_where="东堤路", looks_when="工作日晚七点", looks_at="人行道上没有摊点",
        )  # fmt: skip
        assert claimed(world, item).state == "accepted"

    def test_without_an_indicator_only_if_said_so(self, world, item):
        proposed(world, item, indicator_kind="none")
        with pytest.raises(Refused, match="无法核验"):
            claimed(world, item)
        assert claimed(world, item, unverifiable=True).indicator_kind == "none"

    def test_not_before_it_was_proposed(self, world, item):
        complete(world, item)
        with pytest.raises(Refused, match="还没有提请"):
            claimed(world, item)

    def test_once_the_day_has_passed_it_is_overdue_from_the_first_day(
        self, world, item, monkeypatch
    ):
        proposed(world, item)
        make.later(monkeypatch, 31)
        claimed(world, item)
        now = fresh(item)
        assert now.deadline < now.activated_on
        found = queries.find(Commitment.objects.all(), {"due": "overdue"}, clock.today())
        assert now in found.rows

    @pytest.mark.parametrize(
        ("written", "year", "first"),
        [
            (date(2024, 12, 20), 0, date(2024, 12, 20)),
            (None, 2024, date(2024, 1, 1)),
            (None, 0, None),
        ],
    )
    def test_the_deadline_of_an_older_material(self, world, material, item, written, year, first):
        material.written_on, material.year = written, year
        save(material)
        first = first or material.imported_on
        proposed(world, item, deadline=first.isoformat())
        edited(world, item, deadline=(first - timedelta(days=1)).isoformat())
        with pytest.raises(Refused, match="早于作出承诺的那一天"):
            claimed(world, item)

    def test_without_a_material_three_years_back_at_most(self, world):
        made = draft.by_hand(by=world.clerk, title="整治东堤路占道经营", source_text="巡察反馈")
        edited(world, made, owner=world.owner.pk, unit=world.city.pk, time_class="short",
               no_problem="来自巡察反馈意见", **NUMBER)  # fmt: skip
        for days, accepted in ((1097, False), (1096, True)):
            edited(world, made, deadline=days_ago(days).isoformat())
            given = {"by": world.clerk, "commitment": made.pk, "version": fresh(made).version}
            if accepted:
                draft.propose(**given)
            else:
                with pytest.raises(Refused, match="早于作出承诺的那一天"):
                    draft.propose(**given)

    @pytest.mark.parametrize("who", ["colleague", "chief", "co_owner", "deputy", "witness"])
    def test_by_nobody_but_the_owner(self, world, item, who):
        proposed(world, item, co_owners=[world.co_owner.pk])
        with pytest.raises(NotAllowed):
            claimed(world, item, by=getattr(world, who))

    @pytest.mark.parametrize("who", ["clerk", "verifier", "reviewer", "outsider", "auditor"])
    def test_not_without_the_permission(self, world, item, who):
        proposed(world, item)
        with pytest.raises(NotAllowed):
            claimed(world, item, by=getattr(world, who))

    def test_not_by_another_office(self, world, elsewhere, item):
        proposed(world, item)
        with pytest.raises(NotFound):
            claimed(world, item, by=elsewhere.owner)

    def test_by_who_deputises(self, world, item):
        proposed(world, item)
        save(
            Deputising(office=world.office, person=world.owner, deputy=world.colleague,
                       reason="休假", starts=days_ago(1), ends=days_ago(-1))
        )  # fmt: skip
        assert claimed(world, item, by=world.colleague).state == "accepted"

    def test_not_twice(self, world, item):
        proposed(world, item)
        claimed(world, item)
        with pytest.raises(Refused, match="已经不是草稿"):
            claimed(world, item)

    def test_not_with_a_problem_that_was_dropped_since(self, world, material, item):
        proposed(world, item)
        point = make.point(material, "problem")
        point.dropped = True
        save(point)
        with pytest.raises(Refused, match="重新对应"):
            claimed(world, item)

    def test_not_when_the_owner_has_lost_every_post(self, world, item):
        proposed(world, item)
        save(*[_ended(post) for post in Post.objects.filter(person=world.owner)])
        with pytest.raises(Refused, match="没有职务"):
            claimed(world, item)

    def test_declined_and_proposed_again(self, world, item):
        proposed(world, item)
        with pytest.raises(Refused, match="理由"):
            draft.decline(
                by=world.owner, commitment=item.pk, version=fresh(item).version, reason="不"
            )
        draft.decline(
            by=world.owner, commitment=item.pk, version=fresh(item).version,
            reason="这件事由综合科负责",
        )  # fmt: skip
        assert fresh(item).proposed_on is None
        assert fresh(item).steps.last().note == "这件事由综合科负责"
        with pytest.raises(Refused, match="还没有提请"):
            claimed(world, item)

    @pytest.mark.parametrize("who", ["colleague", "chief"])
    def test_declined_by_the_owner_only(self, world, item, who):
        proposed(world, item)
        with pytest.raises(NotAllowed):
            draft.decline(
                by=getattr(world, who), commitment=item.pk, version=fresh(item).version,
                reason="这件事由综合科负责",
            )  # fmt: skip


def ordered(by, item, **kwargs):
    return draft.order(by=by, commitment=item.pk, version=fresh(item).version, **kwargs)


class TestOrder:
    def test_by_a_superior(self, world, item):
        complete(world, item)
        assert ordered(world.deputy, item, note="请抓紧办理").state == "accepted"
        assert fresh(item).steps.last().note == "请抓紧办理"

    def test_not_by_a_superior_without_the_permission(self, world, item):
        complete(world, item)
        with pytest.raises(NotAllowed):
            ordered(world.chief, item)

    def test_not_by_somebody_who_is_no_superior(self, world, item):
        stranger = person(world.office, "他科领导", world.welfare, "lead", roles=["head"])
        complete(world, item)
        with pytest.raises(NotAllowed, match="不是责任人的上级"):
            ordered(stranger, item)

    def test_not_by_the_owner(self, world, item):
        complete(world, item, owner=world.deputy.pk)
        with pytest.raises(NotAllowed, match="不能审批自己的事项"):
            ordered(world.deputy, item)

    def test_the_heads_item_by_nobody_inside_and_by_an_outsider_with_access(self, world, item):
        complete(world, item, owner=world.head.pk)
        with pytest.raises(NotAllowed):
            ordered(world.deputy, item)
        with pytest.raises(NotFound):
            ordered(world.outsider, item)
        make.access(world, item)
        assert ordered(world.outsider, item).state == "accepted"

    def test_says_everything_too(self, world, item):
        complete(world, item, target=None)
        with pytest.raises(Refused, match="目标"):
            ordered(world.deputy, item)


class TestDrop:
    def test_it_stays(self, world, item):
        draft.drop(by=world.clerk, commitment=item.pk, version=1, reason="与另一条重复")
        assert fresh(item).state == "withdrawn"
        assert fresh(item).steps.last().note == "与另一条重复"

    @pytest.mark.parametrize("state", ["accepted", "working", "applied", "standing", "confirmed"])
    def test_never_once_it_was_taken_on(self, world, state):
        item = make.commitment(world, state)
        with pytest.raises(Refused, match="不能删去草稿"):
            draft.drop(by=world.clerk, commitment=item.pk, version=1, reason="不想做了")

    @pytest.mark.parametrize("who", ["owner", "head", "verifier"])
    def test_by_who_drafts_only(self, world, item, who):
        with pytest.raises(NotAllowed):
            draft.drop(by=getattr(world, who), commitment=item.pk, version=1, reason="不想做了")


def test_duties_of_the_draft_are_those_of_the_item(world, item):
    """A person who was owner of the draft for a day is tied to the item for good."""
    complete(world, item, owner=world.witness.pk)
    proposed(world, item, owner=world.owner.pk)
    claimed(world, item)
    assert Duty.objects.get(commitment=item, person=world.witness).ends == clock.today()
