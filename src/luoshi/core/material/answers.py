"""How well each measure answers each problem (or cause), as one score for each pair.

docs/links.md tells how the weights were found and what they achieve.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.material.citing import Citations
from luoshi.core.material.likeness import chance
from luoshi.core.material.measured import Measured, Stated
from luoshi.core.material.model import Point
from luoshi.core.material.pairs import (
    FIRST,
    SECOND,
    Fit,
    Row,
    first_logits,
    second_figures,
    weighed,
)
from luoshi.core.material.topics import says_something
from luoshi.core.material.unanswered import UNANSWERED, unanswered_figures

# Measure and target, as places among the measures and the targets, and their score.
Answers = dict[tuple[int, int], float]
CITED_SCORE = 0.99
# No pair whose first logit is below comes to a score that is shown.
_HOPELESS = -4.0


class _Model(NamedTuple):
    first: Fit
    second: Fit
    unanswered: Fit
    weak: float
    bare: float


@cache
def _model() -> _Model:
    table = knowledge.table("links/weights")
    limits = table["limits"]
    first, second, unanswered = (
        (tuple(table[part][name] for name in names), table[part]["constant"])
        for part, names in (("first", FIRST), ("second", SECOND), ("unanswered", UNANSWERED))
    )
    return _Model(first, second, unanswered, _logit(limits["weak"]), _logit(limits["unanswered"]))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def answers_to_problems(text: str, points: Sequence[Point], known: Measured) -> Answers:
    """Return the score of each pair of measure and problem that is to be shown.

    A problem that no measure answers is in no pair. One of which that cannot be said is in
    one at least, be its score ever so low.
    """
    rows, count = rows_to_problems(known), len(known.problems.points)
    if not rows or not count:
        return {}
    model = _model()
    cited = citations(text, points, known.problems, known.measures)
    logits = first_logits(rows, model.first, cited)
    scores = _scores(rows, logits, cited)
    found = unanswered_figures(rows, logits, count)
    named = frozenset[int]().union(*cited)
    bare = [
        place not in named
        and weighed(figures, *model.unanswered) >= model.bare
        and says_something(topic)
        for place, (figures, topic) in enumerate(zip(found, known.problems.topics, strict=True))
    ]
    return _decided(scores, logits, bare)


def answers_to_causes(text: str, points: Sequence[Point], known: Measured) -> Answers:
    """Return the score of each pair of measure and cause that is to be shown."""
    rows = _rows(known, len(known.problems.points), None)
    if not rows or not known.causes.points:
        return {}
    cited = citations(text, points, known.causes, known.measures)
    return _scores(rows, first_logits(rows, _model().first, cited), cited)


def rows_to_problems(known: Measured) -> list[Row]:
    """Return the measures against the problems."""
    return _rows(known, 0, len(known.problems.points))


def _rows(known: Measured, low: int, high: int | None) -> list[Row]:
    topics = known.measures.topics
    last = max(1, len(topics) - 1)
    return [
        Row(
            known.by_groups[at][low:high],
            known.by_signs[at][low:high],
            at / last,
            math.log(len(topic.signs) + 5),
        )
        for at, topic in enumerate(topics)
    ]


def citations(
    text: str, points: Sequence[Point], targets: Stated, measures: Stated
) -> list[frozenset[int]]:
    """Return for each measure the targets that it cites, or in whose table row it stands."""
    names = Citations(text, points, targets.points)
    at = {point.id: place for place, point in enumerate(targets.points)}
    return [
        names.cited(topic.plain) | ({at[point.tied]} if point.tied in at else frozenset())
        for point, topic in zip(*measures, strict=True)
    ]


def _scores(
    rows: Sequence[Row], logits: Sequence[Sequence[float]], cited: Sequence[frozenset[int]]
) -> Answers:
    """Return the scores of the pairs that are likely enough."""
    model = _model()
    found: Answers = {}
    for j, (row, line) in enumerate(zip(rows, logits, strict=True)):
        for i, figures in second_figures(line, row.length, _HOPELESS).items():
            logit = weighed(figures, *model.second)
            if logit >= model.weak:
                found[j, i] = chance(logit)
        found.update(((j, i), CITED_SCORE) for i in cited[j])
    return found


def _decided(scores: Answers, logits: Sequence[Sequence[float]], bare: Sequence[bool]) -> Answers:
    """Return the scores without those of bare problems, and one for each other problem."""
    found = {(j, i): score for (j, i), score in scores.items() if not bare[i]}
    answered = {i for _, i in found}
    for i, column in enumerate(zip(*logits, strict=True)):
        if not bare[i] and i not in answered:
            best = max(column)
            found[column.index(best), i] = min(chance(best), chance(_model().weak))
    return found
