"""Keeping an item quiet: what cannot be refused must be seen by somebody else."""

from datetime import timedelta

import pytest
from tests.office.attacks import spoils
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.journal import clock
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger.actions import changes, closing, draft, work
from luoshi.office.ledger.models import Change, Commitment, ProblemLink
from luoshi.office.ledger.unanswered import unanswered
from luoshi.web.templatetags.luoshi import day


def ask(world, item, kind, new, by=None):
    row = changes.ask(by=by or world.owner, commitment=item.pk, version=item.version, kind=kind,
                      new=new, reason="情况有了变化，需要调整")  # fmt: skip
    item.refresh_from_db()
    return row


def approve(world, item, row, by=None):
    changes.decide(by=by or world.deputy, commitment=item.pk, version=item.version, change=row.pk,
                   approve=True, decision="同意")  # fmt: skip
    item.refresh_from_db()


def agreed(world, item, kind, new):
    approve(world, item, ask(world, item, kind, new))


def refused(action, **given):
    with pytest.raises(Refused) as found:
        action(**given)
    return "".join(found.value.reasons)


def seen_by_the_reviewer(world, client_of, item):
    return client_of(world.reviewer).get(f"/ledger/{item.pk}").content.decode()


def counted(world, client_of, label):
    page = client_of(world.reviewer).get("/ledger").content.decode()
    return page.split(f'<span class="label">{label}</span><b>')[1].split("</b>")[0]


# Refused ------------------------------------------------------------------------------------

TURNED = {
    "the baseline below the target": ("baseline", {"baseline": "1"}, "方向就反了"),
    "the target above the baseline": ("target", {"target": "40"}, "方向就反了"),
    "the target on the baseline": ("target", {"target": "30"}, "等于没有要求"),
    "no target": ("target", {"target": ""}, "请填写目标"),
    "no baseline": ("baseline", {"baseline": ""}, "请填写基数"),
    "a deadline in the past": ("deadline", {"deadline": "2020-01-01"}, "不能早于今天"),
    "no deadline": ("deadline", {"deadline": ""}, "请填写整改时限"),
    "standing without a check": ("time_class", {"time_class": "standing"}, "复查间隔"),
    "a check every thousand years": (
        "time_class", {"time_class": "standing", "check_days": 365000}, "复查间隔"),
    "no problem without a reason": ("problems", {"problems": [], "no_problem": "无"}, "写明原因"),
    "no independent evidence": ("evidence", {"evidence_independence": 1}, "佐证独立程度"),
    "no evidence at all": ("evidence", {"evidence_count": 0}, "佐证件数"),
    "on hold for ever": ("suspend", {"returns_on": "2099-01-01"}, "366天之内"),
    "on hold since yesterday": ("suspend", {"returns_on": "2020-01-01"}, "366天之内"),
    "the state itself": ("deadline", {"deadline": "2027-01-01", "state": "confirmed"}, "不能在这里修改"),
    "somebody of another kind": ("owner", {"owner": 0}, "没有找到"),
    "an unknown kind": ("state", {"state": "confirmed"}, "没有这种变更"),
}  # fmt: skip


@pytest.mark.parametrize("case", TURNED)
def test_a_change_that_would_empty_the_promise(world, case):
    kind, new, words = TURNED[case]
    item = make.commitment(world, "working")
    assert words in refused(changes.ask, by=world.owner, commitment=item.pk, version=item.version,
                            kind=kind, new=new, reason="情况有了变化，需要调整")  # fmt: skip


@pytest.mark.parametrize("state", ["applied", "verifying", "published"])
@pytest.mark.parametrize("kind", ["target", "baseline", "indicator", "evidence", "time_class", "split",
                                  "merge", "withdraw", "suspend", "deadline", "problems"])  # fmt: skip
