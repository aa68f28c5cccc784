"""Comments in the author's own Word file: at the right words, and nothing else changed."""

import io
import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import docx as python_docx
import pytest
from finding_maker import finding, report_on, span_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docx_maker import (
    BY,
    DECIMAL,
    box,
    deleted,
    docx,
    docx_parts,
    field,
    numbered,
    packed,
    para,
    paragraph,
    run,
    table,
)
from luoshi.core import checks
from luoshi.core.checks import Report
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.docx.names import STRICT_SPELLINGS
from luoshi.core.reading.model import Span
from luoshi.formats.docx_comments import annotate
from luoshi.formats.libreoffice import available

SAMPLE = Path(__file__).parents[2] / "src/luoshi/data/samples/self-examination.docx"
DATA = SAMPLE.read_bytes()
DOCUMENT = read_bytes(DATA, "a.docx")
EXAMINATION = split(DOCUMENT)
MAIN, COMMENTS = "word/document.xml", "word/comments.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
MARKS = ("commentRangeStart", "commentRangeEnd")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def content(xml):
    """A part without comment marks: its frame without runs, and each character with its looks.

    Written without the code under test, so that it shows whatever that code changes.
    """
    root = etree.fromstring(xml)
    w = str(root.tag).rpartition("}")[0] + "}"
    for mark in list(root.iter(*(w + name for name in MARKS))):
        mark.getparent().remove(mark)
    for sign in list(root.iter(w + "commentReference")):
        sign.getparent().getparent().remove(sign.getparent())
    letters = []
    for each in root.iter(w + "r"):
        properties = each.find(w + "rPr")
        looks = b"" if properties is None else etree.tostring(properties, method="c14n")
        above = tuple(node.tag for node in each.iterancestors())
        for child in each:
            if child.tag == w + "t":
                text = child.text or ""
                words = text if child.get(SPACE) == "preserve" else text.strip(" \t\r\n")
                letters += [(above, dict(each.attrib), looks, letter) for letter in words]
            elif child.tag != w + "rPr" and child.find(f".//{w}r") is None:
                letters.append((above, looks, etree.tostring(child, method="c14n")))
    for each in list(root.iter(w + "r")):
        if each.getparent() is not None:
            each.getparent().remove(each)
    return etree.tostring(root, method="c14n"), letters


def annotated(data, *spans, **options):
    """Annotate with one finding per span, check all that must hold, return what is commented."""
    report = report_on(
        data, *(finding(*([s] if s else []), code=f"X{i}") for i, s in enumerate(spans))
    )
    made = annotate(data, report, **options)
    check(data, made, len(spans))
    notes = {note.text: note for note in read_bytes(made).notes if note.kind == "comment"}
    text = report.document.text
    found = []
    for index in range(len(spans)):
        (note,) = [note for words, note in notes.items() if f" X{index}】" in words]
        found.append(text[slice(*note.span)])
    return found


def check(data, made, count):
    """Everything but comments is as it was; every comment has its marks, in order."""
    before, after = entries(data), entries(made)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed <= {MAIN, COMMENTS, TYPES, RELATIONS}
    assert list(after)[: len(before)] == list(before)
    assert content(before[MAIN]) == content(after[MAIN])
    assert b"ns0" not in after[MAIN] + after[COMMENTS]
    old, new = read_bytes(data), read_bytes(made)
    assert (new.text, new.blocks) == (old.text, old.blocks)
    kept = [note for note in old.notes if note.kind != "comment"]
    assert [note for note in new.notes if note.kind != "comment"] == kept
    root, comments = etree.fromstring(after[MAIN]), etree.fromstring(after[COMMENTS])
    w = str(comments.tag).rpartition("}")[0] + "}"
    ids = [each.get(w + "id") for each in comments]
    assert len(set(ids)) == len(ids)
    earlier = etree.fromstring(before[COMMENTS]) if COMMENTS in before else []
    assert [etree.tostring(each) for each in comments][: len(earlier)] == [
        etree.tostring(each) for each in earlier
    ]
    assert len(ids) - len(earlier) == count
    order = [each for each in root.iter() if each.get(w + "id") is not None]
    for name in ids[len(earlier) :]:
        marks = [
            str(each.tag).rpartition("}")[2]
            for each in order
            if each.get(w + "id") == name and "comment" in str(each.tag)
        ]
        assert marks == [*MARKS, "commentReference"]


