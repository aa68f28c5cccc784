"""Keeping an item quiet: changes that would empty the promise, and the past made to go away."""

from datetime import timedelta

import pytest
from tests.office.attacks.tools import agreed, refused
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.journal import clock
from luoshi.office.ledger.actions import changes, closing, draft, work
from luoshi.office.ledger.models import Commitment

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
