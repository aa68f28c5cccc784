"""What a batch has in common: sentences and clauses that many write, headings, fixed phrases.

None of it counts as copied. It is found so that people can see what was left out of account, and
in how many documents it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.side import Common
from luoshi.core.overlap.texts import fixed_words
from luoshi.core.text.finder import Match, word_finder

Kind = Literal["heading", "phrase", "batch"]
Keys = NDArray[np.uint64]
Taken = Mapping[int, Sequence[tuple[int, int]]]

_SENTENCE = re.compile(r"[^。！？；\n]+")
_CLAUSE = re.compile(r"[^。！？；，：\n]+")
_UNITS = {_SENTENCE: 6, _CLAUSE: 7}  # the shortest that are looked at: below, everybody's words
_DATE = re.compile(r"[\d年月日．./\-\s]+")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，]{2,40}$"
)
_SHARE, _FEWEST, _MOST = 0.05, 3, 50
_PHRASE, _PHRASE_IN = 6, 2  # units of a fixed phrase, documents that have it
_MORE = 1.5  # a clause in so many times as many documents as its sentence is listed by itself
_MARKS = "，。；：！？、”’）》"
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class CommonText:
    """Words that ``documents`` of the batch have, as the first of them (at ``place``) writes them.

    ``kind``: an outline's ``heading``, a fixed ``phrase``, or what the ``batch`` itself repeats.
    ``place``: document, start, end.
    """

    kind: Kind
    text: str
    documents: int
    place: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CommonTexts:
    """What a batch has in common, most widespread first; finds it again in any text."""

    listed: list[CommonText]
    _documents: dict[int, int] = field(default_factory=dict)
    _phrases: dict[int, int] = field(default_factory=dict)

    def spans(self, text: str) -> list[Common]:
        """Return where a text says what is common, by its beginning; spans may overlap."""
        out = []
        for pattern in _UNITS:
            keys, spans = _pieces(text, pattern)
            for key, span in zip(keys.tolist(), spans, strict=True):
                if key in self._documents:
                    start, end = span
                    while end < len(text) and text[end] in _MARKS:
                        end += 1
                    out.append(Common(start, end, self._documents[key]))
        ways = places(text) if self._phrases else np.zeros(0, np.int64)
        for index, start, end in _found_phrases(text) if self._phrases else ():
            if index in self._phrases:
                last = int(ways[end - 1]) + 1
                out.append(Common(int(ways[start]), last, self._phrases[index]))
        return sorted(out, key=lambda one: (one.start, one.end))


def enough(documents: int) -> int:
    """Return how many documents make words common: one in twenty, three at least, fifty at most."""
    return min(max(_FEWEST, ceil(_SHARE * documents)), _MOST)


def common_texts(texts: Sequence[str], taken: Taken | None = None) -> CommonTexts:
    """Return what at least `enough` of the texts have in common.

    ``taken``: spans by document that count as copied; what stands there is not counted here.
    """
    least = enough(len(texts))
    counted: dict[int, int] = {}
    listed: list[CommonText] = []
    within: dict[int, int] = {}
    for pattern in _UNITS:
        of_pattern = _counted(texts, pattern, least, taken or {})
        for one, key in _first_places(texts, pattern, of_pattern):
            counted[key] = one.documents
            if pattern is _SENTENCE:
                for inner in _pieces(one.text, _CLAUSE)[0].tolist():
                    within[inner] = max(within.get(inner, 0), one.documents)
            if pattern is _SENTENCE or one.documents > _MORE * within.get(key, 0):
                listed.append(one)
    phrases, found = _phrases(texts)
    listed += found
    listed.sort(key=lambda one: (-one.documents, -len(one.text), one.place))
    return CommonTexts(listed, counted, phrases)


def _counted(
    texts: Sequence[str], pattern: re.Pattern[str], least: int, taken: Taken
) -> dict[int, int]:
    """Return by key in how many texts the pieces stand that enough have. 8 bytes for each piece."""
    rows = [np.zeros(0, np.uint64)]
    for number, text in enumerate(texts):
        keys, spans = _pieces(text, pattern)
        if of_text := taken.get(number):
            free = [not _is_taken(span, of_text) for span in spans]
            keys = keys[np.array(free, bool)]
        rows.append(np.unique(keys[keys != 0]))
    values, counts = np.unique(np.concatenate(rows), return_counts=True)
    return dict(
        zip(values[counts >= least].tolist(), counts[counts >= least].tolist(), strict=True)
    )


def _is_taken(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    start, end = span
    inside = sum(max(0, min(end, high) - max(start, low)) for low, high in taken)
    return 2 * inside >= end - start


def _first_places(
    texts: Sequence[str], pattern: re.Pattern[str], counted: dict[int, int]
) -> Iterator[tuple[CommonText, int]]:
    """Give each counted piece as the first text writes it, and its key."""
    left = dict(counted)
    for number, text in enumerate(texts):
        if not left:
            return
        keys, spans = _pieces(text, pattern)
        for key, (start, end) in zip(keys.tolist(), spans, strict=True):
            documents = left.pop(key, 0)
            words = text[start:end]
            if documents and not _DATE.fullmatch(words):
                kind: Kind = "heading" if _is_heading(text, start, end) else "batch"
                yield CommonText(kind, words, documents, (number, start, end)), key


def _pieces(text: str, pattern: re.Pattern[str]) -> tuple[Keys, list[tuple[int, int]]]:
    """Return for each piece a number that stands for its units (0: too short), and its span."""
    spans = [_trimmed(text, *piece.span()) for piece in pattern.finditer(text)]
    if not spans:
        return np.zeros(0, np.uint64), []
    units, ways = fold(text), places(text)
    starts = np.searchsorted(ways, [start for start, _ in spans])
    # What parts the pieces is no unit: each begins where the one before ends.
    lengths = np.diff(np.append(starts, len(units)))
    inside = np.arange(len(units)) - np.repeat(starts, lengths)
    row = units.astype(np.uint64) * _powers(int(lengths.max()).bit_length())[inside]
    sums: Keys = np.add.reduceat(np.append(row, np.uint64(0)), starts) * _FACTOR
    return np.where(lengths < _UNITS[pattern], np.uint64(0), sums | np.uint64(1)), spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _powers(bits: int) -> Keys:
    return np.cumprod(np.full(1 << bits, _FACTOR, np.uint64), dtype=np.uint64)


def _phrases(texts: Sequence[str]) -> tuple[dict[int, int], list[CommonText]]:
    """Return in how many texts each fixed phrase stands, and the phrases as they are listed."""
    documents: dict[int, int] = {}
    first: dict[int, tuple[int, int, int]] = {}
    for number, text in enumerate(texts):
        seen: dict[int, tuple[int, int]] = {}
        for index, start, end in _found_phrases(text):
            seen.setdefault(index, (start, end))
        ways = places(text) if seen.keys() - first.keys() else None
        for index, (start, end) in seen.items():
            documents[index] = documents.get(index, 0) + 1
            if ways is not None and index not in first:
                first[index] = (number, int(ways[start]), int(ways[end - 1]) + 1)
    several = {index: many for index, many in documents.items() if many >= _PHRASE_IN}
    return several, [
        CommonText("phrase", texts[number][start:end], several[index], (number, start, end))
        for index, (number, start, end) in first.items()
        if index in several
    ]


def _found_phrases(text: str) -> list[Match]:
    """Return the fixed phrases in a text, as spans of its units; of two in one place the longer."""
    found = sorted(_finder()(_plain(text)), key=lambda match: (match[1], -match[2]))
    out: list[Match] = []
    for match in found:
        if not out or match[2] > out[-1][2]:
            out.append(match)
    return out


def _plain(text: str) -> str:
    return fold(text).astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")


@cache
def _known() -> tuple[str, ...]:
    """Return what everybody must write, folded."""
    rows = map(fold, fixed_words())
    words = ("".join(map(chr, row.tolist())) for row in rows if len(row) >= _PHRASE)
    return tuple(dict.fromkeys(words))


@cache
def _finder() -> Callable[[str], list[Match]]:
    return word_finder(_known(), frequent=True)


def _is_heading(text: str, start: int, end: int) -> bool:
    """Tell whether a piece is a heading: a numbered line, or mostly an outline's own words."""
    if _NUMBERED.match(text, start, end) and text[end : end + 1] in ("", "\n"):
        return True
    plain = _plain(text[start:end])
    return any(known in plain and 2 * len(known) >= len(plain) for known in _known())
