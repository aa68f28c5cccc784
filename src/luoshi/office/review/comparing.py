"""Carries out comparisons that wait: figures of each material, passages that they share.

Runs in a process of its own (`luoshi review`): a batch may take minutes and much memory. Nothing is
locked meanwhile; what was found is kept in one action at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from luoshi.core.reading.model import DEFAULT_LIMITS
from luoshi.core.review.figures import EDITION
from luoshi.engines.bounded import GIB, BoundedPool
from luoshi.engines.reviewing import packed
from luoshi.office.examinations.models import Examination
from luoshi.office.examinations.storage import path_of
from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.errors import Stale
from luoshi.office.review.actions import comparing
from luoshi.office.review.models import Comparison, Draft, Figures, Template
from luoshi.office.review.overlapping import Text, overlap
from luoshi.office.review.queries import newest

_log = logging.getLogger(__name__)
_SECONDS = 60.0
FAULT = "程序出了错，没有算成。请与管理员联系，日志里有原因。"


@dataclass
class Work:
    """One comparison that is carried out: the drafts of its batch, and what went wrong."""

    comparison: Comparison
    drafts: list[Draft]
    trouble: list[str] = field(default_factory=list)


def run_waiting() -> list[Comparison]:
    """Carry out all comparisons that wait; return them as they stand afterwards."""
    done = []
    for key in (
        Comparison.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True)
    ):
        try:
            row = comparing.begin(by=SYSTEM, comparison=key)
        except Stale:
            continue
        try:
            run(row)
        except Exception:  # noqa: BLE001  # whatever it was, the page must not wait for ever
            _log.exception("a comparison failed")
            comparing.fail(by=SYSTEM, comparison=key, trouble=FAULT)
        done.append(Comparison.objects.select_related("batch", "office").get(pk=key))
    return done


def run(row: Comparison) -> None:
    """Carry out one comparison that was begun."""
    work = Work(row, list(newest(row.batch_id).select_related("submission", "examination__file")))
    made = list(_figures(work))
    if made:
        comparing.keep_figures(by=SYSTEM, comparison=row.pk, figures=made)
    templates = list(Template.objects.filter(office=row.office_id, active=True).order_by("pk"))
    earlier = newest(*row.batch.against.values_list("other_id", flat=True))
    references = [Text(t.text, template=t) for t in templates]
    references += [
        Text(d.examination.text, draft=d, outside=True)
        for d in earlier.select_related("examination")
    ]
    found = overlap(references, [Text(d.examination.text, draft=d) for d in work.drafts])
    comparing.keep(
        by=SYSTEM, comparison=row.pk, passages=found.passages, shares=found.shares,
        found={
            "drafts": [d.pk for d in work.drafts], "templates": [t.pk for t in templates],
            "clusters": found.clusters, "trouble": work.trouble,
        },
    )  # fmt: skip


def _figures(work: Work) -> Iterator[Figures]:
    """Yield the figures of the materials that have none yet, from a bounded process."""
    held = set(
        Figures.objects.filter(
            examination__in=[d.examination_id for d in work.drafts], edition=EDITION
        ).values_list("examination_id", flat=True)
    )
    wanted = [d for d in work.drafts if d.examination_id not in held]
    if not wanted:
        return
    ready: list[Draft] = []
    with BoundedPool(2, GIB, _SECONDS) as pool:
        results = pool.map(
            "luoshi.engines.reviewing:figures_of", _files(work, wanted, ready),
            {"limits": DEFAULT_LIMITS},
        )  # fmt: skip
        for number, result in enumerate(results):
            draft = ready[number]
            if result.error is not None:
                work.trouble.append(f"{draft.submission.name}：{result.error.message}")
            elif _is_of(result.value, draft.examination):
                yield Figures(examination=draft.examination, edition=EDITION, held=result.value)
            else:
                work.trouble.append(
                    f"{draft.submission.name}：程序升级后读出的文字与导入时不同，数字没有更新，"
                    "请把这份材料作为新稿重新收入。"
                )


def _files(work: Work, wanted: list[Draft], ready: list[Draft]) -> Iterator[bytes]:
    for draft in wanted:
        material = draft.examination
        try:
            data = path_of(material.file.sha256).read_bytes()
        except OSError:
            work.trouble.append(f"{draft.submission.name}：服务器上没有找到原文件。")
            continue
        ready.append(draft)
        yield packed((material.file.name, material.outline, data))


def _is_of(held: dict[str, Any], material: Examination) -> bool:
    return bool(held["text"] == sha256(material.text.encode()).hexdigest())
