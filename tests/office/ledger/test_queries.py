"""Lists: every item once, in order, in both directions; counts; what is quick stays quick."""

from datetime import timedelta

import pytest
from tests.office.ledger import make
from tests.office.ledger.make import days_ago
from tests.office.make import rows as save_all

from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM
from luoshi.office.ledger import kept, queries, running
from luoshi.office.ledger.actions import changes
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.tally import tally

STATES = list(table.states())


@pytest.fixture
def many(world, elsewhere):
    """157 items: deadlines that repeat and are missing, every state, and one of elsewhere."""
    made = [
        Commitment(
            office=world.office, number=f"2026-{n:04d}", title=f"整改第{n}处", state=STATES[n % 13],
            deadline=None if n % 5 == 0 else clock.today() + timedelta(days=n * 7 % 40 - 20),
            time_class="standing" if n % 5 == 0 else "short", owner=[world.owner, world.chief][n % 2],
            unit=[world.city, world.welfare][n % 2], created_by=world.clerk,
            created_on=days_ago(40), indicator_kind="none" if n % 4 == 0 else "number",
            source_text="背街小巷" if n % 3 == 0 else "",
        )
        for n in range(157)
    ]  # fmt: skip
    save_all(by=SYSTEM, rows=made)
    make.commitment(elsewhere)
    return Commitment.for_office(world.office.pk)


def ordered(rows, sort):
    keys = {
        "due": lambda r: (r.deadline is None, r.deadline or clock.today(), r.pk),
        "new": lambda r: -r.pk,
        "number": lambda r: r.number,
    }
    return sorted(rows, key=keys[sort])


@pytest.mark.parametrize("sort", ["due", "new", "number"])
@pytest.mark.parametrize("size", [1, 10, 31, 157, 200])
class TestPages:
    def test_forward_every_item_once_in_order(self, many, sort, size):
        seen, after, pages = [], "", 0
        while True:
            page = queries.page(many, sort, after=after, size=size)
            seen += page.rows
            pages += 1
            if not page.after:
                break
            after = page.after
        assert seen == ordered(many, sort)
        assert pages == -(-157 // size)

    def test_back_again(self, many, sort, size):
        forward = [queries.page(many, sort, size=size)]
        while forward[-1].after:
            forward.append(queries.page(many, sort, after=forward[-1].after, size=size))
        for earlier, later in zip(forward[-2::-1], forward[:0:-1], strict=True):
            back = queries.page(many, sort, before=later.before, size=size)
            assert back.rows == earlier.rows
            assert (back.before, back.after) == (earlier.before, earlier.after)
        assert forward[0].before == ""


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "0", "0_", "9_3", "0_x_y", "0_2026-13-01_5", "1_x", "0_2026-01-01_1\x00", "1_" + "9" * 30],
)  # fmt: skip
def test_cursors_that_make_no_sense_give_the_first_page(many, cursor):
    first = queries.page(many, "due")
    assert queries.page(many, "due", after=cursor) == first
    assert queries.page(many, "nonsense", before=cursor) == first


def test_a_row_that_is_gone_does_not_break_the_list(many):
    page = queries.page(many, "due", size=10)
    rest = queries.page(many.exclude(pk=page.rows[-1].pk), "due", after=page.after, size=10)
    assert rest.rows == ordered(many, "due")[10:20]


def chosen(rows, **given):
    found = queries.find(rows, given, clock.today())
    keys = {row.pk for row in found.rows}
    assert (found.total, found.exact) == (len(keys), True)
    return keys


def test_filters_agree_with_looking_at_every_row(world, many):
    today = clock.today()
    rows = list(many)
    opens = {k for k, s in table.states().items() if s.open}
    late = {r.pk for r in rows if r.state in opens and r.deadline and r.deadline < today}
    assert chosen(many, due="overdue") == late
    assert late
    assert chosen(many, state="open") == {r.pk for r in rows if r.state in opens}
    assert chosen(many, state="working") == {r.pk for r in rows if r.state == "working"}
    assert chosen(many, owner=world.owner.pk) == {r.pk for r in rows if r.owner == world.owner}
    assert chosen(many, unit=world.city) == {r.pk for r in rows if r.unit == world.city}
    assert chosen(many, due="none") == {r.pk for r in rows if r.deadline is None}
    assert chosen(many, unverifiable=True) == {r.pk for r in rows if r.indicator_kind == "none"}
    week = {
        r.pk
        for r in rows
        if r.state in opens and r.deadline and 0 <= (r.deadline - today).days <= 7
    }
    assert chosen(many, due="week") == week
    assert chosen(many, due="month") > week
    assert chosen(many, time_class="standing") == {r.pk for r in rows if r.deadline is None}
    assert chosen(many) == {r.pk for r in rows}


