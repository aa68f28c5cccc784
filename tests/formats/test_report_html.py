"""The HTML report: well formed, complete, safe, and every link leads somewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from finding_maker import finding, report_on, span_of
from hypothesis import given, settings
from hypothesis import strategies as st

from docx_maker import docx, paragraph, table
from luoshi.core import checks
from luoshi.core.checks import Report
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.formats.report_html import html_report
from luoshi.formats.report_map import answers_map

SAMPLES = Path(__file__).parents[2] / "src" / "luoshi" / "data" / "samples"
TEXT = "一、存在的主要问题\n1.甲不够。学得不深。\n2.乙不够。\n二、整改措施\n1.要改甲不够。\n"
VOID = {"meta", "br", "input"}
BREAKS = {"p", "h2", "h3", "h4", "tr", "td"}


class Page(HTMLParser):
    """A page as a strict reader sees it: elements in pairs, ids, links, and the article."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.tags = [], [], []
        self.words, self.marks, self.stack, self.cells = [], {}, [], 0
        self.feed(source)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        self.cells += tag == "td" and "article" in [name for name, _ in self.stack]
        if tag not in VOID:
            self.stack.append((tag, found))

    def handle_endtag(self, tag):
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        names = [tag for tag, _ in self.stack]
        classes = [found.get("class", "").split(" ")[0] for _, found in self.stack]
        if "article" in names and BREAKS & set(names) and not {"ref", "tag"} & set(classes):
            self.words.append(data)
            for tag, found in self.stack:
                if tag == "mark":
                    title = found["title"].split("　")[0]
                    self.marks[title] = self.marks.get(title, "") + data


def page_of(report, path="a.txt"):
    page = Page(html_report(path, report))
    assert len(set(page.ids)) == len(page.ids)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    return page


def shown(report):
    """The words of all blocks as the page should show them, without anything between them."""
    document = report.document
    pieces = [
        document.text[slice(*span)]
        for block in document.blocks
        for span in (block.cells or ((block.start, block.end),))
    ]
    words = "".join(pieces)
    return words.replace("**", "") if document.format == "md" else words


@pytest.mark.parametrize(
    "name", ["self-examination.md", "self-examination.docx", "self-examination.pdf"]
)
def test_the_whole_sample_is_shown_with_all_findings(name):
    document = read_bytes((SAMPLES / name).read_bytes(), name)
    examination = split(document)
    report = Report(document, examination, checks.run(examination))
    page = page_of(report, name)
    assert "".join(page.words) == shown(report)
    for number in range(1, len(report.findings) + 1):
        assert {f"f{number}", f"s{number}"} <= set(page.ids)
        assert {f"#f{number}", f"#s{number}"} <= set(page.links)
    for problem in examination.of_kind("problem"):
        assert f"p-{problem.id}" in page.ids


def test_nothing_is_loaded_and_nothing_runs():
    source = html_report("a.txt", report_on(TEXT.encode(), finding((0, 2))))
    page = Page(source)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert [tag for tag, _ in page.tags].count("style") == 1
    assert not {name for _, found in page.tags for name in found} & {"src", "style", "onclick"}
    assert not re.search(r"https?:|url\(|@import|//", source.split("</style>")[0])
    assert "default-src 'none'" in source


def test_text_and_file_name_are_never_markup():
    nasty = "<script>alert(1)</script>\"&amp;'<!--"
    text = f"一、存在的主要问题\n1.甲{nasty}不够。\n"
    report = report_on(
        text.encode(),
        finding(span_of(text, nasty), message=nasty, why=nasty, fix=nasty, code=nasty),
        finding((0, 3), span_of(text, nasty)),
    )
    page = page_of(report, f"dir/{nasty.replace('/', '')}\x00\udce4.txt")
    assert "script" not in {tag for tag, _ in page.tags}
    assert "".join(page.words) == shown(report)
    html_report("\udce4.txt", report).encode()


def test_overlapping_findings_each_mark_their_own_words():
    spans = [(10, 18), (12, 14), (13, 22), (10, 18)]
    report = report_on(TEXT.encode(), *(finding(span) for span in spans))
    page = page_of(report)
    for number, span in enumerate(spans, 1):
        assert page.marks[str(number)] == TEXT[slice(*span)].replace("\n", "")


def test_what_is_compared_with_is_marked_and_linked():
    report = report_on(TEXT.encode(), finding(span_of(TEXT, "甲不够"), span_of(TEXT, "要改甲")))
    page = page_of(report)
    assert {"s1", "s1-1"} <= set(page.ids)
    assert "#s1-1" in page.links


def test_findings_without_a_shown_place_have_no_dead_link():
    page = page_of(report_on(TEXT.encode(), finding(), finding((9, 10))))
    assert not {"#s1", "#s2"} & set(page.links)
    assert {"f1", "f2"} <= set(page.ids)


def test_tables_become_tables():
    data = docx(
        paragraph("一、存在的主要问题")
        + table([paragraph("序号"), paragraph("问题")], [paragraph("1"), paragraph("学习不够。")])
        + paragraph("以上。")
    )
    report = report_on(data, finding(span_of(read_bytes(data).text, "1\t学习")))
    page = page_of(report, "a.docx")
    assert (page.cells, "".join(page.words)) == (4, shown(report))
    assert page.marks["1"] == "1学习"


