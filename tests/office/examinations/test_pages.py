"""Materials by form: upload, the page, corrections, undo, downloads, other offices."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import luoshi
from luoshi.office.examinations.models import Correction, Examination, Link, Point

SAMPLES = Path(luoshi.__file__).parent / "data" / "samples"


@pytest.fixture
def sample():
    return next(SAMPLES.glob("*.md"))


@pytest.fixture
def material(world, client_of, sample):
    client = client_of(world.clerk)
    file = SimpleUploadedFile(sample.name, sample.read_bytes())
    answer = client.post("/materials/new", {"file": file, "outline": ""})
    assert answer.status_code == 303, answer.content.decode()
    return Examination.objects.get()


def correct(client, material, what, **data):
    material.refresh_from_db()
    return client.post(
        f"/materials/{material.pk}/correct/{what}", {"version": material.version, **data}
    )


def state(material):
    points = Point.objects.filter(examination=material).order_by("pk").values()
    links = Link.objects.filter(examination=material).order_by("pk").values()
    return list(points), list(links)


def test_the_page_shows_the_whole_text_and_every_statement(world, client_of, material):
    page = client_of(world.clerk).get(f"/materials/{material.pk}").content.decode()
    import html
    import re

    source = re.search(r'<section id="source".*?</section>', page, re.S)[0]
    shown = html.unescape(re.sub(r"<[^>]+>", "", source))
    assert "".join(shown.split()) == "".join(material.text.split())
    for point in Point.objects.filter(
        examination=material, kind__in=["problem", "cause", "measure"]
    ):
        assert f'id="text-{point.pk}"' in page
        assert f'id="point-{point.pk}"' in page


def test_the_number_of_statements_does_not_grow(
    world, client_of, material, django_assert_max_num_queries
):
    client = client_of(world.clerk)
    with django_assert_max_num_queries(16):
        client.get(f"/materials/{material.pk}")
    with django_assert_max_num_queries(12):
        client.get("/materials")


def test_every_correction_and_undo_of_all_gives_the_start(world, client_of, material):
    client = client_of(world.clerk)
    start = state(material)
    problems = list(Point.objects.filter(examination=material, kind="problem").order_by("start"))
    measure = Point.objects.filter(examination=material, kind="measure").order_by("start").first()
    one, two = problems[0], problems[1]
    middle = material.text[one.heading_end : one.heading_end + 6]
    steps = [
        ("kind", {"point": problems[3].pk, "kind": "section_heading"}),
        ("drop", {"point": problems[4].pk}),
        ("split", {"point": one.pk, "words": middle}),
        ("link", {"source": measure.pk, "target": two.pk}),
        (
            "verdict",
            {
                "link": Link.objects.filter(examination=material, verdict="").first().pk,
                "right": "0",
            },
        ),
        ("merge", {}),
        (
            "add",
            {
                "kind": "problem",
                "first_words": material.text[2:12],
                "last_words": material.text[14:20],
            },
        ),
    ]
    done = 0
    for what, told in steps:
        split_off = Point.objects.latest("pk").pk
        data = {"points": [one.pk, split_off]} if what == "merge" else told
        answer = correct(client, material, what, **data)
        if what == "merge":  # the split point came last, so the two are neighbours
            assert answer.status_code == 303, answer.content.decode()
        if answer.status_code == 303:
            done += 1
    assert done >= 5
    assert Correction.objects.count() == done
    assert state(material) != start
    while (last := Correction.objects.filter(undone=False).order_by("-pk").first()) is not None:
        assert correct(client, material, "undo", correction=last.pk).status_code == 303
    assert state(material) == start


def test_a_page_that_is_out_of_date_changes_nothing(world, client_of, material):
    client = client_of(world.clerk)
    point = Point.objects.filter(kind="problem").first()
    old = material.version
    assert correct(client, material, "drop", point=point.pk).status_code == 303
    answer = client.post(
        f"/materials/{material.pk}/correct/drop", {"version": old, "point": point.pk}
    )
    assert answer.status_code == 409
    assert "重新打开" in answer.content.decode()


def test_the_same_file_twice_is_refused(world, client_of, material, sample):
    file = SimpleUploadedFile("另一个名字.md", sample.read_bytes())
    answer = client_of(world.clerk).post("/materials/new", {"file": file, "outline": ""})
    assert answer.status_code == 422
    assert "已经导入过" in answer.content.decode()


def test_other_offices_and_other_roles(world, elsewhere, client_of, material):
    path = f"/materials/{material.pk}"
    for tail in ("", "/file"):
        assert client_of(world.head).get(path + tail).status_code == 200
        # A reviewer reads what is assigned to them, at the review desk.
        assert client_of(world.reviewer).get(path + tail).status_code == 403
        assert client_of(elsewhere.clerk).get(path + tail).status_code == 404
        assert client_of(world.owner).get(path + tail).status_code == 403
    point = Point.objects.filter(kind="problem").first()
    assert correct(client_of(elsewhere.clerk), material, "drop", point=point.pk).status_code == 404
    assert correct(client_of(world.reviewer), material, "drop", point=point.pk).status_code == 403
    assert material.title not in client_of(elsewhere.clerk).get("/materials").content.decode()


def test_the_file_comes_back_as_it_was_and_only_as_a_download(world, client_of, material, sample):
    answer = client_of(world.clerk).get(f"/materials/{material.pk}/file")
    assert b"".join(answer.streaming_content) == sample.read_bytes()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "空"),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "图片"),
        ("坏.docx", b"PK\x03\x04" + b"\x00" * 100, "读不了"),
        ("程序.txt", b"MZ" + b"\x00" * 200, "程序"),
    ],
)
def test_bad_files_get_a_message_and_leave_nothing(world, client_of, name, data, words):
    answer = client_of(world.clerk).post(
        "/materials/new", {"file": SimpleUploadedFile(name, data), "outline": ""}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Examination.objects.exists()


def test_hostile_words_are_shown_as_words(world, client_of):
    text = "一、存在的问题\n1.<script>alert(1)</script>群众反映的问题没有解决。2025年3月以来有12件。\n二、整改措施\n1.<img src=x onerror=alert(2)>由张三负责，6月底前解决12件。\n"
    file = SimpleUploadedFile("<script>alert(3)</script>.txt", text.encode())
    client = client_of(world.clerk)
    answer = client.post("/materials/new", {"file": file, "outline": ""}, follow=True)
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
