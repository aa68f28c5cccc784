"""How programs are compared: found, right and rank mean what docs/benchmarks-overlap.md says."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from overlap_peer import difflib, luoshi
from overlap_peers import ranks, score, write

PLANTED = [
    {"kind": "exact", "a": (0, 100, 200), "b": (3, 10, 110)},
    {"kind": "10", "a": (1, 0, 80), "b": (2, 50, 130)},
]


def test_half_of_both_spans_is_found():
    told = score([[0, 3, 100, 150, 10, 60, 1.0]], PLANTED)
    assert (told["exact"], told["10"], told["precision"], told["recall"]) == (1, 0, 1, 0.5)
    assert score([[0, 3, 100, 149, 10, 60, 1.0]], PLANTED)["exact"] == 0
    assert score([[0, 3, 100, 150, 10, 59, 1.0]], PLANTED)["exact"] == 0


def test_pieces_count_together_and_once():
    pieces = [[0, 3, 100, 130, 10, 40, 1.0], [0, 3, 120, 150, 30, 60, 1.0]]
    assert score(pieces, PLANTED)["exact"] == 1
    assert score([pieces[0]] * 2, PLANTED) | {"reported": 2} == score([pieces[0]], PLANTED) | {
        "reported": 2
    }


def test_what_touches_no_copy_is_wrong():
    wrong = [[0, 3, 0, 90, 10, 60, 1.0], [0, 2, 100, 150, 10, 60, 1.0]]
    assert score(wrong, PLANTED)["precision"] == 0
    assert score([], PLANTED)["f"] == 0


def test_the_rank_is_the_worst_of_equals_and_leaves_other_copies_out():
    pairs = [[0, 3, 5.0], [1, 2, 4.0], [0, 1, 5.0], [0, 2, 4.0], [2, 3, 4.0], [1, 3, 0.0]]
    assert ranks(pairs, PLANTED) == {"exact": 2, "10": 4}
    assert ranks([], PLANTED) == {"exact": 0, "10": 0}


@pytest.mark.parametrize("tool", [luoshi, difflib])
def test_programs_that_are_here_find_a_plain_copy(tool, tmp_path):
    planted = write(tmp_path / "batch", 6, 1, 4)
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "batch").glob("*.txt"))]
    assert score(tool(texts), planted)["exact"] == 1
