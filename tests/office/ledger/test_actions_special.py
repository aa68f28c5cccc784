"""Special ledgers, access of outsiders, and handing over."""

import pytest
from tests.office.ledger import make
from tests.office.ledger.make import days_ago
from tests.office.make import save

from luoshi.office.accounts.models import RoleGrant
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import access, special
from luoshi.office.ledger.models import Commitment, ItemAccess, SpecialCount, SpecialLedger


def ledger(by, **given):
    values = {
        "name": "物业空白小区清零", "counts": "没有物业管理的小区", "measure_unit": "个",
        "baseline": 1471, "target": 0, "starts": days_ago(100), "deadline": days_ago(-200),
    } | given  # fmt: skip
    return special.create(by=by, **values)


@pytest.fixture
def made(world):
    return ledger(world.clerk)


def count(by, made, value=900, day=0, source="物业办月报"):
    return special.add_count(by=by, special=made.pk, counted_on=days_ago(day), value=value,
                             source=source)  # fmt: skip


class TestLedger:
    def test_made(self, world, made):
        assert (made.office, made.baseline, made.target) == (world.office, 1471, 0)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"name": "x"}, "名称"),
            ({"name": "物业空白小区清零"}, "已经有"),
            ({"counts": ""}, "统计什么"),
            ({"measure_unit": ""}, "单位"),
            ({"target": 1471}, "等于没有要求"),
            ({"target": None}, "目标数"),
            ({"target": -1}, "目标数"),
            ({"baseline": "很多"}, "整数"),
            ({"baseline": 1.5}, "整数"),
            ({"baseline": 10**12}, "起始数"),
            ({"deadline": days_ago(100)}, "晚于"),
            ({"starts": None}, "开始日期"),
        ],
    )
    def test_what_cannot_be(self, world, made, given, words):
        with pytest.raises(Refused, match=words):
            ledger(world.clerk, **({"name": "另一个专项"} | given))
        assert SpecialLedger.objects.count() == 1

    def test_the_same_name_in_another_office(self, elsewhere, made):
        assert ledger(elsewhere.clerk).pk != made.pk

    @pytest.mark.parametrize("who", ["owner", "head", "verifier", "outsider"])
    def test_by_who_drafts_only(self, world, who):
        with pytest.raises(NotAllowed):
            ledger(getattr(world, who))


class TestCounts:
    def test_corrected_by_a_new_row(self, world, made):
        before = Entry.objects.count()
        count(world.owner, made, 900)
        count(world.clerk, made, 910)
        rows = SpecialCount.objects.order_by("id").values_list("value", flat=True)
        assert list(rows) == [900, 910]
        assert Entry.objects.count() == before + 2

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"day": -1}, "统计日期"),
            ({"day": 101}, "统计日期"),
            ({"value": -1}, "数量"),
            ({"value": None}, "数量"),
            ({"value": "九百"}, "整数"),
            ({"source": ""}, "数据来源"),
        ],
    )
    def test_what_cannot_be(self, world, made, given, words):
        with pytest.raises(Refused, match=words):
            count(world.owner, made, **given)
        assert not SpecialCount.objects.exists()

    @pytest.mark.parametrize("who", ["verifier", "reviewer", "outsider", "auditor"])
    def test_not_by_everybody(self, world, made, who):
        with pytest.raises(NotAllowed):
            count(getattr(world, who), made)

    def test_not_by_another_office(self, elsewhere, made):
        with pytest.raises(NotFound):
            count(elsewhere.clerk, made)


