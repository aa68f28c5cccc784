"""What documents share, as values that every format is made from, and as the record (JSON)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from luoshi.core import knowledge
from luoshi.core.overlap.common import CommonTexts, enough
from luoshi.core.overlap.consensus import Slip
from luoshi.core.overlap.groups import Place, clusters, same_passages
from luoshi.core.overlap.texts import Shared

Alike = Sequence[Sequence[int]]  # documents that are the same as a whole
Span = tuple[int, int]
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Compared:
    """A document that was compared: where it is, its text, its date (ISO), its hash.

    ``whole``: the file holds exactly this text, character for character.
    """

    path: str
    text: str
    dated: str | None
    sha256: str
    whole: bool = False


class Pair(NamedTuple):
    """Two documents ``a`` < ``b`` that share passages, and how many characters of each."""

    a: int
    b: int
    passages: tuple[Shared, ...]
    of_a: int
    of_b: int


@dataclass(frozen=True)
class Overlap:
    """The result of a comparison.

    The first ``references`` documents are what others are compared with. ``slips`` is None where the
    batch has too much text for a consensus. ``failures``: names of files that could not be read.
    """

    documents: Sequence[Compared]
    found: Sequence[Shared]
    alike: Alike = ()
    references: int = 0
    common: CommonTexts = field(default_factory=lambda: CommonTexts([]))
    slips: Sequence[Slip] | None = ()
    failures: Sequence[str] = ()

    @property
    def is_anything(self) -> bool:
        """Tell whether there is anything that people should look at."""
        return bool(self.found or self.alike or self.slips)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Pairs of documents that share a passage, those that share most first."""
        by_pair: defaultdict[tuple[int, int], list[Shared]] = defaultdict(list)
        for one in self.found:
            by_pair[one.a, one.b].append(one)
        pairs = [
            Pair(
                a,
                b,
                tuple(held),
                agreeing((*one.a_span, one.covered) for one in held),
                agreeing((*one.b_span, one.covered) for one in held),
            )
            for (a, b), held in by_pair.items()
        ]
        return sorted(pairs, key=lambda pair: (-self.share(pair), pair.a, pair.b))

    def share(self, pair: Pair) -> float:
        """Return the larger share of the two documents that stands in the other one."""
        sizes = (len(self.documents[pair.a].text), len(self.documents[pair.b].text))
        return max(pair.of_a / max(1, sizes[0]), pair.of_b / max(1, sizes[1]))

    @cached_property
    def ordered(self) -> list[int]:
        """Documents that share anything: cluster by cluster, in each those that share most first."""
        shared = self.shared
        return [n for group in self.clusters for n in sorted(group, key=lambda k: (-shared[k], k))]

    @cached_property
    def clusters(self) -> list[list[int]]:
        """Groups of documents of which each shares a passage with another, largest first."""
        return clusters((pair.a, pair.b) for pair in self.pairs)

    @cached_property
    def copied_most(self) -> list[list[Place]]:
        """The places of each passage that stands in more than two documents, most first."""
        sides = (((one.a, *one.a_span), (one.b, *one.b_span)) for one in self.found)
        return [group for group in same_passages(sides) if len(group) > 2]

    @cached_property
    def spans(self) -> dict[int, list[Span]]:
        """By document the spans that it shares with others, sorted."""
        out: defaultdict[int, set[Span]] = defaultdict(set)
        for one in self.found:
            out[one.a].add(one.a_span)
            out[one.b].add(one.b_span)
        return {number: sorted(spans) for number, spans in out.items()}

    @cached_property
    def shared(self) -> dict[int, int]:
        """By document how many of its characters agree with others."""
        out: defaultdict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for one in self.found:
            out[one.a].append((*one.a_span, one.covered))
            out[one.b].append((*one.b_span, one.covered))
        return {number: agreeing(pieces) for number, pieces in out.items()}

    @cached_property
    def same_as(self) -> dict[int, int]:
        """By document the first one that is the same as a whole."""
        return {number: group[0] for group in self.alike for number in group[1:]}

    def earlier(self, a: int, b: int) -> int | None:
        """Return which of two documents bears the earlier date; None where that is not known."""
        dates = self.documents[a].dated, self.documents[b].dated
        if not dates[0] or not dates[1] or dates[0] == dates[1]:
            return None
        return a if dates[0] < dates[1] else b

    def is_verbatim(self, one: Shared) -> bool:
        """Tell whether both sides of a passage are the same but for marks."""
        sides = (
            self.documents[one.a].text[slice(*one.a_span)],
            self.documents[one.b].text[slice(*one.b_span)],
        )
        first, second = (_MARKS.sub("", side) for side in sides)
        # Spans are widened to whole sentences: one side may have a word more at its ends.
        return one.is_exact and (first in second or second in first)

    def line(self, number: int, at: int) -> int:
        """Return the line of a document in which a character stands, from 1."""
        return self.documents[number].text.count("\n", 0, at) + 1


def agreeing(pieces: Iterable[tuple[int, int, float]]) -> int:
    """Return how many characters agree: each piece has a start, an end and the share that agrees.

    A reworded passage counts for what is the same in it, not for its whole length. Where pieces
    overlap, the one that agrees most counts.
    """
    held = list(pieces)
    best = np.zeros(max((end for _, end, _ in held), default=0))
    for start, end, share in held:
        np.maximum(best[start:end], share, out=best[start:end])
    return round(float(best.sum()))


def covered(spans: Any) -> int:
    """Return how many characters half-open spans cover."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def overlap_record(result: Overlap) -> dict[str, Any]:
    """Return the record: documents with the share of each that others have, passages, groups."""
    codes = knowledge.table("overlap/codes")
    return {
        "documents": [
            {
                "path": one.path, "sha256": one.sha256, "characters": len(one.text),
                "dated": one.dated, "reference": number < result.references,
                "shared_characters": result.shared.get(number, 0),
                "common_characters": covered((c.start, c.end) for c in result.common.spans(one.text)),
            }
            for number, one in enumerate(result.documents)
        ],
        "identical": result.alike,
        "passages": [_passage(one, result) for one in result.found],
        "same": [[_place(place) for place in group] for group in result.copied_most],
        "clusters": result.clusters,
        "common": {
            "least": enough(len(result.documents)),
            "texts": [
                {"kind": c.kind, "text": c.text, "documents": c.documents, "first": _place(c.place)}
                for c in result.common.listed
            ],
        },
        "slips": None if result.slips is None else [
            {
                "code": codes["slip"]["code"], "written": s.written, "usual": s.usual,
                "place": _place(s.place), "documents": s.documents, "minority": s.few,
                "usual_place": _place(s.example),
            }
            for s in result.slips
        ],
    }  # fmt: skip


def _place(place: Place) -> dict[str, int]:
    return {"document": place[0], "start": place[1], "end": place[2]}


def _passage(one: Shared, result: Overlap) -> dict[str, Any]:
    kind = "exact" if one.is_exact else "reworded"
    earlier = {one.a: "a", one.b: "b", None: None}[result.earlier(one.a, one.b)]
    return {
        "code": knowledge.table("overlap/codes")[kind]["code"],
        "a": _place((one.a, *one.a_span)),
        "b": _place((one.b, *one.b_span)),
        "kind": kind,
        "covered": one.covered, "bits": one.bits, "earlier": earlier,
    }  # fmt: skip
