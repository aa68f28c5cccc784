"""How often the comparison of consecutive years is right: ``measure.py tune`` or ``held``."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.recurrence import Recurrence, compare

HERE = Path(__file__).parent
STATES = ("new", "recurring", "empty", "sharpened")


class Told(NamedTuple):
    """Right, said and true counts by label, and what was wrong."""

    right: Counter[str]
    said: Counter[str]
    true: Counter[str]
    wrong: list[str]


def pairs(folder: str) -> Iterator[tuple[str, dict[str, Any], Recurrence]]:
    """Yield name, annotation and comparison of each pair."""
    for path in sorted((HERE / folder).glob("*.toml")):
        gold = tomllib.loads(path.read_text("utf-8"))
        before, after = (
            split(read_bytes(gold[k].encode(), k + ".txt")) for k in ("before", "after")
        )
        yield path.stem, gold, compare(before, after)


def measure(folder: str) -> Told:
    """Return the counts over all pairs of a folder."""
    told = Told(Counter(), Counter(), Counter(), [])
    for name, gold, found in pairs(folder):
        _pairs(name, gold, found, told)
        _unreported(name, gold, found, told)
        _claims(name, gold, found, told)
    return told


def _count(told: Told, label: str, said: bool, true: bool, what: str) -> None:
    told.said[label] += said
    told.true[label] += true
    told.right[label] += said and true
    if said != true:
        told.wrong.append(f"{label}: {'said' if said else 'missed'}: {what}")


def _pairs(name: str, gold: dict[str, Any], found: Recurrence, told: Told) -> None:
    before = {p.id: found.earlier.text_of(p) for p in found.earlier.points}
    assert len(gold["now"]) == len(found.now), name
    for now in found.now:
        text = found.later.text_of(now.point)
        (true,) = [each for each in gold["now"] if each["quote"] in text]
        said = before[now.match.earlier] if now.match else ""
        right = bool(said) and "from" in true and true["from"] in said
        what = f"{name} {text[:20]!r} ← {said[:20]!r}"
        told.said["pair"] += bool(said)
        told.true["pair"] += "from" in true
        told.right["pair"] += right
        if (bool(said) or "from" in true) and not right:
            told.wrong.append(f"pair: {what}")
        for state in STATES:
            fits = state == "new" or right or now.state != state
            _count(told, state, now.state == state, true["state"] == state and fits, what)


def _unreported(name: str, gold: dict[str, Any], found: Recurrence, told: Told) -> None:
    said = {then.point.id for then in found.unreported()}
    for then in found.then:
        text = found.earlier.text_of(then.point)
        true = any(quote in text for quote in gold["unreported"])
        _count(told, "unreported", then.point.id in said, true, f"{name} {text[:20]!r}")


def _claims(name: str, gold: dict[str, Any], found: Recurrence, told: Told) -> None:
    text = found.later.document.text
    said = [text[slice(*claim.span)] for claim in found.claims]
    for words in said:
        true = any(words in quote or quote in words for quote in gold["claims"])
        told.said["claim"] += 1
        told.right["claim"] += true
        if not true:
            told.wrong.append(f"claim: said: {name} {words}")
    for quote in gold["claims"]:
        told.true["claim"] += 1
        if not any(words in quote or quote in words for words in said):
            told.wrong.append(f"claim: missed: {name} {quote}")


def main(folder: str) -> None:
    """Print precision and recall of each label, and what was wrong of the half to tune on."""
    told = measure(folder)
    for label in ("pair", *STATES, "unreported", "claim"):
        right, said, true = told.right[label], told.said[label], told.true[label]
        print(f"{label:<11} precision {right}/{said}  recall {right}/{true}")
    if folder == "tune":
        print("\n".join(told.wrong))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "tune")
