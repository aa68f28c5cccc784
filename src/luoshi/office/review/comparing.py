"""Carries out comparisons that wait: figures of each material, passages that they share.

Runs in a process of its own (`luoshi review`): a batch may take minutes and much memory. Nothing is
locked meanwhile; what was found is kept in one action at the end.
"""

from __future__ import annotations

import logging

from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.errors import Stale
from luoshi.office.review.actions import comparing
from luoshi.office.review.figuring import Work, figures, recurrences
from luoshi.office.review.models import Comparison, Figures, Recurrence, Template
from luoshi.office.review.overlapping import Text, overlap
from luoshi.office.review.queries import newest

_log = logging.getLogger(__name__)
FAULT = "程序出了错，没有算成。请与管理员联系，日志里有原因。"


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
    work = Work(
        row,
        list(
            newest(row.batch_id).select_related("submission__previous__file", "examination__file")
        ),
    )
    made: list[Figures | Recurrence] = [*figures(work), *recurrences(work)]
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
    if found.left_out:
        work.trouble.append(
            f"相同的段落太多，只保留了字数最多的{len(found.passages):,}处，"
            f"另有{found.left_out:,}处没有列出；各份材料相同的字数是全部算进去的。"
        )
    comparing.keep(
        by=SYSTEM, comparison=row.pk, passages=found.passages, shares=found.shares,
        found={
            "drafts": [d.pk for d in work.drafts], "templates": [t.pk for t in templates],
            "clusters": found.clusters, "trouble": work.trouble,
        },
    )  # fmt: skip
