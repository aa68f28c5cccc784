"""Verifying one's own: signed forms entered by oneself, and the choice of who verifies."""

import pytest
from tests.office.attacks import spoils
from tests.office.attacks.tools import confirm_it, refused, register, scan, state
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.models import Deputising
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger.actions import access, closing

# A signed form of a body outside -----------------------------------------------------------


def of_the_head(world, status="applied"):
    """An item of the head, applied for; what is there comes from people under the head."""
    return make.commitment(world, status, owner=world.head)


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