def where(data, words):
    return span_of(read_bytes(data).text, words)


def words_in(span):
    return DOCUMENT.text[slice(*span)].strip("\t\n")


def without_label(span):
    """What can be commented on of a span: not the number that Word makes, but what follows it."""
    for block in DOCUMENT.blocks:
        words = block.start + block.label
        if block.start <= span.start < words:
            return Span(words, max(words, span.end))
    return span


def test_the_sample_with_all_its_findings():
    findings = checks.run(EXAMINATION)
    made = annotate(DATA, Report(DOCUMENT, EXAMINATION, findings))
    check(DATA, made, len(findings))
    assert set(entries(made)) == set(entries(DATA))
    comments = [note for note in read_bytes(made).notes if note.kind == "comment"]
    for each in findings:
        said = [n for n in comments if f" {each.code}】{each.message}" in n.text]
        (note,) = [n for n in said if words_in(n.span) == words_in(without_label(each.spans[0]))]
        assert each.why in note.text
        assert each.fix in note.text
        assert (note.author, note.date) == ("落实", "2026-01-22T10:05:00Z")
    assert "党政办公室" in {note.author for note in comments}


def test_word_files_open_in_another_reader():
    made = annotate(DATA, Report(DOCUMENT, EXAMINATION, checks.run(EXAMINATION)))
    opened, before = python_docx.Document(io.BytesIO(made)), python_docx.Document(str(SAMPLE))
    assert [p.text for p in opened.paragraphs] == [p.text for p in before.paragraphs]
    assert len(list(opened.comments)) > len(list(before.comments)) > 0


def test_untouched_entries_keep_their_compressed_bytes():
    made = annotate(DATA, report_on(DATA, finding((70, 75))))
    with zipfile.ZipFile(io.BytesIO(DATA)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        for entry in old.infolist():
            if entry.filename not in (MAIN, COMMENTS):
                same = new.getinfo(entry.filename)
                start, size = entry.header_offset, 30 + entry.compress_size
                assert DATA[start : start + size] == made[same.header_offset :][:size]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, len(DOCUMENT.text) - 1), st.integers(1, 300)), max_size=15)
)
def test_any_spans_over_the_sample(places):
    spans = [Span(start, min(start + length, len(DOCUMENT.text))) for start, length in places]
    findings = tuple(finding(span, code=f"X{i}") for i, span in enumerate(spans))
    made = annotate(DATA, Report(DOCUMENT, EXAMINATION, findings))
    if not findings:
        assert made == DATA
        return
    check(DATA, made, len(findings))
    notes = [note for note in read_bytes(made).notes if note.kind == "comment"]
    for index, span in enumerate(spans):
        (note,) = [note for note in notes if f" X{index}】" in note.text]
        assert words_in(without_label(span)) in words_in(note.span)


