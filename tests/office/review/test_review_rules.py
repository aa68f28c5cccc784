"""Signing off and returning: every way round the rules, tried on the actions and by direct posts."""

import pytest
from tests.office.make import days_ago, save
from tests.office.review.reviewed import material, reviewed, second_of

from luoshi.office.accounts.models import RoleGrant
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.review.actions import batches, deciding, materials, remarks
from luoshi.office.review.models import Assignment, Decision, Draft, Remark, Submission


@pytest.fixture
def held(world, settings, tmp_path):
    settings.FILES = tmp_path
    return reviewed(world, names=("责任人", "同事"), compared=False)


@pytest.fixture
def draft(held):
    return held["责任人"]


def version(draft):
    return Submission.objects.get(pk=draft.submission_id).version


def decide(by, draft, outcome="return", **given):
    given = {
        "version": version(draft),
        "words": "请把第二个问题写具体，写明涉及几户。",
        "answer_by": days_ago(-5),
        **given,
    }
    return deciding.decide(by=by, draft=draft.pk, outcome=outcome, **given)


def judge_errors(by, draft):
    for number, finding in enumerate(draft.examination.findings, 1):
        if finding["severity"] == "error":
            remarks.judge(by=by, draft=draft.pk, finding=number, take=True)


def test_a_reviewer_returns_a_draft_with_remarks(world, draft):
    remarks.add(by=world.reviewer, draft=draft.pk, start=10, end=20, text="请写明时间。")
    before = Entry.objects.count()
    row = decide(world.reviewer, draft)
    assert Entry.objects.count() == before + 1
    assert Submission.objects.get(pk=draft.submission_id).state == "returned"
    assert row.digest == deciding.digest(draft, list(Remark.objects.filter(draft=draft)))


WHO = [
    "clerk",
    "head",
    "owner",
    "colleague",
    "verifier",
    "auditor",
    "administrator",
    "outsider",
    "chief",
]


@pytest.mark.parametrize("part", WHO)
def test_who_does_not_review_the_batch_can_do_nothing_in_it(world, draft, part):
    by = getattr(world, part)
    for act in (
        lambda: remarks.add(by=by, draft=draft.pk, start=1, end=5, text="请核对。"),
        lambda: remarks.judge(by=by, draft=draft.pk, finding=1, take=True),
        lambda: decide(by, draft),
        lambda: decide(by, draft, "pass"),
        lambda: deciding.withdraw(
            by=by, draft=draft.pk, version=version(draft), reason="点错了按钮"
        ),
    ):
        with pytest.raises((NotAllowed, NotFound, Stale)):
            act()
    assert not Remark.objects.exists()
    assert not Decision.objects.exists()


def test_an_assignment_that_has_ended_gives_nothing(world, held, draft):
    batch = held.batch
    batches.edit(by=world.clerk, batch=batch.pk, version=batch.version, name=batch.name,
                 meeting=batch.meeting, held_on=None, reviewers=[], against=[])  # fmt: skip
    with pytest.raises(NotFound):
        decide(world.reviewer, draft)
    assert not Assignment.objects.get().active


def test_a_role_that_has_ended_gives_nothing(world, draft):
    grant = RoleGrant.objects.get(person=world.reviewer)
    grant.ends = days_ago(1)
    save(grant)
    with pytest.raises(NotAllowed):
        decide(world.reviewer, draft)


@pytest.mark.parametrize("part", ["owner", "clerk", "verifier", "outsider"])
def test_only_who_may_review_is_assigned(world, part):
    with pytest.raises(Refused, match="审阅人要从本单位"):
        batches.make(by=world.clerk, name="批次", meeting="会议", held_on=None,
                     reviewers=[getattr(world, part).pk])  # fmt: skip


def test_nobody_of_another_office_is_assigned(world, elsewhere):
    with pytest.raises(Refused, match="审阅人要从本单位"):
        batches.make(by=world.clerk, name="批次", meeting="会议", held_on=None,
                     reviewers=[elsewhere.reviewer.pk])  # fmt: skip


def test_nobody_judges_their_own_material(world, held, draft):
    save(Assignment(office=world.office, batch=held.batch, person=world.owner))
    save(RoleGrant(office=world.office, person=world.owner, role="reviewer", starts=days_ago(9)))
    with pytest.raises(NotAllowed, match="本人的材料"):
        remarks.add(by=world.owner, draft=draft.pk, start=1, end=5, text="写得很好。")
    with pytest.raises(NotAllowed, match="本人的材料"):
        decide(world.owner, draft, "pass")
    decide(world.owner, held["同事"])


def test_two_reviewers_at_once_the_second_is_told(world, held, draft):
    batch = held.batch
    batches.edit(by=world.clerk, batch=batch.pk, version=batch.version, name=batch.name,
                 meeting=batch.meeting, held_on=None, reviewers=[world.reviewer.pk, world.head.pk],
                 against=[])  # fmt: skip
    seen = version(draft)
    decide(world.reviewer, draft, version=seen)
    with pytest.raises(Stale, match="审阅人已经作出结论：退回修改"):
        decide(world.head, draft, "pass", version=seen)
    with pytest.raises(Stale):
        remarks.add(by=world.head, draft=draft.pk, start=1, end=5, text="再补一条。")
    assert Decision.objects.get().by == world.reviewer


