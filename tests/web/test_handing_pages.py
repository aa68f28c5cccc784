"""The pages of a handover: asked for by the administrator, decided by a superior."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.office.ledger import make

from luoshi.office.ledger.models import Commitment, Handover


@pytest.fixture
def item(world):
    return make.commitment(world)


@pytest.fixture
def whole(world, item, client_of):
    answer = client_of(world.administrator).post(
        f"/people/{world.owner.pk}/handover", {"successor": world.colleague.pk}, follow=True
    )
    assert "整改事项1件换人要由上级审批" in answer.content.decode()
    assert Commitment.objects.get(pk=item.pk).owner == world.owner
    return Handover.objects.get()


def test_from_asking_to_deciding(world, item, whole, client_of):
    head = client_of(world.head)
    assert f"/handovers/{whole.pk}" in head.get("/ledger/decisions").content.decode()
    page = head.get(f"/handovers/{whole.pk}").content.decode()
    assert item.number in page
    assert head.post(f"/handovers/{whole.pk}", {"decision": "同意"}).status_code == 422
    answer = head.post(
        f"/handovers/{whole.pk}", {"approve": "yes", "decision": "同意"}, follow=True
    )
    assert "已审批1件" in answer.content.decode()
    assert Commitment.objects.get(pk=item.pk).owner == world.colleague
    shown = head.get(f"/ledger/{item.pk}").content.decode()
    assert "审批工作交接：更换责任人" in shown
    assert "<dt>更换责任人</dt><dd>1 次</dd>" in shown


def test_a_draft_alone_needs_nobody(world, client_of):
    make.commitment(world, "draft")
    answer = client_of(world.administrator).post(
        f"/people/{world.owner.pk}/handover", {"successor": world.colleague.pk}, follow=True
    )
    assert "已交接：整改事项1件" in answer.content.decode()


def test_the_administrator_sees_numbers_and_takes_it_back(world, item, whole, client_of):
    admin = client_of(world.administrator)
    page = admin.get(f"/handovers/{whole.pk}").content.decode()
    assert item.number in page
    assert item.title not in page  # managing people is no reading of the ledger
    assert admin.post(f"/handovers/{whole.pk}", {"approve": "yes"}).status_code == 403
    admin.post(f"/handovers/{whole.pk}/cancel")
    assert item.changes.get().state == "cancelled"


@pytest.mark.parametrize("who", ["administrator", "head", "clerk", "owner", "outsider"])
def test_another_office(world, elsewhere, item, whole, client_of, who):
    client = client_of(getattr(elsewhere, who))
    for path in (f"/handovers/{whole.pk}", f"/handovers/{whole.pk}/cancel"):
        for answer in (client.get(path), client.post(path, {"approve": "yes"})):
            assert answer.status_code in {403, 404}
            assert item.number not in answer.content.decode()
    assert Commitment.objects.get(pk=item.pk).owner == world.owner
    assert item.changes.get().state == "open"


def test_as_many_statements_for_many_items(world, item, whole, client_of):
    client = client_of(world.head)
    counts = []
    for _ in range(2):
        client.get(f"/handovers/{whole.pk}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/handovers/{whole.pk}")
        counts.append(len(seen))
        for _ in range(5):
            other = make.commitment(world)
            make.change(other, "owner", {"owner": world.owner.pk}, {"owner": world.colleague.pk},
                        handover=whole)  # fmt: skip
    assert counts[0] == counts[1]
