"""年年提、年年改、年年有: what became of the problems of one year in the material of the next.

`compare` takes two consecutive materials, `chain` those of several years. What is said of a
pair is said by words, never of a person; docs/recurrence.md tells how often it is right.
"""

from luoshi.core.recurrence.comparing import MOST_PROBLEMS, compare, is_concrete
from luoshi.core.recurrence.model import (
    Claim,
    LastMeasure,
    Match,
    Now,
    Recurrence,
    State,
    Stated,
    Then,
)
from luoshi.core.recurrence.years import Chain, Entry, Line, chain

__all__ = [
    "MOST_PROBLEMS", "Chain", "Claim", "Entry", "LastMeasure", "Line", "Match", "Now",
    "Recurrence", "State", "Stated", "Then", "chain", "compare", "is_concrete",
]  # fmt: skip
