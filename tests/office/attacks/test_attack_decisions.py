"""Deciding in one's own cause: objections, approvals, the last step."""

import pytest
from tests.office.attacks import spoils
from tests.office.attacks.tools import as_head, confirm_it, refused, register, scan, state
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.models import Deputising
from luoshi.office.ledger.actions import changes, closing
from luoshi.office.ledger.models import Objection

# Objections ---------------------------------------------------------------------------------


@pytest.fixture
def objected(world):
    item = make.commitment(world, "published")
    row = closing.object_to(by=world.clerk, commitment=item.pk, version=item.version,
                            text="东头还有三个摊", received_on=days_ago(0))  # fmt: skip
    item.refresh_from_db()
    return item, row


def dismiss(item, row, by):
    return refused(closing.decide_objection, by=by, commitment=item.pk, version=item.version,
                   objection=row.pk, upheld=False, reason="经查没有这回事")  # fmt: skip


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("owner", "责任人"),
        ("verifier", "自己核验结果"),
        ("clerk", "登记异议的人"),
        ("witness", "提交过"),
    ],
)
def test_an_objection_is_decided_by_somebody_else(world, objected, who, words):
    item, row = objected
    assert words in dismiss(item, row, as_head(world, getattr(world, who)))
    assert Objection.objects.get().result == ""


def test_nobody_under_the_owner_decides_the_objection(world, objected):
    item, row = objected
    spoils.post(world, world.reviewer, superior=world.owner)
    assert "受责任人领导" in dismiss(item, row, as_head(world, world.reviewer))


def test_who_entered_or_confirmed_the_form_does_not_decide_the_objection(world, second_clerk):
    item = make.commitment(world, "applied")
    register(world, item, world.clerk, scan(world, item, world.reviewer))
    confirm_it(item, second_clerk)
    third = person(world.office, "经办人三", world.general, roles=["clerk"], superior=world.head)
    row = closing.object_to(by=third, commitment=item.pk, version=item.version,
                            text="没有人来看过", received_on=days_ago(0))  # fmt: skip
    item.refresh_from_db()
    for who in (world.clerk, second_clerk):
        assert "自己核验结果" in dismiss(item, row, as_head(world, who))


def test_an_open_objection_outlives_its_publication(world, objected):
    """Voiding the verification neither loses the objection nor leaves it undecidable."""
    item, row = objected
    closing.void(by=world.clerk, commitment=item.pk, version=item.version, reason="重新核验")
    item.refresh_from_db()
    closing.assign(by=world.clerk, commitment=item.pk, version=item.version,
                   verifier=world.verifier.pk)  # fmt: skip
    item.refresh_from_db()
    closing.verify(by=world.verifier, commitment=item.pk, version=item.version, passed=True,
                   seen="沿东堤路走了全程，只剩五处。", place="东堤路", seen_on=days_ago(0),
                   criterion_met=None, reason="", publish_place="公告栏")  # fmt: skip
    item.refresh_from_db()
    words = refused(closing.close, by=world.clerk, commitment=item.pk, version=item.version)
    assert "还有1件异议没有处理" in words
    closing.decide_objection(by=world.head, commitment=item.pk, version=item.version,
                             objection=row.pk, upheld=True, reason="现场确有三个摊点")  # fmt: skip
    assert state(item) == "returned"


def test_an_objection_on_the_last_day_stops_a_closing_from_an_older_page(world, objected):
    item, _ = objected
    words = refused(closing.close, by=world.clerk, commitment=item.pk, version=item.version - 1)
    assert "有了变化" in words
    words = refused(closing.close, by=world.clerk, commitment=item.pk, version=item.version)
    assert "还有1件异议没有处理" in words


def test_publication_lasts_to_the_end_of_its_last_day(world):
    item = make.commitment(world, "published")
    spoils.change_row(item.publications.get(), ends=days_ago(0))
    words = refused(closing.close, by=world.clerk, commitment=item.pk, version=item.version)
    assert "公示期还没有满" in words


# Superiors ----------------------------------------------------------------------------------


@pytest.fixture
def asked(world):
    item = make.commitment(world, "working")
    row = changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind="withdraw",
                      new={}, reason="问题已经不存在了")  # fmt: skip
    item.refresh_from_db()
    return item, row


def decided(item, row, by):
    return refused(changes.decide, by=by, commitment=item.pk, version=item.version, change=row.pk,
                   approve=True)  # fmt: skip


def test_the_owner_withdraws_nothing(world, asked):
    assert "自己" in decided(*asked, as_head(world, world.owner))


def test_a_co_owner_withdraws_nothing(world, asked):
    item, row = asked
    spoils.duty(world, item, world.co_owner, ends=-30)
    assert "不能审批自己的事项" in decided(item, row, as_head(world, world.co_owner))


def test_a_colleague_with_a_heads_role_is_no_superior(world, asked):
    assert "不是责任人的上级" in decided(*asked, as_head(world, world.colleague))


def test_the_superior_of_a_helper_is_not_the_owners(world, asked):
    item, row = asked
    boss = person(world.office, "社区书记", world.community, "lead", roles=["head"], leads=True)
    spoils.duty(world, item, world.co_owner, ends=-30)
    assert "不是责任人的上级" in decided(item, row, boss)


def test_somebody_from_outside_decides_only_for_the_head(world, asked):
    item, row = asked
    make.access(world, item)
    assert "不是责任人的上级" in decided(item, row, world.outsider)
    theirs = make.commitment(world, "working", owner=world.head)
    make.access(world, theirs)
    request = changes.ask(by=world.head, commitment=theirs.pk, version=theirs.version,
                          kind="withdraw", new={}, reason="上级已经统一办理")  # fmt: skip
    theirs.refresh_from_db()
    changes.decide(by=world.outsider, commitment=theirs.pk, version=theirs.version,
                   change=request.pk, approve=True)  # fmt: skip
    assert state(theirs) == "withdrawn"


def test_a_superior_who_deputises_for_who_asked_does_not_decide(world, asked):
    item, row = asked
    save(Deputising(office=world.office, person=world.owner, deputy=world.chief, reason="出差",
                    starts=days_ago(1), ends=days_ago(-1)))  # fmt: skip
    assert decided(item, row, as_head(world, world.chief))


def test_a_closer_who_has_it_in_hand(world):
    item = make.commitment(world, "published")
    spoils.duty(world, item, world.clerk)
    words = refused(closing.close, by=world.clerk, commitment=item.pk, version=item.version)
    assert "责任人不能为自己的事项销号" in words
