"""Evidence and readings that only look like proof."""

from __future__ import annotations

from decimal import Decimal

from tests.office import make as people_make
from tests.office.attacks.spoil_rows import change_row, duty, figure, post, proof
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.office.accounts.models import Person
from luoshi.office.ledger.models import Change


def evidence_taken_back(world, item):
    change_row(proof(item), withdrawn=True, withdrawn_reason="传错了")


def evidence_expired(world, item):
    change_row(proof(item), expires_on=days_ago(1))


def evidence_from_before_the_work(world, item):
    change_row(proof(item), dated=days_ago(11))


def evidence_dated_after_its_upload(world, item):
    change_row(proof(item), dated=days_ago(2))


def evidence_of_a_colleague(world, item):
    change_row(proof(item), author=world.colleague)


def evidence_of_the_owner_called_outside(world, item):
    change_row(proof(item), author=world.owner, declared=3)


def evidence_of_a_former_co_owner(world, item):
    duty(world, item, world.witness)


def evidence_of_somebody_under_the_owner(world, item):
    post(world, world.witness, superior=world.owner)


def evidence_of_somebody_once_in_the_owners_unit(world, item):
    post(world, world.witness, world.city)


def evidence_that_its_author_calls_the_owners_own(world, item):
    change_row(proof(item), declared=0)


def evidence_of_nobody_known(world, item):
    ghost = save(Person(office=world.office, name="谁也不知道"))
    change_row(proof(item), author=ghost)


def evidence_from_inside_where_outside_was_agreed(world, item):
    change_row(item, evidence_independence=3)


def a_file_that_served_another_item(world, item):
    other = make.commitment(world)
    make.evidence(other, world.clerk, days=12, file=make.file(world.office, "b", "旧照片.jpg"))
    mine = make.file(world.office, "b", "新照片.jpg")
    replace_proof(item, world.witness, file=mine)


def the_owners_file_handed_in_by_another(world, item):
    change_row(proof(item), withdrawn=True, withdrawn_reason="换一张照片")
    make.evidence(item, world.owner, file=make.file(world.office, "d", "现场照片.jpg"))
    make.evidence(item, world.witness, file=make.file(world.office, "d", "社区拍的照片.jpg"))


def the_file_that_the_owner_took_back_handed_in_by_another(world, item):
    the_owners_file_handed_in_by_another(world, item)
    mine = item.evidence_set.get(author=world.owner)
    change_row(mine, withdrawn=True, withdrawn_reason="由社区提交")


def a_file_that_served_another_office(world, item):
    elsewhere = people_make.world("云岭街道办事处")
    other = make.commitment(elsewhere)
    make.evidence(other, elsewhere.clerk, days=12, file=make.file(elsewhere.office, "c"))
    replace_proof(item, world.witness, file=make.file(world.office, "c"))


def the_same_words_without_a_file_for_two_items(world, item):
    other = make.commitment(world)
    make.evidence(other, world.witness, note="已到现场走访，群众反映良好。")
    replace_proof(item, world.witness, note="已到现场走访，群众反映良好。")


def replace_proof(item, author, **columns):
    change_row(proof(item), withdrawn=True)
    make.evidence(item, author, **columns)


def evidence_of_another_kind_than_agreed(world, item):
    change_row(item, evidence_kinds=["answers"])


def fewer_pieces_than_agreed(world, item):
    change_row(item, evidence_count=3)


def read_by_the_owner_alone(world, item):
    change_row(figure(item), author=world.owner)


def read_by_a_co_owner(world, item):
    duty(world, item, world.witness)


def read_by_somebody_in_the_owners_unit(world, item):
    change_row(figure(item), author=world.colleague)


def read_before_the_work_was_done(world, item):
    change_row(figure(item), read_on=days_ago(11))


def read_ahead(world, item):
    change_row(figure(item), read_on=days_ago(-1))


def a_later_reading_is_worse(world, item):
    make.reading(item, world.colleague, 9, days=3)


def a_corrected_reading_of_the_day_is_worse(world, item):
    make.reading(item, world.clerk, 9, days=8)


def the_reading_misses_the_target(world, item):
    change_row(figure(item), value=Decimal("5.01"))


def the_target_moved(world, item):
    change_row(item, target=Decimal(3))


def the_baseline_below_the_target(world, item):
    change_row(item, baseline=Decimal(1), target=Decimal(6))


def the_baseline_is_the_target(world, item):
    change_row(item, baseline=item.target)


def no_baseline(world, item):
    change_row(item, baseline=None)


def no_target(world, item):
    change_row(item, target=None)


def the_reading_is_of_another_indicator(world, item):
    row = make.change(
        item, Change.Kind.INDICATOR, {"indicator": "巡查次数"}, {"indicator": "占道经营点"}
    )
    change_row(row, state=Change.State.APPROVED, decided_by=world.chief,
               decided_at=make.noon(days_ago(1)))  # fmt: skip


def nothing_that_can_be_verified(world, item):
    change_row(item, indicator_kind="none")


def a_standing_item(world, item):
    change_row(item, time_class="standing", deadline=None, check_days=30)
