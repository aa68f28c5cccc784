"""Which measure answers which problem, which cause may explain it (docs/links.md).

Links are candidates for a person to confirm. A problem stays without a link only where a
reviewer would say that no measure answers it; whatever lies between is shown as weak.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.material.likeness import (
    FIRST,
    SECOND,
    Profile,
    Shelf,
    Weights,
    chance,
    first_figures,
    overall,
    profile,
    second_figures,
    strongest,
    weighed,
)
from luoshi.core.material.model import Link, Point, Strength
from luoshi.core.material.topics import Topic, topic_of
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}[-—－]?\d{1,3}(?![\d.])")
_NUMBERED = re.compile(
    r"(?:问题|不符合项?|不合格项|发现)\s*[（(第]?\s*(\d{1,2})(?!\d|[个项条件起类处])"
)
_WORDS = 4
_LONGEST = 8
# A measure of so many characters may answer one problem in each of its sentences.
_LONG = 160
MOST_STATEMENTS = 1_500
# What a measure names when it is more than a resolve: a figure, a rhythm, a date, a rule.
_DEFINITE = re.compile(
    r"\d|[一二两三四五六七八九十百][次天日月年名项条元人家场期篇份周]|每[一两]?[天日周月季年半班学次个条件]"
    r"|定期|逐[一户家个项级条处]|制定|修订|出台|成立|组建|设立|增设|公示|公布|张贴|台账|清单|名录"
    r"|末位表态|收回|换发|停用|更换|补齐|加装|拆除|约谈|复查|回访|抽查|暗访|限期|到期前|批准后|方可|不得|一律"
)
_ACTS = re.compile(r"解决|化解|处理|整治|治理|办理|处置|清理|推进|抓好|攻坚|落实好")


class _Statement(NamedTuple):
    """A point, what it is about, and that in figures.

    ``parts`` are the sentences of a long measure, each in figures: a paragraph that speaks
    to one problem in each of its sentences is like none of them as a whole.
    """

    point: Point
    topic: Topic
    profile: Profile
    parts: tuple[Profile, ...] = ()


class _Model(NamedTuple):
    first: tuple[list[float], float]
    second: tuple[list[float], float]
    least: float
    strong: float
    explains: float
    candidates: int


@cache
def _model() -> _Model:
    table = knowledge.table("links/weights")
    first, second, limits = table["first"], table["second"], table["limits"]
    return _Model(
        ([first[name] for name in FIRST], first["constant"]),
        ([second[name] for name in SECOND], second["constant"]),
        math.log(limits["weak"] / (1 - limits["weak"])),
        limits["strong"],
        limits["explains"],
        limits["candidates"],
    )


def linkable(points: tuple[Point, ...]) -> list[Point]:
    """Return the points between which there may be links."""
    return [p for p in points if p.kind in ("problem", "cause", "measure")]


def link_points(text: str, points: tuple[Point, ...]) -> tuple[tuple[Link, ...], tuple[Span, ...]]:
    """Return the links between points, and the sentences of measures that stray.

    A sentence strays when its measure answers a problem but the sentence concerns a matter
    that no problem and no cause names. Nothing is linked in a document of more than
    ``MOST_STATEMENTS`` statements: the time grows with their square.
    """
    stated = linkable(points)
    if len(stated) > MOST_STATEMENTS:
        return (), ()
    topics = [topic_of(text[p.words : p.end]) for p in stated]
    weights = Weights([t for p, t in zip(stated, topics, strict=True) if p.kind != "cause"])
    known = [
        _Statement(p, t, profile(t, weights), _parts(text, p, weights))
        for p, t in zip(stated, topics, strict=True)
    ]
    problems = [s for s in known if s.point.kind == "problem"]
    causes = [s for s in known if s.point.kind == "cause"]
    measures = [s for s in known if s.point.kind == "measure"]
    shelf = Shelf([problem.profile for problem in problems], weights)
    answers = _answers(text, measures, problems, shelf, weights)
    of_causes = Shelf([cause.profile for cause in causes], weights)
    tied = _tied(known)
    answers = [link for link in answers if (link.source, link.target) not in tied]
    answers += tied.values()
    links = [
        *answers,
        *_answers(text, measures, causes, of_causes, weights),
        *_explains(causes, problems, shelf, weights),
    ]
    return tuple(links), tuple(_stray(text, measures, problems, causes, answers))


def _parts(text: str, point: Point, weights: Weights) -> tuple[Profile, ...]:
    if point.kind != "measure" or point.end - point.words < _LONG:
        return ()
    spans = [span for span in sentences(text, point.words, point.end) if span[1] - span[0] >= 12]
    if len(spans) < 3:
        return ()
    return tuple(profile(topic_of(text[start:end]), weights) for start, end in spans)


def _answers(
    text: str,
    measures: Sequence[_Statement],
    targets: Sequence[_Statement],
    shelf: Shelf,
    weights: Weights,
) -> list[Link]:
    if not measures or not targets:
        return []
    model = _model()
    table = first_figures(shelf, [(m.profile, *m.parts) for m in measures], len(targets))
    named = _named_targets(text, targets)
    found: list[Link] = []
    for measure, rows in zip(measures, table, strict=True):
        logits = [
            _logits(row, part.length)
            for row, part in zip(rows, (measure.profile, *measure.parts), strict=True)
        ]
        cited = _cited(measure.topic.plain, named) if named else frozenset()
        definite = bool(_DEFINITE.search(measure.topic.plain))
        for index, logit in enumerate(map(max, zip(*logits, strict=True))):
            if logit < model.least and index not in cited:
                continue
            target = targets[index]
            score = max(chance(logit), 0.99 if index in cited else 0.0)
            found.append(
                Link(
                    measure.point.id,
                    target.point.id,
                    "answers",
                    "strong" if score >= model.strong and definite else "weak",
                    round(score, 3),
                    _evidence(target, measure, weights),
                )
            )
    return found


def _logits(row: Sequence[Sequence[float]], length: float) -> list[float]:
    model = _model()
    first = [weighed(figures, *model.first) for figures in row]
    return [weighed(figures, *model.second) for figures in second_figures(first, length)]


def _named_targets(text: str, targets: Sequence[_Statement]) -> dict[str, int]:
    """Return the codes (NC-05) and the numbers by which single problems can be cited."""
    named: dict[str, int] = {}
    twice: set[str] = set()
    for index, target in enumerate(targets):
        point = target.point
        code = _CODE.match(text, point.start, point.end)
        label = point.path.rpartition("/")[2]
        for name in {code[0] if code else "", label if label.isdecimal() else ""} - {""}:
            if named.setdefault(name, index) != index:
                twice.add(name)
    return {name: index for name, index in named.items() if name not in twice}


def _cited(plain: str, named: dict[str, int]) -> frozenset[int]:
    names = [*_CODE.findall(plain), *_NUMBERED.findall(plain)]
    return frozenset(named[name] for name in names if name in named)


def _evidence(target: _Statement, source: _Statement, weights: Weights) -> tuple[str, ...]:
    """Return the words of both statements that carry a link, weightiest first."""
    shared: dict[str, float] = {}
    for group in target.profile.groups & source.profile.groups:
        for word in (target.topic.groups[group], source.topic.groups[group]):
            shared[word] = max(shared.get(word, 0.0), 1.5 * weights.of[group])
    if not shared:
        shared |= _common_words(target.topic.plain, source.topic.plain, weights)
    chosen: list[str] = []
    for word in strongest(shared, len(shared)):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen[:_WORDS])


def _common_words(one: str, other: str, weights: Weights) -> dict[str, float]:
    """Return the longest strings that both texts have, by the weight of their characters."""
    sign = weights.sign
    found: dict[str, float] = {}
    position = 0
    while position < len(one) - 1:
        end = position + 2
        while end <= len(one) and end - position <= _LONGEST and one[position:end] in other:
            end += 1
        word = one[position : end - 1]
        if len(word) >= 2 and all(char in sign for char in word):
            found[word] = sum(map(sign.__getitem__, word))
        position += max(1, len(word))
    return found


def _tied(known: Sequence[_Statement]) -> dict[tuple[str, str], Link]:
    """Return the links that stand in a table: a row's measure answers the row's problem."""
    found: dict[tuple[str, str], Link] = {}
    for statement in known:
        point = statement.point
        if point.tied:
            strength: Strength = "strong" if _DEFINITE.search(statement.topic.plain) else "weak"
            link = Link(point.id, point.tied, "answers", strength, 0.99)
            found[point.id, point.tied] = link
    return found


def _explains(
    causes: Sequence[_Statement], problems: Sequence[_Statement], shelf: Shelf, weights: Weights
) -> list[Link]:
    model = _model()
    found: list[Link] = []
    for cause in causes:
        scores = list(map(overall, shelf.likeness(cause.profile)))
        ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
        for index in ranked[: model.candidates]:
            if scores[index] < model.explains:
                break
            problem = problems[index]
            found.append(
                Link(
                    cause.point.id,
                    problem.point.id,
                    "explains",
                    "weak",
                    round(min(1.0, scores[index]), 3),
                    _evidence(problem, cause, weights),
                )
            )
    return found


def _stray(
    text: str,
    measures: Sequence[_Statement],
    problems: Sequence[_Statement],
    causes: Sequence[_Statement],
    answers: Sequence[Link],
) -> list[Span]:
    named = {group for s in (*problems, *causes) for group in s.topic.groups}
    by_id = {p.point.id: p for p in problems}
    found: list[Span] = []
    for measure in measures:
        answered = [by_id[k.target] for k in answers if k.source == measure.point.id]
        own = {group for problem in answered for group in problem.topic.groups}
        spans = sentences(text, measure.point.words, measure.point.end)
        if not answered or len(spans) < 3:
            continue
        for start, end in spans[1:]:
            sentence = text[start:end]
            if not _ACTS.search(sentence) or any(map(str.isdigit, sentence)):
                continue
            groups = topic_of(sentence).groups
            strange = {word for group, word in groups.items() if group not in named}
            if len(strange) >= 2 and len(strange) > sum(group in own for group in groups):
                found.append(Span(start, end))
    return found
