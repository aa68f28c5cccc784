"""A Word file made of a text, with remarks as comments at their own words."""

import io
from datetime import UTC, datetime

from docx import Document

from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import DEFAULT_LIMITS
from luoshi.engines.reviewing import commented
from luoshi.formats.remarked import remarked

TEXT = "标题\n\n1.学习不够深入。缺乏深入分析。\n2.会议偏多。全年四十一场。\n"
WHEN = datetime(2026, 1, 10, 8, 30, tzinfo=UTC)


def remark(words, text="请写具体。", **given):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": text, "why": "没有具体的事。",
            "label": "审阅意见", "severity": "warning", **given}  # fmt: skip


def opened(data):
    return Document(io.BytesIO(data))


def test_the_text_stays_and_comments_stand_at_their_words():
    remarks = [remark("学习不够深入"), remark("不够深入。缺乏"), remark("会议偏多", "请写\x01明。")]
    made = opened(remarked(read_bytes(TEXT.encode()), remarks, "王敏", WHEN))
    assert [p.text for p in made.paragraphs] == [line for line in TEXT.split("\n") if line]
    comments = list(made.comments)
    assert [c.text.split("\n")[0] for c in comments] == [
        "【审阅意见】请写具体。", "【审阅意见】请写具体。", "【审阅意见】请写明。",
    ]  # fmt: skip
    assert {c.author for c in comments} == {"王敏"}
    assert comments[0].timestamp == WHEN
    body = made.element.xml
    for comment, words in zip(
        comments, ("学习不够深入", "不够深入。缺乏", "会议偏多"), strict=True
    ):
        inside = body.split(f'commentRangeStart w:id="{comment.comment_id}"')[1]
        inside = inside.split(f'commentRangeEnd w:id="{comment.comment_id}"')[0]
        import re

        assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inside)) == words


def test_a_remark_without_words_of_its_own_stands_at_the_beginning():
    made = opened(
        remarked(read_bytes(TEXT.encode()), [remark("标题", start=3, end=3)], "王敏", WHEN)
    )
    assert len(list(made.comments)) == 1


def test_the_author_s_own_word_file_keeps_its_bytes_but_for_comments():
    document = Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    text = read_bytes(held.getvalue()).text
    start = text.index("会议偏多")
    one = remark("会议偏多", start=start, end=start + 4)
    made = commented(held.getvalue(), "材料.docx", [one], "王敏", WHEN, DEFAULT_LIMITS)
    assert read_bytes(made).text == text
    (comment,) = opened(made).comments
    assert "请写具体。" in comment.text
    assert comment.author == "王敏"
    plain = commented(TEXT.encode(), "材料.txt", [remark("会议偏多")], "王敏", WHEN, DEFAULT_LIMITS)
    assert len(list(opened(plain).comments)) == 1
