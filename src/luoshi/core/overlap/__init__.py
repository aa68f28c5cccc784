"""Passages that documents share (雷同): exact, reworded, reordered.

Texts are folded to the characters that carry meaning, cut into grams of four, and brought
together by the grams that few documents have; what lies close together in two documents is
aligned and, if enough of it agrees, reported as a passage of both.
"""

from luoshi.core.overlap.compare import compare
from luoshi.core.overlap.model import DEFAULTS, Corpus, Passage, Tuning

__all__ = ["DEFAULTS", "Corpus", "Passage", "Tuning", "compare"]
