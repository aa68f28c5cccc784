"""A person's items go to somebody else: asked for by the administrator, decided by superiors."""

import pytest
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.actions import leaving, people
from luoshi.office.accounts.models import Deputising, Post, RoleGrant
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import changes, handing
from luoshi.office.ledger.models import Change, Commitment, Handover
from luoshi.office.ledger.tally import tally


def row(item):
    return Commitment.objects.get(pk=item.pk)


def asked(world, successor=None, by=None, who=None):
    leaving.hand_over(by=by or world.administrator, person=(who or world.owner).pk,
                      successor=(successor or world.colleague).pk)  # fmt: skip
    return Handover.objects.order_by("pk").last()


def decided(world, whole, by=None, approve=True, decision=""):
    return handing.decide(by=by or world.deputy, handover=whole.pk, approve=approve,
                          decision=decision)  # fmt: skip


def test_nothing_changes_hands_before_a_superior_has_decided(world):
    item = make.commitment(world)
    before = Entry.objects.count()
    asked(world)
    assert Entry.objects.count() == before + 1
    assert row(item).owner == world.owner
    assert not item.duties.filter(person=world.colleague).exists()
    assert tally(item).owners == 0


@pytest.mark.parametrize(
    "state",
    ["accepted", "working", "applied", "verifying", "published", "returned", "watching",
     "standing", "suspended", "relapsed"],
)  # fmt: skip
def test_one_decision_for_all_and_every_item_keeps_it(world, state):
    one, two = make.commitment(world, state), make.commitment(world)
    done = make.commitment(world, "confirmed")
    whole = asked(world)
    before = Entry.objects.count()
    assert decided(world, whole, decision="同意交接") == handing.Decided(2, 0)
    assert Entry.objects.count() == before + 1
    for item in (one, two):
        now = row(item)
        assert now.owner == world.colleague
        assert now.unit == world.city
        assert now.duties.get(person=world.owner).ends == clock.today()
        assert tally(now).owners == 1
        last = now.steps.last()
        assert (last.by, last.old["owner"], last.new["owner"], last.note) == (
            world.deputy, world.owner.pk, world.colleague.pk, "同意交接",
        )  # fmt: skip
        change = now.changes.get()
        assert (change.state, change.decided_by, change.asked_by) == (
            "approved", world.deputy, world.administrator,
        )  # fmt: skip
    assert row(done).owner == world.owner


def test_a_draft_goes_over_at_once(world):
    item = make.commitment(world, "draft")
    leaving.hand_over(by=world.administrator, person=world.owner.pk, successor=world.colleague.pk)
    assert row(item).owner == world.colleague
    assert not Handover.objects.exists()


def test_who_helps_is_replaced_as_a_helper(world):
    item = make.commitment(world, owner=world.colleague, co_owners=[world.owner, world.co_owner])
    decided(world, asked(world, world.witness))
    running = item.duties.filter(ends__isnull=True).order_by("person_id")
    assert {(d.person, d.kind) for d in running} == {
        (world.colleague, "owner"), (world.co_owner, "co"), (world.witness, "co"),
    }  # fmt: skip


def test_to_who_helps_already(world):
    item = make.commitment(world, co_owners=[world.colleague])
    decided(world, asked(world))
    running = item.duties.filter(ends__isnull=True)
    assert [(d.person, d.kind) for d in running] == [(world.colleague, "owner")]


def test_from_who_helps_the_successor(world):
    item = make.commitment(world, owner=world.colleague, co_owners=[world.owner])
    decided(world, asked(world))
    running = item.duties.filter(ends__isnull=True)
    assert [(d.person, d.kind) for d in running] == [(world.colleague, "owner")]


def test_refused_with_a_reason_everything_stays(world):
    item = make.commitment(world)
    whole = asked(world)
    with pytest.raises(Refused, match="理由"):
        decided(world, whole, approve=False)
    decided(world, whole, approve=False, decision="先把占道的事办完")
    assert row(item).owner == world.owner
    assert item.changes.get().state == "refused"
    with pytest.raises(NotAllowed, match="已经办结"):
        decided(world, whole)


def test_items_of_other_superiors_wait_for_them(world):
    boss = person(world.office, "民政分管", world.general, "deputy", roles=["head"])
    far = person(world.office, "民政科员二", world.welfare, superior=boss)
    own = make.commitment(world)
    helped = make.commitment(world, owner=far, co_owners=[world.owner])
    whole = asked(world)
    assert decided(world, whole) == handing.Decided(1, 1)
    assert row(own).owner == world.colleague
    assert helped.changes.get().state == "open"
    assert decided(world, whole, by=boss) == handing.Decided(1, 0)
    assert helped.duties.filter(person=world.colleague, ends__isnull=True).exists()


def test_a_person_whose_post_has_ended_still_has_a_superior(world):
    item = make.commitment(world)
    post = Post.objects.get(person=world.owner)
    people.end_post(by=world.administrator, post=post.pk, ends=days_ago(2))
    decided(world, asked(world))
    assert row(item).owner == world.colleague


def test_nobody_leaves_before_it_is_decided(world):
    make.commitment(world)
    gone = {"by": world.administrator, "person": world.owner.pk, "day": clock.today()}
    with pytest.raises(Refused, match="整改事项1件"):
        leaving.leave(**gone)
    whole = asked(world)
    with pytest.raises(Refused, match="等待上级审批"):
        leaving.leave(**gone)
    decided(world, whole)
    leaving.leave(**gone)


# Ways around it -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["administrator", "clerk", "owner", "colleague", "verifier",
                                 "outsider", "auditor", "reviewer"])  # fmt: skip
