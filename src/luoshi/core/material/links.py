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
    Weights,
    chance,
    first_figures,
    likeness,
    overall,
    profile,
    second_figures,
    strongest,
    weighed,
)
from luoshi.core.material.model import Link, Point
from luoshi.core.material.topics import Topic, topic_of
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}[-—－]?\d{1,3}(?![\d.])")
_NUMBERED = re.compile(
    r"(?:问题|不符合项?|不合格项|发现)\s*[（(第]?\s*(\d{1,2})(?!\d|[个项条件起类处])"
)
_STOP = re.compile(r"[。！？!?]")
_WORDS = 4
# A measure of so many characters may answer one problem in each of its sentences.
_LONG = 110
# What a measure names when it is more than a resolve: a figure, a rhythm, a date, a rule.
_DEFINITE = re.compile(
    r"\d|[一二两三四五六七八九十百][次天日月年名项条元人家场期篇份周]|每[一两]?[天日周月季年半班学次个条件]"
    r"|定期|逐[一户家个项级条处]|制定|修订|出台|成立|组建|设立|增设|公示|公布|张贴|台账|清单|名录"
    r"|末位表态|收回|换发|停用|更换|补齐|加装|拆除|约谈|复查|回访|抽查|暗访|限期|到期前|批准后|方可|不得|一律"
)
_ACTS = re.compile(r"解决|化解|处理|整治|治理|办理|处置|清理|推进|抓好|攻坚|落实好")


class _Statement(NamedTuple):
    """A point, what it is about, and (for a long measure) its sentences one by one."""

    point: Point
    topic: Topic
    profile: Profile
    parts: tuple[Profile, ...]


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


def statement_topic(text: str, start: int, end: int) -> Topic:
    """Return what the statement ``text[start:end]`` (its number left out) is about."""
    words = text[start:end]
    stop = _STOP.search(words)
    return topic_of(words, stop.end() if stop else end - start)


def measure_parts(
    text: str, start: int, end: int, whole: Profile, weights: Weights
) -> tuple[Profile, ...]:
    """Return a measure's whole and, if it is long, each sentence as profiles."""
    if end - start < _LONG:
        return (whole,)
    spans = sentences(text, start, end)
    if len(spans) < 3:
        return (whole,)
    return (whole, *(profile(topic_of(text[a:b]), weights) for a, b in spans if b - a >= 12))


def link_points(text: str, points: tuple[Point, ...]) -> tuple[tuple[Link, ...], tuple[Span, ...]]:
    """Return the links between points, and the sentences of measures that stray.

    A sentence strays when its measure answers a problem but the sentence concerns a matter
    that no problem and no cause names.
    """
    topics = {
        p.id: statement_topic(text, p.words, p.end)
        for p in points
        if p.kind in ("problem", "cause", "measure")
    }
    weights = Weights([topics[p.id] for p in points if p.kind in ("problem", "measure")])

    def of_kind(kind: str) -> list[_Statement]:
        found: list[_Statement] = []
        for p in points:
            if p.kind == kind:
                whole = profile(topics[p.id], weights)
                parts = (
                    measure_parts(text, p.words, p.end, whole, weights)
                    if kind == "measure"
                    else (whole,)
                )
                found.append(_Statement(p, topics[p.id], whole, parts))
        return found

    problems, causes, measures = of_kind("problem"), of_kind("cause"), of_kind("measure")
    answers = _answers(text, measures, problems, weights)
    links = [
        *answers,
        *_answers(text, measures, causes, weights),
        *_explains(causes, problems, weights),
    ]
    return tuple(links), tuple(_stray(text, measures, problems, causes, answers))


def _answers(
    text: str, measures: Sequence[_Statement], targets: Sequence[_Statement], weights: Weights
) -> list[Link]:
    if not measures or not targets:
        return []
    model = _model()
    table = first_figures([t.profile for t in targets], [m.parts for m in measures], weights)
    named = _named_targets(text, targets)
    found: list[Link] = []
    for measure, rows in zip(measures, table, strict=True):
        logits = [_logits(row, part) for row, part in zip(rows, measure.parts, strict=True)]
        cited = _cited(measure.topic.plain, named) if named else frozenset()
        definite = bool(_DEFINITE.search(measure.topic.plain))
        for index, target in enumerate(targets):
            logit = max(part[index] for part in logits)
            if logit >= model.least or index in cited:
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


def _logits(row: Sequence[Sequence[float]], part: Profile) -> list[float]:
    model = _model()
    first = [weighed(figures, *model.first) for figures in row]
    return [weighed(figures, *model.second) for figures in second_figures(first, part.length)]


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
    if len(shared) < 2:
        plain = target.topic.plain
        pairs = target.profile.pairs & source.profile.pairs
        for pair in strongest({p: weights.of[p] for p in pairs}, _WORDS):
            start = plain.find(pair)
            if start < 0:
                continue
            end = start + 2
            while end - start < 8 and plain[end - 1 : end + 1] in pairs:
                end += 1
            while end - start < 8 and start and plain[start - 1 : start + 1] in pairs:
                start -= 1
            shared.setdefault(plain[start:end], weights.of[pair])
    chosen: list[str] = []
    for word in strongest(shared, len(shared)):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen[:_WORDS])


def _explains(
    causes: Sequence[_Statement], problems: Sequence[_Statement], weights: Weights
) -> list[Link]:
    model = _model()
    found: list[Link] = []
    for cause in causes:
        scores = {
            problem.point.id: overall(likeness(problem.profile, cause.profile, weights))
            for problem in problems
        }
        for name in strongest(scores, model.candidates):
            if scores[name] < model.explains:
                continue
            problem = next(p for p in problems if p.point.id == name)
            found.append(
                Link(
                    cause.point.id,
                    name,
                    "explains",
                    "weak",
                    round(min(1.0, scores[name]), 3),
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
