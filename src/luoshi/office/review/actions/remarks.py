"""Reviewers say what they think of places: of the program's findings, and in their own words."""

from __future__ import annotations

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.ledger import values
from luoshi.office.review import reach
from luoshi.office.review.actions.batches import opened
from luoshi.office.review.models import Draft, Remark, Submission

LONGEST, TEXT_MOST = 3000, 1000


@action("review.remark.add", "写审阅意见", needs="review.read")
def add(act: Act, *, by: Person, draft: int, start: int, end: int, text: str) -> Remark:
    """Remark in one's own words on characters ``[start, end)`` of a draft."""
    row, submission = judged(act, by, draft)
    if not 0 <= start < end <= len(row.examination.text) or end - start > LONGEST:
        raise Refused(f"请在原文里选一处，不超过{LONGEST}个字。")
    if not row.examination.text[start:end].strip():
        raise Refused("选中的地方没有文字，请重新选择。")
    words = values.words(text, "意见", 2, TEXT_MOST)
    return _keep(act, by, row, submission, Remark(
        kind=Remark.Kind.OWN, start=start, end=end, text=words))  # fmt: skip


@action("review.finding.judge", "采纳或不采纳检查意见", needs="review.read")
def judge(act: Act, *, by: Person, draft: int, finding: int, take: bool, text: str = "") -> Remark:
    """Take up a finding of the program, or dismiss it with a reason.

    ``finding`` is its number from 1. Raises ``Refused`` where somebody has judged it already.
    """
    row, submission = judged(act, by, draft)
    held = row.examination.findings
    if not 1 <= finding <= len(held):
        raise NotFound("没有这一条检查意见，请刷新页面后再试。")
    before = Remark.objects.filter(draft=row, finding=finding, withdrawn=False).first()
    if before is not None:
        raise Stale(
            f"这一条检查意见已经由{before.by.name}处理过了（{before.get_kind_display()}）。"
        )
    words = values.text(text, "理由", TEXT_MOST) if take else (
        values.words(text, "不采纳的理由", 4, TEXT_MOST)
    )  # fmt: skip
    start, end = next(iter(held[finding - 1]["spans"]), (0, 0))
    kind = Remark.Kind.TAKEN if take else Remark.Kind.DISMISSED
    return _keep(act, by, row, submission, Remark(
        kind=kind, finding=finding, start=start, end=end, text=words))  # fmt: skip


@action("review.remark.withdraw", "撤回审阅意见", needs="review.read")
def withdraw(act: Act, *, by: Person, draft: int, remark: int) -> Remark:
    """Take back what one has said oneself, before the decision."""
    row, submission = judged(act, by, draft)
    held = act.lock(Remark, remark)
    if held.draft_id != row.pk or held.withdrawn:
        raise NotFound("没有找到这条意见，可能已经撤回。")
    if held.by_id != by.pk:
        raise NotAllowed("只能撤回本人写的意见。请与写这条意见的审阅人商量。")
    held.withdrawn = True
    act.save(held)
    _touch(act, submission)
    act.about(row, facts={"remark": held.pk})
    return held


def judged(act: Act, by: Person, key: int) -> tuple[Draft, Submission]:
    """Return a draft that the person reviews and that still waits for its decision, locked.

    Raises ``NotFound`` for who does not review the batch, ``NotAllowed`` for one's own material,
    ``Stale`` where a newer draft came in or where it has been decided.
    """
    row = act.lock(Draft, key)
    submission = act.lock(Submission, row.submission_id)
    if not reach.eye(by, submission.batch_id).reviews:
        raise NotFound("没有找到，可能没有指定给您审阅。")
    if submission.author_id == by.pk:
        raise NotAllowed("本人的材料由别的审阅人审阅，您不能对它提意见或者作结论。")
    opened(act, submission.batch_id)
    newest = reach.latest(submission.pk)
    if row.number != newest:
        raise Stale(f"已经收到第{newest}稿，第{row.number}稿不能再审。请审阅新稿。")
    decision = reach.decision_on(row.pk)
    if decision is not None:
        raise Stale(
            f"{decision.by.name}已经作出结论：{decision.get_outcome_display()}。没有记录您的改动。"
        )
    return row, submission


def _keep(act: Act, by: Person, draft: Draft, submission: Submission, row: Remark) -> Remark:
    row.office_id, row.draft, row.by, row.at = draft.office_id, draft, by, act.time
    act.save(row)
    _touch(act, submission)
    act.about(draft, facts={"remark": row.pk, "kind": str(row.kind), "finding": row.finding})
    return row


def _touch(act: Act, submission: Submission) -> None:
    submission.version += 1
    act.save(submission)
