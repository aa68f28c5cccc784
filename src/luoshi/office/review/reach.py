"""Who may see what: one place that every page, file and action of the review desk goes through.

A manager (经办人) sees the batches of the office, its materials and what was decided. A reviewer
sees the batches assigned to them and everything in those. An author sees what was decided on their
own material and nothing else: nobody else's text, no remark before the decision. For everybody
else there is no such thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed, NotFound
from luoshi.office.review.models import Assignment, Batch, Decision, Draft, Submission

MANAGES, REVIEWS, OWN = "review.manage", "review.read", "review.own"
_NONE = "没有找到，可能已被删除，或者没有指定给您。"


@dataclass(frozen=True, slots=True)
class Eye:
    """How somebody looks at a batch: as who manages it, as who reviews it, or both."""

    person: Person
    manages: bool
    reviews: bool

    def is_own(self, submission: Submission) -> bool:
        """Tell whether the material is the person's own, on which they neither judge nor decide."""
        return submission.author_id == self.person.pk

    def judges(self, submission: Submission) -> bool:
        """Tell whether the person reviews this material."""
        return self.reviews and not self.is_own(submission)


def eye(by: Person, batch: int) -> Eye:
    """Return how a person looks at a batch of their office; raises ``NotFound`` for who may not."""
    manages = may(by, MANAGES)
    reviews = may(by, REVIEWS) and is_assigned(by, batch)
    if not manages and not reviews:
        raise NotFound(_NONE)
    return Eye(by, manages, reviews)


def is_assigned(by: Person, batch: int) -> bool:
    """Tell whether somebody reviews a batch today."""
    mine = Assignment.objects.filter(batch=batch, person=by, active=True, office=by.office_id)
    found: bool = mine.exists()
    return found


def batches(by: Person) -> QuerySet[Batch]:
    """Return the batches that a person may open, newest first; raises ``NotAllowed`` for none at all."""
    manages, reviews = may(by, MANAGES), may(by, REVIEWS)
    if not manages and not reviews:
        raise NotAllowed("您没有审阅材料的权限。如确有需要，请与管理员联系。")
    rows = Batch.for_office(by.office_id)
    if not manages:
        rows = rows.filter(
            pk__in=Assignment.objects.filter(person=by, active=True).values("batch_id")
        )
    return rows.order_by("state", "-made_on", "-pk")


def batch(by: Person, key: int) -> tuple[Batch, Eye]:
    """Return a batch and how the person looks at it; raises ``NotFound``."""
    row = Batch.for_office(by.office_id).filter(pk=key).first()
    if row is None:
        raise NotFound(_NONE)
    return row, eye(by, row.pk)


def managed(by: Person, key: int) -> Batch:
    """Return a batch to somebody who manages it; raises ``NotAllowed``, ``NotFound``."""
    row, seen = batch(by, key)
    if not seen.manages:
        raise NotAllowed("收材料、指定审阅人由经办人办理。")
    return row


_WITH = ("submission__batch", "submission__unit", "submission__author", "examination__file")


def draft(by: Person, key: int) -> tuple[Draft, Eye]:
    """Return a draft and how the person looks at its batch; raises ``NotFound``."""
    row = Draft.for_office(by.office_id).filter(pk=key).select_related(*_WITH).first()
    if row is None:
        raise NotFound(_NONE)
    return row, eye(by, row.submission.batch_id)


def opinion(by: Person, key: int) -> tuple[Draft, Decision]:
    """Return a decided draft to its reviewers, its managers and its author; raises ``NotFound``."""
    row = Draft.for_office(by.office_id).filter(pk=key).select_related(*_WITH).first()
    decision = decision_on(key) if row is not None else None
    if row is None or decision is None:
        raise NotFound("没有找到审核意见：可能还没有作出结论，或者结论已经撤回。")
    if not (row.submission.author_id == by.pk and may(by, OWN)):
        eye(by, row.submission.batch_id)
    return row, decision


def decision_on(draft_key: int) -> Decision | None:
    """Return the decision that stands on a draft."""
    found: Decision | None = (
        Decision.objects.filter(draft=draft_key, withdrawn=False).select_related("by").first()
    )
    return found


def submission(by: Person, key: int) -> tuple[Submission, Eye]:
    """Return a person's place in a batch to who reviews or manages it; raises ``NotFound``."""
    rows = Submission.for_office(by.office_id).filter(pk=key)
    row = rows.select_related("batch", "unit", "author", "previous").first()
    if row is None:
        raise NotFound(_NONE)
    return row, eye(by, row.batch_id)


def latest(submission_key: int) -> int:
    """Return the number of the newest draft of a submission (0: none)."""
    found = Draft.objects.filter(submission=submission_key).aggregate(n=Max("number"))["n"]
    return int(found or 0)


def mine(by: Person) -> QuerySet[Submission]:
    """Return the places in batches that are the person's own; raises ``NotAllowed``."""
    if not may(by, OWN):
        raise NotAllowed("您没有查看审核意见的权限。如确有需要，请与管理员联系。")
    rows = Submission.for_office(by.office_id).filter(Q(author=by))
    return rows.select_related("batch").order_by("-batch__made_on", "-pk")