def test_a_decision_is_refused_where_a_remark_came_in_between(world, held, draft):
    save(Assignment(office=world.office, batch=held.batch, person=world.head))
    seen = version(draft)
    remarks.add(by=world.head, draft=draft.pk, start=1, end=5, text="这里请核对。")
    with pytest.raises(Stale, match="又有了新的意见"):
        decide(world.reviewer, draft, version=seen)
    assert not Decision.objects.exists()


def test_an_outdated_draft_is_not_decided(world, draft):
    new = material(world, second_of("责任人"), "二稿.txt")
    materials.follow(
        by=world.clerk, submission=draft.submission_id, version=version(draft), examination=new.pk
    )
    for outcome in ("pass", "return"):
        with pytest.raises(Stale, match="已经收到第2稿"):
            decide(world.reviewer, draft, outcome)
    with pytest.raises(Stale, match="已经收到第2稿"):
        remarks.judge(by=world.reviewer, draft=draft.pk, finding=1, take=True)


def test_a_decision_stays_with_its_draft(world, draft):
    judge_errors(world.reviewer, draft)
    decide(world.reviewer, draft, "pass")
    new = material(world, second_of("责任人"), "二稿.txt")
    second = materials.follow(by=world.clerk, submission=draft.submission_id, version=version(draft),
                              examination=new.pk)  # fmt: skip
    assert Submission.objects.get(pk=draft.submission_id).state == "waiting"
    assert Decision.objects.get().draft_id == draft.pk
    assert not Decision.objects.filter(draft=second).exists()
    with pytest.raises(Stale):
        deciding.withdraw(
            by=world.reviewer, draft=draft.pk, version=version(draft), reason="想改成退回"
        )


def test_a_return_asks_for_something_by_a_day(world, draft):
    with pytest.raises(Refused, match="退回要说清改什么"):
        decide(world.reviewer, draft, words="不行")
    with pytest.raises(Refused, match="请填写改好报送的日期"):
        decide(world.reviewer, draft, answer_by=None)
    with pytest.raises(Refused, match="已经过了"):
        decide(world.reviewer, draft, answer_by=days_ago(1))
    with pytest.raises(Refused, match="请选择"):
        decide(world.reviewer, draft, outcome="approved")


def test_dismissed_findings_alone_are_nothing_to_return_for(world, draft):
    remarks.judge(by=world.reviewer, draft=draft.pk, finding=1, take=False, text="别处已经写明。")
    with pytest.raises(Refused, match="退回要说清改什么"):
        decide(world.reviewer, draft, words="")


def test_no_pass_over_an_error_that_nobody_judged(world, draft):
    draft.examination.findings = [{**draft.examination.findings[0], "severity": "error"}]
    save(draft.examination)
    with pytest.raises(Refused, match="还有1条“错误”级"):
        decide(world.reviewer, draft, "pass")
    remarks.judge(
        by=world.reviewer, draft=draft.pk, finding=1, take=False, text="提纲本来没有要求。"
    )
    assert decide(world.reviewer, draft, "pass").answer_by is None


def test_a_finding_is_judged_once_and_with_a_reason(world, held, draft):
    save(Assignment(office=world.office, batch=held.batch, person=world.head))
    with pytest.raises(Refused, match="不采纳的理由"):
        remarks.judge(by=world.reviewer, draft=draft.pk, finding=1, take=False)
    first = remarks.judge(by=world.reviewer, draft=draft.pk, finding=1, take=True)
    with pytest.raises(Stale, match="已经由审阅人处理过了"):
        remarks.judge(by=world.head, draft=draft.pk, finding=1, take=False, text="我看不用改。")
    with pytest.raises(NotAllowed, match="只能撤回本人"):
        remarks.withdraw(by=world.head, draft=draft.pk, remark=first.pk)
    remarks.withdraw(by=world.reviewer, draft=draft.pk, remark=first.pk)
    remarks.judge(by=world.head, draft=draft.pk, finding=1, take=False, text="我看不用改。")
    for number in (0, -1, 999):
        with pytest.raises(NotFound):
            remarks.judge(by=world.reviewer, draft=draft.pk, finding=number, take=True)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10**9)])
def test_a_remark_stands_on_words(world, draft, start, end):
    with pytest.raises(Refused):
        remarks.add(by=world.reviewer, draft=draft.pk, start=start, end=end, text="请核对。")


def test_a_remark_of_another_draft_is_not_withdrawn_from_here(world, held, draft):
    other = remarks.add(by=world.reviewer, draft=held["同事"].pk, start=1, end=5, text="请核对。")
    with pytest.raises(NotFound):
        remarks.withdraw(by=world.reviewer, draft=draft.pk, remark=other.pk)


