"""How batches and their materials stand: counts of states, what came in since a comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.office.review.models import Batch, Comparison, Submission
from luoshi.office.review.queries import Line


@dataclass(frozen=True, slots=True)
class Standing:
    """A batch with how many of its materials stand how, under their labels."""

    batch: Batch
    counts: tuple[tuple[str, int], ...]
    total: int


def of_batches(rows: Sequence[Batch]) -> list[Standing]:
    """Return how the materials of some batches stand."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    held = Submission.objects.filter(batch__in=[row.pk for row in rows])
    for batch, state in held.values_list("batch_id", "state"):
        counted[batch][state] += 1
    return [Standing(row, _labelled(counted[row.pk]), counted[row.pk].total()) for row in rows]


def _labelled(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (str(label), counts[key]) for key, label in Submission.State.choices if counts[key]
    )


def states(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Return the states with their labels and how many materials are in each."""
    counts = Counter(line.submission.state for line in lines)
    return [(key, str(label), counts[key]) for key, label in Submission.State.choices]


def since(done: Comparison | None, lines: Iterable[Line]) -> int:
    """Return how many drafts came in after a comparison."""
    return sum(line.draft.pk not in done.drafts for line in lines) if done else 0


def running(batch: int) -> Comparison | None:
    """Return the newest comparison of a batch if it is not done: waiting, under way or failed."""
    found: Comparison | None = Comparison.objects.filter(batch=batch).order_by("-pk").first()
    return None if found is None or found.state == Comparison.State.DONE else found
