"""Ways to make an item look done: each spoils one that could otherwise be passed and closed.

A spoil is a function of the office and an item in 核验中 or 公示; it returns nothing. Beside it
stands what must be in the refusal.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.office import make as people_make
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.core.workflow.facts import OpenFact
from luoshi.office.accounts.actions import people
from luoshi.office.accounts.models import Deputising, Person, Post
from luoshi.office.journal import clock
from luoshi.office.ledger import facts
from luoshi.office.ledger.models import Change, Duty, Evidence, Progress, Reading, Relapse

PROVIDER = "居民诉求"


def post(world, person, unit=None, **columns):
    """Give somebody a post for one day of the item's life, unless said otherwise."""
    values = {
        "office": world.office, "person": person, "unit": unit or world.welfare, "title": "兼任",
        "rank": "staff", "starts": days_ago(20), "ends": days_ago(20),
    }  # fmt: skip
    return save(Post(**(values | columns)))


def duty(world, item, person, kind="co", starts=20, ends=20):
    save(Duty(office=world.office, commitment=item, person=person, kind=kind,
              starts=days_ago(starts), ends=days_ago(ends)))  # fmt: skip


def change_row(row, **columns):
    for name, value in columns.items():
        setattr(row, name, value)
    save(row)


def proof(item) -> Evidence:
    return item.evidence_set.get()


def figure(item) -> Reading:
    return item.readings.get()


# Who verifies -------------------------------------------------------------------------------


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


# Evidence -----------------------------------------------------------------------------------


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


# The indicator ------------------------------------------------------------------------------


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


# What else speaks against it -----------------------------------------------------------------


def an_open_request(world, item):
    against = OpenFact(PROVIDER, "1", days_ago(1), "还有一件群众诉求没有办结")
    facts.register(PROVIDER, lambda commitment: [against])


def a_provider_that_fails(world, item):
    def broken(commitment):
        raise OSError("no answer")

    facts.register(PROVIDER, broken)


def a_provider_whose_statement_fails(world, item):
    from django.db import connection

    def broken(commitment):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    facts.register(PROVIDER, broken)


def a_change_that_nobody_has_decided(world, item):
    make.change(item, "deadline", {"deadline": str(item.deadline)}, {"deadline": "2027-12-31"})


def back_after_the_day_on_which_it_was_done(world, item):
    save(Relapse(office=world.office, commitment=item, by=world.reviewer, happened_on=days_ago(30),
                 reason="又有摊点占道", added_at=make.noon(days_ago(9))))  # fmt: skip


def an_upheld_objection_after_the_day_on_which_it_was_done(world, item):
    from luoshi.office.ledger.models import Objection, Verification

    applied = item.applications.get()
    before = make.verification(world, item, applied, result=Verification.Result.VOID)
    old = make.publication(item, before, ended=True)
    save(Objection(office=world.office, publication=old, text="东头还有三个摊", result="upheld",
                   received_on=days_ago(9), registered_by=world.clerk, decided_by=world.head,
                   decided_at=make.noon(days_ago(9))))  # fmt: skip
    if item.state == "published":  # the publication that counts stays the last one
        change_row(old, ended=True)


def still_worked_on_after_the_day_on_which_it_was_done(world, item):
    save(Progress(office=world.office, commitment=item, author=world.owner, text="还在清理西段",
                  happened_on=days_ago(9), added_at=make.noon(days_ago(9)) - timedelta(hours=1)))  # fmt: skip


def the_application_was_taken_back(world, item):
    change_row(item.applications.get(), withdrawn=True)


def begun_anew_after_the_verifier_had_it(world, item):
    """The item of the same measure, withdrawn, was the verifier's own."""
    old = make.commitment(world, "withdrawn", owner=world.verifier, material=item.examination)
    assert old.point_id == item.point_id


def split_off_one_that_the_verifier_had(world, item):
    old = make.commitment(world, "withdrawn", owner=world.verifier)
    change_row(item, split_from=old)


def one_of_the_verifiers_was_merged_into_it(world, item):
    make.commitment(world, "withdrawn", owner=world.verifier, merged_into=item)


