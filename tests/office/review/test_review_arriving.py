"""Materials come in: several files at once, whose they are, new drafts, files that fail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from tests.office.make import days_ago
from tests.office.review.reviewed import TEMPLATE, second_of, text_of

from luoshi.office.examinations.models import Examination
from luoshi.office.review.actions import batches
from luoshi.office.review.arriving import sender
from luoshi.office.review.models import Comparison, Draft, Submission, Template

KNOWN = {"张三": (1, 7), "李四光": (2, 8), "欧阳修远": (3, None)}
NAMES = {
    "张三-2025年度民主生活会个人对照检查材料": ("张三", 1),
    "03 李四光对照检查材料（二稿）": ("李四光", 2),
    "欧阳修远_第2稿": ("欧阳修远", 3),
    "2025年度专题民主生活会 张三 20260105": ("张三", 1),
    "班子对照检查材料": ("班子", None),
    "王五对照检查材料v2": ("王五", None),
    "张三二稿": ("张三", 1),
    "李四光修改稿": ("李四光", 2),
    "张三 李四光": ("张三 李四光", None),
    "张三丰对照检查": ("张三丰", None),
}


@pytest.mark.parametrize("stem", NAMES)
def test_whose_a_file_is(stem):
    found = sender(stem, KNOWN)
    assert (found.name, found.author) == NAMES[stem]


@given(st.text(min_size=1, max_size=80))
def test_every_name_gives_somebody(stem):
    found = sender(stem, KNOWN)
    assert 1 <= len(found.name) <= 70
    assert found.author is None or found.name in KNOWN


def file(name, text):
    return SimpleUploadedFile(name, text.encode())


@pytest.fixture
def batch(world, settings, tmp_path):
    settings.FILES = tmp_path
    return batches.make(by=world.clerk, name="年度材料", meeting="民主生活会", held_on=days_ago(-9),
                        reviewers=[world.reviewer.pk])  # fmt: skip


def send(client, batch, *files):
    return client.post(f"/reviews/{batch.pk}/upload", {"uploads": list(files)})


def test_several_files_at_once_and_a_second_draft(world, client_of, batch):
    client = client_of(world.clerk)
    answer = send(
        client,
        batch,
        file("责任人对照检查材料.txt", text_of("责任人")),
        file("同事.txt", text_of("同事")),
    )
    assert answer.status_code == 303
    one = Submission.objects.get(author=world.owner)
    assert (one.name, one.unit, one.state) == ("责任人", world.city, "waiting")
    assert Submission.objects.count() == 2
    assert Comparison.objects.get().state == "waiting"
    assert send(client, batch, file("责任人二稿.txt", second_of("责任人"))).status_code == 303
    assert [d.number for d in Draft.objects.filter(submission=one).order_by("number")] == [1, 2]
    assert Submission.objects.count() == 2


def test_one_that_fails_is_named_and_the_others_come_in(world, client_of, batch):
    client = client_of(world.clerk)
    answer = send(client, batch, file("责任人.txt", text_of("责任人")), file("坏的.docx", "PK\x03\x04坏了"),
                  file("闲话.txt", "今天天气很好。"))  # fmt: skip
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "坏的.docx：" in page
    assert "没有找到问题、原因和措施" in page
    assert "已收入（责任人，第1稿）" in page
    assert Draft.objects.count() == 1
    again = send(client, batch, file("责任人.txt", text_of("责任人")))
    assert again.status_code == 422
    assert "没有重复收入" in again.content.decode()


def test_a_material_that_the_office_has_is_taken_as_it_is(world, client_of, batch):
    client = client_of(world.clerk)
    client.post("/materials/new", {"file": file("责任人.txt", text_of("责任人")), "outline": ""})
    assert send(client, batch, file("责任人.txt", text_of("责任人"))).status_code == 303
    assert Examination.objects.count() == 1
    assert Draft.objects.get().examination == Examination.objects.get()


def test_nothing_and_too_much(world, client_of, batch):
    client = client_of(world.clerk)
    answer = client.post(f"/reviews/{batch.pk}/upload", {})
    assert answer.status_code == 422
    assert "请选择“材料文件”" in answer.content.decode()
    many = [file(f"{n}.txt", text_of("责任人")) for n in range(31)]
    answer = send(client, batch, *many)
    assert answer.status_code == 422
    assert "一次最多选30个文件" in answer.content.decode()
    assert not Draft.objects.exists()


def test_only_the_clerk_takes_materials_in(world, elsewhere, client_of, batch):
    for by in (world.reviewer, world.head, world.owner, world.administrator, elsewhere.clerk):
        answer = send(client_of(by), batch, file("责任人.txt", text_of("责任人")))
        assert answer.status_code in {403, 404}
    assert not Draft.objects.exists()
    assert not Examination.objects.exists()


def test_a_form_for_one_draft_and_its_stale_page(world, client_of, batch):
    client = client_of(world.clerk)
    send(client, batch, file("责任人.txt", text_of("责任人")))
    one = Submission.objects.get()
    address = f"/reviews/materials/{one.pk}/next"
    data = {"file": file("二稿.txt", second_of("责任人")), "version": one.version - 1}
    assert client.post(address, data).status_code == 409
    data = {"file": file("二稿.txt", second_of("责任人")), "version": one.version}
    assert client.post(address, data).status_code == 303
    assert Draft.objects.count() == 2


def test_known_texts(world, client_of, batch):
    client = client_of(world.clerk)
    answer = client.post("/reviews/templates", {"uploads": [file("范文一.txt", TEMPLATE)]})
    assert answer.status_code == 303
    row = Template.objects.get()
    assert row.text.startswith("街道干部对照检查材料范文")
    answer = client.post(
        "/reviews/templates", {"uploads": [file("又是它.txt", TEMPLATE), file("空.txt", " ")]}
    )
    assert answer.status_code == 422
    assert "没有重复收入" in answer.content.decode()
    assert client.post(f"/reviews/templates/{row.pk}/drop").status_code == 303
    row.refresh_from_db()
    assert not row.active
    assert client.post(f"/reviews/templates/{row.pk}/drop").status_code == 404
    for by in (world.reviewer, world.head):
        assert client_of(by).get("/reviews/templates").status_code == 403
