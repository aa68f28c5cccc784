"""Who verifies: ways to be tied to an item, made to look as if there were none."""

from __future__ import annotations

from tests.office.attacks.spoil_rows import change_row, duty, post
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.office.accounts.actions import people
from luoshi.office.accounts.models import Deputising, Post
from luoshi.office.ledger.models import Progress


def co_owner_for_a_day(world, item):
    duty(world, item, world.verifier)


def owner_until_yesterday(world, item):
    duty(world, item, world.verifier, "owner", 30, 1)


def under_the_owner_for_a_day(world, item):
    post(world, world.verifier, superior=world.owner)


def a_post_that_ended_before_it_began(world, item):
    post(world, world.verifier, superior=world.owner, ends=days_ago(25))


def in_a_unit_that_the_owner_led_for_a_day(world, item):
    post(world, world.owner, world.welfare, leads=True, rank="lead")


def two_steps_under_the_owner(world, item):
    post(world, world.witness, superior=world.owner, starts=days_ago(22), ends=days_ago(18))
    post(world, world.verifier, superior=world.witness, starts=days_ago(19), ends=days_ago(17))


def deputised_for_the_owner(world, item):
    save(Deputising(office=world.office, person=world.owner, deputy=world.verifier, reason="出差",
                    starts=days_ago(20), ends=days_ago(20)))  # fmt: skip


def the_owner_deputised_for_the_verifiers_superior(world, item):
    save(Deputising(office=world.office, person=world.head, deputy=world.owner, reason="外出学习",
                    starts=days_ago(20), ends=days_ago(20)))  # fmt: skip


def under_a_co_owner(world, item):
    duty(world, item, world.co_owner)
    post(world, world.verifier, superior=world.co_owner)


def a_post_under_the_owner_ended_backwards(world, item):
    """The post is ended today, with a day before the item began."""
    row = post(world, world.verifier, superior=world.owner, starts=days_ago(500), ends=None)
    people.end_post(by=world.administrator, post=row.pk, ends=days_ago(400))


def nothing_known_of_the_verifier(world, item):
    for row in Post.objects.filter(person=world.verifier):
        change_row(row, ends=days_ago(300))


def the_verifier_gave_evidence_and_took_it_back(world, item):
    make.evidence(item, world.verifier, withdrawn=True)


def the_verifier_read_the_figure(world, item):
    make.reading(item, world.verifier, 5)


def the_verifier_wrote_progress(world, item):
    save(Progress(office=world.office, commitment=item, author=world.verifier, text="已到现场",
                  happened_on=days_ago(12), added_at=make.noon(days_ago(12))))  # fmt: skip


def the_owner_was_deputy_for_a_day(world, item):
    post(world, world.owner, world.general, rank="deputy")


def a_deputy_of_the_office_helped_for_a_day(world, item):
    duty(world, item, world.deputy)


def begun_anew_after_the_verifier_had_it(world, item):
    """The item of the same measure, withdrawn, was the verifier's own."""
    old = make.commitment(world, "withdrawn", owner=world.verifier, material=item.examination)
    assert old.point_id == item.point_id


def split_off_one_that_the_verifier_had(world, item):
    old = make.commitment(world, "withdrawn", owner=world.verifier)
    change_row(item, split_from=old)


def one_of_the_verifiers_was_merged_into_it(world, item):
    make.commitment(world, "withdrawn", owner=world.verifier, merged_into=item)
