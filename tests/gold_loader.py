"""Read and check the hand-annotated documents of ``tests/gold`` (conventions: its README).

``load`` gives one document, ``load_folder`` a whole half of the set; both raise
``GoldError`` at the first broken convention, so that a slip of the annotator's hand
is never measured as a fault of the program. ``python tests/gold_loader.py`` prints
what each folder holds.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

ROOT = Path(__file__).parent / "gold"

Kind = Literal["problem", "cause", "measure", "previous", "aspect_heading", "section_heading"]
Strength = Literal["strong", "weak"]

LETTERS: dict[str, Kind] = {
    "P": "problem",
    "C": "cause",
    "M": "measure",
    "V": "previous",
    "A": "aspect_heading",
    "S": "section_heading",
}
OUTLINES = {
    "2021-party-history",
    "2022-democratic-life",
    "2022-organization-life",
    "2023-thematic",
    "2024-democratic-life",
    "2025-democratic-life",
    "iso-9001-audit",
    "incident-review",
}
KEYS = {
    "format",
    "outline",
    "title",
    "post",
    "unit",
    "answers",
    "explains",
    "unanswered",
    "orphans",
}
MARK = re.compile(r"⟪(?:(?P<letter>[PCMVAS]) (?P<id>[a-z]\d+)|(?P<close>/))⟫")
# Markup that the guide puts outside a point; ``**`` alone, since ``*`` may be text.
EDGE_BEFORE = re.compile(r"\s|#|\||\*\*|[-*] ")
EDGE_AFTER = re.compile(r".*(?:\s|\||\*\*)", re.DOTALL)
# A text copied out of the middle of a document begins with a numbered heading and has no title.
EXCERPT = re.compile(r"\s*[（(]\s*[一二三四五六七八九十]")


class GoldError(ValueError):
    """A gold file breaks a convention; the text names the file and the place."""


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """One annotated point: characters ``[start, end)`` of the document's text."""

    id: str
    kind: Kind
    start: int
    end: int
    text: str


class Answer(NamedTuple):
    """A measure answers a problem, clearly (``strong``) or vaguely (``weak``)."""

    measure: str
    problem: str
    strength: Strength


