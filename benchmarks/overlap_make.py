"""Batches of fictitious materials with known copied passages.

python benchmarks/overlap_make.py DIR --documents 400 --seed 1

Every document has what everybody writes, headings, and prose of its own: with a small vocabulary
(`overlap_words`: the hard case) or an open one (`overlap_open`: nearer to life); passages are copied from one document to another as they are, with a share of
their words exchanged, or with their clauses in another order. ``planted.json`` tells where.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import overlap_open
from overlap_words import CLAUSES, EVERYBODY, HEADINGS, SLOTS, SURNAMES, SYLLABLES

Sentence = list[tuple[str, str]]
KINDS = ("exact", "10", "20", "40", "reordered")
_MANY = 2_000
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Planted:
    """A copied passage: half-open spans of characters on both sides."""

    kind: str
    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int


def fill(slot: str, rng: random.Random) -> str:
    """Return one word for a slot."""
    if slot == "place":
        return rng.choice(SYLLABLES) + rng.choice(SYLLABLES)
    if slot == "s":
        return rng.choice(SURNAMES)
    if slot in {"n", "m", "d"}:
        return str(rng.randint(1, {"n": 99, "m": 12, "d": 28}[slot]))
    return _SLOT.sub(lambda m: fill(m[1], rng), rng.choice(SLOTS[slot]))


def sentence(rng: random.Random) -> Sentence:
    """Return a sentence as words with the slots they came from ("" for fixed words)."""
    words: list[tuple[str, str]] = []
    clauses = "，".join(rng.choice(CLAUSES) for _ in range(rng.randint(2, 5))) + "。"
    for part in re.split(r"(\{\w+\})", clauses):
        if slot := _SLOT.fullmatch(part):
            words.append((fill(slot[1], rng), slot[1]))
        elif part:
            words += [(w, "") for w in re.findall(r"[^，。]{1,2}|[，。]", part)]
    return words


def other(rng: random.Random) -> str:
    """Return a word, or what is cut out of one, to put in another one's place."""
    word = rng.choice(SLOTS[rng.choice(("did", "effect", "act", "thing", "object", "state"))])
    at = rng.randrange(max(1, len(word) - 1))
    return word[at : at + rng.choice((1, 2, 2, 3))]


@dataclass(frozen=True)
class Prose:
    """How sentences are made and what comes in place of a word."""

    sentence: Callable[[random.Random], Sentence]
    other: Callable[[random.Random], str]


PROSE = {
    "small": Prose(sentence, other),
    "open": Prose(overlap_open.sentence, overlap_open.other),
}


def reword(words: Sentence, share: float, rng: random.Random, prose: Prose) -> str:
    """Return the words with a share of their characters' words exchanged for others."""
    spans = [m for word, _ in words for m in re.findall(r"[^，。]{1,2}|[，。]", word)]
    out = []
    for span in spans:
        if span in "，。" or rng.random() >= share:
            out.append(span)
        elif rng.random() < 0.15:
            continue
        else:
            out.append(prose.other(rng))
    return "".join(out)


def reorder(text: str, rng: random.Random) -> str:
    """Return the clauses of a passage in another order."""
    clauses = [c for c in re.split("[，。]", text) if c]
    rng.shuffle(clauses)
    return "，".join(clauses) + "。"


