"""From a workbook to drafts: nothing before somebody confirms, nothing twice, nothing in a closed state."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from ledger_sheets import LEDGERS, Sheet, book, ledger
from luoshi.office.accounts.models import RoleGrant
from luoshi.office.examinations import storage
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.journal.verification import verify_database
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.models import Commitment, Duty, Step
from luoshi.office.sheets import plan as plans
from luoshi.office.sheets.actions import importing
from luoshi.office.sheets.actions.importing import Choices
from luoshi.office.sheets.models import ImportedRow, SheetImport


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES = tmp_path / "files"


def uploaded(world, name="plain", data=None, by=None):
    stored = storage.store([data or ledger(name)], f"{name}.xlsx", evidence=False)
    return importing.upload(by=by or world.clerk, stored=stored)


def plan_of(row):
    return plans.build(row.office_id, row.record)


def confirmed(world, row, by=None, **choices):
    seen = choices.pop("seen", None) or plan_of(row).digest
    return importing.confirm(
        by=by or world.clerk, sheet_import=row.pk, choices=Choices(seen, **choices)
    )


def imported(world, name="plain", data=None, **choices):
    return confirmed(world, uploaded(world, name, data), **choices)


def table(*rows, titles=("序号", "问题", "整改措施", "责任单位", "责任人", "整改时限", "是否完成")):
    def fill(made):
        s = Sheet(made, "台账")
        for number, values in enumerate((titles, *rows), 1):
            s.row(number, *values)

    return book(fill)


ROW = (1, "路灯不亮", "更换路灯四十盏", "城管科", "责任人", "2027年9月底", "否")


def test_nothing_is_in_the_ledger_before_it_is_confirmed(world):
    row = uploaded(world)
    assert not Commitment.objects.exists()
    assert row.state == SheetImport.State.PREVIEW
    assert [p.status for p in plan_of(row).items] == [plans.NEW] * 3
    made = confirmed(world, row)
    row.refresh_from_db()
    assert (row.state, row.made, row.decided_by) == (SheetImport.State.DONE, 3, world.clerk)
    assert row.record == {"sheets": []}  # the items hold what is needed
    assert list(Commitment.objects.order_by("id")) == made


def test_what_a_draft_takes_over(world):
    first, second, third = imported(world)
    assert (first.title, first.state, first.owner, first.unit, first.deadline) == (
        "将占道经营点由30处减少到5处", "draft", world.owner, world.city, date(2026, 12, 31),
    )  # fmt: skip
    assert first.is_open
    assert "问题：背街小巷占道经营" in first.source_text
    assert "第4行" in first.source_text
    assert "牵头领导：副主任" in first.source_text
    assert first.no_problem == "材料里没有，原台账所列的问题是：背街小巷占道经营"
    assert (third.time_class, third.deadline, third.check_days) == ("standing", None, None)
    assert [d.person for d in first.duties.all()] == [world.owner]
    assert [s.verb for s in second.steps.all()] == ["sheets.import"]
    numbers = [item.number for item in (first, second, third)]
    assert numbers == sorted(set(numbers))
    again = draft.by_hand(by=world.clerk, title="另一件整改事项")
    assert again.number > numbers[-1]


def test_a_draft_of_an_import_goes_the_usual_way(world):
    item = imported(world)[0]
    with pytest.raises(Refused):  # no time class, no indicator: nobody can take it on as it is
        draft.propose(by=world.clerk, commitment=item.pk, version=item.version)
    given = {"time_class": "middle", "indicator_kind": "number", "indicator": "占道经营点", "baseline": 30,
             "target": 5, "measure_unit": "处", "reading_source": "现场清点", "deadline": "2099-01-01"}  # fmt: skip
    item = draft.edit(by=world.clerk, commitment=item.pk, version=item.version, given=given)
    item = draft.propose(by=world.clerk, commitment=item.pk, version=item.version)
    item = draft.claim(by=world.owner, commitment=item.pk, version=item.version)
    assert item.state == "accepted"


@pytest.mark.parametrize("words", ["已销号", "已完成", "是", "√", "销号", "验收合格，同意销号"])
def test_whatever_a_row_claims_it_comes_in_as_a_draft(world, words):
    (item,) = imported(world, "说法", table((*ROW[:-1], words)))
    assert item.state == "draft"
    assert Commitment.objects.filter(is_open=True).count() == 1
    assert "没有独立佐证" in item.source_text
    assert "没有独立佐证" in item.steps.get().note
    assert not item.evidence_set.exists()


@pytest.mark.parametrize("name", LEDGERS)
def test_imported_again_nothing_is_made_twice(world, name):
    made = imported(world, name)
    row = uploaded(world, name)
    assert {p.status for p in plan_of(row).items} == {plans.KNOWN}
    assert {p.item.pk for p in plan_of(row).items} == {item.pk for item in made}
    with pytest.raises(Refused, match="没有要建立的事项"):
        confirmed(world, row)
    assert Commitment.objects.count() == len(made)
    assert Commitment.objects.exclude(state="draft").count() == 0


def test_a_changed_row_is_shown_and_the_item_left_alone(world):
    (item,) = imported(world, "表", table(ROW))
    row = uploaded(world, "表", table((*ROW[:5], "2028年6月底", "已完成")))
    (planned,) = plan_of(row).items
    assert planned.status == plans.CHANGED
    assert planned.item == item
    assert ("整改时限", "2027年9月底", "2028年6月底") in planned.differences
    assert ("完成状态", "否", "已完成") in planned.differences
    before = Commitment.objects.filter(pk=item.pk).values().get()
    assert confirmed(world, row) == []
    assert Commitment.objects.filter(pk=item.pk).values().get() == before
    assert [p.status for p in plan_of(uploaded(world, "表", table((*ROW[:5], "2028年6月底", "已完成")))).items] == [plans.KNOWN]  # fmt: skip


@pytest.mark.parametrize("column", [2, 3, 4])
def test_measure_unit_or_owner_written_anew_is_a_change_not_a_new_item(world, column):
    imported(world, "表", table(ROW))
    other = list(ROW)
    other[column] = {2: "更换路灯五十盏", 3: "综合科", 4: "同事"}[column]
    (planned,) = plan_of(uploaded(world, "表", table(tuple(other)))).items
    assert planned.status == plans.CHANGED


def test_a_new_row_beside_known_ones(world):
    imported(world, "表", table(ROW))
    other = (2, "井盖破损", "更换井盖十五个", "城管科", "同事", "2027年9月底", "否")
    row = uploaded(world, "表", table(ROW, other))
    assert [p.status for p in plan_of(row).items] == [plans.KNOWN, plans.NEW]
    assert [item.title for item in confirmed(world, row)] == ["更换井盖十五个"]
    assert Commitment.objects.count() == 2


def test_the_same_row_twice_in_one_table_is_one_item(world):
    row = uploaded(world, "表", table(ROW, ROW))
    assert [p.status for p in plan_of(row).items] == [plans.NEW, plans.REPEATED]
    assert len(confirmed(world, row)) == 1


def test_a_row_that_says_again_what_a_numbered_row_says(world):
    """One row names the item by its number, another has the words of its import: one item."""
    (item,) = imported(world, "表", table(ROW))
    titles = ("编号", "问题", "整改措施", "责任单位", "责任人", "整改时限", "是否完成")
    numbered = (item.number, "路灯坏了不修", *ROW[2:])
    row = uploaded(world, "表", table(numbered, ("", *ROW[1:]), titles=titles))
    assert [p.status for p in plan_of(row).items] == [plans.KNOWN, plans.REPEATED]
    with pytest.raises(Refused, match="没有要建立的事项"):
        confirmed(world, row)


def test_a_dropped_item_comes_again_only_when_somebody_asks(world):
    (item,) = imported(world, "表", table(ROW))
    draft.drop(by=world.clerk, commitment=item.pk, version=item.version, reason="导错了")
    row = uploaded(world, "表", table(ROW))
    (planned,) = plan_of(row).items
    assert planned.status == plans.GONE
    with pytest.raises(Refused):
        confirmed(world, row)
    (fresh,) = confirmed(world, row, again={planned.piece.id})
    assert (fresh.pk != item.pk, fresh.state) == (True, "draft")
    assert ImportedRow.objects.get().commitment == fresh


def test_a_measure_can_be_left_out_and_a_cell_kept_whole(world):
    row = uploaded(world, "many_measures")
    plan = plan_of(row)
    made = confirmed(world, row, whole={"0-4"}, left_out={"0-2-2"})
    titles = [item.title for item in made]
    assert "新增临时泊位120个；错时开放机关停车场；设置指示牌十处" in titles
    assert "每季度交流一次" not in titles
    assert len(made) == len(plan.items) - 2 - 1


def test_names_that_nobody_has_are_chosen(world):
    row = uploaded(world, "gaps")
    plan = plan_of(row)
    assert plan.unknown == {"李四光": 1}
    made = confirmed(world, row, names={"李四光": f"p{world.colleague.pk}"})
    item = next(item for item in made if item.title == "修复破损人行道二百米")
    assert (item.owner, item.unit) == (world.colleague, world.city)
    assert [gap.problem for gap in plan.gaps] == ["物业矛盾多"]


@pytest.mark.parametrize(
    "who", ["outsider", "of another office", "who left", "no number", "a unit outside"]
)
def test_a_name_cannot_be_made_somebody_who_may_not_have_it(world, elsewhere, who):
    from luoshi.office.accounts.models import Person

    left = save(Person(office=world.office, name="已离岗", active=False))
    value = {
        "outsider": f"p{world.outsider.pk}", "of another office": f"p{elsewhere.owner.pk}",
        "who left": f"p{left.pk}", "no number": "p١", "a unit outside": f"u{world.outside.pk}",
    }[who]  # fmt: skip
    row = uploaded(world, "表", table((*ROW[:3], "", "李四光", "2027年9月底", "否")))
    (item,) = confirmed(world, row, names={"李四光": value})
    assert (item.owner, item.unit) == (None, None)


def test_of_two_people_with_one_name_a_person_says_which(world):
    twin = person(world.office, "同事二", world.welfare, roles=["owner"])
    twin.name = "同事"
    save(twin)
    row = uploaded(world, "表", table((*ROW[:4], "同事", "2027年9月底", "否")))
    assert plan_of(row).unknown == {"同事": 1}
    (item,) = confirmed(world, row, names={"同事": f"p{twin.pk}"})
    assert item.owner == twin


def test_who_has_left_is_not_taken_over(world):
    for post in world.colleague.posts.all():
        post.ends = days_ago(1)
        save(post)
    row = uploaded(world, "表", table((*ROW[:4], "同事", "2027年9月底", "否")))
    assert plan_of(row).unknown == {"同事": 1}
    assert confirmed(world, row)[0].owner is None


# Ways around.


def test_a_stale_preview_is_refused(world):
    row = uploaded(world, "表", table(ROW))
    seen = plan_of(row).digest
    imported(world, "表", table(ROW))
    with pytest.raises(Stale):
        confirmed(world, row, seen=seen)
    assert Commitment.objects.count() == 1


def test_a_preview_is_stale_when_the_people_have_changed(world):
    row = uploaded(world, "表", table(ROW))
    seen = plan_of(row).digest
    for post in world.owner.posts.all():
        post.ends = days_ago(1)
        save(post)
    with pytest.raises(Stale):
        confirmed(world, row, seen=seen)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("seen", ["", "0" * 64, "x"])
def test_without_the_preview_there_is_no_import(world, seen):
    row = uploaded(world)
    with pytest.raises(Stale):
        importing.confirm(by=world.clerk, sheet_import=row.pk, choices=Choices(seen))
    assert not Commitment.objects.exists()


def test_confirmed_twice_it_is_made_once(world):
    row = uploaded(world)
    seen = plan_of(row).digest
    confirmed(world, row, seen=seen)
    with pytest.raises(Stale, match="已导入"):
        confirmed(world, row, seen=seen)
    assert Commitment.objects.count() == 3


def test_discarded_it_cannot_be_confirmed_and_nothing_of_it_is_kept(world):
    row = uploaded(world)
    seen = plan_of(row).digest
    importing.discard(by=world.clerk, sheet_import=row.pk)
    row.refresh_from_db()
    assert row.record == {"sheets": []}
    with pytest.raises(Stale, match="已放弃"):
        confirmed(world, row, seen=seen)
    with pytest.raises(Stale):
        importing.discard(by=world.clerk, sheet_import=row.pk)


@pytest.mark.parametrize(
    "who", ["owner", "head", "reviewer", "verifier", "outsider", "auditor", "administrator"]
)
def test_only_who_drafts_may_import(world, who):
    by = getattr(world, who)
    with pytest.raises(NotAllowed):
        uploaded(world, by=by)
    row = uploaded(world)
    for act in (lambda: confirmed(world, row, by=by),
                lambda: importing.discard(by=by, sheet_import=row.pk)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_another_office_finds_nothing(world, elsewhere):
    row = uploaded(world)
    with pytest.raises(NotFound):
        confirmed(world, row, by=elsewhere.clerk)
    with pytest.raises(NotFound):
        importing.discard(by=elsewhere.clerk, sheet_import=row.pk)


def test_what_another_office_imported_is_not_known_here(world, elsewhere):
    imported(elsewhere)
    row = uploaded(world)
    assert {p.status for p in plan_of(row).items} == {plans.NEW}
    # The people have the same names there: ours are found, not theirs.
    assert {item.owner.office_id for item in confirmed(world, row)} == {world.office.pk}


def test_a_number_of_another_offices_item_is_not_ours(world, elsewhere):
    item = make.commitment(elsewhere, "working", number="2026-0001", title="更换路灯四十盏")
    titles = ("编号", "问题", "整改措施", "责任人", "整改时限")
    row = uploaded(
        world, "表", table((item.number, "路灯不亮", "更换路灯四十盏", "责任人", ""), titles=titles)
    )
    assert [p.status for p in plan_of(row).items] == [plans.NEW]


def test_a_number_alone_does_not_make_it_the_same_item(world):
    item = make.commitment(world, "working", number="2026-0001")
    titles = ("编号", "问题", "整改措施", "责任人", "整改时限")
    data = table(
        (item.number, "路灯不亮", "更换路灯四十盏", "责任人", "2027年9月底"), titles=titles
    )
    assert [p.status for p in plan_of(uploaded(world, "表", data)).items] == [plans.NEW]


def test_each_step_leaves_one_entry_and_the_journal_verifies(world):
    def verbs():
        return list(Entry.objects.order_by("number").values_list("verb", flat=True))

    before = len(verbs())
    row = uploaded(world)
    made = confirmed(world, row)
    importing.discard(by=world.clerk, sheet_import=uploaded(world).pk)
    assert verbs()[before:] == ["sheets.upload", "sheets.import", "sheets.upload", "sheets.discard"]
    tables = Entry.objects.get(verb="sheets.import").row_set.values_list("table", flat=True)
    assert list(tables).count("ledger_commitment") == len(made)
    assert verify_database().troubles == []


def test_a_refused_import_leaves_nothing(world, monkeypatch):
    row = uploaded(world)
    before = Entry.objects.count(), Step.objects.count(), Duty.objects.count()
    monkeypatch.setattr(importing, "_remember", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirmed(world, row)
    assert (Entry.objects.count(), Step.objects.count(), Duty.objects.count()) == before
    assert not Commitment.objects.exists()


# Through the pages.


def post_file(client, data, name="台账.xlsx"):
    return client.post("/ledger/import", {"file": SimpleUploadedFile(name, data)})


def test_upload_look_confirm(world, client_of):
    client = client_of(world.clerk)
    answer = post_file(client, ledger("gaps"))
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    text = page.content.decode()
    for words in ("没有认出的栏", "我们自己的一栏", "物业矛盾多", "李四光", "没有独立佐证", "没有整改时限", "没有责任人",
                  "可以建立草稿"):  # fmt: skip
        assert words in text
    assert not Commitment.objects.exists()
    seen = page.context["form"]["seen"].value()
    done = client.post(
        answer.headers["Location"], {"seen": seen, "name-0": f"p{world.colleague.pk}"}
    )
    assert done.status_code == 303
    result = client.get(done.headers["Location"]).content.decode()
    assert "建立了4项草稿" in result
    assert client.post(done.headers["Location"], {"seen": seen}).status_code == 409
    assert Commitment.objects.count() == 4


def test_a_post_without_the_preview_does_nothing(world, client_of):
    row = uploaded(world)
    client = client_of(world.clerk)
    for data, status in (({}, 422), ({"seen": "0" * 64}, 409), ({"seen": "x" * 65}, 422)):
        answer = client.post(f"/ledger/import/{row.pk}", data)
        assert answer.status_code == status
    assert not Commitment.objects.exists()
    assert (
        "请重新核对" in client.post(f"/ledger/import/{row.pk}", {"seen": "0" * 64}).content.decode()
    )


@pytest.mark.parametrize(("data", "words"), [
    (b"", "空的"), (b"no workbook", "不是 Excel"), (ledger("plain")[:2000], "不完整"),
    (book(lambda made: Sheet(made, "表").row(1, "随便", "写写")), "没有认出"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_beside_the_form(world, client_of, data, words):
    answer = post_file(client_of(world.clerk), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_a_cell_is_shown_as_words(world, client_of):
    evil = "<script>alert(1)</script>{{ 7|add:7000 }}"
    data = table((1, evil, evil + "整改", evil, evil, evil, evil), titles=("序号", "问题", "整改措施", "责任单位", "责任人", "整改时限", evil))  # fmt: skip
    client = client_of(world.clerk)
    answer = post_file(client, data, f"{evil}.xlsx")
    text = client.get(answer.headers["Location"]).content.decode()
    assert "<script>alert" not in text
    assert "7007" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_file_comes_back_as_it_was(world, client_of):
    data = ledger("plain")
    row = uploaded(world, data=data)
    answer = client_of(world.clerk).get(f"/ledger/import/{row.pk}/file")
    assert b"".join(answer.streaming_content) == data
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_owner_of_a_role_that_ended_cannot_confirm(world):
    row = uploaded(world)
    seen = plan_of(row).digest
    for grant in RoleGrant.objects.filter(person=world.clerk):
        grant.ends = days_ago(1)
        save(grant)
    with pytest.raises(NotAllowed):
        confirmed(world, row, seen=seen)


def test_two_thousand_rows_in_one_action(world):
    rows = [
        (n, f"第{n}个问题还在", f"把第{n}件事情办到位", "城管科", "责任人", "2027年9月底", "否")
        for n in range(1, 1001)
    ]
    import time

    start = time.monotonic()
    made = imported(world, "大表", table(*rows))
    assert len({item.number for item in made}) == 1000
    assert time.monotonic() - start < 60
