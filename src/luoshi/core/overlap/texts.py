"""Texts → the passages they share, as spans of their characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from luoshi.core.knowledge import derived, names, table
from luoshi.core.overlap.compare import compare
from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.model import DEFAULTS, Corpus, Tuning

_MARKS = "。！？；，、：”’）》"
_ENDS = "。！？；\n"
_WIDEN = 8
EXACT = 0.97


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of texts ``a`` < ``b``: half-open spans of characters.

    ``covered``: the smaller share of the two sides that stands in the other one word for word;
    ``bits``: how telling what they have in common is.
    """

    a: int
    b: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    covered: float
    bits: float

    @property
    def is_exact(self) -> bool:
        """Tell whether nothing but marks and numbers was changed."""
        return self.covered >= EXACT


def shared_passages(
    texts: Sequence[str], *, references: int = 0, alike: Iterable[Sequence[int]] = (),
    tuning: Tuning = DEFAULTS, threads: int = 2,
) -> list[Shared]:  # fmt: skip
    """Return what the texts share; the first ``references`` are not compared with each other.

    Of whole texts that are ``alike`` (`identical`) only the first is compared.
    """
    again = {number for group in alike for number in group[1:]}
    kept = [number for number in range(len(texts)) if number not in again]
    new = sum(number < references for number in kept)
    room = sum(len(texts[number]) + 1 for number in kept)
    corpus = Corpus.gathered((fold(texts[number]) for number in kept), room)
    found = compare(corpus, tuning=tuning, known=boilerplate(), first_of_new=new, threads=threads)
    ways = lru_cache(1_000)(lambda number: places(texts[number]))
    out = []
    for passage in found:
        one = replace(passage, a=kept[passage.a], b=kept[passage.b])
        of_a, of_b = ways(one.a), ways(one.b)
        a_span = int(of_a[one.a_start]), int(of_a[one.a_end - 1]) + 1
        b_span = int(of_b[one.b_start]), int(of_b[one.b_end - 1]) + 1
        out.append(
            Shared(
                one.a,
                one.b,
                widened(texts[one.a], *a_span),
                widened(texts[one.b], *b_span),
                one.covered,
                one.bits,
            )
        )
    return out


def identical(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of texts that differ in nothing but marks and numbers; no empty ones."""
    groups: dict[bytes, list[int]] = {}
    for number, text in enumerate(texts):
        if len(units := fold(text)):
            groups.setdefault(sha256(units.tobytes()).digest(), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the marks that follow it, and with a sentence's short beginning or end."""
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    if start - first <= _WIDEN:
        start = first
    while start < end and text[start].isspace():
        start += 1
    last = min((at for at in (text.find(mark, end) for mark in _ENDS) if at >= 0), default=end)
    if last - end <= _WIDEN:
        end = last
    while end < len(text) and text[end] in _MARKS:
        end += 1
    return start, end


@derived
def boilerplate() -> Corpus:
    """Return what everybody must write, and dates, which say nothing by themselves."""
    return Corpus.of([fold(word) for word in (*fixed_words(), *table("overlap/fixed")["dates"])])


def fixed_words() -> list[str]:
    """Return what everybody must write: the outlines' headings, fixed phrases, documents' names."""
    words: list[str] = []
    for name in names("outlines"):
        outline = table(f"outlines/{name}")
        words += [outline.get("name", "")]
        words += [aspect["name"] for aspect in outline.get("aspects", ())]
    return [word for word in (*words, *table("overlap/fixed")["phrases"]) if word]
