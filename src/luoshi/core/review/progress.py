"""A draft against the one before: what was mended, what is still there, what only moved.

Sentences are compared without marks and white space. A sentence is *kept* where it stands in the
same order as before, *moved* where the very same words stand elsewhere, *reworded* where most of
its character pairs come again, else *new*. Whether a reworded sentence does what a reviewer asked
for is for the reviewer to say; whether a rule still objects, the rule says itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from luoshi.core.reading.model import Span
from luoshi.core.text.normalise import folded
from luoshi.core.text.sentences import sentences

How = Literal["kept", "moved", "reworded", "new"]
Fate = Literal["gone", "kept", "moved", "reworded"]

#: Share of character pairs that two sentences must have in common to be one reworded.
REWORDED = 0.55
# An item that is moved gets another number: that is no other wording.
_MARK = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳])\s*")
_SHORTEST = 4  # characters: shorter sentences (headings, numbers) are matched as they are only


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft: its span, and its words in comparable form."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of the new draft and where it comes from (its number in the old one, or -1)."""

    how: How
    before: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Two drafts' sentences, what became of each new one, and of each old one."""

    old: tuple[Sentence, ...]
    new: tuple[Sentence, ...]
    steps: tuple[Step, ...]

    def after(self) -> dict[int, int]:
        """Return for the number of an old sentence that of the new one it became."""
        return {s.before: n for n, s in enumerate(self.steps) if s.before >= 0}

    def shares(self) -> dict[How, int]:
        """Return how many characters of the new draft are kept, moved, reworded and new."""
        found: dict[How, int] = {"kept": 0, "moved": 0, "reworded": 0, "new": 0}
        for step, sentence in zip(self.steps, self.new, strict=True):
            found[step.how] += len(sentence.words)
        return found

    def dropped(self) -> int:
        """Return how many characters of the old draft are gone."""
        stays = {step.before for step in self.steps}
        return sum(len(s.words) for n, s in enumerate(self.old) if n not in stays)


def progress(old: str, new: str) -> Progress:
    """Compare two drafts of one material."""
    before, after = _sentences(old), _sentences(new)
    steps: list[Step | None] = [None] * len(after)
    used: set[int] = set()
    matcher = SequenceMatcher(
        None, [s.words for s in before], [s.words for s in after], autojunk=False
    )
    for low, start, size in matcher.get_matching_blocks():
        for n in range(size):
            steps[start + n] = Step("kept", low + n)
            used.add(low + n)
    _match_moved(before, after, steps, used)
    _match_reworded(before, after, steps, used)
    return Progress(before, after, tuple(step or Step("new", -1) for step in steps))


def _sentences(text: str) -> tuple[Sentence, ...]:
    found, start = [], 0
    for line in text.split("\n"):
        for low, high in sentences(text, start, start + len(line)):
            if words := bare(_MARK.sub("", text[low:high], count=1)):
                found.append(Sentence(Span(low, high), words))
        start += len(line) + 1
    return tuple(found)


def bare(text: str) -> str:
    """Return the letters, characters and digits of a text in comparable form."""
    return "".join(c for c in folded(text) if c.isalnum())


def _match_moved(
    before: Sequence[Sentence], after: Sequence[Sentence], steps: list[Step | None], used: set[int]
) -> None:
    waiting: dict[str, list[int]] = defaultdict(list)
    for number in reversed(range(len(before))):
        if number not in used:
            waiting[before[number].words].append(number)
    for place, sentence in enumerate(after):
        if steps[place] is None and waiting[sentence.words]:
            number = waiting[sentence.words].pop()
            steps[place] = Step("moved", number)
            used.add(number)


def _match_reworded(
    before: Sequence[Sentence], after: Sequence[Sentence], steps: list[Step | None], used: set[int]
) -> None:
    """Pair what is left, the most alike first; candidates come by the pairs that they share."""
    pairs = {n: _pairs(s.words) for n, s in enumerate(before) if n not in used}
    holders: dict[str, list[int]] = defaultdict(list)
    for number, counted in pairs.items():
        for pair in counted:
            holders[pair].append(number)
    found = []
    for place, sentence in enumerate(after):
        if steps[place] is None and len(sentence.words) >= _SHORTEST:
            mine = _pairs(sentence.words)
            near = Counter(number for pair in mine for number in holders.get(pair, ()))
            for number, _ in near.most_common(8):
                likeness = _likeness(mine, pairs[number])
                if likeness >= REWORDED:
                    found.append((-likeness, place, number))
    for _, place, number in sorted(found):
        if steps[place] is None and number not in used:
            steps[place] = Step("reworded", number)
            used.add(number)


def _pairs(words: str) -> Counter[str]:
    return Counter(words[n : n + 2] for n in range(len(words) - 1))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Objected:
    """What was objected to in a draft: a finding (``code``) or a person's remark (no code).

    ``number`` is whose it is among its kind; ``span`` may be None: the whole draft.
    """

    number: int
    code: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an objection.

    ``fate`` of the place: gone, kept, moved or reworded; ``now``: where it stands in the new
    draft; ``again`` the number of the new finding of the same rule at that place, or -1.
    """

    objected: Objected
    fate: Fate
    now: Span | None
    again: int


def outcomes(
    held: Progress, before: Iterable[Objected], after: Iterable[Objected]
) -> tuple[list[Outcome], list[Objected]]:
    """Return what became of each objection to the old draft, and which of the new ones are new.

    A finding about the whole draft comes again where the same rule speaks of the whole again.
    """
    starts_old = [s.span.start for s in held.old]
    starts_new = [s.span.start for s in held.new]
    waiting: dict[tuple[str, int], list[Objected]] = defaultdict(list)
    for one in after:
        waiting[one.code, _number(starts_new, one.span)].append(one)
    became = held.after()
    found = []
    for objected in before:
        place = became.get(_number(starts_old, objected.span), -1) if objected.span else -1
        fate, now = _fate(held, objected, place)
        key = (objected.code, place)
        same = waiting[key].pop(0) if objected.code and waiting.get(key) else None
        if objected.span is None and same is not None:
            fate = "kept"
        found.append(Outcome(objected, fate, now, same.number if same else -1))
    left = [one for rows in waiting.values() for one in rows]
    return found, sorted(left, key=lambda one: (one.span or (0, 0), one.number))


def _number(starts: Sequence[int], span: Span | None) -> int:
    """Return the number of the sentence in which a span begins; -1 for the whole draft."""
    return max(0, bisect_right(starts, span.start) - 1) if span and starts else -1


def _fate(held: Progress, objected: Objected, place: int) -> tuple[Fate, Span | None]:
    if objected.span is None or place < 0:
        return "gone", None
    how = held.steps[place].how
    return ("kept" if how == "new" else how), held.new[place].span
