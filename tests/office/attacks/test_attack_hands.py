"""Deciding in one's own cause: signed forms, objections, approvals, the choice of the verifier."""

import pytest
from tests.office.attacks import spoils
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.models import Deputising
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger.actions import access, changes, closing
from luoshi.office.ledger.models import Commitment, Objection

FORM = {"body": "区纪委监委", "seen": "实地走访六户，均反映问题已经解决。", "place": "东堤社区"}


@pytest.fixture
def second_clerk(world):
    return person(world.office, "经办人二", world.general, roles=["clerk"], superior=world.head)


def refused(action, **given):
    """Return why an action was refused; fails where it was not."""
    with pytest.raises(Refused) as found:
        action(**given)
    return "".join(found.value.reasons)


def state(item):
    return Commitment.objects.get(pk=item.pk).state


# A signed form of a body outside -----------------------------------------------------------


def of_the_head(world, status="applied"):
    """An item of the head, applied for; what is there comes from people under the head."""
    return make.commitment(world, status, owner=world.head)


def scan(world, item, author):
    return make.evidence(item, author, days=3, kind="document", title="签字核验单",
                         file=make.file(world.office, f"f{item.pk}"))  # fmt: skip


def register(world, item, by, form, **change):
    given = {**FORM, "seen_on": days_ago(3), "criterion_met": True, **change}
    closing.register_form(
        by=by, commitment=item.pk, version=item.version, evidence=form.pk, **given
    )
    item.refresh_from_db()


def confirm_it(item, by, passed=True):
    closing.confirm_form(by=by, commitment=item.pk, version=item.version, passed=passed,
                         reason="核验单上写的是没有解决", publish_place="街道公告栏")  # fmt: skip
    item.refresh_from_db()


def test_a_signed_form_entered_by_two_counts(world, second_clerk):
    item = of_the_head(world)
    register(world, item, world.clerk, scan(world, item, world.clerk))
    confirm_it(item, second_clerk)
    assert item.state == "published"


def test_one_person_does_not_confirm_their_own_entry(world):
    item = of_the_head(world)
    register(world, item, world.clerk, scan(world, item, world.clerk))
    with pytest.raises(NotAllowed, match="不能自己确认"):
        confirm_it(item, world.clerk)
    assert state(item) == "verifying"


def test_a_second_account_is_the_same_person(world, client_of):
    from luoshi.office.accounts.actions import signin

    item = of_the_head(world)
    register(world, item, world.clerk, scan(world, item, world.clerk))
    signin.create_account(by=world.administrator, person=world.clerk.pk, username="jingban2")
    from django.test import Client

    client = Client()
    account = world.clerk.accounts.get(username="jingban2")
    spoils.change_row(account, must_change_password=False)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/ledger/{item.pk}/form-confirm", {
        "version": item.version, "passed": "yes", "publish_place": "公告栏",
    })  # fmt: skip
    assert answer.status_code == 403
    assert "不能自己确认" in answer.content.decode()
    assert state(item) == "verifying"


def test_every_account_of_a_person_is_shown_to_them(world, client_of):
    from luoshi.office.accounts.actions import signin

    client = client_of(world.verifier)
    signin.create_account(by=world.administrator, person=world.verifier.pk, username="anzhong")
    assert "anzhong" in client.get("/me").content.decode()


@pytest.mark.parametrize("part", ["owner", "co_owner", "deputy_of_the_owner"])
@pytest.mark.parametrize("step", ["register", "confirm"])
def test_who_has_it_in_hand_neither_registers_nor_confirms(world, second_clerk, part, step):
    item = of_the_head(world)
    form = scan(world, item, world.clerk)
    if part == "deputy_of_the_owner":
        save(Deputising(office=world.office, person=world.head, deputy=second_clerk, reason="出差",
                        starts=days_ago(20), ends=days_ago(20)))  # fmt: skip
    else:
        spoils.duty(world, item, second_clerk, "owner" if part == "owner" else "co")
    if step == "register":
        with pytest.raises(Refused, match="不能登记或确认"):
            register(world, item, second_clerk, form)
        return
    register(world, item, world.clerk, form)
    with pytest.raises(Refused, match="不能登记或确认"):
        confirm_it(item, second_clerk)
    assert state(item) == "verifying"