def test_nothing_agreed_changes_while_it_is_being_closed(world, state, kind):
    item = make.commitment(world, state)
    assert "不能" in refused(changes.ask, by=world.owner, commitment=item.pk, version=item.version,
                           kind=kind, new={}, reason="情况有了变化，需要调整")  # fmt: skip


@pytest.mark.parametrize("state", ["accepted", "working", "watching", "confirmed", "suspended"])
def test_only_a_draft_is_dropped_or_edited(world, state):
    item = make.commitment(world, state)
    given = {"by": world.clerk, "commitment": item.pk, "version": item.version}
    assert "不能删去草稿" in refused(draft.drop, **given, reason="不办了")
    assert "变更申请" in refused(draft.edit, **given, given={"target": "29"})


def test_a_split_neither_puts_off_nor_loses_a_problem(world):
    item = make.commitment(world, "working")
    part = {"title": "整治东段", "deadline": str(item.deadline + timedelta(days=1))}
    assert "不能推迟整改时限" in refused(
        changes.ask, by=world.owner, commitment=item.pk, version=item.version, kind="split",
        new={"parts": [part, {"title": "整治西段"}]}, reason="分段整治更清楚",
    )  # fmt: skip
    parts = [{"title": "整治东段", "baseline": "1"}, {"title": "整治西段"}]
    assert "方向就反了" in refused(
        changes.ask, by=world.owner, commitment=item.pk, version=item.version, kind="split",
        new={"parts": parts}, reason="分段整治更清楚",
    )  # fmt: skip
    parts = [{"title": "整治东段", "problems": []}, {"title": "整治西段", "problems": []}]
    assert "没有对应的事项" in refused(
        changes.ask, by=world.owner, commitment=item.pk, version=item.version, kind="split",
        new={"parts": parts}, reason="分段整治更清楚",
    )  # fmt: skip


def test_a_part_carries_the_relapse_of_the_whole(world):
    """Splitting gets rid of neither the day on which the problem was back nor the severity."""
    item = make.commitment(world, "watching")
    closing.relapse(by=world.reviewer, commitment=item.pk, version=item.version,
                    happened_on=days_ago(5), reason="又有摊点占道")  # fmt: skip
    item.refresh_from_db()
    agreed(world, item, "split", {"parts": [{"title": "整治东段"}, {"title": "整治西段"}]})
    part = item.parts.first()
    assert part.severity == 2
    work.start(by=world.owner, commitment=part.pk, version=part.version)
    part.refresh_from_db()
    words = refused(closing.apply, by=world.owner, commitment=part.pk, version=part.version,
                    done_on=days_ago(3), statement="东段已经全部清理完毕。")  # fmt: skip
    assert "问题又出现过" in words


def test_a_relapse_cannot_be_dated_away(world):
    """Who registers it early, with an old day, does not let the old evidence count again."""
    item = make.commitment(world, "watching")
    closing.relapse(by=world.owner, commitment=item.pk, version=item.version,
                    happened_on=days_ago(39), reason="又有摊点占道")  # fmt: skip
    item.refresh_from_db()
    work.start(by=world.owner, commitment=item.pk, version=item.version)
    item.refresh_from_db()
    words = refused(closing.apply, by=world.owner, commitment=item.pk, version=item.version,
                    done_on=days_ago(10), statement="东堤路等处已全部清理完毕。")  # fmt: skip
    assert "问题又出现过" in words


def test_work_is_not_done_before_it_was_noted(world):
    item = make.commitment(world, "working")
    work.add_progress(by=world.owner, commitment=item.pk, version=item.version,
                      text="西段还有八个摊点没有清理", happened_on=days_ago(1))  # fmt: skip
    item.refresh_from_db()
    words = refused(closing.apply, by=world.owner, commitment=item.pk, version=item.version,
                    done_on=days_ago(20), statement="东堤路等处已全部清理完毕。")  # fmt: skip
    assert "还有办理的记录" in words


