"""Words are found alike with and without the automaton, in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.text import finder

WORDS = st.lists(
    st.text("甲乙丙丁ab", min_size=1, max_size=4), min_size=1, max_size=12, unique=True
)


@given(WORDS, st.text("甲乙丙丁ab，", max_size=60))
def test_both_ways_find_the_same_places(words, text):
    few, many = finder.word_finder(words), finder.word_finder(words, frequent=True)
    assert few(text) == many(text)
    assert sorted(finder.word_lister(words)(text)) == sorted(text[a:b] for _, a, b in many(text))


@given(WORDS, st.text("甲乙丙丁ab，", min_size=1, max_size=60))
def test_the_automaton_takes_over_in_the_long_run(words, text):
    find, listed = finder.word_finder(words), finder.word_lister(words)
    first, names = find(text), listed(text)
    long = text * (finder._WORTH_IT // len(text) + 1)
    assert len(find(long)) >= len(first)
    assert len(listed(long)) >= len(names)
    assert find(text) == first
    assert listed(text) == names
