"""How a quick look at two places goes, in whichever way the loops are run."""

from __future__ import annotations

BACK, AHEAD = 64, 104  # units looked at before and after a place; together under 256
BAND = 24  # units by which the second place may shift against the first
COST = 8  # bits that beginning another run costs, about what a chain pays
FIRST_MOST = 18  # bits that three units can tell
SLOT_BITS = 10  # of the table of the first window's grams
LENGTH_BITS = 5  # of a unit's weight: length of the anchor that begins there
TOLD_MOST = 7  # bits one unit can tell after three: the weight's other three bits
CELL = 5  # places within 32 units of each other are one
SAMPLE_SHIFT = 20  # bits of an anchor's hash that tell whether it is looked at