def test_without_a_deadline_there_is_a_day_of_the_next_check(world):
    item = make.commitment(world, "working")
    agreed(world, item, "time_class", {"time_class": "standing", "check_days": 30})
    assert item.deadline is None
    assert item.next_check == clock.today() + timedelta(days=30)


@pytest.mark.parametrize("step", ["apply", "assign", "close", "confirm"])
def test_a_standing_item_is_never_closed(world, step):
    item = make.commitment(world, "standing")
    given = {"commitment": item.pk, "version": item.version}
    calls = {
        "apply": lambda: refused(closing.apply, by=world.owner, **given, done_on=days_ago(0),
                                 statement="已经长期坚持，做到了。"),
        "assign": lambda: refused(closing.assign, by=world.clerk, **given, verifier=world.verifier.pk),
        "close": lambda: refused(closing.close, by=world.clerk, **given),
        "confirm": lambda: refused(closing.confirm, by=world.verifier, **given, place="东堤路",
                                   seen="看过，确实做到了，没有摊点。", seen_on=days_ago(0)),
    }  # fmt: skip
    assert calls[step]()
    assert Commitment.objects.get(pk=item.pk).state == "standing"


# Seen ---------------------------------------------------------------------------------------


def test_every_postponement_is_counted_and_shown(world, client_of):
    item = make.commitment(world, "working")
    for days in range(61, 66):
        agreed(world, item, "deadline", {"deadline": str(days_ago(-days))})
    page = seen_by_the_reviewer(world, client_of, item)
    assert page.count("同意") >= 5
    assert day(days_ago(-60)) in page  # what was agreed first
    assert item.changes.filter(kind="deadline", state=Change.State.APPROVED).count() == 5


def test_a_withdrawn_item_is_counted_apart_and_its_problem_stands_again(world, client_of):
    item = make.commitment(world, "working")
    problem = ProblemLink.objects.get(commitment=item).point
    assert problem not in unanswered(world.office.pk)
    agreed(world, item, "withdraw", {})
    assert counted(world, client_of, "已撤销") == "1"
    assert counted(world, client_of, "已确认") == "0"
    assert problem in unanswered(world.office.pk)


def test_a_dropped_draft_leaves_its_problem_without_a_measure(world):
    material = make.examination(world)
    item = draft.from_measure(by=world.clerk, point=make.point(material, "measure").pk)
    problem = ProblemLink.objects.get(commitment=item).point
    draft.drop(by=world.clerk, commitment=item.pk, version=item.version, reason="先不办")
    assert problem in unanswered(world.office.pk)


def test_an_item_on_hold_is_still_open_and_late(world, client_of):
    item = make.commitment(world, "suspended", deadline=days_ago(1), returns_on=days_ago(2))
    assert counted(world, client_of, "已超期") == "1"
    assert counted(world, client_of, "挂起") == "1"
    assert day(days_ago(2)) in seen_by_the_reviewer(world, client_of, item)


def test_a_relapse_stays_on_the_item_for_good(world, client_of):
    item = make.commitment(world, "confirmed")
    closing.relapse(by=world.reviewer, commitment=item.pk, version=item.version,
                    happened_on=days_ago(1), reason="又有摊点占道经营")  # fmt: skip
    item.refresh_from_db()
    work.start(by=world.owner, commitment=item.pk, version=item.version)
    page = seen_by_the_reviewer(world, client_of, item)
    assert "又有摊点占道经营" in page
    assert "反弹1次" in client_of(world.reviewer).get("/ledger").content.decode()


def test_every_reader_may_register_a_relapse(world):
    for who in (world.owner, world.reviewer, world.auditor, world.clerk, world.witness):
        item = make.commitment(world, "confirmed")
        closing.relapse(by=who, commitment=item.pk, version=item.version,
                        happened_on=days_ago(1), reason="又有摊点占道")  # fmt: skip
        assert Commitment.objects.get(pk=item.pk).state == "relapsed"


