"""Texts of a batch and its references → rows of passages, shares and clusters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.core.overlap.common import common_texts
from luoshi.core.overlap.groups import clusters, same_passages
from luoshi.core.overlap.texts import EXACT, Shared, identical, shared_passages
from luoshi.core.overlap.wording import agreement
from luoshi.core.review.figures import joined
from luoshi.office.review.models import Draft, Passage, Share, Template

#: More passages than this are not kept: a page could not show them.
PASSAGES_MOST = 50_000
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is compared: a draft (of an earlier batch: ``outside``) or a template."""

    text: str
    draft: Draft | None = None
    template: Template | None = None
    outside: bool = False


@dataclass
class Found:
    """What a comparison found, as rows that are not saved yet."""

    passages: list[Passage] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    left_out: int = 0
    clusters: list[list[int]] = field(default_factory=list)


def overlap(references: Sequence[Text], batch: Sequence[Text]) -> Found:
    """Compare a batch with itself and with references (which are not compared with each other)."""
    texts = [*references, *batch]
    words = [one.text for one in texts]
    alike = identical(words)
    shared = shared_passages(words, references=len(references), alike=alike)
    shared += _whole(words, alike, len(references))
    groups = _groups(shared)
    agreed = [_agreed(one, words) for one in shared]
    found = Found(
        [_row(one, same, texts, groups) for one, same in zip(shared, agreed, strict=True)]
    )
    if len(found.passages) > PASSAGES_MOST:
        found.left_out = len(found.passages) - PASSAGES_MOST
        found.passages = sorted(found.passages, key=lambda row: -row.same)[:PASSAGES_MOST]
    found.shares = list(_shares(len(references), batch, zip(shared, agreed, strict=True)))
    found.clusters = [
        [_key(texts[n]) for n in cluster]
        for cluster in clusters((s.a, s.b) for s in shared if s.a >= len(references))
    ]
    return found


def _key(text: Text) -> int:
    return int(text.draft.pk) if text.draft else 0


def _whole(
    words: Sequence[str], alike: Iterable[Sequence[int]], references: int
) -> Iterator[Shared]:
    """Yield whole documents that are alike, each with the first of them."""
    for first, *rest in alike:
        for number in rest:
            if number >= references:
                spans = (0, len(words[first])), (0, len(words[number]))
                yield Shared(first, number, *spans, 1.0, 0.0)


Spans = list[tuple[int, int]]


def _agreed(one: Shared, words: Sequence[str]) -> tuple[Spans, Spans]:
    """Return the spans of both texts that a passage has in common word for word."""
    mine, theirs = words[one.a][slice(*one.a_span)], words[one.b][slice(*one.b_span)]
    if one.is_exact:
        return [one.a_span], [one.b_span]
    runs = agreement(mine, theirs)
    low, high = one.a_span[0], one.b_span[0]
    return (
        [(low + r.left, low + r.left + r.length) for r in runs],
        [(high + r.right, high + r.right + r.length) for r in runs],
    )


def _groups(shared: Iterable[Shared]) -> dict[int, list[tuple[int, int, int]]]:
    """Return by text the (start, end, number) of passages that stand in more than two places."""
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    places = same_passages(((s.a, *s.a_span), (s.b, *s.b_span)) for s in shared)
    for number, group in enumerate((g for g in places if len(g) > 2), 1):
        for text, start, end in group:
            found[text].append((start, end, number))
    return found


def _row(
    one: Shared,
    same: tuple[Spans, Spans],
    texts: Sequence[Text],
    groups: dict[int, list[tuple[int, int, int]]],
) -> Passage:
    """Return the row of a passage: its first side is of the batch."""
    other, mine = texts[one.a], texts[one.b]
    start, end = one.b_span
    group = next((n for low, high, n in groups[one.b] if low <= start and end <= high), 0)
    return Passage(
        one=mine.draft, other=other.draft, template=other.template, outside=other.outside,
        one_start=start, one_end=end, other_start=one.a_span[0], other_end=one.a_span[1],
        exact=one.covered >= EXACT, covered=round(one.covered * 1000), group=group,
        same=_length(mine.text, same[1]),
    )  # fmt: skip


def _length(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Return how many characters lie in spans, without white space, what is in two counted once."""
    return sum(len(_BLANK.sub("", text[start:end])) for start, end in joined(spans))


def _shares(
    first: int, batch: Sequence[Text], shared: Iterable[tuple[Shared, tuple[Spans, Spans]]]
) -> Iterator[Share]:
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    others: dict[int, set[int]] = defaultdict(set)
    for one, same in shared:
        for mine, agreed, other in ((one.a, same[0], one.b), (one.b, same[1], one.a)):
            spans[mine] += agreed
            if other >= first:
                others[mine].add(other)
    # What was copied is no common property, however many copied it.
    taken = {n: spans[first + n] for n in range(len(batch))}
    found = common_texts([one.text for one in batch], taken)
    for number, text in enumerate(batch):
        held = spans[first + number]
        yield Share(
            draft=text.draft, others=len(others[first + number]), common=[[c.start, c.end, c.documents] for c in found.spans(text.text)],
            characters=_length(text.text, held),
        )  # fmt: skip
