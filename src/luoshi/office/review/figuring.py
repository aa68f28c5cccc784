"""Figures of materials, and what comes back from the meeting before: worked out once, in bounded processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from luoshi.core.reading.model import DEFAULT_LIMITS
from luoshi.core.review.figures import EDITION
from luoshi.core.review.recurring import EDITION as RECURRING
from luoshi.engines.bounded import GIB, BoundedPool
from luoshi.engines.reviewing import packed
from luoshi.office.examinations.models import Examination
from luoshi.office.examinations.storage import path_of
from luoshi.office.review.models import Comparison, Draft, Figures, Recurrence
from luoshi.office.review.queries import counts_of

_WORKERS, _SECONDS = 2, 60.0


@dataclass
class Work:
    """One comparison that is carried out: the drafts of its batch, and what went wrong."""

    comparison: Comparison
    drafts: list[Draft]
    trouble: list[str] = field(default_factory=list)


def figures(work: Work) -> Iterator[Figures]:
    """Yield the figures of the materials that have none yet."""
    held = set(
        Figures.objects.filter(
            examination__in=[d.examination_id for d in work.drafts], edition=EDITION
        ).values_list("examination_id", flat=True)
    )
    wanted = [(d, (d.examination,)) for d in work.drafts if d.examination_id not in held]
    for draft, found in _done(work, "figures_of", wanted):
        if _is_of(work, draft, found["text"], draft.examination):
            counted = {**found, "findings": counts_of(draft.examination.findings)}
            yield Figures(examination=draft.examination, edition=EDITION, held=counted)


def recurrences(work: Work) -> Iterator[Recurrence]:
    """Yield what comes back from the meeting before, where that is not known yet."""
    after = [d.examination_id for d in work.drafts]
    held = set(
        Recurrence.objects.filter(after__in=after, edition=RECURRING)
        .values_list("before_id", "after_id")
    )  # fmt: skip
    wanted = [
        (d, (d.submission.previous, d.examination))
        for d in work.drafts
        if d.submission.previous_id and (d.submission.previous_id, d.examination_id) not in held
    ]
    for draft, found in _done(work, "recurrence_of", wanted):
        before, later = draft.submission.previous, draft.examination
        if _is_of(work, draft, found["text"], later) and _is_of(
            work, draft, found["before"], before
        ):
            yield Recurrence(before=before, after=later, edition=RECURRING, held=found)


Wanted = Iterable[tuple[Draft, tuple[Any, ...]]]


def _done(work: Work, task: str, wanted: Wanted) -> Iterator[tuple[Draft, dict[str, Any]]]:
    """Yield what a task made of each draft's files; what it could not do is trouble."""
    rows = list(wanted)
    if not rows:
        return
    ready: list[Draft] = []
    with BoundedPool(_WORKERS, GIB, _SECONDS) as pool:
        results = pool.map(
            f"luoshi.engines.reviewing:{task}", _files(work, rows, ready),
            {"limits": DEFAULT_LIMITS},
        )  # fmt: skip
        for number, result in enumerate(results):
            draft = ready[number]
            if result.error is not None:
                work.trouble.append(f"{draft.submission.name}：{result.error.message}")
            else:
                yield draft, result.value


def _files(work: Work, rows: Wanted, ready: list[Draft]) -> Iterator[bytes]:
    for draft, materials in rows:
        try:
            held = [
                (m.file.name, m.outline, path_of(m.file.sha256).read_bytes()) for m in materials
            ]
        except OSError:
            work.trouble.append(f"{draft.submission.name}：服务器上没有找到原文件。")
            continue
        ready.append(draft)
        yield packed(*held)


def _is_of(work: Work, draft: Draft, found: str, material: Examination | None) -> bool:
    """Tell whether a file still reads as it did when it was imported; if not, that is trouble."""
    same = material is not None and found == sha256(material.text.encode()).hexdigest()
    if not same:
        work.trouble.append(
            f"{draft.submission.name}：程序升级后读出的文字与导入时不同，数字没有更新，"
            "请把这份材料作为新稿重新收入。"
        )
    return same
