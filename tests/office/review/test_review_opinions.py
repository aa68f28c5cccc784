"""The review opinion as page and files: what stands in it, and that each giving out is written down."""

import io

import pytest
from docx import Document
from tests.office.make import days_ago
from tests.office.review.reviewed import compare, reviewed

from luoshi.core.reading import read_bytes
from luoshi.formats.gbt9704.fonts import NoFonts
from luoshi.office.examinations import storage
from luoshi.office.journal.errors import Refused
from luoshi.office.journal.models import Entry
from luoshi.office.review import opinions
from luoshi.office.review.actions import deciding, giving, remarks
from luoshi.office.review.models import Share, Submission


@pytest.fixture
def held(world, settings, tmp_path):
    settings.FILES = tmp_path
    return reviewed(world, names=("责任人", "同事"))


@pytest.fixture
def draft(world, held):
    row = held["责任人"]
    at = row.examination.text.index("东堤小区")
    remarks.add(by=world.reviewer, draft=row.pk, start=at, end=at + 4, text="请写明涉及几户。")
    remarks.judge(by=world.reviewer, draft=row.pk, finding=1, take=True, text="这一条最要紧。")
    remarks.judge(by=world.reviewer, draft=row.pk, finding=2, take=False, text="我看这条不成立。")
    version = Submission.objects.get(pk=row.submission_id).version
    deciding.decide(by=world.reviewer, draft=row.pk, version=version, outcome="return",
                    words="总的看写得不够具体。", answer_by=days_ago(-5))  # fmt: skip
    return row


def test_the_paper_says_what_was_found_where_and_what_is_asked(world, draft):
    before = Entry.objects.count()
    made = giving.give(by=world.owner, draft=draft.pk, form="docx")
    assert made.name == "责任人第1稿审核意见.docx"
    text = read_bytes(made.data).text
    for words in (
        "退回修改",
        "请写明涉及几户。",
        "这一条最要紧。",
        "总的看写得不够具体。",
        "审阅人：审阅人",
        "采纳1条，不采纳1条",
    ):
        assert words in text
    assert "我看这条不成立" not in text
    assert "同事" not in text
    entry = Entry.objects.latest("number")
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.subject) == ("review.opinion.give", f"review.draft:{draft.pk}")


def test_a_pdf_and_the_author_s_text_with_comments(world, draft):
    assert giving.give(by=world.clerk, draft=draft.pk, form="pdf").data.startswith(b"%PDF")
    made = giving.give(by=world.owner, draft=draft.pk, form="comments")
    comments = [c.text for c in Document(io.BytesIO(made.data)).comments]
    assert len(comments) == 2
    assert any("请写明涉及几户。" in words for words in comments)
    assert not any("我看这条不成立" in words for words in comments)


def test_what_cannot_be_made_is_said_and_leaves_no_entry(world, client_of, draft, monkeypatch):
    before = Entry.objects.count()
    client = client_of(world.owner)

    def none():
        raise NoFonts("本机没有中文字体，不能生成 pdf。")

    monkeypatch.setattr(giving, "choose", none)
    answer = client.post(f"/reviews/drafts/{draft.pk}/opinion/pdf")
    assert answer.status_code == 422
    assert "本机没有中文字体" in answer.content.decode()
    storage.path_of(draft.examination.file.sha256).unlink()
    answer = client.post(f"/reviews/drafts/{draft.pk}/opinion/comments")
    assert answer.status_code == 422
    assert "没有找到原文件" in answer.content.decode()
    with pytest.raises(Refused):
        giving.give(by=world.owner, draft=draft.pk, form="xlsx")
    assert Entry.objects.count() == before


def test_the_figures_are_those_of_the_day_of_the_decision(world, held, draft):
    decision = draft.decisions.get()
    shown = {c.label: c.figure for c in opinions.opinion(draft, decision).counts}
    compare(world, held.batch)
    later = Share.objects.filter(draft=draft).order_by("-comparison").first()
    assert later.comparison.done_at > decision.at
    assert {c.label: c.figure for c in opinions.opinion(draft, decision).counts} == shown
    assert set(shown) == {"篇幅", "问题", "措施", "检查意见", "与别处相同"}


def test_whom_it_waits_for(world, client_of, held, draft):
    words = client_of(world.clerk).get("/").content.decode()
    assert "退回修改、等新稿的材料" in words
    assert f"{days_ago(-5):%Y-%m-%d}前报送新稿" in words
    words = client_of(world.reviewer).get("/").content.decode()
    assert "等我审阅的材料（1）" in words
    assert "本人报送的材料" in client_of(world.owner).get("/").content.decode()
    assert "本人报送的材料" not in client_of(world.chief).get("/").content.decode()
