"""The rows of a batch, put there without reading or comparing anything: quick, for the contracts."""

from __future__ import annotations

from dataclasses import dataclass

from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.core.review.figures import EDITION
from luoshi.core.review.recurring import EDITION as RECURRING
from luoshi.office.journal import clock
from luoshi.office.review.models import (
    Against,
    Assignment,
    Batch,
    Comparison,
    Decision,
    Draft,
    Figures,
    Passage,
    Recurrence,
    Remark,
    Share,
    Submission,
    Template,
)

FINDING = {"code": "B101", "severity": "warning", "message": "这个问题没有写出一件具体的事。",
           "why": "没有具体的事，改没改无从看出。", "fix": "", "spans": [[8, 30]]}  # fmt: skip


@dataclass
class Rows:
    """A batch with two materials: one returned, one waiting, and a passage that they share."""

    batch: Batch
    returned: Draft
    waiting: Draft
    template: Template
    done: Comparison


def rows(world, *, name="2025年度民主生活会材料") -> Rows:
    office = world.office
    batch = save(Batch(office=office, name=name, meeting="街道领导班子民主生活会",
                       made_by=world.clerk, made_on=days_ago(5)))  # fmt: skip
    earlier = save(Batch(office=office, name="上一年的材料", meeting="上一年民主生活会", made_by=world.clerk,
                         made_on=days_ago(300), state="closed"))  # fmt: skip
    save(Assignment(office=office, batch=batch, person=world.reviewer))
    save(Against(office=office, batch=batch, other=earlier))
    file = make.file(office, "f")
    template = save(Template(office=office, name="网上范文.txt", file=file, text=make.TEXT,
                             added_by=world.clerk, added_on=days_ago(9)))  # fmt: skip
    done = save(Comparison(office=office, batch=batch, state="done", asked_by=world.clerk,
                           asked_at=clock.now(), started_at=clock.now(), done_at=clock.now(),
                           templates=[template.pk], trouble="有一份没有算成。"))  # fmt: skip
    held = Rows(batch, *(_material(world, batch, who) for who in (world.owner, world.colleague)),
                template, done)  # fmt: skip
    add_comparison(world, held, [held.returned, held.waiting])
    _decide(world, held.returned)
    return held


def _material(world, batch, author) -> Draft:
    material = make.examination(world)
    material.findings = [FINDING]
    save(material)
    previous = make.examination(world)
    save(Recurrence(office=world.office, before=previous, after=material, edition=RECURRING,
                    held={"title": "上一年的材料", "then": 2, "gone": 1, "rows": [
                        {"start": 8, "end": 30, "state": "empty", "was": "占道经营", "promised": ["整治"]}]}))  # fmt: skip
    save(Figures(office=world.office, examination=material, edition=EDITION, held={
        "edition": EDITION, "characters": 150, "parts": {"problem": 40, "cause": 20, "measure": 50, "previous": 0},
        "problems": [{"start": 8, "end": 30, "path": "三/1", "has": [], "concrete": False}],
        "measures": [{"start": 60, "end": 90, "path": "五/1", "missing": ["owner"], "can_act": False}]}))  # fmt: skip
    one = save(Submission(office=world.office, batch=batch, name=author.name, unit=world.city,
                          author=author, previous=previous))  # fmt: skip
    return save(Draft(office=world.office, submission=one, number=1, examination=material,
                      added_by=world.clerk, added_on=days_ago(3)))  # fmt: skip


def add_comparison(world, held: Rows, drafts) -> None:
    """Let all drafts share a passage with the first one and with the template."""
    held.done.drafts = [*held.done.drafts, *(d.pk for d in drafts)]
    held.done.clusters = [held.done.drafts]
    save(held.done)
    spans = {
        "one_start": 8,
        "one_end": 30,
        "other_start": 8,
        "other_end": 30,
        "exact": True,
        "covered": 1000,
        "same": 22,
    }
    for draft in drafts:
        save(Share(office=world.office, comparison=held.done, draft=draft, characters=22, others=1))
        if draft.pk != held.returned.pk:
            save(
                Passage(
                    office=world.office,
                    comparison=held.done,
                    one=draft,
                    other=held.returned,
                    group=1,
                    **spans,
                )
            )
        save(
            Passage(
                office=world.office,
                comparison=held.done,
                one=draft,
                template=held.template,
                group=1,
                **spans,
            )
        )


def _decide(world, draft) -> None:
    common = {"office": world.office, "draft": draft, "by": world.reviewer, "at": clock.now()}
    save(Remark(kind="taken", finding=1, start=8, end=30, text="请补上时间和地点。", **common))
    save(Remark(kind="own", start=31, end=40, text="这里请核对。", **common))
    save(
        Decision(
            outcome="return",
            words="总的看写得不够具体。",
            answer_by=days_ago(-9),
            digest="0" * 64,
            **common,
        )
    )
    draft.submission.state = "returned"
    save(draft.submission)


def grow(world, held: Rows, n: int) -> None:
    """Add a batch, a material of ``world.owner`` with its passages, a remark and a template."""
    other = save(Batch(office=world.office, name=f"第{n}批", meeting="会议", made_by=world.clerk,
                       made_on=days_ago(n)))  # fmt: skip
    save(Assignment(office=world.office, batch=other, person=world.reviewer))
    draft = _material(world, held.batch, world.owner)
    add_comparison(world, held, [draft])
    save(Remark(office=world.office, draft=held.returned, by=world.reviewer, at=clock.now(), kind="own",
                start=n, end=n + 2, text=f"第{n}条意见。"))  # fmt: skip
    save(Template(office=world.office, name=f"范文{n}", file=held.template.file, text="范文",
                  added_by=world.clerk, added_on=days_ago(n)))  # fmt: skip
