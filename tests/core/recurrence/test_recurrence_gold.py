"""The comparison stays as good as docs/recurrence.md says, on both halves of the annotated years."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[2] / "recurrence_gold"
sys.path.insert(0, str(GOLD))

from measure import measure  # noqa: E402  (the folder is no package)

# Precision and recall that are never to be lost again.
FLOORS = {
    "tune": {"pair": (1, 1), "empty": (1, 1), "sharpened": (1, 1), "unreported": (1, 0.85)},
    "held": {"pair": (0.95, 0.95), "empty": (0.94, 1), "sharpened": (1, 1), "unreported": (1, 0.8)},
}  # fmt: skip


@pytest.mark.parametrize("folder", FLOORS)
def test_no_worse_than_published(folder: str) -> None:
    told = measure(folder)
    for label, (precision, recall) in FLOORS[folder].items():
        assert told.right[label] >= precision * told.said[label], (label, told.wrong)
        assert told.right[label] >= recall * told.true[label], (label, told.wrong)
    assert told.right["claim"] == told.true["claim"] == told.said["claim"]
    assert sum(told.true[state] for state in ("new", "empty", "sharpened", "recurring")) >= 30
