"""What people write is shown as words, wherever it is shown: no text becomes part of a page."""

import html
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from tests.contracts.web_office import Everything, routes
from tests.office.ledger import make
from tests.office.make import save

from luoshi.office.accounts.models import Office, Person, RoleGrant, Unit, User
from luoshi.office.desk.models import SavedView
from luoshi.office.examinations import storage
from luoshi.office.examinations.models import Correction, Examination, Link, Point, StoredFile
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger import models as ledger
from luoshi.office.review.models import Decision, Template
from luoshi.office.sheets.models import ImportedRow
from luoshi.office.supervision.models import Feed, Slip, SlipStep

EVIL = "<script>alert(1)</script>"
IMAGE = "\"'><img src=x onerror=alert(1)>"
PAYLOAD = EVIL + IMAGE + "{{ 700700|add:7007007 }}"
# What it would be if a template worked it out: long enough to stand in no hash by chance.
SUM = "7707707"
#: What may not stand in a page as it is.
RAW = ("<script>alert(1)", "<img src=x", "'><img", '"><img')
#: Not a person's words: keys, hashes, the state of a row.
KEPT = {
    (StoredFile, "sha256"), (StoredFile, "media"), (Examination, "outline"), (Point, "path"),
    (Link, "strength"), (Correction, "what"), (User, "password"), (User, "username"), (RoleGrant, "role"),
    (ledger.Commitment, "state"), (ledger.Commitment, "suspended_from"),
    (ledger.Commitment, "number"), (ledger.Step, "verb"), (ledger.Step, "before"),
    (ImportedRow, "key"), (ImportedRow, "base"), (ImportedRow, "spot"),
    (ledger.Step, "after"), (Feed, "secret"),
    *((Slip, name) for name in ("subject", "link", "reason", "colour", "period", "state")),
    *((SlipStep, name) for name in ("verb", "before", "after")),
    (ledger.Verification, "basis"), (Examination, "text"),
    (SavedView, "query"), (Decision, "digest"), (Template, "text"),
}  # fmt: skip
_number = count(1)


def words_of(model):
    """Return the columns of a model that hold a person's words."""
    return [
        field for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        and (model, field.name) not in KEPT
    ]  # fmt: skip


def poison(office):
    """Put the payload into every column of every row of an office that holds words."""
    touched = set()
    for model in DomainModel.__subclasses__():
        if model._meta.abstract or model.__module__.startswith("tests"):
            continue
        for row in model.objects.filter(
            **({"pk": office.pk} if model is Office else {"office": office})
        ):
            for field in words_of(model):
                length = field.max_length or 5000
                end = str(next(_number))
                setattr(row, field.name, PAYLOAD[: length - len(end)] + end)
                touched.add((model, field.name))
            if words_of(model):
                save(row)
    return touched


def replaced(value, words, others):
    """Return a value of JSON with words in it, wherever they stand, replaced."""
    if isinstance(value, dict):
        return {replaced(k, words, others): replaced(v, words, others) for k, v in value.items()}
    if isinstance(value, list):
        return [replaced(held, words, others) for held in value]
    return value.replace(words, others) if isinstance(value, str) else value


def raw(answer):
    text = answer.content.decode()
    return [mark for mark in (*RAW, SUM) if mark in text]


def test_no_page_lets_stored_words_out(world, client_of):
    here = Everything(world)
    make.change(here.item, "target", {"target": PAYLOAD}, {"target": PAYLOAD})
    clients = [client_of(who) for who in here.persons()]
    material = here.material
    material.text = material.text.replace("居民反映强烈。", PAYLOAD)
    material.title = PAYLOAD
    material.findings = [
        {"code": "T101", "message": PAYLOAD, "severity": "error", "start": 0, "end": 5, "basis": PAYLOAD,
         "suggestion": PAYLOAD, "quote": PAYLOAD, "name": PAYLOAD}
    ]  # fmt: skip
    for words in (
        "路灯不亮",
        "更换路灯四十盏",
        "李四光",
        "本单位自设的一栏",
        "整改台账",
        "6月底前",
    ):
        here.sheet.record = replaced(here.sheet.record, words, PAYLOAD)
    save(here.sheet)
    touched = poison(world.office)
    assert {(Person, "name"), (Unit, "name"), (ledger.Evidence, "title"), (StoredFile, "name"),
            (ledger.Objection, "text"), (ledger.Commitment, "title")} <= touched  # fmt: skip
    shown = 0
    for route in routes():
        for client in clients:
            answer = client.get(here.address(route))
            if answer.status_code in {200, 409} and answer.headers["Content-Type"].startswith(
                "text/html"
            ):
                assert not raw(answer), route.name
                shown += html.escape(EVIL) in answer.content.decode()
    assert shown > 150


