"""All places of many words in a text, found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Match = tuple[int, int, int]


def word_finder(words: Iterable[str]) -> Callable[[str], list[Match]]:
    """Return a function that finds every place of every one of ``words``, overlaps included.

    A match is the number of the word in the order of ``words``, and its start and end in
    the text, in characters.
    """
    # Loading the library costs time that commands which look for no words need not spend.
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(list(words))

    def find(text: str) -> list[Match]:
        return automaton.find_matches_as_indexes(text, overlapping=True)

    return find


def word_lister(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return a function that lists the words that stand in a text, overlaps included.

    Each is listed as often as it stands there. Cheaper than :func:`word_finder` where the
    places do not matter.
    """
    # As above.
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(list(words))

    def listed(text: str) -> list[str]:
        return automaton.find_matches_as_strings(text, overlapping=True)

    return listed
