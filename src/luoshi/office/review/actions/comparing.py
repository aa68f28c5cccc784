"""A comparison is asked for by a person, and carried out by the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act, SystemActor, action
from luoshi.office.journal.errors import Refused, Stale
from luoshi.office.review import reach
from luoshi.office.review.actions.batches import opened
from luoshi.office.review.models import (
    Batch,
    Comparison,
    Draft,
    Figures,
    Passage,
    Recurrence,
    Share,
)

#: After so long a comparison that waits or is under way has died with its process.
DEAD_AFTER = timedelta(hours=1)
_OPEN = (Comparison.State.WAITING, Comparison.State.RUNNING)


@action("review.compare.ask", "要求比对批次材料", needs="")
def ask(act: Act, *, by: Person, batch: int) -> Comparison:
    """Ask for the batch to be compared; who manages or reviews it may.

    Raises ``Stale`` while one is waiting or under way.
    """
    row = act.lock(Batch, batch)
    reach.eye(by, row.pk)
    _may_ask(act, opened(act, batch))
    held = act.save(Comparison(office_id=row.office_id, batch=row, asked_by=by, asked_at=act.time))
    act.about(row, facts={"comparison": held.pk})
    return held


def is_dead(held: Comparison, now: datetime) -> bool:
    """Tell whether a comparison has waited or been under way for so long that nobody does it."""
    return now - (held.started_at or held.asked_at) >= DEAD_AFTER


def _may_ask(act: Act, row: Batch) -> None:
    if not Draft.objects.filter(submission__batch=row).exists():
        raise Refused("批次里还没有材料。请先收入材料，再比对。")
    for held in Comparison.objects.filter(batch=row, state__in=_OPEN):
        if not is_dead(held, act.time):
            raise Stale("比对已经在等待或者正在计算，请稍后刷新页面看结果。")
        held.state = Comparison.State.FAILED
        held.trouble = "计算中途停了（机器可能重新启动过）。"
        act.save(held)


@action("review.compare.begin", "开始比对批次材料", needs="review.manage")
def begin(act: Act, *, by: SystemActor, comparison: int) -> Comparison:
    """Take a comparison that waits; raises ``Stale`` where another process has taken it."""
    del by
    row = act.lock(Comparison, comparison)
    if row.state != Comparison.State.WAITING:
        raise Stale("这次比对已经由别的进程在算。")
    row.state, row.started_at = Comparison.State.RUNNING, act.time
    act.save(row)
    act.about(row, facts={})
    return row


@action("review.figures.keep", "记录材料的各项数字", needs="review.manage")
def keep_figures(
    act: Act, *, by: SystemActor, comparison: int, figures: Iterable[Figures | Recurrence]
) -> None:
    """Keep what was worked out about materials of a comparison's batch."""
    del by
    row = act.lock(Comparison, comparison)
    made = 0
    for one in figures:
        one.office_id = row.office_id
        act.save(one)
        made += 1
    act.about(row, facts={"figures": made})


@action("review.compare.keep", "记录比对结果", needs="review.manage")
def keep(
    act: Act, *, by: SystemActor, comparison: int, found: Any, passages: list[Passage],
    shares: list[Share],
) -> None:  # fmt: skip
    """Keep what a comparison found; ``found`` has drafts, templates, clusters and trouble."""
    del by
    row = act.lock(Comparison, comparison)
    if row.state != Comparison.State.RUNNING:
        raise Stale("这次比对已经作废，结果没有保存。")
    for passage in passages:
        passage.office_id, passage.comparison = row.office_id, row
    for share in shares:
        share.office_id, share.comparison = row.office_id, row
    act.create_many(passages)
    act.create_many(shares)
    row.drafts, row.templates, row.clusters = found["drafts"], found["templates"], found["clusters"]
    row.trouble = "\n".join(found["trouble"])
    row.state, row.done_at = Comparison.State.DONE, act.time
    act.save(row)
    act.about(row, facts={"drafts": len(row.drafts), "passages": len(passages)})


@action("review.compare.fail", "比对没有算成", needs="review.manage")
def fail(act: Act, *, by: SystemActor, comparison: int, trouble: str) -> None:
    """Write down that a comparison could not be carried out, and why."""
    del by
    row = act.lock(Comparison, comparison)
    row.state, row.trouble, row.done_at = Comparison.State.FAILED, trouble, act.time
    act.save(row)
    act.about(row, facts={"trouble": trouble})
