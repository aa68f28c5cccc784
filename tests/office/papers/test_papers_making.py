"""A paper is made by who may, of what is theirs, and leaves one entry that it can be matched with."""

import json
import re
import time
from hashlib import sha256
from io import BytesIO

import docx as library
import pytest
from tests.formats.paper_maker import part, words
from tests.office.ledger import make as rows
from tests.office.make import save
from tests.office.papers.papers_world import Rich

from luoshi.formats.gbt9704 import fonts
from luoshi.office.accounts.models import Office
from luoshi.office.journal.checkpoints import standing
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.journal.models import Entry, Facts
from luoshi.office.ledger.models import Commitment
from luoshi.office.papers import subjects
from luoshi.office.papers.actions.making import make

ABOUT = {"item": subjects.item, "special": subjects.special, "material": subjects.material}


@pytest.fixture
def here(world):
    return Rich(world)


def about(here, what, by=None):
    key = {"item": here.items["late"], "special": here.special, "material": here.material}[what]
    return ABOUT[what](by or here.world.clerk, key.pk)


def made(here, what="material", kind="report", form="docx", **more):
    by = here.world.clerk
    given = {"purpose": "报区委组织部"} | more
    return make(by=by, about=about(here, what), kind=kind, form=form, **given)


def said(data):
    """Return all words of a docx: body, tables, footnotes."""
    body = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part(data, "word/document.xml")))
    return body + "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part(data, "word/footnotes.xml")))


@pytest.mark.parametrize("what", ABOUT)
@pytest.mark.parametrize("kind", ["report", "lists"])
def test_a_docx_opens_and_says_what_it_is(here, what, kind):
    held = made(here, what, kind)
    assert held.name.endswith(".docx")
    document = library.Document(BytesIO(held.data))
    text = "\n".join(p.text for p in document.paragraphs)
    assert here.world.office.name in text
    assert ("整改情况的报告" if kind == "report" else "问题清单") in text.replace("\n", "")
    assert len(document.tables) == (3 if kind == "lists" else 2 if what == "special" else 0)


@pytest.mark.parametrize("what", ABOUT)
def test_a_pdf_says_the_same_as_the_docx(here, what):
    before = standing()
    pdf = words(made(here, what, form="pdf").data)
    text = "".join(said(made(here, what).data).split())
    assert f"留痕第{before.size}条" in pdf
    for sentence in re.findall(r"[^。¹，；]{6,}。", text)[:40]:
        head = re.split(r"[\d（“]", sentence)[0]
        assert head in pdf, sentence


def test_one_entry_that_the_paper_can_be_matched_with(here):
    before, entries = standing(), Entry.objects.count()
    held = made(here)
    assert Entry.objects.count() == entries + 1
    last = Entry.objects.latest("number")
    assert last.verb == "papers.make"
    assert last.subject == f"examinations.examination:{here.material.pk}"
    facts = json.loads(Facts.objects.get(entry=last).facts)
    assert facts["sha256"] == sha256(held.data).hexdigest()
    assert (facts["size"], facts["root"]) == (before.size, before.root)
    text = said(held.data)
    assert f"SHA-256）{facts['content']}" in text
    assert f"校验值{before.root}" in text
    assert facts["count"] == len(here.items)
    assert not {"王建国", "周明", "责任人"} & set(map(str, facts.values()))


