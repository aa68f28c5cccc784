"""A verifier of the owner's own section, and one who directs the owner: what is refused, what shown."""

import pytest
from django.urls import reverse
from tests.office.attacks.tools import refused, row
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.models import Post, RoleGrant
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger.actions import closing, work

CRITERION = {
    "indicator_kind": "criterion", "looks_who": "核验人", "looks_where": "东堤路",
    "looks_when": "早上八点", "looks_at": "人行道上没有摊位", "baseline": None, "target": None,
}  # fmt: skip
ONLY = "只凭其亲眼所见不能作数"


@pytest.fixture
def colleague(world):
    """Somebody of the owner's own section, whom the owner does not direct."""
    return person(world.office, "城管科核验人", world.city, roles=["verifier"], superior=world.head)


def assigned(world, item, who):
    return closing.assign(by=world.clerk, commitment=item.pk, version=row(item).version,
                          verifier=who.pk)  # fmt: skip


def test_a_criterion_is_not_seen_by_a_colleague_alone(world, colleague):
    item = make.commitment(world, "applied", **CRITERION)
    assert ONLY in refused(assigned, world=world, item=item, who=colleague)


def test_nor_by_somebody_of_a_helpers_section(world):
    item = make.commitment(world, "applied", co_owners=[world.co_owner], **CRITERION)
    other = person(world.office, "社区核验人", world.community, roles=["verifier"])
    assert ONLY in refused(assigned, world=world, item=item, who=other)


def test_nor_by_somebody_of_the_section_that_answers_for_it(world, colleague):
    """The owner belongs to the office's general section; the city section answers for the item."""
    item = make.commitment(world, "applied", owner=world.clerk, unit=world.city, **CRITERION)
    assert ONLY in refused(assigned, world=world, item=item, who=colleague)


def test_nor_after_a_minute_in_another_section(world, colleague):
    item = make.commitment(world, "applied", **CRITERION)
    post = Post.objects.get(person=colleague)
    post.ends, post.ended_on = days_ago(1), days_ago(1)
    save(post)
    save(Post(office=world.office, person=colleague, unit=world.welfare, title="科员", rank="staff",
              starts=days_ago(0)))  # fmt: skip
    assert ONLY in refused(assigned, world=world, item=item, who=colleague)


def test_nor_once_they_were_named_before_the_indicator_was_a_criterion(world, colleague):
    item = make.commitment(world, "verifying", **CRITERION)
    verification = item.verifications.get()
    verification.verifier = colleague
    save(verification)
    given = {"commitment": item.pk, "version": item.version, "seen": "东堤路全段没有摊位，逐段看过。",
             "place": "东堤路", "seen_on": days_ago(1), "criterion_met": True, "reason": ""}  # fmt: skip
    assert ONLY in refused(
        closing.verify, by=colleague, passed=True, publish_place="公告栏", **given
    )
    assert row(item).state == "verifying"


def test_a_number_may_be_verified_since_the_reading_comes_from_elsewhere(world, colleague):
    item = make.commitment(world, "applied")
    assigned(world, item, colleague)
    assert row(item).state == "verifying"


def test_but_their_own_reading_and_evidence_count_nothing(world, colleague):
    item = make.commitment(world, "verifying")
    item.readings.all()
    for reading in item.readings.all():
        reading.author = colleague
        save(reading)
    for piece in item.evidence_set.all():
        piece.author = colleague
        save(piece)
    found = refused(
        closing.verify, by=world.verifier, commitment=item.pk, version=item.version, passed=True,
        seen="东堤路全段没有摊位，逐段看过。", place="东堤路", seen_on=days_ago(1),
        criterion_met=None, reason="", publish_place="公告栏",
    )  # fmt: skip
    assert "责任人控制之外" in found
    assert "读数" in found


@pytest.mark.parametrize("columns", [{}, CRITERION])
def test_looking_again_after_the_watch_is_never_a_colleagues(world, colleague, columns):
    item = make.commitment(world, "watching", watch_ends=days_ago(1), **columns)
    with pytest.raises(Refused, match=ONLY):
        closing.confirm(by=colleague, commitment=item.pk, version=item.version,
                        seen="再到东堤路看过，没有摊位。", place="东堤路", seen_on=days_ago(0))  # fmt: skip


def test_nor_is_the_recurring_check(world, colleague):
    item = make.commitment(world, "standing")
    with pytest.raises(Refused, match=ONLY):
        work.check_standing(by=colleague, commitment=item.pk, version=item.version,
                            checked_on=days_ago(0), holds=True, seen="现场看过，仍然做到，没有摊位。")  # fmt: skip


def test_everybody_sees_where_a_verifier_belongs(world, colleague, client_of):
    item = make.commitment(world, "applied")
    assigned(world, item, colleague)
    for name in ("item", "sheet"):
        text = client_of(world.auditor).get(reverse(f"ledger:{name}", args=[item.pk]))
        assert "同科室（社区）" in text.content.decode()


def test_a_superior_may_verify_and_it_is_shown(world, client_of):
    save(RoleGrant(office=world.office, person=world.chief, role="verifier", starts=days_ago(90)))
    item = make.commitment(world, "applied")
    assign = client_of(world.clerk).get(reverse("ledger:assign", args=[item.pk])).content.decode()
    assert "责任人或协办人的上级" in assign
    assigned(world, item, world.chief)
    text = client_of(world.auditor).get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "责任人或协办人的上级" in text
    assert "同科室（社区）" in text


def test_the_publication_says_where_the_verifier_belongs(world, client_of):
    item = make.commitment(world, "published")
    page = client_of(world.clerk).get(reverse("ledger:publication", args=[item.pk]))
    assert "其他科室（社区）" in page.content.decode()
