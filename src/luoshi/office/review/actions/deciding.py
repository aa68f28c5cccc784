"""A draft is passed or returned; the decision is bound to the draft and to the remarks on it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from luoshi.core.journal.canonical import canonical
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, Refused, Stale
from luoshi.office.ledger import values
from luoshi.office.review import reach
from luoshi.office.review.actions.batches import opened
from luoshi.office.review.actions.remarks import judged
from luoshi.office.review.models import Decision, Draft, Remark, Submission

_STATES = {
    Decision.Outcome.PASS: Submission.State.PASSED,
    Decision.Outcome.RETURN: Submission.State.RETURNED,
}


@action("review.decide", "作出审核结论", needs="review.read")
def decide(
    act: Act, *, by: Person, draft: int, version: int, outcome: str, words: str = "",
    answer_by: date | None = None,
) -> Decision:  # fmt: skip
    """Pass a draft or return it.

    Raises ``Stale`` when anything about the material changed since the page was opened: a newer
    draft, another reviewer's remark or decision. Raises ``Refused`` for a return that asks for
    nothing, and for a pass over a finding of the gravest kind that nobody has judged.
    """
    row, submission = judged(act, by, draft)
    if submission.version != version:
        raise Stale("您打开页面以后，这份材料又有了新的意见。请看过再作结论，刚才没有记录。")
    if outcome not in Decision.Outcome.values:
        raise Refused("请选择“通过”或者“退回修改”。")
    remarks = list(Remark.objects.filter(draft=row, withdrawn=False).order_by("start", "pk"))
    said = values.text(words, "总的意见", 2000)
    until = values.day(answer_by, "改好报送的日期")
    if outcome == Decision.Outcome.PASS:
        _may_pass(row, remarks)
        until = None
    else:
        _may_return(remarks, said, until)
    held = act.save(
        Decision(
            office_id=row.office_id, draft=row, by=by, at=act.time, outcome=outcome, words=said,
            answer_by=until, digest=digest(row, remarks),
        )
    )  # fmt: skip
    submission.state = _STATES[Decision.Outcome(outcome)]
    submission.version += 1
    act.save(submission)
    act.about(row, facts={"outcome": outcome, "digest": held.digest, "remarks": len(remarks)})
    return held


def _may_pass(draft: Draft, remarks: list[Remark]) -> None:
    judged_ones = {remark.finding for remark in remarks}
    grave = [
        number for number, finding in enumerate(draft.examination.findings, 1)
        if finding["severity"] == "error" and number not in judged_ones
    ]  # fmt: skip
    if grave:
        raise Refused(
            f"还有{len(grave)}条“错误”级的检查意见没有处理（第{'、'.join(map(str, grave[:10]))}条）。"
            "请逐条采纳，或者写明理由不采纳，再作“通过”的结论。"
        )


def _may_return(remarks: list[Remark], said: str, until: date | None) -> None:
    asks = [r for r in remarks if r.kind != Remark.Kind.DISMISSED]
    if not asks and len(said) < 10:
        raise Refused("退回要说清改什么：请至少写一条意见，或者在“总的意见”里写明（至少10个字）。")
    if until is None:
        raise Refused("请填写改好报送的日期，好让报送人安排。")
    if until < clock.today():
        raise Refused("改好报送的日期已经过了，请填今天或者以后的日期。")


def digest(draft: Draft, remarks: list[Remark]) -> str:
    """Return the SHA-256 of what a decision was made on: the text and every remark that stood."""
    return sha256(
        canonical(
            {
                "material": draft.examination_id,
                "text": sha256(draft.examination.text.encode()).hexdigest(),
                "remarks": [
                    [r.pk, str(r.kind), r.finding, r.start, r.end, r.text] for r in remarks
                ],
            }
        )
    ).hexdigest()


@action("review.decision.withdraw", "撤回审核结论", needs="review.read")
def withdraw(act: Act, *, by: Person, draft: int, version: int, reason: str) -> Decision:
    """Take back a decision that one made oneself, with a reason, while no newer draft has come."""
    row = act.lock(Draft, draft)
    submission = act.lock(Submission, row.submission_id)
    reach.eye(by, submission.batch_id)
    opened(act, submission.batch_id)
    held = reach.decision_on(row.pk)
    if held is None or submission.version != version or reach.latest(submission.pk) != row.number:
        raise Stale("这份材料的情况刚才已经变了，请看过再办。")
    if held.by_id != by.pk:
        raise NotAllowed("审核结论由作出它的审阅人撤回。")
    held.reason = values.words(reason, "撤回的理由", 4, 200)
    held.withdrawn = True
    act.save(held)
    submission.state = Submission.State.WAITING
    submission.version += 1
    act.save(submission)
    act.about(row, facts={"decision": held.pk, "reason": held.reason})
    return held