def test_no_row_of_the_ledger_is_touched(here):
    before = list(Commitment.objects.order_by("pk").values())
    made(here)
    assert list(Commitment.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("what", ABOUT)
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_residents_are_never_named(here, what, form):
    data = made(here, what, form=form).data
    text = said(data) if form == "docx" else words(data)
    for secret in ("王建国", "赵大海", "13812345678", "还有三个摊"):
        assert secret not in text
    assert "责任人" in text


def test_the_figures_are_the_rows(here):
    text = said(made(here).data)
    items = list(here.items.values())
    kept = [i for i in items if i.state != "withdrawn"]
    assert f"整改事项{len(kept)}项" in text
    gone = here.items["withdrawn"].number
    assert f"未计入：已撤销的{gone}" in text
    closed = [here.items[s].number for s in ("watching", "confirmed")]
    assert "已销号2项" in text
    assert f"计入：{'、'.join(closed)}。未计入：无法核验的{here.items['blind'].number}" in text


@pytest.mark.parametrize(
    ("name", "status"),
    [("clerk", True), ("head", True), ("owner", False), ("reviewer", False), ("verifier", False),
     ("auditor", False), ("administrator", False), ("outsider", False)],
)  # fmt: skip
@pytest.mark.parametrize("what", ABOUT)
def test_who_may(here, name, status, what):
    by = getattr(here.world, name)
    if status:
        held = about(here, what, by)
        assert make(by=by, about=held, kind="report", form="docx", purpose="试用").data
    else:
        rows.access(here.world, here.items["late"], here.world.outsider)
        with pytest.raises(NotAllowed):
            about(here, what, by)


def test_the_action_itself_asks_for_the_permission(here):
    held, entries = about(here, "item"), Entry.objects.count()
    with pytest.raises(NotAllowed):
        make(by=here.world.owner, about=held, kind="report", form="docx", purpose="试用")
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("what", ABOUT)
def test_another_office_has_no_such_thing(here, elsewhere, what):
    with pytest.raises(NotFound):
        about(here, what, elsewhere.clerk)
    held, entries = about(here, what), Entry.objects.count()
    with pytest.raises(NotFound):
        make(by=elsewhere.clerk, about=held, kind="report", form="docx", purpose="试用")
    assert Entry.objects.count() == entries


def test_a_paper_holds_no_row_of_another_office(here, elsewhere):
    other = Rich(elsewhere)
    save(Office(name="第三街道办事处"))
    numbers = {item.number for item in other.items.values()}
    for what in ABOUT:
        text = said(made(here, what).data)
        assert not any(number in text for number in numbers)
        assert elsewhere.office.name not in text


@pytest.mark.parametrize(
    "wrong",
    [{"purpose": ""}, {"purpose": "报"}, {"purpose": "字" * 101}, {"kind": "other"}, {"kind": ""},
     {"form": "exe"}, {"form": "../x"}, {"to": "字" * 61}, {"purpose": "甲\x00乙"}],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_leaves_nothing(here, wrong):
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        made(here, **wrong)
    assert Entry.objects.count() == entries


def test_without_a_chinese_font_there_is_no_pdf_but_a_docx(here, monkeypatch):
    monkeypatch.setattr(fonts, "_families", lambda folders: ("DejaVu Sans",))
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="fonts-noto-cjk"):
        made(here, form="pdf")
    assert Entry.objects.count() == entries
    assert made(here, form="docx").data


def test_too_many_items_are_refused(here, monkeypatch):
    monkeypatch.setattr(subjects, "ITEMS_MOST", 3)
    with pytest.raises(Refused, match="超过3项"):
        made(here)


def test_a_special_ledger_or_material_without_items(world):
    from tests.office.make import days_ago

    from luoshi.office.ledger.models import SpecialLedger

    row = save(SpecialLedger(office=world.office, name="新专项", counts="小区", measure_unit="个",
                             baseline=9, target=0, starts=days_ago(9), deadline=days_ago(-9)))  # fmt: skip
    material = rows.examination(world)
    for held in (
        subjects.special(world.clerk, row.pk),
        subjects.material(world.clerk, material.pk),
    ):
        for kind in ("report", "lists"):
            text = said(
                make(by=world.clerk, about=held, kind=kind, form="docx", purpose="试用").data
            )
            assert "整改事项0项" in text
            assert "%" not in text


NASTY = '#import "x" {0}</w:t>{ PAGE }\u202e\x07&<b>\'"%s'


def test_hostile_words_in_every_column_are_only_words(here):
    from tests.contracts.test_web_words import poison

    poison(here.world.office)
    for what in ABOUT:
        for form in ("docx", "pdf"):
            assert made(here, what, form=form).data
    item = here.items["late"]
    item.title = item.indicator = NASTY.replace("\x07", "")
    save(item)
    document = library.Document(BytesIO(made(here, "item").data))
    assert any('#import "x" {0}</w:t>{ PAGE }&<b>\'"%s' in p.text for p in document.paragraphs)


def test_three_hundred_items_in_bounded_time(world):
    here = Rich(world)
    for n in range(285):
        state = ("published", "working", "confirmed")[n % 3]
        rows.commitment(world, state, material=here.material, special=here.special)
    for form in ("docx", "pdf"):
        started = time.monotonic()
        held = made(here, form=form)
        assert time.monotonic() - started < 15
        assert held.items > 300
    assert words(held.data).count("（编号T-") > 300
