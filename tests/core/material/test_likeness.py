"""Weights and cosines, on statements given as letters and numbers."""

from __future__ import annotations

import math

import pytest

from luoshi.core.material.likeness import Weighing, chance, cosines


def sets(*words: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in words]


def plain_cosine(one: frozenset[str], other: frozenset[str], weighing: Weighing[str]) -> float:
    """The cosine as a textbook has it, pair by pair."""

    def square(keys: frozenset[str]) -> float:
        alone = len(keys - weighing.heavy) * weighing.alone
        return sum(weighing.of[key] for key in keys & weighing.heavy) + alone + weighing.room

    shared = sum(weighing.of[key] for key in one & other & weighing.heavy)
    return shared / math.sqrt(square(one) * square(other))


def test_a_word_of_one_statement_is_shared_with_none() -> None:
    weighing = Weighing(sets("ab", "bc", "cd", "de"), 0.0, 2.0)
    assert weighing.heavy == {"b", "c", "d"}


def test_a_word_of_many_statements_weighs_less() -> None:
    weighing = Weighing(sets("ab", "ac", "ad", "bd", "d", "e"), 0.0, 2.0)
    assert weighing.of["b"] > weighing.of["a"] > 0
    assert weighing.alone > weighing.of["b"]


def test_a_word_of_most_statements_weighs_nothing() -> None:
    weighing = Weighing(sets("ab", "ac", "ad", "abd", "ae"), 1.2, 2.0)
    assert "a" not in weighing.heavy


def test_cosines_of_all_pairs_at_once_are_those_of_each_pair() -> None:
    rows, targets = sets("abcx", "", "bdfh"), sets("abd", "xyz", "fgh", "")
    weighing = Weighing([*rows, *targets], 0.0, 2.0)
    table = cosines(rows, targets, weighing)
    for row, line in zip(rows, table, strict=True):
        for target, cosine in zip(targets, line, strict=True):
            assert cosine == pytest.approx(plain_cosine(row, target, weighing))
    assert table[0][1] > 0 == table[1][0]


def test_a_target_with_very_many_words_does_not_reach_into_its_neighbour() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 9_000)))
    weighing = Weighing(sets(letters, letters, *"一" * 1_500), 0.0, 2.0)
    table = cosines(sets(letters), sets(letters, "z", letters), weighing)
    assert table[0] == pytest.approx([1.0, 0.0, 1.0], abs=0.01)


@pytest.mark.parametrize("empty", [([], sets("a")), (sets("a"), []), ([], [])])
def test_nothing_is_compared_with_nothing(empty: tuple[list, list]) -> None:
    assert cosines(*empty, Weighing(sets("a"), 0.0, 2.0)) == [[] for _ in empty[0]]


def test_a_logit_becomes_a_share() -> None:
    assert chance(0.0) == 0.5
    assert 0.0 < chance(-1e9) < 1e-9
    assert chance(1e9) > 1 - 1e-9
