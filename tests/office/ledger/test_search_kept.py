"""A search in the words kept in memory finds what the database finds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office import make

from luoshi.office.journal import clock, moving
from luoshi.office.journal.act import SYSTEM
from luoshi.office.ledger import queries, running, texts
from luoshi.office.ledger.models import Commitment

LETTERS = "摊点占道ａÄäAaKk1-%_\\'\x1f"
WORDS = st.text(LETTERS, min_size=1, max_size=3)
TEXTS = st.text(LETTERS + " \n\t", max_size=8)


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(texts, "STRETCH", 2)
    monkeypatch.setattr(running, "STRETCH", 2)
    moving.forget()


def item(world, place, title="整治", source=""):
    return Commitment(
        office=world.office, number=f"S-{place}", title=title, source_text=source, state="working",
        time_class="short", created_by=world.clerk, created_on=clock.today(),
    )  # fmt: skip


def both(world, words, in_source=True):
    """Return what is found with the help of memory, and without."""
    rows = Commitment.for_office(world.office.pk)
    ways = [
        queries.find(rows, {"q": words}, clock.today(), rows.count(), in_source=in_source, office=o)
        for o in (world.office.pk, 0)
    ]
    return [(set(f.rows.values_list("pk", flat=True)), f.total, f.exact) for f in ways]


@given(
    held=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5),
    asked=st.lists(WORDS, min_size=1, max_size=2), changed=TEXTS, in_source=st.booleans(),
)  # fmt: skip
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_is_found(world, elsewhere, held, asked, changed, in_source):
    start = Commitment.objects.count()
    rows = [item(world, start + n, title, source) for n, (title, source) in enumerate(held)]
    make.save(item(elsewhere, start, held[0][0]))
    make.rows(by=SYSTEM, rows=rows)
    words = " ".join(asked)
    ours, plain = both(world, words, in_source)
    assert ours == plain
    rows[0].title = changed
    make.save(rows[0])
    ours, plain = both(world, words, in_source)
    assert ours == plain


def test_memory_is_asked_at_all(world, monkeypatch):
    make.save(item(world, 1, "占道经营"))
    ours, plain = both(world, "占道")
    assert ours == plain == ({Commitment.objects.get(number="S-1").pk}, 1, True)
    monkeypatch.setattr(queries, "_search", None)
    rows = Commitment.for_office(world.office.pk)
    assert queries.find(rows, {"q": "占道"}, clock.today(), 1, office=world.office.pk).total == 1


def test_what_is_long_or_spelt_otherwise_is_left_to_the_database(monkeypatch):
    assert texts.kept(10, ["占道", "AB-1"])
    for words in (["Ä"], ["ａ"], ["a\x00"]):
        assert not texts.kept(10, words)
    monkeypatch.setattr(texts, "KEPT_MOST", 9)
    assert not texts.kept(10, ["占道"])


def test_many_hits_stop_where_the_database_stops(world, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED_MOST", 5)
    monkeypatch.setattr(queries, "SEARCHED_MOST", 2)
    make.rows(by=SYSTEM, rows=[item(world, n, "占道经营") for n in range(9)])
    ours, plain = both(world, "占道")
    assert ours == plain
    assert ours[1:] == (5, False)


def test_the_material_is_searched_by_its_readers_only(world):
    make.save(item(world, 1, "整治", "材料里的话"))
    assert both(world, "材料")[0][1] == 1
    assert both(world, "材料", in_source=False)[0][1] == 0


def test_what_is_taken_out_is_not_found_any_more(world, client_of):
    row = make.save(item(world, 1, "临时写错的名字"))
    client = client_of(world.clerk)
    assert client.get("/ledger?q=写错").context["found"] == 1
    row.title = "整治"
    make.save(row)
    assert client.get("/ledger?q=写错").context["found"] == 0
