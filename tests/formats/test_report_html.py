"""The HTML report: well formed, complete, safe, and every link leads somewhere."""

import re
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

SAMPLES = Path(__file__).parents[2] / "src" / "luoshi" / "data" / "samples"
TEXT = "一、存在的主要问题\n1.甲不够。学得不深。\n2.乙不够。\n二、整改措施\n1.要改甲不够。\n"
VOID = {"meta", "br"}
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


def test_the_map_says_which_problem_nothing_answers():
    text = TEXT.replace("甲不够。学得不深。", "走访社区不够。").replace(
        "要改甲不够", "每月走访社区2次"
    )
    source = html_report("a.txt", report_on(text.encode()))
    rows = re.findall(r"<tr><td>.*?</tr>", source.split('class="map"')[1])
    assert len(rows) == 2
    assert "措施1" in rows[0]
    assert "没有措施回应" not in rows[0]
    assert "没有措施回应" in rows[1]


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
