"""All places of many words in a text, found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Match = tuple[int, int, int]
# Building the automaton takes as long as looking through so many characters without it.
_WORTH_IT = 30_000


class _Words:
    """Words to look for: by their first characters at first, by an automaton in the long run.

    A command that checks one document never builds it, a process that checks many does.
    """

    def __init__(self, words: Iterable[str], frequent: bool = False) -> None:
        self.words = list(words)
        self.seen = _WORTH_IT if frequent else 0
        self.begins: dict[str, list[tuple[int, str, int]]] = {}

    def worth_building(self, text: str) -> bool:
        """Tell whether enough text has come to build the automaton for it."""
        self.seen += len(text)
        return self.seen > _WORTH_IT

    def places(self, text: str) -> list[Match]:
        """Return every place of every word in the order of their ends, the longest first."""
        if not self.begins:
            for index, word in enumerate(self.words):
                self.begins.setdefault(word[:2], []).append((index, word, len(word)))
        found: list[Match] = []
        begins, starts = self.begins.get, text.startswith
        for at in range(len(text)):
            for index, word, length in begins(text[at : at + 2], ()):
                if length == 2 or starts(word, at):
                    found.append((index, at, at + length))
        if any(len(word) == 1 for word in self.begins):
            for at, char in enumerate(text[:-1]):
                for index, _, _ in begins(char, ()):
                    found.append((index, at, at + 1))
        found.sort(key=_by_end)
        return found


def _by_end(match: Match) -> tuple[int, int]:
    return match[2], match[1]


def word_finder(words: Iterable[str], *, frequent: bool = False) -> Callable[[str], list[Match]]:
    """Return a function that finds every place of every one of ``words``, overlaps included.

    A match is the number of the word in the order of ``words``, and its start and end in
    the text, in characters. ``frequent``: there will be many places, so that the automaton
    pays from the first text.
    """
    held = _Words(words, frequent)
    built: list[Callable[[str], list[Match]]] = []

    def find(text: str) -> list[Match]:
        if built:
            return built[0](text)
        if not held.worth_building(text):
            return held.places(text)
        # Loading the library costs time that commands which look for few words need not spend.
        from ahocorasick_rs import AhoCorasick

        automaton = AhoCorasick(held.words)
        built.append(lambda words: automaton.find_matches_as_indexes(words, overlapping=True))
        return built[0](text)

    return find


def word_lister(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return a function that lists the words that stand in a text, overlaps included.

    Each is listed as often as it stands there. Cheaper than :func:`word_finder` where the
    places do not matter.
    """
    held = _Words(words)
    built: list[Callable[[str], list[str]]] = []

    def listed(text: str) -> list[str]:
        if built:
            return built[0](text)
        if not held.worth_building(text):
            return [held.words[index] for index, _, _ in held.places(text)]
        # As above.
        from ahocorasick_rs import AhoCorasick

        automaton = AhoCorasick(held.words)
        built.append(lambda words: automaton.find_matches_as_strings(words, overlapping=True))
        return built[0](text)

    return listed
