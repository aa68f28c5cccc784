"""Why a slip is served: data/supervision/reasons.toml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from luoshi.core.knowledge import table
from luoshi.core.supervision.facts import Colour, Signal, Stage


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: its colour, Chinese label, the sentence with its figures, what is asked."""

    key: str
    colour: Colour
    label: str
    words: str
    ask: str


@cache
def known() -> dict[str, Reason]:
    """Return all reasons by key, the gravest first."""
    rows = table("supervision/reasons")["reasons"]
    return {
        key: Reason(key, row["colour"], row["label"], row["words"], row["ask"])
        for key, row in rows.items()
    }


@cache
def _ranks() -> dict[str, int]:
    return {key: rank for rank, key in enumerate(known())}


def gravity(reason: str) -> int:
    """Return the place of a reason in the order of gravity; 0 is the gravest."""
    return _ranks()[reason]


@cache
def colours() -> dict[str, str]:
    """Return the Chinese names of the colours."""
    return dict(table("supervision/reasons")["colours"])


@cache
def stages() -> dict[str, Stage]:
    """Return how the states of a commitment are looked at; the others are not."""
    return cast("dict[str, Stage]", dict(table("supervision/reasons")["stages"]))


@cache
def signs_of_life() -> tuple[str, ...]:
    """Return the kinds of action that show that an item is worked on."""
    return tuple(table("supervision/reasons")["signs"]["verbs"])


def sentence(signal: Signal) -> str:
    """Return a signal in Chinese, with the figures it rests on."""
    words = known()[signal.reason].words.format(**signal.figures)
    if signal.figures.get("due") in {
        signal.figures.get("deadline"),
        signal.figures.get("next_check"),
    }:
        words = words.replace(f"（遇节假日顺延到{signal.figures.get('due')}）", "")
    if signal.estimate:
        words += "其中有的年份放假安排尚未公布，日期是推算的，公布后请核对。"
    return words