class Explanation(NamedTuple):
    """A cause explains a problem."""

    cause: str
    problem: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document: ``text`` is what a reader is given, as ``format``."""

    name: str
    text: str
    format: Literal["txt", "md"]
    outline: str
    title: str
    post: str
    unit: str
    points: tuple[GoldPoint, ...]
    answers: tuple[Answer, ...]
    explains: tuple[Explanation, ...]
    unanswered: frozenset[str]
    orphans: frozenset[str]

    def of_kind(self, kind: Kind) -> tuple[GoldPoint, ...]:
        """Return the points of one kind in text order."""
        return tuple(point for point in self.points if point.kind == kind)

    def point(self, point_id: str) -> GoldPoint:
        """Return the point with this id; raises ``KeyError`` when there is none."""
        for point in self.points:
            if point.id == point_id:
                return point
        raise KeyError(point_id)

    @property
    def answered(self) -> frozenset[str]:
        """Problems that at least one measure answers clearly."""
        return frozenset(link.problem for link in self.answers if link.strength == "strong")

    @property
    def weak(self) -> frozenset[str]:
        """Problems that measures touch, but only vaguely."""
        return frozenset(link.problem for link in self.answers) - self.answered


def parse_marks(marked: str) -> tuple[str, tuple[GoldPoint, ...]]:
    """Return the text without marks and its points in text order.

    Raises ``GoldError`` for a mark that is nested, unclosed, misspelt or misnumbered.
    """
    pieces: list[str] = []
    points: list[GoldPoint] = []
    counts: Counter[str] = Counter()
    opened: tuple[str, str, int] | None = None
    length = cursor = 0
    for mark in MARK.finditer(marked):
        pieces.append(marked[cursor : mark.start()])
        length += len(pieces[-1])
        cursor = mark.end()
        if mark["close"]:
            if opened is None:
                raise GoldError(f"⟪/⟫ closes nothing after …{pieces[-1][-20:]!r}")
            letter, point_id, start = opened
            inside = "".join(pieces)[start:length]
            points.append(GoldPoint(point_id, LETTERS[letter], start, length, inside))
            opened = None
            continue
        if opened is not None:
            raise GoldError(f"{mark['id']} opens inside {opened[1]}")
        counts[mark["letter"]] += 1
        expected = f"{mark['letter'].lower()}{counts[mark['letter']]}"
        if mark["id"] != expected:
            raise GoldError(f"{mark['id']} stands where {expected} is due")
        opened = (mark["letter"], mark["id"], length)
    if opened is not None:
        raise GoldError(f"{opened[1]} is never closed")
    text = "".join(pieces) + marked[cursor:]
    if "⟪" in text or "⟫" in text:
        raise GoldError("a mark is misspelt: a bracket is left in the text")
    return text, tuple(points)


def load(path: Path) -> Gold:
    """Read ``NAME.gold`` with the ``NAME.toml`` beside it and check every convention.

    Raises ``GoldError`` that names the file and what is wrong.
    """
    raw = path.read_bytes().decode("utf-8")
    facts = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    try:
        if "\r" in raw or raw.startswith("\ufeff"):
            raise GoldError("line ends must be LF, without a byte order mark")
        if set(facts) != KEYS:
            raise GoldError(f"keys missing or unknown: {sorted(set(facts) ^ KEYS)}")
        text, points = parse_marks(raw)
        gold = Gold(
            name=path.stem,
            text=text,
            points=points,
            answers=tuple(Answer(*row) for row in facts["answers"]),
            explains=tuple(Explanation(*row) for row in facts["explains"]),
            unanswered=frozenset(_distinct(facts["unanswered"])),
            orphans=frozenset(_distinct(facts["orphans"])),
            **{key: facts[key] for key in ("format", "outline", "title", "post", "unit")},
        )
        _check_facts(gold)
        _check_spans(gold)
        _check_links(gold)
    except GoldError as error:
        raise GoldError(f"{path.name}: {error}") from error
    return gold


def load_folder(folder: Path) -> tuple[Gold, ...]:
    """Read every ``*.gold`` of a folder in order of name; raises ``GoldError``."""
    found = tuple(load(path) for path in sorted(folder.glob("*.gold")))
    if not found:
        raise GoldError(f"no .gold file in {folder.name}")
    return found


def _distinct(ids: list[str]) -> list[str]:
    if len(set(ids)) != len(ids):
        raise GoldError(f"an id is listed twice in {ids}")
    return ids


def _check_facts(gold: Gold) -> None:
    if gold.format not in {"txt", "md"}:
        raise GoldError(f"unknown format {gold.format!r}")
    if gold.outline not in OUTLINES:
        raise GoldError(f"unknown outline {gold.outline!r}")
    joined = re.sub(r"[\s*#]", "", gold.text)  # a title on two lines may be in bold on both
    for name, value in (("title", gold.title), ("post", gold.post), ("unit", gold.unit)):
        if re.sub(r"[\s*#]", "", value) not in joined:
            raise GoldError(f"{name} {value!r} is not in the text")
    if not gold.title and not EXCERPT.match(gold.text):
        raise GoldError("title is empty, but the text is no excerpt that starts inside")


def _check_spans(gold: Gold) -> None:
    for point in gold.points:
        if not point.text or EDGE_BEFORE.match(point.text) or EDGE_AFTER.fullmatch(point.text):
            raise GoldError(f"{point.id} is empty or has blanks or markup at its edge")
        if point.kind in {"aspect_heading", "section_heading"} and "\n\n" in point.text:
            raise GoldError(f"{point.id} is a heading over several paragraphs")


def _check_links(gold: Gold) -> None:
    ids = {kind: {point.id for point in gold.of_kind(kind)} for kind in LETTERS.values()}
    for link in gold.answers:
        if link.measure not in ids["measure"] or link.problem not in ids["problem"]:
            raise GoldError(f"answers names an unknown point: {tuple(link)}")
        if link.strength not in {"strong", "weak"}:
            raise GoldError(f"strength must be strong or weak: {tuple(link)}")
    for row in gold.explains:
        if row.cause not in ids["cause"] or row.problem not in ids["problem"]:
            raise GoldError(f"explains names an unknown point: {tuple(row)}")
    pairs = Counter((link.measure, link.problem) for link in gold.answers)
    pairs.update((row.cause, row.problem) for row in gold.explains)
    if repeated := [pair for pair, times in pairs.items() if times > 1]:
        raise GoldError(f"a link is listed twice: {repeated}")
    linked = {link.problem for link in gold.answers}
    if wrong := (linked & gold.unanswered) | (linked | gold.unanswered) ^ ids["problem"]:
        raise GoldError(f"problems without exactly one verdict: {sorted(wrong)}")
    used = {link.measure for link in gold.answers}
    if wrong := (used & gold.orphans) | (used | gold.orphans) ^ ids["measure"]:
        raise GoldError(f"measures without exactly one verdict: {sorted(wrong)}")


def _rows(folders: list[Path]) -> Iterator[str]:
    for folder in folders:
        for gold in load_folder(folder):
            counts = " ".join(
                f"{letter}{len(gold.of_kind(kind))}" for letter, kind in LETTERS.items()
            )
            yield (
                f"{folder.name}/{gold.name} {gold.outline} characters={len(gold.text)} {counts} "
                f"answered={len(gold.answered)} weak={len(gold.weak)} "
                f"unanswered={len(gold.unanswered)} orphans={len(gold.orphans)} "
                f"explains={len(gold.explains)}"
            )


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]]
    for line in _rows(chosen or sorted(path for path in ROOT.iterdir() if path.is_dir())):
        print(line)
