"""How likely it is that problems of different years are the same one.

Problems are alike by words of one meaning, by characters and by pairs of characters; each
weighs the more, the fewer problems of both years have it, so that formulas which stand
everywhere (不够, 有待加强) and the words of a heading count for little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.rules._substance import generic_words
from luoshi.core.material.likeness import Key, Weighing, chance, cosines
from luoshi.core.material.model import Examination, Point
from luoshi.core.material.topics import Topic, topic_of

Table = list[list[float]]
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CLAUSE = re.compile("[。，；：:,;\n]")
_HEADING = 30
_SIGN_FLOOR = 1.2
_ROOM, _ROOM_OF_SIGNS = 2.0, 3.0


class Likeness(NamedTuple):
    """A row for each problem of the later year, a column for each of the earlier."""

    scores: Table
    groups: Weighing[int]


@cache
def limits() -> dict[str, float]:
    """Return the limits of data/recurrence/weights.toml."""
    found: dict[str, float] = knowledge.table("recurrence/weights")["limits"]
    return found


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = knowledge.table("recurrence/weights")["figures"]
    return found


def topics(examination: Examination, points: Sequence[Point]) -> list[Topic]:
    """Return what each point is about, without the words that soften any problem (或多或少)."""
    text, soft = examination.document.text, _softening()
    return [topic_of(soft.sub("，", text[point.words : point.end])) for point in points]


@cache
def _softening() -> re.Pattern[str]:
    words: list[str] = knowledge.table("recurrence/weights")["softening"]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def pairs(plain: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, without words that fit any matter."""
    left = generic_words().sub("，", plain)
    return frozenset(run[i : i + 2] for run in _HAN.findall(left) for i in range(len(run) - 1))


def likeness(earlier: Sequence[Topic], later: Sequence[Topic]) -> Likeness:
    """Return how likely each problem of the later year is each of the earlier, from 0 to 1."""
    all_of_them = [*earlier, *later]
    groups = _weighing([topic.groups for topic in all_of_them], 0.0, _ROOM)
    signs = _weighing([topic.signs for topic in all_of_them], _SIGN_FLOOR, _ROOM_OF_SIGNS)
    strings = [pairs(topic.plain) for topic in all_of_them]
    weighed = _weighing(strings, 0.0, _ROOM)
    before, after = strings[: len(earlier)], strings[len(earlier) :]
    tables = (
        cosines([t.groups for t in later], [t.groups for t in earlier], groups),
        cosines([t.signs for t in later], [t.signs for t in earlier], signs),
        cosines(after, before, weighed),
    )
    scores = _copied(_scores(tables, _bonds(earlier, later), len(earlier)), before, after)
    return Likeness(scores, groups)


def _bonds(earlier: Sequence[Topic], later: Sequence[Topic]) -> Table:
    """Return how many of the two headings of each pair the other problem has a word of.

    Long problems share details (看视频, 施工) though they are on quite different matters.
    """
    own, other = [_named(t) for t in later], [_named(t) for t in earlier]
    return [
        [
            float(bool(_has(heading, topic)) + bool(_has(others, told)))
            for others, topic in zip(other, earlier, strict=True)
        ]
        for heading, told in zip(own, later, strict=True)
    ]


def _named(topic: Topic) -> Topic:
    """Return what the first clause of a problem is about."""
    return topic_of(_CLAUSE.split(topic.plain, maxsplit=1)[0][:_HEADING])


def _has(heading: Topic, topic: Topic) -> bool:
    """Tell whether a problem has a word or a pair of characters of another one's heading."""
    return bool(heading.groups & topic.groups) or bool(pairs(heading.plain) & pairs(topic.plain))


def _weighing(counted: list[frozenset[Key]], floor: float, room: float) -> Weighing[Key]:
    """Weigh words by rarity, over so many statements at least that rarity means something."""
    missing = max(0, int(limits()["fewest"]) - len(counted))
    return Weighing(counted + [frozenset[Key]()] * missing, floor, room)


def _scores(tables: Sequence[Table], bonds: Table, count: int) -> Table:
    weights = _weights()
    shares = (weights["groups"], weights["signs"], weights["strings"])
    plain = [
        [
            sum(w * table[i][j] for w, table in zip(shares, tables, strict=True))
            for j in range(count)
        ]
        for i in range(len(tables[0]))
    ]
    unit = weights["rival"] * 3 / weights["signs"]
    columns = [max(column) for column in zip(*plain, strict=True)]
    found: Table = []
    lost = weights["strangers"], weights["apart"], 0.0
    for row, bond in zip(plain, bonds, strict=True):
        top = max(row, default=0.0)
        logits = (
            each + weights["constant"] + unit * (max(top, columns[j]) - each)
            - lost[round(bond[j])]
            for j, each in enumerate(row)
        )  # fmt: skip
        found.append(list(map(chance, logits)))
    return found


def _copied(scores: Table, before: list[frozenset[str]], after: list[frozenset[str]]) -> Table:
    """Raise the score of a pair that is the same words to certainty."""
    share = limits()["copied"]
    for i, own in enumerate(after):
        for j, other in enumerate(before):
            if own and other and 2 * len(own & other) >= share * (len(own) + len(other)):
                scores[i][j] = 0.99
    return scores


def settings() -> dict[str, Any]:
    """Return what a report on the previous meeting says (data/recurrence/report.toml)."""
    return knowledge.table("recurrence/report")