def test_only_who_decided_takes_it_back(world, held, draft):
    save(Assignment(office=world.office, batch=held.batch, person=world.head))
    decide(world.reviewer, draft)
    with pytest.raises(NotAllowed):
        deciding.withdraw(
            by=world.head, draft=draft.pk, version=version(draft), reason="不同意退回"
        )
    with pytest.raises(Refused, match="撤回的理由"):
        deciding.withdraw(by=world.reviewer, draft=draft.pk, version=version(draft), reason="")
    deciding.withdraw(
        by=world.reviewer, draft=draft.pk, version=version(draft), reason="点错了按钮"
    )
    row = Decision.objects.get()
    assert row.withdrawn
    assert row.reason == "点错了按钮"
    decide(world.head, draft)


def test_nothing_changes_in_a_closed_batch(world, held, draft):
    batches.close(by=world.clerk, batch=held.batch.pk, version=held.batch.version)
    new = material(world, second_of("责任人"), "二稿.txt")
    for act in (
        lambda: decide(world.reviewer, draft),
        lambda: remarks.add(by=world.reviewer, draft=draft.pk, start=1, end=5, text="请核对。"),
        lambda: materials.follow(by=world.clerk, submission=draft.submission_id, version=version(draft),
                                 examination=new.pk),
        lambda: materials.add(by=world.clerk, batch=held.batch.pk, examination=new.pk, name="新人"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="已经结束"):
            act()
    held.batch.refresh_from_db()
    batches.reopen(by=world.clerk, batch=held.batch.pk, version=held.batch.version)
    decide(world.reviewer, draft)


def test_the_same_material_comes_in_once(world, held, draft):
    with pytest.raises(Refused, match="没有重复收入"):
        materials.add(
            by=world.clerk, batch=held.batch.pk, examination=draft.examination_id, name="另一人"
        )
    with pytest.raises(Refused, match="没有重复收入"):
        materials.follow(by=world.clerk, submission=held["同事"].submission_id,
                         version=version(held["同事"]), examination=draft.examination_id)  # fmt: skip


def test_nothing_of_another_office_comes_in(world, elsewhere, held, draft):
    theirs = material(elsewhere, second_of("责任人"), "别处.txt")
    with pytest.raises(NotFound):
        materials.add(by=world.clerk, batch=held.batch.pk, examination=theirs.pk, name="别处的人")
    ours = material(world, "别的" + second_of("责任人"), "新.txt")
    for given in (
        {"author": elsewhere.owner.pk},
        {"unit": elsewhere.city.pk},
        {"previous": theirs.pk},
    ):
        with pytest.raises(Refused, match="没有找到所选的"):
            materials.add(
                by=world.clerk, batch=held.batch.pk, examination=ours.pk, name="新人", **given
            )
    with pytest.raises(NotFound):
        materials.add(
            by=elsewhere.clerk, batch=held.batch.pk, examination=theirs.pk, name="别处的人"
        )


POSTS = {
    "remark": {"paragraph": "2", "words": "", "text": "请写明是哪一天。"},
    "judge": {"finding": "1", "take": "yes", "text": ""},
    "decide": {
        "outcome": "return",
        "words": "请把问题写具体一些，写明涉及几户。",
        "answer_by": str(days_ago(-5)),
    },
}


@pytest.mark.parametrize("what", POSTS)
def test_direct_posts_of_who_may_not(world, elsewhere, client_of, draft, what):
    address = f"/reviews/drafts/{draft.pk}/do/{what}"
    data = {**POSTS[what], "version": version(draft)}
    for by in (
        world.head,
        world.owner,
        world.colleague,
        world.verifier,
        elsewhere.reviewer,
        elsewhere.clerk,
    ):
        assert client_of(by).post(address, data).status_code == 404
    assert client_of(world.clerk).post(address, data).status_code in {403, 404}
    assert not Remark.objects.exists()
    assert not Decision.objects.exists()
    assert client_of(world.reviewer).post(address, data).status_code == 303


def test_a_stale_page_is_told_and_keeps_what_was_typed(world, client_of, draft):
    client = client_of(world.reviewer)
    seen = version(draft)
    remarks.add(by=world.reviewer, draft=draft.pk, start=1, end=5, text="请核对。")
    answer = client.post(
        f"/reviews/drafts/{draft.pk}/do/decide", {**POSTS["decide"], "version": seen}
    )
    assert answer.status_code == 409
    assert "又有了新的意见" in answer.content.decode()
    answer = client.post(
        f"/reviews/drafts/{draft.pk}/do/remark", {"paragraph": "999", "text": "这句话要留住。"}
    )
    assert answer.status_code == 422
    assert "没有第999段" in answer.content.decode()
    assert "这句话要留住。" in answer.content.decode()
    assert Draft.objects.filter(pk=draft.pk).exists()
    answer = client.post(f"/reviews/drafts/{draft.pk}/do/decide",
                         {**POSTS["decide"], "answer_by": "", "version": version(draft)})  # fmt: skip
    assert answer.status_code == 422
    assert POSTS["decide"]["words"] in answer.content.decode()
    answer = client.post(
        f"/reviews/drafts/{draft.pk}/do/judge", {"finding": 1, "take": "no", "text": "短"}
    )
    assert answer.status_code == 422
    assert 'value="短"' in answer.content.decode()