def one_that_had_relapsed_was_merged_into_it(world, item):
    other = make.commitment(world, "withdrawn", merged_into=item)
    save(Relapse(office=world.office, commitment=other, by=world.reviewer, reason="又有摊点占道",
                 happened_on=days_ago(9), added_at=make.noon(days_ago(9))))  # fmt: skip


TIED = "核验人"
PROOF = "没有责任人控制之外"
READ = "没有完成之后、由责任人以外的人员登记的指标读数"
MISSED = "没有达到目标"
OUTSIDE = "必须由单位以外的人员核验"

#: Who verifies: these speak against the second look after the watch as well.
TIES = {
    co_owner_for_a_day: "责任人或协办人",
    owner_until_yesterday: "责任人或协办人",
    under_the_owner_for_a_day: "受责任人领导",
    a_post_that_ended_before_it_began: "受责任人领导",
    in_a_unit_that_the_owner_led_for_a_day: "受责任人领导",
    two_steps_under_the_owner: "受责任人领导",
    deputised_for_the_owner: "代管责任人",
    the_owner_deputised_for_the_verifiers_superior: "受责任人领导",
    under_a_co_owner: "受责任人领导",
    a_post_under_the_owner_ended_backwards: "受责任人领导",
    nothing_known_of_the_verifier: "没有登记职务",
    the_verifier_gave_evidence_and_took_it_back: "提交过",
    the_verifier_read_the_figure: "提交过",
    the_verifier_wrote_progress: "提交过",
    the_owner_was_deputy_for_a_day: OUTSIDE,
    a_deputy_of_the_office_helped_for_a_day: OUTSIDE,
    begun_anew_after_the_verifier_had_it: "责任人或协办人",
    split_off_one_that_the_verifier_had: "责任人或协办人",
    one_of_the_verifiers_was_merged_into_it: "责任人或协办人",
}
AGAINST = {
    an_open_request: "群众诉求没有办结",
    a_provider_that_fails: f"未能取得“{PROVIDER}”",
    a_provider_whose_statement_fails: f"未能取得“{PROVIDER}”",
}
PAPER = {
    evidence_taken_back: PROOF,
    evidence_expired: PROOF,
    evidence_from_before_the_work: PROOF,
    evidence_dated_after_its_upload: PROOF,
    evidence_of_a_colleague: PROOF,
    evidence_of_the_owner_called_outside: PROOF,
    evidence_of_a_former_co_owner: PROOF,
    evidence_of_somebody_under_the_owner: PROOF,
    evidence_of_somebody_once_in_the_owners_unit: PROOF,
    evidence_that_its_author_calls_the_owners_own: PROOF,
    evidence_of_nobody_known: PROOF,
    evidence_from_inside_where_outside_was_agreed: PROOF,
    a_file_that_served_another_item: PROOF,
    a_file_that_served_another_office: PROOF,
    the_same_words_without_a_file_for_two_items: PROOF,
    evidence_of_another_kind_than_agreed: "缺少规定种类的佐证：居民反馈",
    fewer_pieces_than_agreed: "有效佐证1件，要求3件",
    read_by_the_owner_alone: READ,
    read_by_a_co_owner: READ,
    read_by_somebody_in_the_owners_unit: READ,
    read_before_the_work_was_done: READ,
    read_ahead: READ,
    a_later_reading_is_worse: MISSED,
    a_corrected_reading_of_the_day_is_worse: MISSED,
    the_reading_misses_the_target: MISSED,
    the_target_moved: MISSED,
    the_baseline_below_the_target: MISSED,
    the_baseline_is_the_target: "看不出是否做到",
    no_baseline: "看不出是否做到",
    no_target: MISSED,
    the_reading_is_of_another_indicator: READ,
    nothing_that_can_be_verified: "无法核验",
    a_standing_item: "长期坚持的事项不能销号",
    a_change_that_nobody_has_decided: "未审批的变更",
    back_after_the_day_on_which_it_was_done: "问题又出现过",
    an_upheld_objection_after_the_day_on_which_it_was_done: "问题又出现过",
    one_that_had_relapsed_was_merged_into_it: "问题又出现过",
    still_worked_on_after_the_day_on_which_it_was_done: "还有办理的记录",
    the_application_was_taken_back: PROOF,
}
ALL = {**TIES, **PAPER, **AGAINST}


def today():
    return clock.today()
