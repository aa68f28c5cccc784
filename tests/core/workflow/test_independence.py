"""Independence on dated posts, held against a reference that looks at every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workflow.facts_maker import (
    CHIEF,
    CITY,
    CLOSER,
    DEPUTY,
    HEAD,
    ITEM,
    MATE,
    OUTSIDE,
    OUTSIDER,
    OWNER,
    PEOPLE,
    TODAY,
    VERIFIER,
    WELFARE,
    WITNESS,
    ago,
    evidence,
    item,
    people,
    post,
)  # fmt: skip
from luoshi.core.workflow.facts import Deputy, People, Post, Term
from luoshi.core.workflow.independence import (
    above,
    evidence_grade,
    is_outside,
    is_under,
    needs_outside,
    overlap,
    responsible,
    ties,
)  # fmt: skip

DAY = timedelta(days=1)
START = date(2026, 1, 1)
PERSONS, UNITS, LENGTH = 5, 3, 8
day = st.integers(0, LENGTH - 1).map(lambda n: START + DAY * n)
person = st.integers(0, PERSONS - 1)
posts = st.builds(
    Post, person=person, unit=st.integers(0, UNITS - 1), outside=st.just(False),
    rank=st.just("staff"), leads=st.booleans(), superior=st.none() | person, starts=day,
    ends=st.none() | day,
)  # fmt: skip
deputies = st.builds(Deputy, person=person, deputy=person, starts=day, ends=day)


def runs(row, on):
    """A row that ends before it starts is a row of its first day."""
    last = row.ends if row.ends is None else max(row.ends, row.starts)
    return row.starts <= on and (last is None or on <= last)


def bosses_of(world, who, on):
    """Who directs a person on one day, one step up."""
    found = set()
    for held in (p for p in world.posts if p.person == who and runs(p, on)):
        if held.superior is not None and held.superior != who:
            found.add(held.superior)
        found |= {
            p.person for p in world.posts
            if p.unit == held.unit and p.leads and p.person != who and runs(p, on)
        }  # fmt: skip
    acting = {
        d.deputy for d in world.deputies
        if d.person in found and d.starts <= on <= d.ends
    }  # fmt: skip
    return found | acting


def under_on_some_day(world, who, boss, first, last):
    for n in range((last - first).days + 1):
        on, seen, waiting = first + DAY * n, set(), [who]
        while waiting:
            for one in bosses_of(world, waiting.pop(), on):
                if one == boss:
                    return True
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
    return False


@settings(max_examples=400)
@given(
    st.lists(posts, max_size=7), st.lists(deputies, max_size=3), person, person, day, day
)  # fmt: skip
def test_is_under_agrees_with_looking_at_every_day(rows, acting, who, boss, one, other):
    # A deputising that ends before it starts is refused when it is entered.
    world = People(tuple(rows), tuple(d for d in acting if d.starts <= d.ends))
    first, last = min(one, other), max(one, other)
    expected = under_on_some_day(world, who, boss, first, last)
    assert is_under(world, who, boss, (first, last)) == expected


@given(day, day, day, st.none() | day)
def test_overlap_agrees_with_looking_at_every_day(one, other, starts, ends):
    first, last = min(one, other), max(one, other)
    row = Term(1, starts, ends)
    shared = [
        first + DAY * n for n in range((last - first).days + 1) if runs(row, first + DAY * n)
    ]  # fmt: skip
    found = overlap((first, last), starts, ends)
    assert found == ((shared[0], shared[-1]) if shared else None)


class TestTies:
    def test_somebody_of_another_section_has_none(self):
        assert ties(ITEM, PEOPLE, VERIFIER, TODAY) == ()

    @pytest.mark.parametrize("who", [OWNER, WITNESS])
    def test_owner_and_author(self, who):
        assert ties(ITEM, PEOPLE, who, TODAY)

    def test_co_owner_for_a_day_long_ago(self):
        whole = item(owners=(*ITEM.owners, Term(VERIFIER, ago(30), ago(30))))
        assert ties(whole, PEOPLE, VERIFIER, TODAY)

    @pytest.mark.parametrize(("ends", "tied"), [(ago(40), True), (ago(41), False)])
    def test_under_the_owner_for_the_first_day_only(self, ends, tied):
        world = people(post(VERIFIER, 200, superior=OWNER, starts=ago(500), ends=ends))
        assert bool(ties(ITEM, world, VERIFIER, TODAY)) == tied

    def test_a_post_changed_for_a_minute(self):
        world = people(post(VERIFIER, 200, superior=OWNER, starts=TODAY, ends=TODAY))
        assert ties(ITEM, world, VERIFIER, TODAY)

    def test_two_steps_and_leading_a_unit(self):
        world = people(
            post(OWNER, 201, leads=True, starts=ago(20)), post(MATE, 201, starts=ago(20)),
            post(VERIFIER, 202, superior=MATE, starts=ago(20)),
        )  # fmt: skip
        assert ties(ITEM, world, VERIFIER, TODAY)

    def test_who_deputised_for_the_owner_and_who_is_under_them(self):
        world = people(
            post(WITNESS, 203, superior=MATE),
            deputies=[Deputy(OWNER, MATE, ago(5), ago(4))],
        )
        assert ties(item(authors=frozenset(), evidence=()), world, MATE, TODAY)
        assert ties(item(authors=frozenset(), evidence=()), world, WITNESS, TODAY)

    def test_nobody_of_whose_place_nothing_is_known(self):
        assert ties(ITEM, PEOPLE, 99, TODAY)

    def test_deputising_before_the_item_does_not_count(self):
        world = people(deputies=[Deputy(OWNER, VERIFIER, ago(60), ago(41))])
        assert ties(ITEM, world, VERIFIER, TODAY) == ()


class TestAbove:
    def test_the_line_of_superiors(self):
        for boss in (CHIEF, DEPUTY, HEAD):
            assert above(ITEM, PEOPLE, boss, TODAY) == ()

    @pytest.mark.parametrize("who", [OWNER, MATE, VERIFIER, CLOSER])
    def test_nobody_else_inside(self, who):
        assert above(ITEM, PEOPLE, who, TODAY)

    def test_a_superior_who_helps_is_none(self):
        whole = item(owners=(*ITEM.owners, Term(DEPUTY, ago(10), ago(9))))
        assert above(whole, PEOPLE, DEPUTY, TODAY)
        assert above(whole, PEOPLE, HEAD, TODAY) == ()

    def test_the_heads_item_by_somebody_outside(self):
        whole = item(owners=(Term(HEAD, ago(40), None),))
        assert above(whole, PEOPLE, DEPUTY, TODAY)
        assert above(whole, PEOPLE, OUTSIDER, TODAY) == ()

    def test_above_a_helper_is_not_enough(self):
        whole = item(owners=(*ITEM.owners, Term(WITNESS, ago(10), None, owns=False)))
        world = people(post(CLOSER, WELFARE, "lead", leads=True))
        assert above(whole, world, CLOSER, TODAY)

    def test_somebody_outside_only_for_the_head_and_deputies(self):
        assert above(ITEM, PEOPLE, OUTSIDER, TODAY)

    def test_a_superior_of_yesterday(self):
        world = People((*(p for p in PEOPLE.posts if p.person != CHIEF),
                        post(CHIEF, CITY, "lead", leads=True, ends=ago(1))))  # fmt: skip
        assert above(ITEM, world, CHIEF, TODAY)


class TestOutside:
    def test_belongs_outside_and_nowhere_else(self):
        whole = (ago(40), TODAY)
        assert is_outside(PEOPLE, OUTSIDER, whole)
        assert not is_outside(PEOPLE, VERIFIER, whole)
        inside = people(post(OUTSIDER, CITY, starts=ago(20), ends=ago(20)))
        assert not is_outside(inside, OUTSIDER, whole)
        assert is_outside(inside, OUTSIDER, (ago(19), TODAY))
        assert not is_outside(PEOPLE, 99, whole)

    def test_left_the_body_outside(self):
        world = People((post(OUTSIDER, OUTSIDE, outside=True, ends=ago(1)),))
        assert not is_outside(world, OUTSIDER, (ago(40), TODAY))

    @pytest.mark.parametrize(("who", "needed"), [(HEAD, True), (DEPUTY, True), (CHIEF, False)])
    def test_items_of_the_head_and_deputies(self, who, needed):
        assert needs_outside(item(owners=(Term(who, ago(40), None),)), PEOPLE, TODAY) is needed

    def test_a_deputy_of_a_day_is_enough(self):
        world = people(post(OWNER, 204, "deputy", starts=ago(3), ends=ago(3)))
        assert needs_outside(ITEM, world, TODAY)
        earlier = people(post(OWNER, 204, "deputy", starts=ago(60), ends=ago(41)))
        assert not needs_outside(ITEM, earlier, TODAY)


class TestGrades:
    @pytest.mark.parametrize(
        ("author", "declared", "grade"),
        [
            (OWNER, 3, 0), (MATE, 3, 1), (CHIEF, 3, 1), (WITNESS, 3, 2), (WITNESS, 1, 1),
            (OUTSIDER, 3, 3), (OUTSIDER, 2, 2), (CLOSER, 2, 2), (99, 3, 0),
        ],
    )  # fmt: skip
    def test_never_more_than_who_entered_it_allows(self, author, declared, grade):
        assert evidence_grade(ITEM, PEOPLE, author, declared, TODAY) == grade

    def test_under_the_owner_counts_as_the_owners(self):
        world = people(post(WITNESS, 205, superior=OWNER, starts=ago(1)))
        assert evidence_grade(ITEM, world, WITNESS, 3, TODAY) == 0

    def test_in_the_owners_unit_for_a_day(self):
        world = people(post(WITNESS, CITY, starts=ago(20), ends=ago(20)))
        assert evidence_grade(ITEM, world, WITNESS, 3, TODAY) == 1
        moved = people(post(OWNER, WELFARE, starts=ago(20), ends=ago(20)))
        assert evidence_grade(ITEM, moved, WITNESS, 3, TODAY) == 1

    @given(st.integers(0, 3), st.sampled_from([OWNER, MATE, WITNESS, OUTSIDER]))
    def test_declaring_more_never_gives_more_than_declared(self, declared, author):
        assert evidence_grade(ITEM, PEOPLE, author, declared, TODAY) <= declared


def test_deputies_are_responsible_only_for_their_days():
    world = people(deputies=[Deputy(OWNER, MATE, ago(100), ago(5))])
    assert responsible(ITEM, world, TODAY)[1:] == (Term(MATE, ago(40), ago(5)),)
    assert evidence().author == WITNESS
