"""Whatever persons say, in whatever order: no ring, no later material before an earlier one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.recurrence.authors import Author
from luoshi.office.recurrence.orders import YEARS_MOST, Orders, Paper

AUTHORS = (None, Author("柳河街道领导班子", "民主生活会"), Author("云溪中学党支部", "组织生活会"))
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1))
PAPERS = st.lists(
    st.tuples(st.integers(0, 4), DAYS, st.sampled_from(AUTHORS)), min_size=2, max_size=9
)


def orders(rows) -> Orders:
    """Return the order of made-up materials, of which nobody has said anything."""
    made = Orders.__new__(Orders)
    made.papers = {
        key: Paper(key, f"材料{key}", 2020 + year if year else 0, day, author)
        for key, (year, day, author) in enumerate(rows)
    }
    made._said = {}
    made._of_author = defaultdict(list)
    for paper in made.papers.values():
        made._of_author[paper.author].append(paper)
    return made


@settings(max_examples=200, deadline=None)
@given(PAPERS, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14))
def test_no_ring_and_nothing_later(rows, said):
    made = orders(rows)
    for key, previous in said:
        if key in made.papers and made.may_precede(previous, key):
            made._said[key] = (previous, 1)
    for key, paper in made.papers.items():
        back = made.back(key)
        assert back[-1] is paper
        assert len({one.key for one in back}) == len(back) <= YEARS_MOST
        for one, other in pairwise(back):
            assert one.is_later_than(other) is not True
        seen, at = set(), key
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = made._said.get(at, (None, 0))[0]


@settings(max_examples=100, deadline=None)
@given(PAPERS)
def test_what_is_proposed_is_the_latest_earlier_one_of_the_author(rows):
    made = orders(rows)
    for key, paper in made.papers.items():
        before = made.before(key)
        like = [
            p
            for p in made.papers.values()
            if paper.author and p.author == paper.author and paper.is_later_than(p)
        ]
        assert (before.paper is None) == (not like)
        assert before.how == ("proposed" if like else "unknown")
        if before.paper:
            assert before.paper in like
            assert all(p.year <= before.paper.year for p in like)


@given(PAPERS)
def test_each_material_is_reached_from_a_latest_one(rows):
    made = orders(rows)
    latest = {paper.key for paper in made.latest()}
    taken = {made.before(key).paper.key for key in made.papers if made.before(key).paper}
    assert latest | taken == set(made.papers)
    assert not latest & taken