RED = '<w:rPr><w:color w:val="FF0000"/></w:rPr>'
BODIES = {
    "across runs": para(run("一二三"), run("四五六", "<w:b/>"), run("七八九")),
    "insertion": para(run("一二三"), f"<w:ins {BY}>{run('四五六')}</w:ins>", run("七八九")),
    "link": para(run("一二三"), f'<w:hyperlink w:anchor="a">{run("四五六")}</w:hyperlink>', run("七八九")),
    "control": para(
        run("一二三"), f"<w:sdt><w:sdtPr/><w:sdtContent>{run('四五六')}</w:sdtContent></w:sdt>", run("七八九")
    ),
    "deletion": para(run("一二三四"), deleted("删去"), run("五六七八九")),
    "field": para(run("一二三"), field(" REF a ", run("四五六")), run("七八九")),
    "one run": para(f'<w:r w:rsidR="00AA">{RED}<w:t>一二三四五六七八九</w:t></w:r>'),
    "two texts": para("<w:r><w:t>一二三四</w:t><w:lastRenderedPageBreak/><w:t>五六七八九</w:t></w:r>"),
    "not preserved": para("<w:r><w:t> 一二三四五六七八九 </w:t></w:r>"),
    "moved here": para(run("一二三"), f"<w:moveTo {BY}>{run('四五六')}</w:moveTo>", run("七八九")),
    "smart tag": para(run("一二三"), f'<w:smartTag w:element="a">{run("四五六")}</w:smartTag>', run("七八九")),
    "custom xml": para(run("一二三"), f'<w:customXml w:element="a">{run("四五六")}</w:customXml>', run("七八九")),
    "simple field": para(run("一二三"), f'<w:fldSimple w:instr=" DATE ">{run("四五六")}</w:fldSimple>', run("七八九")),
    "control in insertion in link": para(
        run("一二三"),
        f'<w:hyperlink w:anchor="a"><w:ins {BY}><w:sdt><w:sdtContent>{run("四五六")}</w:sdtContent></w:sdt></w:ins></w:hyperlink>',
        run("七八九"),
    ),
    "cell": table([para(run("一二三四五六七八九"))]),
    "cell in a control": (
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:sdt><w:sdtContent><w:tc>{para(run('一二三四五六七八九'))}</w:tc>"
        "</w:sdtContent></w:sdt></w:tr></w:tbl>"
    ),
    "table in a cell": table([table([para(run("一二三四五六七八九"))]) + para()]),
    "other comment": para(
        '<w:commentRangeStart w:id="5"/>', run("一二三四"), '<w:commentRangeEnd w:id="5"/>',
        '<w:r><w:commentReference w:id="5"/></w:r>', run("五六七八九"),
    ),
    "block control": f"<w:sdt><w:sdtContent>{para(run('一二三四五六七八九'))}</w:sdtContent></w:sdt>",
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_every_span_of_a_paragraph(name):
    earlier = '<w:comment w:id="5" w:author="李四"><w:p/></w:comment>'
    data = docx(BODIES[name], **({"comments": earlier} if name == "other comment" else {}))
    text = read_bytes(data).text
    assert text == "一二三四五六七八九"
    spans = [Span(a, b) for a in range(9) for b in range(a + 1, 10)]
    assert annotated(data, *spans) == [text[slice(*span)] for span in spans]


def test_marks_that_are_one_character():
    body = para(
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> 丁</w:t></w:r>'
    )
    data = docx(body)
    text = read_bytes(data).text
    assert text == "甲 乙\n丙-✓ 丁"
    spans = [Span(a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1)]
    expected = [text[slice(*span)].strip("\n") for span in spans]
    assert [each.strip("\n") for each in annotated(data, *spans)] == expected


def test_a_run_that_cannot_be_counted_is_commented_whole():
    ruby = (
        "<w:r><w:t>一</w:t><w:ruby><w:rubyPr/><w:rt><w:r><w:t>han</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>汉字</w:t></w:r></w:rubyBase></w:ruby><w:t>二</w:t></w:r>"
    )
    data = docx(para(run("前"), ruby, run("后")))
    assert annotated(data, where(data, "字"), where(data, "前")) == ["一汉字二", "前"]


def test_automatic_numbers():
    data = docx(numbered("甲不够。", 1) + numbered("乙不够。", 1), numbering=DECIMAL)
    text = read_bytes(data).text
    assert text == "1.甲不够。\n2.乙不够。"
    assert annotated(data, (7, 9), (7, 11), (0, 2)) == ["乙不够。", "乙不", "甲不够。"]


def test_a_number_alone_in_its_paragraph():
    data = docx(
        table([numbered("", 1), paragraph("甲不够。")]) + paragraph("乙。"), numbering=DECIMAL
    )
    assert read_bytes(data).text == "1.\t甲不够。\n乙。"
    assert annotated(data, (0, 2), (0, 4)) == ["", "甲"]


def test_several_paragraphs_and_cells():
    data = docx(paragraph("一二") + paragraph("三四") + table([paragraph("五"), paragraph("六七")]))
    assert annotated(data, (1, 4), (0, 10), (6, 9), (5, 7), (7, 8)) == [
        "二\n三", "一二\n三四\n五\t六七", "五\t六", "五", "五\t六七",
    ]  # fmt: skip


def test_text_boxes_are_commented_where_they_hang():
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box(paragraph('框里'))}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box(paragraph('框里'))}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    data = docx(para(run("一二"), drawing, run("三四")) + paragraph("五"))
    made = annotate(data, report_on(data, finding(where(data, "框")), finding((1, 7))))
    check(data, made, 2)
    root = etree.fromstring(entries(made)[MAIN])
    w = "{" + root.nsmap["w"] + "}"
    signs = list(root.iter(w + "commentReference", w + "commentRangeStart"))
    assert len(signs) == 4
    assert not any(list(sign.iterancestors(w + "txbxContent")) for sign in signs)
    assert [run.findtext(f"{w}t") for run in root.iter(w + "r")][:2] == ["一", "二"]