def document(length: int, rng: random.Random, prose: Prose) -> list[Sentence]:
    """Return a document as sentences; fixed ones have one word without a slot."""
    count = max(4, length // 38)
    lines = [prose.sentence(rng) for _ in range(count)]
    for text in EVERYBODY:
        if rng.random() < 0.6:
            lines.insert(rng.randrange(len(lines) + 1), [(text, "")])
    step = len(lines) // len(HEADINGS)
    for number, heading in enumerate(HEADINGS):
        lines.insert(number * (step + 1), [(f"\n{heading}\n", "")])
    return lines


def _text(line: list[tuple[str, str]]) -> str:
    return "".join(word for word, _ in line)


def batch(
    documents: int, length: int, planted: int, seed: int, prose: Prose = PROSE["small"]
) -> tuple[dict[str, str], list[Planted]]:
    """Return texts by name and what was copied: ``planted`` passages of each kind."""
    rng = random.Random(seed)
    names = [f"{n:06d}.txt" for n in range(documents)]
    wanted = [(kind, *rng.sample(range(documents), 2)) for _ in range(planted) for kind in KINDS]
    lines = {n: _own(n, length, seed, prose) for _, *pair in wanted for n in pair}
    copies: dict[int, list[tuple[int, int, str, int, int]]] = {}
    sources: dict[int, set[int]] = {}  # lines before which nothing may be put
    for kind, a, b in wanted:
        size = rng.choice((3, 4, 4, 5))
        own = [
            i for i in range(len(lines[a]) - size)
            if all(len(line) > 1 for line in lines[a][i : i + size])
        ]  # fmt: skip
        if not own:
            continue
        start = rng.choice(own)
        sources.setdefault(a, set()).update(range(start + 1, start + size))
        words = [w for line in lines[a][start : start + size] for w in line]
        if kind == "reordered":
            copy = reorder("".join(w for w, _ in words), rng)
        else:
            copy = reword(words, 0 if kind == "exact" else int(kind) / 100, rng, prose)
        copies.setdefault(b, []).append((a, start, copy, size, KINDS.index(kind)))
    texts: dict[int, str] = {}
    at: dict[tuple[int, int], tuple[int, int]] = {}
    where: list[tuple[int, int, int, int, int]] = []
    place_of: dict[tuple[int, int], int] = {}
    for b in sorted(lines):
        inserted: dict[int, list[tuple[int, int, str, int, int]]] = {}
        for one in copies.get(b, []):
            free = [n for n in range(len(lines[b]) + 1) if n not in sources.get(b, ())]
            inserted.setdefault(rng.choice(free), []).append(one)
        pieces, size = [], 0
        for number, line in enumerate([*lines[b], []]):
            for a, start, copy, many, kind_number in inserted.get(number, []):
                where.append((a, start, many, kind_number, b))
                at[(b, len(where) - 1)] = (size, size + len(copy))
                pieces.append(copy)
                size += len(copy)
            place_of[(b, number)] = size
            text = _text(line)
            pieces.append(text)
            size += len(text)
        texts[b] = "".join(pieces)
    found = []
    for index, (a, start, many, kind_number, b) in enumerate(where):
        first = place_of[(a, start)]
        last = place_of[(a, start + many - 1)] + len(_text(lines[a][start + many - 1]))
        b_start, b_end = at[(b, index)]
        found.append(Planted(KINDS[kind_number], names[a], first, last, names[b], b_start, b_end))
    others = [n for n in range(documents) if n not in texts]
    texts |= _texts(others, length, seed, prose)
    return {names[n]: texts[n] for n in range(documents)}, found


def _own(number: int, length: int, seed: int, prose: Prose) -> list[Sentence]:
    """Return the prose of a document, which depends on nothing but its number."""
    return document(length, random.Random(f"{seed} {number}"), prose)


def _some(numbers: list[int], length: int, seed: int, prose: Prose) -> dict[int, str]:
    return {n: "".join(map(_text, _own(n, length, seed, prose))) for n in numbers}


def _texts(numbers: list[int], length: int, seed: int, prose: Prose) -> dict[int, str]:
    """Return the texts into which nothing is copied; many are made by two processes."""
    if len(numbers) < _MANY:
        return _some(numbers, length, seed, prose)
    parts = [numbers[at : at + _MANY] for at in range(0, len(numbers), _MANY)]
    out: dict[int, str] = {}
    with ProcessPoolExecutor(2) as pool:
        for made in pool.map(partial(_some, length=length, seed=seed, prose=prose), parts):
            out |= made
    return out


def main() -> None:
    """Write a batch into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--length", type=int, default=2_000)
    parser.add_argument("--planted", type=int, default=20, help="passages of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prose", choices=list(PROSE), default="small")
    given = parser.parse_args()
    texts, planted = batch(
        given.documents, given.length, given.planted, given.seed, PROSE[given.prose]
    )
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (given.folder / name).write_text(text, encoding="utf-8", newline="\n")
    rows = [asdict(one) for one in planted]
    (given.folder / "planted.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
