"""Whether a reviewer would say of a problem that no measure answers it.

A decision of its own: a problem whose best pair is poor may still be answered, in words
that are not known, by the measure that stands where the answer should be; and in a material
whose other problems are all answered, one without an answer is less likely.
"""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.material.likeness import chance
from luoshi.core.material.order import order_of, unclaimed
from luoshi.core.material.pairs import Row

UNANSWERED = ("best", "others", "groups", "signs", "empty", "order", "free", "unclaimed")
_MOST = 8.0
_MOST_FREE = 6.0


def unanswered_figures(
    rows: Sequence[Row], logits: Sequence[Sequence[float]], count: int
) -> list[tuple[float, ...]]:
    """Return the figures named in ``UNANSWERED`` for each of ``count`` problems.

    ``rows`` and ``logits`` have one entry for each measure. ``best`` is the problem's best
    logit, ``others`` how well the other problems are answered, ``groups`` and ``signs`` the
    nearest measure by either; ``empty`` and ``unclaimed`` tell whether there is a measure
    where the order of the sure pairs lets one expect it, and ``free`` how near it comes.
    """
    bests = [max(column) for column in zip(*logits, strict=True)]
    groups = [max(column) for column in zip(*(row.groups for row in rows), strict=True)]
    signs = [max(column) for column in zip(*(row.signs for row in rows), strict=True)]
    chances = [chance(best) for best in bests]
    whole, others = sum(chances), max(1, count - 1)
    order, gaps = order_of(logits, count)
    tops = [line.index(max(line)) for line in logits]
    found: list[tuple[float, ...]] = []
    for index, gap in enumerate(gaps):
        free = max((logits[m][index] for m in range(gap.first, gap.last)), default=-_MOST_FREE)
        alone = unclaimed(gap, index, logits, tops) / gap.problems
        found.append(
            (
                max(-_MOST, min(_MOST, bests[index])),
                (whole - chances[index]) / others if count > 1 else 0.5,
                groups[index],
                signs[index],
                order * (gap.first >= gap.last),
                order,
                order * max(-_MOST_FREE, min(_MOST_FREE, free)),
                order * min(1.0, alone),
            )
        )
    return found
