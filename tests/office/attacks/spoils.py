"""Ways to make an item look done: each spoils one that could otherwise be passed and closed.

A spoil is a function of the office and an item in 核验中 or 公示; it returns nothing. Beside it
stands what must be in the refusal.
"""

from __future__ import annotations

from tests.office.attacks.spoil_else import (
    a_change_that_nobody_has_decided,
    a_provider_that_fails,
    a_provider_whose_statement_fails,
    an_open_request,
    an_upheld_objection_after_the_day_on_which_it_was_done,
    back_after_the_day_on_which_it_was_done,
    one_that_had_relapsed_was_merged_into_it,
    still_worked_on_after_the_day_on_which_it_was_done,
    the_application_was_taken_back,
)
from tests.office.attacks.spoil_paper import (
    a_corrected_reading_of_the_day_is_worse,
    a_file_that_served_another_item,
    a_file_that_served_another_office,
    a_later_reading_is_worse,
    a_standing_item,
    evidence_dated_after_its_upload,
    evidence_expired,
    evidence_from_before_the_work,
    evidence_from_inside_where_outside_was_agreed,
    evidence_of_a_colleague,
    evidence_of_a_former_co_owner,
    evidence_of_another_kind_than_agreed,
    evidence_of_nobody_known,
    evidence_of_somebody_once_in_the_owners_unit,
    evidence_of_somebody_under_the_owner,
    evidence_of_the_owner_called_outside,
    evidence_taken_back,
    evidence_that_its_author_calls_the_owners_own,
    fewer_pieces_than_agreed,
    no_baseline,
    no_target,
    nothing_that_can_be_verified,
    read_ahead,
    read_before_the_work_was_done,
    read_by_a_co_owner,
    read_by_somebody_in_the_owners_unit,
    read_by_the_owner_alone,
    the_baseline_below_the_target,
    the_baseline_is_the_target,
    the_file_that_the_owner_took_back_handed_in_by_another,
    the_owners_file_handed_in_by_another,
    the_reading_is_of_another_indicator,
    the_reading_misses_the_target,
    the_same_words_without_a_file_for_two_items,
    the_target_moved,
)
from tests.office.attacks.spoil_rows import PROVIDER, change_row, duty, post
from tests.office.attacks.spoil_ties import (
    a_deputy_of_the_office_helped_for_a_day,
    a_post_that_ended_before_it_began,
    a_post_under_the_owner_ended_backwards,
    begun_anew_after_the_verifier_had_it,
    co_owner_for_a_day,
    deputised_for_the_owner,
    in_a_unit_that_the_owner_led_for_a_day,
    nothing_known_of_the_verifier,
    one_of_the_verifiers_was_merged_into_it,
    owner_until_yesterday,
    split_off_one_that_the_verifier_had,
    the_owner_deputised_for_the_verifiers_superior,
    the_owner_was_deputy_for_a_day,
    the_verifier_gave_evidence_and_took_it_back,
    the_verifier_read_the_figure,
    the_verifier_wrote_progress,
    two_steps_under_the_owner,
    under_a_co_owner,
    under_the_owner_for_a_day,
)

__all__ = ["AGAINST", "ALL", "OUTSIDE", "PAPER", "PROVIDER", "TIES", "change_row", "duty", "post"]

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
    the_owners_file_handed_in_by_another: PROOF,
    the_file_that_the_owner_took_back_handed_in_by_another: PROOF,
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
