"""Saved views: one's own, of the list's own filters, with one entry each."""

import pytest
from tests.office.ledger import make

from luoshi.office.desk.actions import saved
from luoshi.office.desk.models import SavedView
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.journal.models import Entry


def test_saved_found_replaced_and_deleted(world, client_of):
    client = client_of(world.reviewer)
    make.commitment(world, "working", title="视图里的事项")
    page = client.get("/ledger?state=working&sort=new").content.decode()
    assert "/views/new?query=state%3Dworking%26sort%3Dnew" in page
    before = Entry.objects.count()
    answer = client.post(
        "/views/new", {"name": "在办的", "query": "state=working&sort=new&after=0_1"}
    )
    assert answer.status_code == 303
    assert answer["Location"] == "/ledger?state=working&sort=new"
    assert Entry.objects.count() == before + 1
    assert "在办的" in client.get("/ledger").content.decode()
    client.post("/views/new", {"name": "在办的", "query": "state=working"})
    row = SavedView.objects.get()
    assert row.query == "state=working"
    assert client.post(f"/views/{row.pk}/delete").status_code == 303
    assert not SavedView.objects.exists()
    assert Entry.objects.latest("number").verb == "desk.view.delete"


def test_nobody_else_sees_or_deletes_it(world, elsewhere, client_of):
    row = saved.save(by=world.reviewer, name="我的超期", query="due=overdue")
    for who in (world.head, world.clerk, elsewhere.reviewer):
        assert "我的超期" not in client_of(who).get("/ledger").content.decode()
        assert client_of(who).post(f"/views/{row.pk}/delete").status_code == 404
        with pytest.raises(NotFound):
            saved.delete(by=who, view=row.pk)
    with pytest.raises(NotAllowed):
        saved.save(by=world.administrator, name="没有权限", query="due=overdue")
    assert SavedView.objects.get() == row


@pytest.mark.parametrize(
    "query",
    ["", "after=0_1", "nothing=1", "state=nowhere", "owner=abc", "unit=999999", "only=xyz",
     "&".join(f"a{n}=1" for n in range(60)), "q=" + "字" * 61],
)  # fmt: skip
def test_a_view_that_says_nothing_is_refused(world, client_of, query):
    with pytest.raises(Refused):
        saved.save(by=world.reviewer, name="空的", query=query)
    answer = client_of(world.reviewer).post("/views/new", {"name": "空的", "query": query})
    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "一", "长" * 31, "坏\x00的"])
def test_a_name_must_be_one(world, name):
    with pytest.raises(Refused):
        saved.save(by=world.reviewer, name=name, query="due=overdue")


def test_there_is_an_end_of_views(world, monkeypatch):
    monkeypatch.setattr(saved, "VIEWS_MOST", 2)
    for name in ("第一", "第二"):
        saved.save(by=world.reviewer, name=name, query="due=overdue")
    with pytest.raises(Refused, match="最多保存"):
        saved.save(by=world.reviewer, name="第三", query="due=overdue")
    saved.save(by=world.reviewer, name="第二", query="due=week")
    saved.save(by=world.head, name="第三", query="due=overdue")
