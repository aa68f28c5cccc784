"""Whether measures follow the order of problems, and the figures of single pairs."""

from __future__ import annotations

import pytest

from luoshi.core.material.order import Gap, chain, order_of, sure_pairs, unclaimed
from luoshi.core.material.pairs import (
    CITED,
    Row,
    first_figures,
    first_logits,
    second_figures,
    weighed,
)


def logits(*bests: int | None, count: int) -> list[list[float]]:
    """One row for each measure: 3 for the problem it is best for, -3 for all others."""
    return [[3.0 if i == best else -3.0 for i in range(count)] for best in bests]


def test_sure_pairs_are_best_on_both_sides() -> None:
    table = [[2.0, -1.0], [3.0, 1.0], [-2.0, 0.2]]
    assert sure_pairs(table) == [(0, 1)]


def test_the_chain_leaves_out_what_breaks_the_order() -> None:
    table = logits(0, 3, 1, 2, count=4)
    assert chain(sure_pairs(table), table) == [(0, 0), (1, 2), (2, 3)]


def test_a_problem_between_two_sure_pairs_has_the_measures_between_theirs() -> None:
    order = order_of(logits(0, None, 2, 3, count=4), 4)
    assert order.gaps[1] == Gap(1, 2, 1)
    assert order.gaps[2] == Gap(1, 3, 2)
    assert 0 < order.strength < 1


def test_a_problem_between_two_neighbouring_measures_has_none() -> None:
    gap = order_of(logits(0, 2, 3, count=4), 4).gaps[1]
    assert gap.first >= gap.last


def test_measures_in_the_reverse_order_follow_nothing() -> None:
    assert order_of(logits(3, 2, 1, 0, count=4), 4).strength == 0


def test_a_measure_that_speaks_to_another_problem_is_claimed() -> None:
    table = logits(0, None, 2, count=3)
    tops = [line.index(max(line)) for line in table]
    assert unclaimed(Gap(1, 2, 1), 1, table, tops) == 1
    assert unclaimed(Gap(0, 3, 1), 1, table, tops) == 1


def test_without_measures_there_is_no_order() -> None:
    assert order_of([], 0).gaps == []


ROWS = [
    Row([0.4, 0.1, 0.0], [0.1, 0.05, 0.0], 0.0, 4.0),
    Row([0.0, 0.3, 0.2], [0.0, 0.2, 0.1], 1.0, 3.5),
]
FIT = ((4.0, 20.0, 3.0, 2.0, 1.0, 0.5), -7.0)


def test_the_written_out_sum_is_that_of_the_figures() -> None:
    nothing: list[frozenset[int]] = [frozenset(), frozenset()]
    table = first_logits(ROWS, FIT, nothing)
    for line, figures in zip(table, first_figures(ROWS), strict=True):
        assert line == pytest.approx([weighed(each, *FIT) for each in figures])


def test_a_cited_pair_counts_for_much() -> None:
    table = first_logits(ROWS, FIT, [frozenset({2}), frozenset()])
    assert table[0][2] == CITED
    assert table[1][2] < CITED


def test_second_figures_mark_best_and_second() -> None:
    rows = second_figures([0.5, 2.0, -1.0], 4.0)
    assert rows == {
        0: (0.5, 0.0, 1.0, -1.5, -1.5, 4.0),
        1: (2.0, 1.0, 0.0, 1.5, 0.0, 4.0),
        2: (-1.0, 0.0, 0.0, -3.0, -3.0, 4.0),
    }
    assert second_figures([0.5, 2.0, -1.0], 4.0, 0.0).keys() == {0, 1}
    assert second_figures([1.0], 4.0) == {0: (1.0, 1.0, 0.0, 7.0, 0.0, 4.0)}