def map_of(strengths):
    """A map of one problem for each strength ("" is no link), answered by the same measure."""
    points = [{"id": f"p{i}", "kind": "problem"} for i, _ in enumerate(strengths)]
    points.append({"id": "m1", "kind": "measure"})
    links = [
        {
            "from": "m1",
            "to": f"p{i}",
            "kind": "answers",
            "strength": s,
            "score": 1,
            "words": ["<b>"],
        }
        for i, s in enumerate(strengths)
        if s
    ]
    shown = [{**point, "heading": f"<{point['id']}>", "path": "", "remedy": ""} for point in points]
    return answers_map({"points": shown, "links": links, "rootless": []}, is_linked=True)


def test_the_map_has_what_nothing_answers_first():
    found = map_of(["strong", "weak", "", "strong", ""])
    bodies = re.findall(
        r'<tbody class="(\w+)">.*?<th[^>]*>(.*?)</th>(.*?)</tbody>', found, re.DOTALL
    )
    assert [(kind, re.findall(r"问题\d", rows)) for kind, _, rows in bodies] == [
        ("none", ["问题3", "问题5"]), ("weak", ["问题2"]), ("strong", ["问题1", "问题4"]),
    ]  # fmt: skip
    assert bodies[0][1] == "没有措施回应（2 个）"
    assert "措施1" not in bodies[0][2]
    assert '<span class="weak">弱</span>' in bodies[1][2]
    assert '<span class="strong">强</span>' in bodies[2][2]
    assert "<b>" not in found
    assert "<p0>" not in found


def test_groups_without_a_problem_are_left_out():
    assert re.findall(r'<tbody class="(\w+)">', map_of(["strong"])) == ["strong"]


def test_a_text_too_long_to_link_is_not_called_unanswered():
    record = {
        "points": [{"id": "p1", "kind": "problem", "heading": "甲"}],
        "links": [],
        "rootless": [],
    }
    found = answers_map(record, is_linked=False)
    assert "没有自动对应" in found
    assert "没有措施回应" not in found


def test_every_grade_and_family_that_is_there_can_be_hidden():
    report = report_on(
        TEXT.encode(),
        finding(span_of(TEXT, "甲不够")),
        replace(finding(span_of(TEXT, "乙"), severity="error"), family="measures"),
    )
    page = page_of(report)
    boxes = [found for tag, found in page.tags if tag == "input"]
    labels = [found["for"] for tag, found in page.tags if tag == "label"]
    expected = ["show-error", "show-warning", "show-text", "show-measures"]
    assert [box["id"] for box in boxes] == labels == expected
    assert all("checked" in box and box["aria-label"] for box in boxes)
    items = [found["class"] for tag, found in page.tags if tag == "li" and "id" in found]
    assert items == ["warning text", "error measures"]
    source = html_report("a.txt", report)
    for name in expected:
        key = name.removeprefix("show-")
        assert f"#{name}:not(:checked) ~ aside .findings > .{key}" in source
    # The style sheet reaches only what stands behind the boxes, under the same parent.
    assert re.search(r"<main>\s*<input.*<article.*<aside", source, re.DOTALL)


def test_a_page_without_findings_has_nothing_to_choose():
    page = page_of(report_on(TEXT.encode()))
    assert not [tag for tag, _ in page.tags if tag in ("input", "label")]


def test_what_was_decided_is_told_with_its_reasons():
    report = report_on(TEXT.encode())
    source = html_report("a.txt", report, "已接受 1 处。", ["接受 M101：已发<b>通知（王芳）"])
    assert (
        "<summary>已接受 1 处。</summary><ul><li>接受 M101：已发&lt;b&gt;通知（王芳）</li>"
        in source
    )
    assert "<details" not in html_report("a.txt", report, "已接受 0 处。")


def test_a_finding_shows_its_words_in_their_sentence_and_where_they_stand():
    text = TEXT.replace("甲不够。", "甲" * 40 + "不<够" + "乙" * 40 + "。")
    source = html_report("a.txt", report_on(text.encode(), finding(span_of(text, "不<够"))))
    quote = re.search(r'<p class="quote">(.*?)</p>', source)[1]
    assert quote == f'…{"甲" * 18}<em class="warning">不&lt;够</em>{"乙" * 18}…'
    assert "第2行</a> 一/1" in source


def test_links_of_numbers_have_names_for_those_who_cannot_see_them():
    page = page_of(report_on(TEXT.encode(), finding(span_of(TEXT, "甲不够"))))
    named = [f["aria-label"] for tag, f in page.tags if tag == "a" and "ref" in f.get("class", "")]
    assert named == ["意见1", "到原文中的第1处"]
    assert {f["aria-labelledby"] for tag, f in page.tags if tag == "section"} <= set(page.ids)


def test_no_findings_and_no_points_are_said_in_words():
    source = html_report("a.txt", report_on("今天天气很好。\n".encode()))
    assert "没有发现要修改的地方" in source
    assert "没有找到成条的问题" in source


SAMPLE = read_bytes((SAMPLES / "self-examination.md").read_bytes(), "a.md")
PLACES = st.tuples(st.integers(0, len(SAMPLE.text)), st.integers(1, 400))
EXAMINATION = split(SAMPLE)


@settings(max_examples=25)
@given(st.lists(PLACES, max_size=12))
def test_any_spans_leave_the_text_as_it_is(places):
    spans = [(start, min(start + length, len(SAMPLE.text))) for start, length in places]
    report = Report(SAMPLE, EXAMINATION, tuple(finding(span) for span in spans))
    page = page_of(report)
    assert "".join(page.words) == shown(report)
