"""What papers say is what the pages say: gathered in few statements, judged the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.office.ledger import make
from tests.office.make import days_ago, save
from tests.office.papers.papers_world import Rich

from luoshi.core.paper.figures import figures
from luoshi.office.journal import clock
from luoshi.office.ledger import collect, descent
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.tally import tally
from luoshi.office.ledger.views import missing
from luoshi.office.papers import subjects
from luoshi.office.papers.family import families
from luoshi.office.papers.gather import Texts, item_facts


def gathered(rows):
    held = rows.select_related("owner", "unit", "point", "merged_into").order_by("id")
    return {fact.number: fact for fact in item_facts(list(held), clock.today(), Texts(str))}


def test_evidence_is_weighed_as_on_the_page_of_the_item(world):
    here = Rich(world)
    late = here.items["late"]
    make.evidence(late, world.chief, title="科长的照片")
    make.evidence(late, world.outsider, title="纪委的照片", days=3)
    make.evidence(late, world.witness, title="过期", expires_on=days_ago(1))
    shared = make.file(world.office, "e1")
    make.evidence(here.items["working"], world.witness, file=shared, title="先用的")
    make.evidence(late, world.witness, file=shared, title="用过的")
    found = gathered(Commitment.for_office(world.office.pk))
    faults = set()
    for row in Commitment.for_office(world.office.pk):
        facts, people = collect.item(row), collect.people(row.office_id)
        rows = list(row.evidence_set.select_related("file").order_by("dated", "id"))
        weighed = missing.weigh(rows, facts, people, clock.today())
        said = found[row.number].proofs
        assert [(p.grade, p.label, p.faults, p.dated) for p in said] == [
            (w.grade, w.label, w.faults, w.row.dated) for w in weighed
        ]
        faults |= {fault for p in said for fault in p.faults}
    assert {"已过有效期", "同一份文件已用于其他事项"} <= faults
    assert {p.grade for p in found[late.number].proofs} == {0, 1, 2, 3}


def test_what_an_item_came_from_is_the_same_as_ever(world):
    material = make.examination(world)
    whole = make.commitment(world, "withdrawn", material=material)
    part = make.commitment(world, "working", material=material, split_from=whole)
    gone = make.commitment(world, "withdrawn", merged_into=part)
    again = make.commitment(world, "withdrawn", merged_into=gone)
    rows = list(Commitment.for_office(world.office.pk))
    found = families(rows)
    for row in rows:
        assert {r.pk for r in found[row.pk]} == {r.pk for r in descent.line(row)}
        assert found[row.pk][0].pk == row.pk
    assert {r.pk for r in found[part.pk]} >= {whole.pk, gone.pk, again.pk}


def test_nothing_goes_away_by_beginning_anew(world):
    here = Rich(world)
    found = gathered(Commitment.for_office(world.office.pk))
    for row in Commitment.for_office(world.office.pk):
        counts, fact = tally(row), found[row.number]
        assert len(fact.relapses) == counts.relapses
        assert sum(c.result == "returned" for c in fact.checks) == counts.returned
        assert sum(c.extends and c.state == "approved" for c in fact.changes) == counts.extensions
        assert sum(p.objections for p in fact.publications) == counts.objections
    assert found[here.items["late"].number].changes


def test_readings_of_an_earlier_indicator_are_left_out(world):
    item = make.commitment(world, "working")
    make.reading(item, world.witness, 20, 30)
    row = make.change(item, "indicator", {"indicator": "旧"}, {"indicator": "新"})
    row.state, row.decided_at = "approved", make.noon(days_ago(20))
    save(row)
    make.reading(item, world.witness, 9, 10)
    assert [int(r.value) for r in gathered(Commitment.objects.all())[item.number].readings] == [9]


def test_as_many_statements_for_many_items_as_for_few(world):
    here = Rich(world)
    about = subjects.special(world.clerk, here.special.pk)
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as seen:
            subjects.read(about, "")
        counts.append(len(seen))
        for _ in range(6):
            item = make.commitment(world, "published", material=here.material, special=here.special)
            make.change(item, "target", {"target": "5.00"}, {"target": "4.00"})
            make.evidence(item, world.clerk, note="再看一次。")
    assert counts[1] == counts[2]
    assert counts[1] < 40


def test_what_is_read_belongs_to_one_state(world, monkeypatch):
    here = Rich(world)
    real, disturbed = subjects.item_facts, []

    def disturb(rows, today, texts):
        found = real(rows, today, texts)
        if not disturbed:
            disturbed.append(make.commitment(world, "working", special=here.special))
        return found

    monkeypatch.setattr(subjects, "item_facts", disturb)
    found = subjects.read(subjects.special(world.clerk, here.special.pk), "")
    assert disturbed[0].number in {item.number for item in found.items}


def test_while_somebody_goes_on_writing_nothing_is_made(world, monkeypatch):
    from luoshi.office.journal.errors import Unavailable

    here = Rich(world)
    monkeypatch.setattr(
        subjects, "item_facts", lambda *_: (make.commitment(world, "working"), ())[1]
    )
    with pytest.raises(Unavailable, match="稍后再试"):
        subjects.read(subjects.special(world.clerk, here.special.pk), "")


def test_figures_are_those_of_the_ledger(world):
    from luoshi.office.ledger.running import counts

    Rich(world)
    today = clock.today()
    rows = Commitment.for_office(world.office.pk)
    found, wanted = figures(gathered(rows).values(), today), counts(world.office.pk, today)
    assert len(found["late"].rows) == wanted.overdue
    assert len(found["blind"].rows) == wanted.unverifiable
    assert len(found["watching"].rows) == wanted.by_state["watching"]
    assert len(found["all"].rows) == wanted.everything - wanted.by_state["withdrawn"]
    assert len(found["open"].rows) == wanted.open
