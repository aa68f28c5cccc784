"""A batch in the middle of its work, for the browser: returned, mended, passed, compared."""

from __future__ import annotations

from tests.office.make import days_ago, save
from tests.office.review.reviewed import compare, material, reviewed, second_of, text_of

from luoshi.office.review.actions import deciding, materials, remarks
from luoshi.office.review.models import Batch, Decision


def story(world) -> dict[str, int]:
    """Make the batch; return the numbers that the pages' addresses name."""
    held = reviewed(world, compared=False)
    first = held["责任人"]
    last_year = text_of("责任人").replace("2025", "2024").replace("41场", "52场")
    owner = first.submission
    owner.previous = material(world, last_year, "责任人上一年.txt", days_ago(300))
    save(owner)
    compare(world, held.batch)
    by = world.reviewer
    at = first.examination.text.index("东堤小区二号楼")
    remarks.add(
        by=by,
        draft=first.pk,
        start=at,
        end=at + 17,
        text="请写明是哪一年、涉及几户，现在清理到什么程度。",
    )
    for number, _ in enumerate(first.examination.findings, 1):
        take = number % 3 > 0
        remarks.judge(by=by, draft=first.pk, finding=number, take=take,
                      text="" if take else "报告里别处已经写明。")  # fmt: skip
    _decide(
        by, first, "return", words="问题写得还不够具体，措施第3条没有动作。", answer_by=days_ago(-6)
    )
    owner.refresh_from_db()
    second = material(world, second_of("责任人"), "责任人二稿.txt")
    next_ = materials.follow(by=world.clerk, submission=owner.pk, version=owner.version,
                             examination=second.pk)  # fmt: skip
    passed = held["副主任"]
    for number, finding in enumerate(passed.examination.findings, 1):
        if finding["severity"] == "error":
            remarks.judge(by=by, draft=passed.pk, finding=number, take=True)
    _decide(by, passed, "pass", words="")
    other = held["城管科长"]
    remarks.add(by=by, draft=other.pk, start=0, end=10, text="标题请写全称。")
    _decide(by, other, "return", words="请按意见修改。", answer_by=days_ago(-3))
    compare(world, held.batch)
    empty = save(Batch(office=world.office, name="还没有材料的批次", meeting="七月组织生活会",
                       made_by=world.clerk, made_on=days_ago(0)))  # fmt: skip
    return {
        "batch": held.batch.pk, "empty batch": empty.pk, "first": first.pk, "second": next_.pk,
        "passed": passed.pk, "colleague": held["同事"].pk, "submission": owner.pk,
        "template": held.template.pk if held.template else 0,
    }  # fmt: skip


def _decide(by, draft, outcome, **given) -> Decision:
    draft.submission.refresh_from_db()
    return deciding.decide(
        by=by, draft=draft.pk, version=draft.submission.version, outcome=outcome, **given
    )
