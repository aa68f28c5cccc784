"""The ledger given out: in the usual columns, ready to print, written down, and taken in again."""

import io
import json
import zipfile
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.office.ledger import make
from tests.office.make import days_ago, save

from ledger_sheets import LEDGERS, ledger
from luoshi.core.workflow import table
from luoshi.formats import sheets_out
from luoshi.office.audit import queries as audit
from luoshi.office.examinations import storage
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.models import Commitment, Progress
from luoshi.office.sheets import lists
from luoshi.office.sheets import plan as plans
from luoshi.office.sheets.actions import exporting, importing
from luoshi.office.sheets.actions.importing import Choices
from luoshi.office.sheets.outrows import rows_of


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path / "files"


def given_out(world, kind="ledger", by=None, **chosen):
    book = exporting.export(
        by=by or world.clerk, kind=kind, purpose="报区委办", chosen=chosen, words="全部事项"
    )
    with book.data:
        return book.data.read()


def sheets(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows(data, name="整改台账"):
    found = sheets(data)[name]
    return [dict(zip(found[2], row, strict=True)) for row in found[3:]]


def taken_in(world, data, name="导出.xlsx"):
    stored = storage.store([data], name, evidence=False)
    return importing.upload(by=world.clerk, stored=stored)


def progress(item, author):
    return save(
        Progress(office=item.office, commitment=item, author=author, text="清理了二十五处摊点",
                 happened_on=days_ago(5), added_at=make.noon(days_ago(5)))
    )  # fmt: skip


def test_the_usual_columns(world):
    item = make.commitment(world, "working", co_owners=[world.co_owner])
    progress(item, world.owner)
    (row,) = rows(given_out(world))
    assert row["序号"] == 1
    assert row["编号"] == item.number
    assert row["问题"] == "背街小巷占道经营问题长期没有解决。"
    assert row["具体表现"] == "居民反映强烈。"
    assert row["问题来源"] == "2025年度对照检查材料"
    assert row["整改措施"] == item.title
    assert row["怎样算做到"] == "占道经营点：由30处到5处"
    assert (row["责任单位"], row["责任人"], row["协办人"]) == ("城管科", "责任人", "协办人")
    assert row["整改时限"] == item.deadline
    assert (row["时限类别"], row["销号情况"]) == ("短期攻坚", "进行中")
    assert row["整改进展"].endswith(item.progress_set.get().text)


def test_three_lists(world):
    material = make.examination(world)
    first = make.commitment(world, "working", material=material)
    second = make.commitment(world, "draft", material=material, owner=world.colleague)
    found = given_out(world, "lists")
    assert list(sheets(found)) == ["问题清单", "任务清单", "责任清单"]
    (problem,) = rows(found, "问题清单")
    assert problem["对应事项编号"] == f"{first.number}、{second.number}"
    assert [row["编号"] for row in rows(found, "任务清单")] == [first.number, second.number]
    assert Counter(row["责任人"] for row in rows(found, "责任清单")) == {"责任人": 1, "同事": 1}


def test_figures_say_what_they_count(world):
    make.commitment(world, "working", deadline=days_ago(3))
    make.commitment(world, "confirmed")
    make.commitment(world, "working", indicator_kind="none")
    note = sheets(given_out(world))["整改台账"][1][0]
    for words in ("共列整改事项3项", "未办结2项（问题还在，含草稿）", "已超期1项（未办结，且时限早于导出当日）",
                  "无法核验1项", "范围：全部事项"):  # fmt: skip
        assert words in note


def test_as_filtered_and_only_of_the_office(world, elsewhere):
    ours = make.commitment(world, "working")
    make.commitment(world, "draft")
    make.commitment(elsewhere, "working")
    assert [row["编号"] for row in rows(given_out(world, state="working"))] == [ours.number]
    assert len(rows(given_out(world))) == 2
    assert len(rows(given_out(world, q="占道"))) == 2
    with pytest.raises(Refused, match="没有符合条件"):
        given_out(world, q="没有这样的事项")


@pytest.mark.parametrize(
    "who", ["owner", "reviewer", "verifier", "outsider", "auditor", "administrator"]
)
def test_not_everybody_may_take_it_out(world, client_of, who):
    make.commitment(world, "working")
    by = getattr(world, who)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        given_out(world, by=by)
    for answer in (client_of(by).get("/ledger/export"),
                   client_of(by).post("/ledger/export", {"kind": "ledger", "purpose": "报区委办"})):  # fmt: skip
        assert answer.status_code == 403
    assert Entry.objects.count() == before


def test_every_time_it_is_written_down_who_took_what_for_what(world, client_of):
    make.commitment(world, "working")
    client = client_of(world.clerk)
    before = Entry.objects.count()
    data = {"kind": "lists", "purpose": "报区委办", "state": "working", "q": "责任人"}
    refused = client.post("/ledger/export", {**data, "q": "占道", "purpose": ""})
    assert refused.status_code == 422
    assert Entry.objects.count() == before
    answer = client.post("/ledger/export", {**data, "q": "占道"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    (entry,) = Entry.objects.filter(number__gte=before)
    assert entry.verb == "sheets.export"
    assert ("用途", "报区委办") in audit.fact_lines(json.loads(entry.opening.facts))
    assert "占道" not in entry.opening.facts  # what was searched for may be a name
    assert list(sheets(b"".join(answer.streaming_content))) == ["问题清单", "任务清单", "责任清单"]


EVIL = ("=cmd|' /C calc'!A0", "+1+1的整改措施", "-2+3的整改措施", "@SUM(A1)整改", "\t=1+1整改措施")


def test_no_cell_is_a_formula(world):
    for words in EVIL:
        make.commitment(world, "working", title=words, looks_at=words, indicator_kind="criterion")
    data = given_out(world)
    assert {row["整改措施"] for row in rows(data)} >= {words for words in EVIL if words[0] != "\t"}
    for kind in ("ledger", "lists"):
        package = zipfile.ZipFile(io.BytesIO(given_out(world, kind)))
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = package.read(name).decode()
                assert "<f>" not in text
                assert "<f " not in text
                assert "hyperlink" not in text.lower()
        assert 'quotePrefix="1"' in package.read("xl/styles.xml").decode()


def test_ready_to_print(world):
    make.commitment(world, "working")
    package = zipfile.ZipFile(io.BytesIO(given_out(world)))
    text = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'orientation="landscape"' in text
    assert 'paperSize="9"' in text
    assert 'fitToHeight="0"' in text
    assert 'topLeftCell="A4"' in text  # the titles stay in view
    assert "Print_Titles" in package.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("kind", ["ledger", "lists"])
def test_given_out_and_taken_in_again_everything_is_known(world, kind):
    material = make.examination(world)
    for state in table.states():
        make.commitment(
            world, state, material=material, title=f"整治{table.states()[state].label}路段占道经营"
        )
    make.commitment(
        world,
        "draft",
        owner=None,
        unit=None,
        deadline=None,
        time_class="",
        title="加强学习；抓好落实",
    )
    make.commitment(world, "working", title="把1.事情2.办好；再看一次结果；第三次回访居民")
    number = Commitment.objects.count()
    row = taken_in(world, given_out(world, kind))
    plan = plans.build(row.office_id, row.record)
    columns = [c for sheet in row.record["sheets"] for c in sheet["columns"]]
    assert [c["title"] for c in columns if not c["field"]] == []
    assert {p.status for p in plan.items} <= {plans.KNOWN, plans.GONE, plans.REPEATED}
    assert {p.item.pk for p in plan.items if p.item} == set(
        Commitment.objects.values_list("pk", flat=True)
    )
    assert plan.gaps == []
    with pytest.raises(Refused, match="没有要建立的事项"):
        importing.confirm(by=world.clerk, sheet_import=row.pk, choices=Choices(plan.digest))
    assert Commitment.objects.count() == number


@pytest.mark.parametrize("name", LEDGERS)
def test_what_was_imported_goes_out_and_comes_back_known(world, name):
    row = taken_in(world, ledger(name), "原表.xlsx")
    plan = plans.build(row.office_id, row.record)
    made = importing.confirm(by=world.clerk, sheet_import=row.pk, choices=Choices(plan.digest))
    for kind in ("ledger", "lists"):
        again = taken_in(world, given_out(world, kind))
        plan = plans.build(again.office_id, again.record)
        assert {p.status for p in plan.items} <= {plans.KNOWN, plans.REPEATED}, [
            (p.piece.measure, p.status, p.differences)
            for p in plan.items
            if p.status != plans.KNOWN
        ]
        assert {p.item.pk for p in plan.items if p.item} == {item.pk for item in made}


def test_what_somebody_changed_in_the_exported_table_is_shown(world):
    item = make.commitment(world, "working")
    found = Commitment.for_office(world.office.pk).select_related("owner", "unit")
    (sheet,) = lists.ledger(
        rows_of(list(found), found, days_ago(0)), "柳河街道办事处", "全部", days_ago(0)
    )
    changed = list(sheet.rows[0])
    changed[11] = days_ago(-500)
    data = sheets_out.write_lists([sheets_out.List(sheet.name, sheet.title, sheet.note, sheet.columns, [changed])]).read()  # fmt: skip
    row = taken_in(world, data)
    (planned,) = plans.build(row.office_id, row.record).items
    assert (planned.status, planned.item) == (plans.CHANGED, item)
    assert planned.differences == (
        ("整改时限", item.deadline.isoformat(), days_ago(-500).isoformat()),
    )


def test_as_many_statements_for_many_items_as_for_few(world):
    def count():
        with CaptureQueriesContext(connection) as seen:
            given_out(world)
        return len(seen)

    for _ in range(2):
        progress(make.commitment(world, "working", co_owners=[world.co_owner]), world.owner)
    count()  # what is the same for all exports is asked once and kept
    few = count()
    for _ in range(5):
        progress(make.commitment(world, "working", co_owners=[world.co_owner]), world.owner)
    assert count() == few


def test_a_long_cell_is_cut_to_what_a_cell_can_hold(world):
    item = make.commitment(world, "working")
    row = progress(item, world.owner)
    row.text = "长" * 40_000
    save(row)
    assert len(rows(given_out(world))[0]["整改进展"]) <= 32_767