def test_nobody_decides_without_the_permission(world, who):
    item = make.commitment(world)
    whole = asked(world)
    with pytest.raises(NotAllowed):
        decided(world, whole, by=getattr(world, who))
    assert row(item).owner == world.owner


@pytest.mark.parametrize("who", ["administrator", "colleague", "owner", "verifier", "witness"])
def test_the_role_of_a_head_makes_no_superior(world, who):
    item = make.commitment(world)
    by = getattr(world, who)
    save(RoleGrant(office=world.office, person=by, role="head", starts=days_ago(90)))
    whole = asked(world)
    with pytest.raises(NotAllowed):
        decided(world, whole, by=by)
    assert row(item).owner == world.owner


def test_a_superior_does_not_decide_what_goes_to_them(world):
    save(RoleGrant(office=world.office, person=world.chief, role="head", starts=days_ago(9)))
    item = make.commitment(world)
    with pytest.raises(NotAllowed, match="交给自己"):
        decided(world, asked(world, world.chief), by=world.chief)
    assert row(item).owner == world.owner


def test_a_superior_does_not_decide_what_goes_to_whom_they_deputise_for(world):
    save(RoleGrant(office=world.office, person=world.chief, role="head", starts=days_ago(9)))
    save(Deputising(office=world.office, person=world.colleague, deputy=world.chief, reason="出差",
                    starts=days_ago(1), ends=days_ago(-5)))  # fmt: skip
    make.commitment(world)
    with pytest.raises(NotAllowed, match="交给自己"):
        decided(world, asked(world), by=world.chief)


def test_a_superior_does_not_decide_what_they_asked_for(world):
    save(RoleGrant(office=world.office, person=world.deputy, role="administrator",
                   starts=days_ago(9)))  # fmt: skip
    item = make.commitment(world)
    whole = asked(world, by=world.deputy)
    with pytest.raises(NotAllowed, match="自己提出"):
        decided(world, whole)
    change = item.changes.get()
    item = row(item)
    with pytest.raises(NotAllowed, match="自己提出"):
        changes.decide(by=world.deputy, commitment=item.pk, version=item.version,
                       change=change.pk, approve=True)  # fmt: skip
    decided(world, whole, by=world.head)


def test_items_of_a_deputy_are_decided_by_the_head_alone(world):
    item = make.commitment(world, owner=world.deputy)
    whole = asked(world, who=world.deputy)
    with pytest.raises(NotAllowed):
        decided(world, whole, by=world.deputy)
    decided(world, whole, by=world.head)
    assert row(item).owner == world.colleague


def test_items_of_the_head_are_decided_from_outside_one_by_one(world):
    item = make.commitment(world, owner=world.head)
    make.access(world, item)
    whole = asked(world, who=world.head)
    with pytest.raises(NotAllowed):
        decided(world, whole)
    change, item = item.changes.get(), row(item)
    changes.decide(by=world.outsider, commitment=item.pk, version=item.version, change=change.pk,
                   approve=True, decision="同意")  # fmt: skip
    assert row(item).owner == world.colleague


def test_another_office_finds_nothing(world, elsewhere):
    make.commitment(world)
    whole = asked(world)
    with pytest.raises(NotFound):
        decided(world, whole, by=elsewhere.deputy)
    with pytest.raises(NotFound):
        handing.cancel(by=elsewhere.administrator, handover=whole.pk)


def test_what_changed_in_between_has_to_be_asked_for_anew(world):
    item = make.commitment(world)
    whole = asked(world)
    Change.objects.get()
    item = row(item)
    asking = changes.ask(by=world.clerk, commitment=item.pk, version=item.version, kind="co_owners",
                         new={"co_owners": [world.witness.pk]}, reason="增加协办的科室")  # fmt: skip
    changes.decide(by=world.deputy, commitment=item.pk, version=row(item).version,
                   change=asking.pk, approve=True)  # fmt: skip
    with pytest.raises(Refused, match=f"编号{item.number}"):
        decided(world, whole)
    assert row(item).owner == world.owner


def test_not_beside_another_request_for_the_owner(world):
    item = make.commitment(world)
    changes.ask(by=world.clerk, commitment=item.pk, version=item.version, kind="owner",
                new={"owner": world.witness.pk, "unit": world.welfare.pk}, reason="分工有调整")  # fmt: skip
    with pytest.raises(Refused, match=item.number):
        asked(world)
    asked_twice = make.commitment(world, owner=world.colleague)
    asked(world, world.witness, who=world.colleague)
    with pytest.raises(Refused, match=asked_twice.number):
        asked(world, world.owner, who=world.colleague)


def test_taken_back(world):
    item = make.commitment(world)
    whole = asked(world)
    with pytest.raises(NotAllowed):
        handing.cancel(by=world.clerk, handover=whole.pk)
    assert handing.cancel(by=world.administrator, handover=whole.pk) == 1
    assert item.changes.get().state == "cancelled"
    with pytest.raises(Refused, match="已经办结"):
        handing.cancel(by=world.administrator, handover=whole.pk)


def test_not_to_somebody_outside(world):
    item = make.commitment(world)
    with pytest.raises(Refused, match="不能交接给"):
        asked(world, world.outsider)
    assert row(item).owner == world.owner


def test_a_publication_does_not_survive_a_new_owner(world):
    from luoshi.office.ledger.actions import closing

    item = make.commitment(world, "published")
    decided(world, asked(world))
    item = row(item)
    with pytest.raises(Refused, match="重新核验"):
        closing.close(by=world.clerk, commitment=item.pk, version=item.version)