def test_no_form_sends_typed_words_back_as_they_are(world, client_of):
    here = Everything(world)
    clients = [client_of(who) for who in here.persons()]
    tried = 0
    for route in routes():
        for client in clients:
            page = client.get(here.address(route))
            form = page.context and page.context.get("form")
            if page.status_code not in {200, 409} or form is None or not hasattr(form, "fields"):
                continue
            data = dict.fromkeys([*form.fields, "version"], PAYLOAD)
            answer = client.post(here.address(route), data)
            assert answer.status_code < 500, route.name
            assert not raw(answer), route.name
            tried += 1
            break
    assert tried > 60


@pytest.mark.parametrize(
    "path",
    [
        "/ledger",
        "/materials",
        "/journal",
        "/people",
        "/special",
        "/ledger/export",
        "/search",
        "/board",
        "/trend",
        "/views/new",
        "/supervision/slips",
        "/reviews/1",
    ],
)
def test_no_search_sends_its_words_back_as_they_are(world, client_of, path):
    here = Everything(world)
    names = ("q", "search", "state", "outline", "verb", "subject", "day", "page", "after", "before",
             "sort", "due", "owner", "unit", "time_class", "unverifiable", "only", "mine", "month",
             "months", "kind", "query")  # fmt: skip
    for who in here.persons():
        answer = client_of(who).get(path, dict.fromkeys(names, PAYLOAD))
        assert answer.status_code in {200, 403, 404}
        assert not raw(answer)


NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\system.txt": "system.txt",
    "a\r\nSet-Cookie: x=1.txt": "aSet-Cookie: x=1.txt",
    "照片\u202egpj.txt": "照片gpj.txt",
    "\x00.txt": "txt",
    f"{'长' * 300}.txt": None,
    f"{EVIL}.txt": "script>.txt",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_is_only_a_name(world, client_of, name, settings, tmp_path):
    settings.FILES = tmp_path
    stored = storage.store([b"photo"], name, evidence=False)
    assert NAMES[name] is None or stored.name == NAMES[name]
    assert len(stored.name) <= 200
    answer = storage.response(save(stored.row(world.office.pk)))
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; filename*=UTF-8''")
    assert not set(header) & set('\r\n<>"/\\;') - {";"}
    assert header.isascii()
    assert [p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*") if p.is_file()] == [
        stored.sha256[:2]
    ]
    answer.close()


TRICKS = {
    "a page called a photo": (
        "照片.jpg",
        b"<html><script>alert(1)</script>",
        "对不上|不能作为佐证",
    ),
    "a page called a text": ("说明.txt", b"<script>alert(1)</script>", "不能作为佐证"),
    "a drawing that runs": ("图.svg", b"<svg onload='alert(1)'/>", "不能作为佐证"),
    "a program called a photo": ("照片.jpg", b"MZ\x90\x00\x03\x00", "不能作为佐证"),
    "a photo called a program": ("照片.exe", b"\xff\xd8\xff\xe0\x00\x10JFIF", "对不上"),
    "nothing": ("空.txt", b"", "空的|0 字节"),
    "a zip called a document": ("表.docx", b"PK\x03\x04" + b"\x00" * 30, "不能作为佐证|对不上"),
    "two endings": ("照片.jpg.html", b"\xff\xd8\xff\xe0\x00\x10JFIF", "对不上"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_file_is_what_it_holds(world, client_of, trick, settings, tmp_path):
    import re

    settings.FILES = tmp_path
    name, content, words = TRICKS[trick]
    item = make.commitment(world, "working")
    answer = client_of(world.witness).post(f"/ledger/{item.pk}/evidence", {
        "version": item.version, "kind": "photo", "title": "现场照片", "dated": "2026-01-01",
        "declared": "2", "note": "东堤路全段已经没有摊点。", "file": SimpleUploadedFile(name, content),
    })  # fmt: skip
    assert answer.status_code == 422
    assert re.search(words, answer.content.decode())
    assert not item.evidence_set.exists()
