"""Reading, splitting and checking in one warm process (warm.py).

The floor is to decode the file and to look once, with one automaton, for every word that any
rule or list looks for.

python benchmarks/check_warm.py md 10 100 1000 10000
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from time import thread_time_ns

from ahocorasick_rs import AhoCorasick

from corpus import document
from decoding import DECODERS
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.text import finder
from warm import main

_words: set[str] = set()
_word_finder = finder.word_finder


def _listening(words: Iterable[str]) -> Callable[[str], list[finder.Match]]:
    """Make a finder as luoshi does, and keep its words: so no rule is forgotten."""
    listed = list(words)
    _words.update(listed)
    return _word_finder(listed)


# The rules take it from there: after splitting is imported, whose words are not theirs.
finder.word_finder = _listening

from luoshi.core.checks import run  # noqa: E402
from luoshi.core.checks.policy import Policy, apply  # noqa: E402

_POLICY = Policy()


@cache
def _automaton() -> AhoCorasick:
    check("md", 0)  # what rules look for is known once they have run
    return AhoCorasick(sorted(_words))


def check(form: str, number: int) -> tuple[tuple[int, ...], int]:
    """Return the nanoseconds of reading, splitting and checking, and the characters."""
    data = document(form, number)
    begin = thread_time_ns()
    read = read_bytes(data, f"x.{form}")
    done = thread_time_ns()
    examination = split(read)
    parted = thread_time_ns()
    apply(read, run(examination, _POLICY.rules()), _POLICY)
    end = thread_time_ns()
    return (done - begin, parted - done, end - parted), len(read.text)


def one(form: str, number: int) -> tuple[tuple[int, ...], int]:
    """Return the nanoseconds of floor, reading, splitting and checking, and the characters."""
    automaton, data = _automaton(), document(form, number)
    begin = thread_time_ns()
    automaton.find_matches_as_indexes(DECODERS[form](data), overlapping=True)
    floor = thread_time_ns() - begin
    steps, characters = check(form, number)
    return (floor, *steps), characters


if __name__ == "__main__":
    main(one, ("read", "split", "check"))