def test_footnotes_are_commented_at_their_sign():
    note = f'<w:footnote w:id="2">{paragraph("注里不对")}</w:footnote>'
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(para(run("一二"), sign, run("三四")), footnotes=note)
    made = annotate(data, report_on(data, finding(where(data, "不对"))))
    check(data, made, 1)
    assert entries(made)["word/footnotes.xml"] == entries(data)["word/footnotes.xml"]
    xml = entries(made)[MAIN].decode()
    assert re.search(r"commentRangeStart[^>]*/><w:r><w:footnoteReference [^>]*/></w:r>", xml)
    (comment,) = [n for n in read_bytes(made).notes if n.kind == "comment"]
    assert "脚注或尾注里：“不对”" in comment.text


def test_findings_without_a_place_stand_at_the_beginning():
    data = docx(numbered("一二", 1) + paragraph("三"), numbering=DECIMAL)
    assert annotated(data, None, (3, 4), None) == ["", "二", ""]


def test_a_formula_is_commented_with_its_paragraph():
    data = docx(para(run("一"), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", run("二")))
    assert annotated(data, where(data, "x")) == ["一x二"]


def test_a_strict_file_stays_strict():
    files = {name: text.encode() for name, text in docx_parts(paragraph("一二三")).items()}
    for strict, transitional in STRICT_SPELLINGS:
        files[MAIN] = files[MAIN].replace(transitional, strict)
    data = packed(files)
    assert annotated(data, (1, 2)) == ["二"]
    made = entries(annotate(data, report_on(data, finding((1, 2)))))
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in made[COMMENTS]
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in made[RELATIONS]
    assert b"schemas.openxmlformats.org/wordprocessingml" not in made[MAIN] + made[COMMENTS]


@pytest.mark.parametrize("gone", [(), (RELATIONS,)])
def test_a_file_without_comments_gets_the_parts_it_needs(gone):
    files = docx_parts(paragraph("一二三"))
    data = packed({name: text for name, text in files.items() if name not in gone})
    assert annotated(data, (0, 2)) == ["一二"]
    made = annotate(data, report_on(data, finding((0, 2))))
    assert [c.text.split("】")[0] for c in python_docx.Document(io.BytesIO(made)).comments] == [
        "【提醒 X101"
    ]


def test_an_orphaned_comments_part_is_left_alone():
    data = packed({**docx_parts(paragraph("一二")), COMMENTS: "<orphan/>"})
    made = entries(annotate(data, report_on(data, finding((0, 1)))))
    assert made[COMMENTS] == b"<orphan/>"
    assert "word/comments1.xml" in made


def test_ids_of_other_comments_are_not_used_again():
    lost = '<w:commentRangeStart w:id="41"/>'
    data = docx(para(lost, run("一二")), comments='<w:comment w:id="7"/>')
    made = etree.fromstring(entries(annotate(data, report_on(data, finding((0, 1)))))[COMMENTS])
    assert [each.get("{" + made.nsmap["w"] + "}id") for each in made] == ["7", "42"]


def test_what_newer_versions_of_word_keep_on_comments_stays():
    """Replies, resolved comments and people stand in parts of their own, by paragraph ids."""
    w14 = 'w14:paraId="00AB12CD"'
    files = docx_parts(
        para(
            '<w:commentRangeStart w:id="3"/>', run("一二"), '<w:commentRangeEnd w:id="3"/>',
            '<w:r><w:commentReference w:id="3"/></w:r>', run("三四"),
        ),
        comments=f'<w:comment w:id="3" w:author="李四" w:initials="李"><w:p {w14}><w:r><w:t>请改。</w:t></w:r></w:p></w:comment>',
    )  # fmt: skip
    extended = f'<w15:commentsEx xmlns:w15="x"><w15:commentEx w15:{w14[4:]} w15:done="1"/></w15:commentsEx>'
    more = {
        "word/commentsExtended.xml": extended,
        "word/commentsIds.xml": "<ids/>",
        "word/people.xml": "<people/>",
    }
    data = packed({**files, **more})
    assert annotated(data, (1, 3), (0, 2)) == ["二三", "一二"]
    made = entries(annotate(data, report_on(data, finding((1, 3)))))
    assert {name: made[name].decode() for name in more} == more
    comments = made[COMMENTS].decode()
    assert w14 in comments
    assert comments.count("00AB12CD") == 1
    assert 'w:author="李四"' in comments


def test_who_and_when():
    data = docx(paragraph("一二"))
    report = report_on(data, finding((0, 1)))
    made = annotate(data, report, "审核<人>\x00", datetime(2026, 2, 3, 4, 5, 6))
    (note,) = [n for n in read_bytes(made).notes if n.kind == "comment"]
    assert (note.author, note.date) == ("审核<人>", "2026-02-03T04:05:06Z")
    undated = entries(annotate(data, report))[COMMENTS]
    assert b"w:date" not in undated
    assert annotate(data, report) == annotate(data, report)


def test_what_a_comment_says():
    data = docx(paragraph("一二三四五六"))
    each = finding(
        (0, 1), (2, 4), severity="error", message="不\x00妥<b>。", why="因为。", fix="壹"
    )
    made = annotate(data, report_on(data, each))
    (note,) = [n for n in read_bytes(made).notes if n.kind == "comment"]
    assert note.text.split("\n") == [
        "【错误 X101】不妥<b>。", "因为。", "可以改为：壹", "请一并核对：“三四”",
    ]  # fmt: skip


def test_another_file_is_refused():
    data = docx(paragraph("一二"))
    for other in (docx(paragraph("一三")), "一二\n".encode()):
        with pytest.raises(ValueError, match="another file"):
            annotate(data, report_on(other, finding((0, 1))))


def test_zip_entries_written_as_a_stream_are_copied():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, piece):
            self.data += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in docx_parts(paragraph("一二三")).items():
            package.writestr(name, text)
        package.comment = "留言".encode()
    assert annotated(pipe.data, (1, 2)) == ["二"]
    made = annotate(pipe.data, report_on(pipe.data, finding((1, 2))))
    assert zipfile.ZipFile(io.BytesIO(made)).comment == "留言".encode()


def test_libreoffice_keeps_the_text_and_the_comments(tmp_path):
    program = available()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    findings = checks.run(EXAMINATION)
    (tmp_path / "a.docx").write_bytes(annotate(DATA, Report(DOCUMENT, EXAMINATION, findings)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    saved = read_bytes((tmp_path / "out" / "a.docx").read_bytes())
    texts = [note.text for note in saved.notes if note.kind == "comment"]
    assert saved.text == DOCUMENT.text
    for each in findings:
        assert any(f" {each.code}】{each.message}" in text for text in texts)
