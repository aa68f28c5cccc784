"""How far measures follow the order of the problems, and what that says of one problem.

A reviewer reads down the measures with the problems at hand. Where the pairs beyond doubt
run in the same order, a problem between two of them is answered by what stands between
their measures, or by nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

Pair = tuple[int, int]
_SURE = 0.5
_CLAIMED = -0.5
_MOST = 4.0


class Gap(NamedTuple):
    """The measures ``first`` to ``last - 1`` among which the answer to a problem should be.

    ``problems`` is how many problems share them.
    """

    first: int
    last: int
    problems: int


class Order(NamedTuple):
    """How strictly measures follow problems (0 not at all, towards 1), and each gap."""

    strength: float
    gaps: list[Gap]


def sure_pairs(logits: Sequence[Sequence[float]]) -> list[Pair]:
    """Return problem and measure where each is the other's best, by problem.

    ``logits`` has a row for each measure and a column for each problem.
    """
    found: list[Pair] = []
    tops = [line.index(max(line)) for line in logits]
    for problem, column in enumerate(zip(*logits, strict=True)):
        best = max(column)
        measure = column.index(best)
        if best >= _SURE and tops[measure] == problem:
            found.append((problem, measure))
    return found


def chain(pairs: Sequence[Pair], logits: Sequence[Sequence[float]]) -> list[Pair]:
    """Return the weightiest of the ``pairs`` that run in the same order on both sides."""
    sums: list[float] = []
    before: list[int] = []
    for at, (problem, measure) in enumerate(pairs):
        top, link = 0.0, -1
        for other in range(at):
            if pairs[other][1] < measure and sums[other] > top:
                top, link = sums[other], other
        sums.append(top + min(logits[measure][problem], _MOST) + _SURE)
        before.append(link)
    at = max(range(len(sums)), key=sums.__getitem__, default=-1)
    found: list[Pair] = []
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def order_of(logits: Sequence[Sequence[float]], count: int) -> Order:
    """Return how the measures follow the ``count`` problems.

    A problem's own sure pair does not bound its gap: it is what is being asked.
    """
    pairs = sure_pairs(logits)
    line = chain(pairs, logits)
    strength = max(0.0, (2 * len(line) - len(pairs) - 1) / (len(pairs) + 1.5))
    bounds = [(-1, -1), *line, (count, len(logits))]
    problems = [problem for problem, _ in bounds]
    gaps: list[Gap] = []
    for problem in range(count):
        at = bisect_left(problems, problem)
        low = bounds[at - 1]
        high = bounds[at + 1] if problems[at] == problem else bounds[at]
        gaps.append(Gap(low[1] + 1, high[1], high[0] - low[0] - 1))
    return Order(strength, gaps)


def unclaimed(
    gap: Gap, problem: int, logits: Sequence[Sequence[float]], tops: Sequence[int]
) -> int:
    """Return how many measures of the gap speak to no other problem.

    ``tops`` has the best problem of each measure.
    """
    count = 0
    for measure in range(gap.first, gap.last):
        line = logits[measure]
        if tops[measure] != problem:
            count += line[tops[measure]] < _CLAIMED
        else:
            others = (value for index, value in enumerate(line) if index != problem)
            count += max(others, default=-9.0) < _CLAIMED
    return count