def test_a_form_that_the_owner_uploaded_does_not_count(world):
    item = of_the_head(world)
    with pytest.raises(Refused, match="责任人一方上传"):
        register(world, item, world.clerk, scan(world, item, world.head))


def test_a_form_that_says_no_proves_nothing_later(world, second_clerk):
    item = of_the_head(world)
    register(world, item, world.clerk, scan(world, item, world.clerk))
    confirm_it(item, second_clerk, passed=False)
    assert item.state == "returned"
    from luoshi.office.ledger import collect

    assert not any(one.vouched for one in collect.item(item).evidence)


def test_the_form_of_another_item_is_not_found(world):
    item, other = of_the_head(world), of_the_head(world)
    with pytest.raises(NotFound):
        register(world, item, world.clerk, scan(world, other, world.clerk))


def test_a_form_used_for_another_item_does_not_prove(world, second_clerk):
    first, second = of_the_head(world), of_the_head(world)
    for item, name in ((first, "甲.pdf"), (second, "乙.pdf")):
        file = make.file(world.office, "same", name)
        form = make.evidence(item, world.clerk, days=3, kind="document", file=file)
        register(world, item, world.clerk, form)
    confirm_it(first, second_clerk)
    with pytest.raises(Refused, match="未用于其他事项"):
        confirm_it(second, second_clerk)


def test_a_form_dated_before_the_work(world):
    item = of_the_head(world)
    with pytest.raises(Refused, match="不能早于整改完成"):
        register(world, item, world.clerk, scan(world, item, world.clerk), seen_on=days_ago(11))


def test_an_outsider_with_a_post_inside_does_not_verify_the_heads_item(world):
    item = make.commitment(world, "applied", owner=world.head)
    spoils.post(world, world.outsider, world.general)
    words = refused(closing.assign, by=world.clerk, commitment=item.pk, version=item.version,
                    verifier=world.outsider.pk)  # fmt: skip
    assert spoils.OUTSIDE in words


def test_nobody_inside_verifies_the_heads_item(world):
    for owner in (world.head, world.deputy):
        item = make.commitment(world, "applied", owner=owner)
        words = refused(closing.assign, by=world.clerk, commitment=item.pk, version=item.version,
                        verifier=world.verifier.pk)  # fmt: skip
        assert spoils.OUTSIDE in words


def test_the_owner_does_not_choose_the_verifier(world):
    from luoshi.office.accounts.models import RoleGrant

    save(RoleGrant(office=world.office, person=world.owner, role="clerk", starts=days_ago(90)))
    item = make.commitment(world, "applied")
    words = refused(closing.assign, by=world.owner, commitment=item.pk, version=item.version,
                    verifier=world.verifier.pk)  # fmt: skip
    assert "不能为自己的事项指定核验人" in words
    words = refused(access.open_to, by=world.owner, commitment=item.pk, version=item.version,
                    person=world.outsider.pk)  # fmt: skip
    assert "不能为自己的事项选择" in words


def test_another_verifier_takes_the_place_of_one_for_all_to_see(world, client_of):
    other = person(world.office, "核验人二", world.welfare, roles=["verifier"], superior=world.head)
    item = make.commitment(world, "verifying")
    closing.assign(by=world.clerk, commitment=item.pk, version=item.version, verifier=other.pk)
    page = client_of(world.reviewer).get(f"/ledger/{item.pk}").content.decode()
    assert page.count("指定核验人") >= 1
    assert item.verifications.filter(result="void", verifier=world.verifier).exists()
    item.refresh_from_db()
    words = refused(closing.verify, by=world.verifier, commitment=item.pk, version=item.version,
                    passed=True, seen="沿东堤路走了全程，只剩五处。", place="东堤路",
                    seen_on=days_ago(0), criterion_met=True, reason="", publish_place="公告栏")  # fmt: skip
    assert "只有指定的核验人" in words


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


def as_head(world, who):
    from luoshi.office.accounts.models import RoleGrant

    save(RoleGrant(office=world.office, person=who, role="head", starts=days_ago(90)))
    return who


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