def test_search_in_title_number_and_source_every_word(many):
    assert len(chosen(many, q="第77处")) == 1
    assert len(chosen(many, q="2026-0003")) == 1
    both = chosen(many, q="背街 第3处")
    assert both == {r.pk for r in many if r.source_text and "第3处" in r.title}
    assert len(chosen(many, q="整改第")) == 157
    assert chosen(many, q="%") == set()
    assert chosen(many, q="_") == set()


def test_many_hits_and_few_give_the_same_list(many, monkeypatch):
    few = chosen(many, q="背街", state="open")
    monkeypatch.setattr(queries, "SEARCHED_MOST", 3)
    assert chosen(many, q="背街", state="open") == few
    assert len(few) > 3


def test_is_open_follows_from_the_state(many):
    for row in many:
        assert row.is_open == table.states()[row.state].open


def test_counts_in_one_statement(world, many, django_assert_num_queries):
    rows = list(many)
    with django_assert_num_queries(1):
        found = running.plain(many, clock.today())
    opens = {k for k, s in table.states().items() if s.open}
    still = [r for r in rows if r.state in opens]
    assert found.everything == 157
    assert found.open == len(still)
    assert found.overdue == sum(1 for r in still if r.deadline and r.deadline < clock.today())
    assert found.unverifiable == sum(1 for r in still if r.indicator_kind == "none")
    assert sum(found.by_state.values()) == 157


def test_counting_stops(many, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED_MOST", 100)
    found = queries.find(many, {}, clock.today())
    assert (found.total, found.exact) == (100, False)
    assert found.rows.count() == 157


@pytest.mark.parametrize("size", [5, 100])
def test_a_page_takes_at_most_two_statements(many, django_assert_max_num_queries, size):
    with django_assert_max_num_queries(2):
        page = queries.page(many.select_related("owner", "unit"), "due", size=size)
        assert [(row.owner.name, row.unit.name) for row in page.rows]


class TestTally:
    def agreed(self, world, item, kind, **new):
        item = Commitment.objects.get(pk=item.pk)
        row = changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind=kind,
                          new=new, reason="施工单位进场推迟")  # fmt: skip
        changes.decide(by=world.deputy, commitment=item.pk, version=item.version + 1,
                       change=row.pk, approve=new.get("deadline") != "2099-01-01",
                       decision="请按期办理")  # fmt: skip

    def test_extensions_relapses_objections(self, world):
        item = make.commitment(world, "relapsed")
        self.agreed(world, item, "deadline", deadline=days_ago(-70).isoformat())
        self.agreed(world, item, "deadline", deadline=days_ago(-65).isoformat())
        self.agreed(world, item, "deadline", deadline="2099-01-01")
        self.agreed(world, item, "time_class", time_class="standing", check_days=30)
        found = tally(item)
        assert (found.changes, found.extensions, found.refused, found.relapses) == (3, 2, 1, 1)

    def test_nothing_goes_away_by_splitting_or_merging(self, world):
        item = make.commitment(world, "relapsed")
        self.agreed(world, item, "deadline", deadline=days_ago(-70).isoformat())
        self.agreed(world, item, "split", parts=[{"title": "东段"}, {"title": "西段"}])
        part = Commitment.objects.filter(split_from=item).first()
        assert (tally(part).extensions, tally(part).relapses) == (1, 1)
        other = make.commitment(world, deadline=days_ago(-50))
        assert tally(other).relapses == 0
        self.agreed(world, part, "merge", into=other.pk)
        assert (tally(other).extensions, tally(other).relapses) == (1, 1)

    def test_what_was_read_for_the_page_is_enough(self, world, django_assert_num_queries):
        item = make.commitment(world, "published")
        rows = kept.read(item)
        with django_assert_num_queries(0):
            assert tally(item, rows).returned == 0
