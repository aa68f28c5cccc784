"""The page on which a paper is asked for, and the file that it answers with."""

import pytest
from django.urls import reverse
from tests.contracts.web_office import Everything

from luoshi.formats.gbt9704 import fonts
from luoshi.office.journal.models import Entry

GOOD = {"kind": "report", "form": "docx", "to": "", "purpose": "报区委组织部"}
PAGES = {"item": "item", "special": "special", "material": "material"}


def address(here, what):
    return reverse(f"papers:{what}", args=[getattr(here, PAGES[what]).pk])


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("kind", ["report", "lists"])
def test_a_file_comes_as_a_download(world, client_of, what, form, kind):
    here = Everything(world)
    answer = client_of(world.clerk).post(address(here, what), {**GOOD, "form": form, "kind": kind})
    assert answer.status_code == 200
    assert answer.content[:4] == (b"PK\x03\x04" if form == "docx" else b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer["Content-Disposition"].endswith(f".{form}")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(answer.content)


@pytest.mark.parametrize("what", PAGES)
def test_looking_at_the_page_leaves_nothing(world, client_of, what):
    here = Everything(world)
    entries = Entry.objects.count()
    answer = client_of(world.clerk).get(address(here, what))
    assert answer.status_code == 200
    assert "生成文件" in answer.content.decode()
    assert Entry.objects.count() == entries


def test_what_is_missing_is_said_beside_it_and_what_was_typed_is_kept(world, client_of):
    here = Everything(world)
    answer = client_of(world.clerk).post(
        address(here, "item"), {**GOOD, "purpose": "", "to": "区委办"}
    )
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "请填写“用途”" in words
    assert "区委办" in words


def test_a_machine_without_fonts_says_so_before_and_after(world, client_of, monkeypatch):
    here = Everything(world)
    monkeypatch.setattr(fonts, "_families", lambda folders: ("DejaVu Sans",))
    client = client_of(world.clerk)
    assert "LUOSHI_FONTS" in client.get(address(here, "item")).content.decode()
    answer = client.post(address(here, "item"), {**GOOD, "form": "pdf"})
    assert answer.status_code == 422
    assert "不能生成 pdf" in answer.content.decode()
    assert client.post(address(here, "item"), GOOD).status_code == 200


@pytest.mark.parametrize("what", PAGES)
def test_the_way_there_is_shown_to_who_may(world, client_of, what):
    here = Everything(world)
    page = {"item": f"/ledger/{here.item.pk}", "special": f"/special/{here.special.pk}",
            "material": f"/ledger/material/{here.material.pk}"}[what]  # fmt: skip
    assert address(here, what) in client_of(world.clerk).get(page).content.decode()
    assert address(here, what) not in client_of(world.reviewer).get(page).content.decode()
    assert client_of(world.reviewer).get(address(here, what)).status_code == 403


def test_other_methods_are_refused(world, client_of):
    here = Everything(world)
    assert client_of(world.clerk).put(address(here, "item")).status_code == 405


def test_a_name_of_a_file_cannot_break_the_header(world, client_of):
    from tests.office.make import save

    here = Everything(world)
    here.special.name = 'a"\r\nX-Evil: 1/../..\\x'
    save(here.special)
    answer = client_of(world.clerk).post(address(here, "special"), GOOD)
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert not set('"\r\n/\\') & set(answer["Content-Disposition"].partition("''")[2])