def test_what_cannot_be_verified_is_counted_and_never_done(world, client_of):
    item = make.commitment(world, "working", indicator_kind="none")
    assert counted(world, client_of, "无法核验") == "1"
    words = refused(closing.apply, by=world.owner, commitment=item.pk, version=item.version,
                    done_on=days_ago(0), statement="思想认识已经得到提高。")  # fmt: skip
    assert "无法核验" in words


def test_the_evidence_of_others_is_neither_taken_back_nor_changed(world):
    from luoshi.office.ledger.actions import evidence

    item = make.commitment(world, "working")
    row = make.evidence(item, world.witness, note="东段还有三个摊点。")
    given = {"by": world.owner, "commitment": item.pk, "version": item.version, "evidence": row.pk}
    assert "只有提交这件佐证的人" in refused(evidence.withdraw, **given, reason="内容有误，撤回")
    row.refresh_from_db()
    assert not row.withdrawn


def test_evidence_taken_back_stays_to_be_seen(world, client_of):
    from luoshi.office.ledger.actions import evidence

    item = make.commitment(world, "working")
    row = make.evidence(item, world.witness, title="东段现场照片")
    evidence.withdraw(by=world.witness, commitment=item.pk, version=item.version, evidence=row.pk,
                      reason="领导要求撤回")  # fmt: skip
    page = seen_by_the_reviewer(world, client_of, item)
    assert "东段现场照片" in page
    assert "领导要求撤回" in page


def test_a_short_publication_only_for_one_case_is_written_down(world, client_of):
    """The administrator may shorten the office's days, not below one, and the auditor sees it."""
    from luoshi.office.accounts.actions import people

    for days in (0, -5):
        assert "1到60天" in refused(people.set_office, by=world.administrator,
                                  publication_days=days, watch_days=90)  # fmt: skip
    assert "观察期应当是30" in refused(people.set_office, by=world.administrator,
                                 publication_days=5, watch_days=1)  # fmt: skip
    people.set_office(by=world.administrator, publication_days=1, watch_days=30)
    assert "调整单位设置" in client_of(world.auditor).get("/journal").content.decode()


def test_a_post_for_a_minute_stays_in_the_history_of_the_person(world, client_of):
    row = spoils.post(world, world.verifier, superior=world.owner, starts=days_ago(0), ends=days_ago(0),
                      title="临时借调")  # fmt: skip
    assert row.ends
    page = client_of(world.administrator).get(f"/people/{world.verifier.pk}").content.decode()
    assert "临时借调" in page


def test_a_check_that_nobody_made_and_a_return_that_never_came_are_marked(world, client_of):
    standing = make.commitment(world, "standing", next_check=days_ago(1))
    held = make.commitment(world, "suspended", returns_on=days_ago(1))
    page = client_of(world.reviewer).get("/ledger").content.decode()
    for item, words in ((standing, "该复查没有复查"), (held, "到期没有恢复")):
        assert words in page
        assert words in seen_by_the_reviewer(world, client_of, item)


def test_a_place_is_not_done_before_its_item(world):
    from tests.office.make import save

    from luoshi.office.ledger.actions import special
    from luoshi.office.ledger.models import SpecialLedger, SpecialPlace

    ledger = save(
        SpecialLedger(office=world.office, name="无物业小区", counts="小区", measure_unit="个",
                      baseline=10, target=0, starts=days_ago(90), deadline=days_ago(-90))
    )  # fmt: skip
    item = make.commitment(world, "working", special=ledger)
    place = save(
        SpecialPlace(office=world.office, special=ledger, name="东堤小区", commitment=item)
    )
    words = refused(special.place_done, by=world.owner, place=place.pk, done_on=days_ago(1))
    assert "还没有销号" in words
    spoils.change_row(item, state="watching")
    special.place_done(by=world.clerk, place=place.pk, done_on=days_ago(1))
