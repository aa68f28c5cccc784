"""Properties of independence: whatever is added to the past of people, no tie goes away."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.workflow import closing
from luoshi.core.workflow.facts import (
    Deputy,
    EvidenceFact,
    Indicator,
    Item,
    People,
    Policy,
    Post,
    ReadingFact,
    Seen,
    Term,
)
from luoshi.core.workflow.independence import evidence_grade, needs_outside, responsible, ties

TODAY = date(2026, 6, 30)
PERSONS = st.integers(1, 6)
DAYS = st.integers(-60, 30).map(lambda n: TODAY + timedelta(days=n))
ENDS = st.one_of(st.none(), DAYS)
POSTS = st.builds(
    Post, person=PERSONS, unit=st.integers(1, 4), outside=st.booleans(),
    rank=st.sampled_from(["head", "deputy", "lead", "staff"]), leads=st.booleans(),
    superior=st.one_of(st.none(), PERSONS), starts=DAYS, ends=ENDS,
)  # fmt: skip
DEPUTIES = st.builds(Deputy, person=PERSONS, deputy=PERSONS, starts=DAYS, ends=DAYS)
PEOPLE = st.builds(
    People, posts=st.lists(POSTS, max_size=8).map(tuple),
    deputies=st.lists(DEPUTIES, max_size=3).map(tuple),
)  # fmt: skip
EVIDENCE = st.builds(
    EvidenceFact, key=st.integers(1, 99), author=PERSONS, kind=st.just("photo"), dated=DAYS,
    added=DAYS, declared=st.integers(0, 3), expires=ENDS, withdrawn=st.booleans(),
    used_before=st.booleans(), vouched=st.booleans(),
)  # fmt: skip
READINGS = st.builds(
    ReadingFact, key=st.integers(1, 99), author=PERSONS, read_on=DAYS, source=st.just("清点"),
    value=st.integers(0, 40).map(Decimal),
)  # fmt: skip
ITEMS = st.builds(
    Item, key=st.just(1), state=st.just("verifying"), created=st.just(TODAY - timedelta(days=40)),
    time_class=st.sampled_from(["short", "middle", "standing"]),
    owners=st.lists(st.builds(Term, person=PERSONS, starts=DAYS, ends=ENDS, owns=st.booleans()),
                    min_size=1, max_size=3).map(tuple),
    indicator=st.builds(
        Indicator, kind=st.sampled_from(["number", "criterion", "none"]),
        baseline=st.one_of(st.none(), st.integers(0, 40).map(Decimal)),
        target=st.one_of(st.none(), st.integers(0, 40).map(Decimal)),
    ),
    policy=st.builds(Policy, count=st.integers(0, 2), independence=st.integers(0, 3)),
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
    readings=st.lists(READINGS, max_size=3).map(tuple),
    authors=st.frozensets(PERSONS, max_size=2), done_on=ENDS, worked_on=ENDS, reopened_on=ENDS,
    changes_open=st.integers(0, 1),
)  # fmt: skip
DONE = TODAY - timedelta(days=10)
GOOD = Item(
    key=1, state="verifying", created=TODAY - timedelta(days=40), time_class="short",
    owners=(Term(1, TODAY - timedelta(days=40), None),),
    indicator=Indicator("number", Decimal(30), Decimal(5)), policy=Policy(), done_on=DONE,
    evidence=(EvidenceFact(1, 3, "photo", DONE, DONE, 3, None, False, False),),
    readings=(ReadingFact(1, 3, Decimal(5), DONE, "清点"),), authors=frozenset({1, 3}),
)  # fmt: skip
_LONG = {"outside": False, "rank": "staff", "leads": False, "starts": date(2020, 1, 1),
         "ends": None}  # fmt: skip
PLACES = tuple(Post(person=n, unit=n, superior=5, **_LONG) for n in (1, 2, 3, 4))
#: One that passes, with a few of its facts exchanged.
NEAR = st.builds(
    lambda other, names: replace(GOOD, **{name: getattr(other, name) for name in names}),
    ITEMS,
    st.sets(st.sampled_from(["time_class", "owners", "indicator", "policy", "evidence", "readings",
                             "authors", "done_on", "worked_on", "reopened_on", "changes_open"]),
            max_size=2),
)  # fmt: skip
PLACED = st.builds(
    lambda more: People(PLACES + more.posts[:2], more.deputies[:1]), PEOPLE
)  # fmt: skip
UNKNOWN = "没有登记职务"


def known(reasons):
    """Return the reasons but for this: that nothing is known can be cured by learning more."""
    return [reason for reason in reasons if UNKNOWN not in reason]


@given(ITEMS, PEOPLE, PEOPLE, PERSONS)
def test_no_further_post_and_no_further_deputising_unties(item, people, more, person):
    both = People(people.posts + more.posts, people.deputies + more.deputies)
    assert not known(ties(item, people, person, TODAY)) or known(ties(item, both, person, TODAY))
    assert not needs_outside(item, people, TODAY) or needs_outside(item, both, TODAY)


@given(ITEMS, PEOPLE, PERSONS, st.lists(st.builds(Term, PERSONS, DAYS, ENDS)).map(tuple))
def test_no_change_of_owner_unties(item, people, person, more):
    later = replace(item, owners=item.owners + more)
    assert not known(ties(item, people, person, TODAY)) or known(ties(later, people, person, TODAY))


@given(ITEMS, PEOPLE, PERSONS)
def test_ending_a_post_early_is_no_more_than_never_having_had_it(item, people, person):
    """A post that ends before it begins still counts for its day."""
    back = People(
        tuple(replace(p, ends=p.starts - timedelta(days=9)) for p in people.posts), people.deputies
    )
    one_day = People(tuple(replace(p, ends=p.starts) for p in people.posts), people.deputies)
    assert ties(item, back, person, TODAY) == ties(item, one_day, person, TODAY)


@given(ITEMS, PEOPLE, PERSONS, st.integers(0, 3))
def test_evidence_never_counts_for_more_than_it_says_or_than_its_author_is(
    item, people, author, declared
):
    grade = evidence_grade(item, people, author, declared, TODAY)
    assert 0 <= grade <= declared
    if author in {t.person for t in responsible(item, people, TODAY)}:
        assert grade == 0


def passes(item, people, verifier, met=True):
    """Tell whether an item would go into publication."""
    seen = Seen(verifier, "到现场看过，确实已经做到。", "东堤路", TODAY, met)
    return not closing.to_pass(item, people, seen, TODAY)


def test_the_good_one_passes_and_many_near_it():
    """What follows is said of items that pass: there are such, and of every kind."""
    assert passes(GOOD, People(PLACES), 2)
    for changed in (
        {"indicator": Indicator("criterion")}, {"time_class": "middle"}, {"worked_on": DONE},
        {"reopened_on": DONE}, {"indicator": Indicator("number", Decimal(1), Decimal(5))},
    ):  # fmt: skip
        assert passes(replace(GOOD, **changed), People(PLACES), 2)


@given(NEAR, PLACED, PERSONS, st.booleans())
def test_what_passes_has_everything(item, people, verifier, met):
    """Whatever the facts: nothing passes without each of what the rules ask for, said here anew."""
    if not passes(item, people, verifier, met):
        return
    held = {t.person for t in responsible(item, people, TODAY)}
    assert item.time_class != "standing"
    assert item.indicator.kind != "none"
    assert not item.changes_open
    assert item.done_on is not None
    assert item.created <= item.done_on <= TODAY
    assert item.worked_on is None or item.worked_on <= item.done_on
    assert item.reopened_on is None or item.reopened_on <= item.done_on
    assert verifier not in held | item.authors | {e.author for e in item.evidence}
    assert any(p.person == verifier for p in people.posts)
    good = [
        e for e in item.evidence
        if not e.withdrawn and not e.used_before and e.dated <= e.added and e.dated >= item.done_on
        and (e.expires is None or e.expires >= TODAY) and e.author not in held
    ]  # fmt: skip
    assert good
    if any(p.rank in {"head", "deputy"} and not p.outside and p.person in held and
           p.starts <= TODAY and (p.ends is None or p.ends >= item.created)
           and p.starts <= (p.ends or TODAY) for p in people.posts):  # fmt: skip
        assert all(p.outside for p in people.posts if p.person == verifier
                   and p.starts <= TODAY and (p.ends is None or p.ends >= item.created))  # fmt: skip
    if item.indicator.kind == "criterion":
        assert met
        return
    base, goal = item.indicator.baseline, item.indicator.target
    assert base is not None
    assert goal is not None
    assert base != goal
    others = [r for r in item.readings
              if r.author not in held and item.done_on <= r.read_on <= TODAY]  # fmt: skip
    assert any((r.value <= goal) if base > goal else (r.value >= goal) for r in others)


@given(NEAR, PLACED, PERSONS, PERSONS)
def test_what_closes_also_passes_and_is_bound_to_the_same_facts(item, people, verifier, closer):
    seen = Seen(verifier, "到现场看过，确实已经做到。", "东堤路", TODAY, True)
    public = replace(item, publication_ends=TODAY - timedelta(days=1))
    found = closing.to_close(public, people, seen, item.fingerprint(), closer, TODAY)
    assert set(closing.to_pass(item, people, seen, TODAY)) <= set(found)
    assert closing.to_close(public, people, seen, "0" * 64, closer, TODAY)
    for late in (replace(public, publication_ends=TODAY), replace(public, publication_ends=None),
                 replace(public, objections_open=1), replace(public, failed=("诉求",))):  # fmt: skip
        assert closing.to_close(late, people, seen, item.fingerprint(), closer, TODAY)


@given(ITEMS, PEOPLE, st.lists(PERSONS, max_size=3).map(tuple))
def test_a_form_needs_two_who_do_not_have_it_in_hand(item, people, persons):
    held = {t.person for t in responsible(item, people, TODAY)}
    good = len(set(persons)) >= 2 and not held & set(persons)
    assert (closing.vouchers(item, people, persons, TODAY) == ()) == good