class TestPlaces:
    def test_done_and_not_any_more(self, world, made):
        one, two = special.add_places(by=world.clerk, special=made.pk, names=["东堤小区", "北苑"])
        special.place_done(by=world.owner, place=one.pk, done_on=days_ago(3))
        special.place_done(by=world.owner, place=two.pk, done_on=days_ago(3))
        special.place_undone(by=world.owner, place=two.pk, reason="物业公司撤出小区")
        one.refresh_from_db()
        two.refresh_from_db()
        assert (one.done_on, two.done_on, two.reopened) == (days_ago(3), None, 1)
        assert two.reason == "物业公司撤出小区"

    @pytest.mark.parametrize(
        ("names", "words"),
        [
            ([], "每行一个"),
            (["x"], "地点"),
            (["东堤小区"], "重复"),
            (["南苑", "南苑"], "重复"),
            (["苑" * 81], "最多80"),
            ([f"小区{n}" for n in range(5001)], "分批"),
        ],
        ids=["none", "short", "known", "twice", "long", "many"],
    )
    def test_what_cannot_be(self, world, made, names, words):
        special.add_places(by=world.clerk, special=made.pk, names=["东堤小区"])
        with pytest.raises(Refused, match=words):
            special.add_places(by=world.clerk, special=made.pk, names=names)
        assert made.places.count() == 1

    def test_days_and_order(self, world, elsewhere, made):
        (one,) = special.add_places(by=world.clerk, special=made.pk, names=["东堤小区"])
        with pytest.raises(Refused, match="还没有登记完成"):
            special.place_undone(by=world.owner, place=one.pk, reason="物业公司撤出小区")
        for day in (-1, 101):
            with pytest.raises(Refused, match="完成日期"):
                special.place_done(by=world.owner, place=one.pk, done_on=days_ago(day))
        with pytest.raises(NotFound):
            special.place_done(by=elsewhere.owner, place=one.pk, done_on=days_ago(1))
        with pytest.raises(NotAllowed):
            special.place_done(by=world.verifier, place=one.pk, done_on=days_ago(1))
        special.place_done(by=world.owner, place=one.pk, done_on=days_ago(1))
        with pytest.raises(Refused, match="已经登记完成"):
            special.place_done(by=world.owner, place=one.pk, done_on=days_ago(1))

    def test_items_and_places_of_one_ledger(self, world, elsewhere, made):
        item = make.commitment(world)
        (place,) = special.add_places(by=world.clerk, special=made.pk, names=["东堤小区"])
        with pytest.raises(Refused, match="不在这个专项"):
            special.link_place(by=world.clerk, place=place.pk, commitment=item.pk)
        special.link(by=world.clerk, commitment=item.pk, version=1, special=made.pk)
        special.link_place(by=world.clerk, place=place.pk, commitment=item.pk)
        with pytest.raises(Refused, match="有地点对应"):
            special.link(by=world.clerk, commitment=item.pk, version=2, special=None)
        special.link_place(by=world.clerk, place=place.pk, commitment=None)
        special.link(by=world.clerk, commitment=item.pk, version=2, special=None)
        assert Commitment.objects.get(pk=item.pk).special is None
        with pytest.raises(NotFound):
            special.link(by=world.clerk, commitment=item.pk, version=3, special=None)
        with pytest.raises(NotFound):
            special.link(by=world.clerk, commitment=item.pk, version=3,
                         special=ledger(elsewhere.clerk).pk)  # fmt: skip


def opened(world, item, person=None, by=None):
    version = Commitment.objects.get(pk=item.pk).version
    return access.open_to(by=by or world.clerk, commitment=item.pk, version=version,
                          person=(person or world.outsider).pk)  # fmt: skip


def revoked(world, item, reason="改由区督查室核验"):
    version = Commitment.objects.get(pk=item.pk).version
    return access.revoke(by=world.clerk, commitment=item.pk, version=version,
                         person=world.outsider.pk, reason=reason)  # fmt: skip


class TestAccess:
    def test_opened_and_closed_again(self, world):
        item = make.commitment(world)
        opened(world, item)
        with pytest.raises(Refused, match="已经向"):
            opened(world, item)
        revoked(world, item)
        assert [a.revoked for a in ItemAccess.objects.all()] == [True]
        with pytest.raises(Refused, match="没有向此人开放"):
            revoked(world, item)
        opened(world, item)

    @pytest.mark.parametrize("who", ["owner", "head", "verifier", "outsider"])
    def test_by_who_publishes_only(self, world, who):
        with pytest.raises(NotAllowed):
            opened(world, make.commitment(world), by=getattr(world, who))

    def test_not_by_who_has_it_in_hand(self, world):
        item = make.commitment(world, co_owners=[world.clerk])
        with pytest.raises(NotAllowed, match="不能为自己的事项"):
            opened(world, item)

    @pytest.mark.parametrize("who", ["verifier", "owner", "auditor"])
    def test_only_to_outside_verifiers(self, world, who):
        with pytest.raises(Refused):
            opened(world, make.commitment(world), getattr(world, who))

    def test_not_to_another_office_nor_to_who_lost_the_role(self, world, elsewhere):
        item = make.commitment(world)
        with pytest.raises(NotFound):
            opened(world, item, elsewhere.outsider)
        for grant in RoleGrant.objects.filter(person=world.outsider):
            grant.ends = days_ago(1)
            save(grant)
        with pytest.raises(Refused, match="角色"):
            opened(world, item)

    def test_not_taken_away_from_who_is_verifying(self, world):
        item = make.commitment(world, "applied")
        applied = item.applications.get()
        make.access(world, item)
        make.verification(world, item, applied, result="", verifier=world.outsider)
        with pytest.raises(Refused, match="正在核验"):
            revoked(world, item)

    def test_a_reason(self, world):
        item = make.commitment(world)
        opened(world, item)
        with pytest.raises(Refused, match="理由"):
            revoked(world, item, "无")
