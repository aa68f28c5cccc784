"""Which measure answers which problem, which cause may explain it (docs/links.md).

Links are candidates for a person to confirm. A problem stays without a link only where a
reviewer would say that no measure answers it; whatever lies between is shown as weak.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.material.answers import Answers, answers_to_causes, answers_to_problems
from luoshi.core.material.measured import Measured, Stated, measured
from luoshi.core.material.model import Link, Point, Strength
from luoshi.core.material.stray import stray_sentences
from luoshi.core.reading.model import Span

MOST_STATEMENTS = 1_500
# What a measure names when it is more than a resolve: a figure, a rhythm, a date, a rule.
_DEFINITE = re.compile(
    r"\d|[一二两三四五六七八九十百][次天日月年名项条元人家场期篇份周]|每[一两]?[天日周月季年半班学次个条件]"
    r"|定期|逐[一户家个项级条处]|制定|修订|出台|成立|组建|设立|增设|公示|公布|张贴|台账|清单|名录"
    r"|末位表态|收回|换发|停用|更换|补齐|加装|拆除|约谈|复查|回访|抽查|暗访|限期|到期前|批准后|方可|不得|一律"
)
_TIED = 0.99


class _Limits(NamedTuple):
    strong: float
    explains: float
    candidates: int


@cache
def _limits() -> _Limits:
    limits = knowledge.table("links/weights")["limits"]
    return _Limits(limits["strong"], limits["explains"], limits["candidates"])


def linkable(points: tuple[Point, ...]) -> list[Point]:
    """Return the points between which there may be links."""
    return [p for p in points if p.kind in ("problem", "cause", "measure")]


def link_points(text: str, points: tuple[Point, ...]) -> tuple[tuple[Link, ...], tuple[Span, ...]]:
    """Return the links between points, and the sentences of measures that stray.

    A sentence strays when its measure answers a problem but the sentence concerns a matter
    that no problem and no cause names. Nothing is linked in a document of more than
    ``MOST_STATEMENTS`` statements: the time grows with their square.
    """
    if len(linkable(points)) > MOST_STATEMENTS:
        return (), ()
    known = measured(text, points)
    answers = _answers(answers_to_problems(text, points, known), known.measures, known.problems)
    tied = _tied(known)
    answers = [link for link in answers if (link.source, link.target) not in tied]
    answers += tied.values()
    to_causes = _answers(answers_to_causes(text, points, known), known.measures, known.causes)
    links = (*answers, *to_causes, *_explains(known))
    return links, tuple(stray_sentences(text, known, answers))


def _answers(scores: Answers, measures: Stated, targets: Stated) -> list[Link]:
    strong = _limits().strong
    found: list[Link] = []
    for (measure, target), score in scores.items():
        definite = score >= strong and _DEFINITE.search(measures.topics[measure].plain)
        ids = measures.points[measure].id, targets.points[target].id
        found.append(Link(*ids, "answers", "strong" if definite else "weak", round(score, 3)))
    return found


def _tied(known: Measured) -> dict[tuple[str, str], Link]:
    """Return the links that stand in a table: a row's measure answers the row's problem.

    A problem whose row states the measure as well is tied to itself.
    """
    found: dict[tuple[str, str], Link] = {}
    for stated in (known.problems, known.measures):
        for point, topic in zip(*stated, strict=True):
            if point.tied:
                strength: Strength = "strong" if _DEFINITE.search(topic.plain) else "weak"
                link = Link(point.id, point.tied, "answers", strength, _TIED)
                found[point.id, point.tied] = link
    return found


def _explains(known: Measured) -> list[Link]:
    limits = _limits()
    count = len(known.problems.points)
    first = len(known.measures.points)
    found: list[Link] = []
    for at, cause in enumerate(known.causes.points, first):
        scores = list(map(add, known.by_groups[at][:count], known.by_signs[at][:count]))
        ranked = sorted(range(count), key=lambda i: -scores[i])
        for index in ranked[: limits.candidates]:
            if scores[index] < limits.explains:
                break
            ids = cause.id, known.problems.points[index].id
            found.append(Link(*ids, "explains", "weak", round(min(1.0, scores[index]), 3)))
    return found
