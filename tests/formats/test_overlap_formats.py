"""What documents share, in every format: the same facts, valid, safe, and nothing cut off silently."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from lxml import etree, html
from python_calamine import CalamineWorkbook

from luoshi.core.overlap.common import common_texts
from luoshi.core.overlap.consensus import slips
from luoshi.core.overlap.texts import Shared, identical
from luoshi.core.reading.model import ReadError
from luoshi.formats import overlap_html, overlap_matrix
from luoshi.formats.overlap import Compared, Overlap, agreeing, covered, overlap_record
from luoshi.formats.overlap_found import overlap_of
from luoshi.formats.overlap_html import overlap_pages
from luoshi.formats.overlap_sarif import overlap_sarif
from luoshi.formats.overlap_text import overlap_lines
from luoshi.formats.overlap_xlsx import overlap_workbook

VALIDATOR = Draft4Validator(
    json.loads((Path(__file__).parents[1] / "files" / "sarif-schema-2.1.0.json").read_text("utf-8"))
)
COPIED = (
    "三月中旬我到松园里走访，九号楼的老人说电梯坏了两个月，物业只贴过一张通知。"
    "我当场给房管站打了电话，却没有再问结果，五月老人又打来热线，才知道维修款一直没有批下来。"
)
REWORDED = (
    "三月下旬我到松园里走访，九号楼的居民说电梯停了两个月，物业只贴过一张告示。"
    "我当即给房管站打了电话，却没再问结果，六月老人又拨打热线，才晓得维修款一直没有批下来。"
)
COMMON = "牢固树立正确政绩观，多做打基础、利长远的事情。"
OFTEN = "严格执行民主集中制，重大事项都集体研究决定。"


def own(number):
    """A sentence that shares nothing with any other."""
    return "".join(chr(0x4E00 + (37 * number + 7_919 * k) % 20_000) for k in range(30)) + "。"


def compared(path, text, dated=None):
    return Compared(path, text, dated, hashlib.sha256(text.encode()).hexdigest(), whole=True)


def documents():
    texts = [f"{own(n)}{COMMON}{own(n + 50)}\n{OFTEN}{own(n + 90)}" for n in range(12)]
    texts[3] = texts[3].replace("树", "竖")
    texts[1] += COPIED
    texts[2] = COPIED + texts[2]
    texts[5] = f"𠀀{texts[5]}\n{REWORDED}"
    texts.append(texts[7])
    dates = {1: "2025-01-08", 2: "2024-12-30"}
    return [compared(f"材料/{n:02}.txt", text, dates.get(n)) for n, text in enumerate(texts)]


def shared(held, a, b, words_a, words_b, covered):
    """A passage as the comparison finds it: these tests are about how it is shown."""
    spans = []
    for number, words in ((a, words_a), (b, words_b)):
        start = held[number].text.index(words)
        spans.append((start, start + len(words)))
    return Shared(a, b, *spans, covered, 100.0)


@pytest.fixture(scope="module")
def result():
    held = documents()
    texts = [one.text for one in held]
    found = [
        shared(held, 1, 2, COPIED, COPIED, 1.0),
        shared(held, 1, 5, COPIED, REWORDED, 0.7),
        shared(held, 2, 5, COPIED, REWORDED, 0.7),
    ]
    spans = Overlap(held, found).spans
    common = common_texts(texts, spans)
    return Overlap(held, found, identical(texts), 1, common, slips(texts, 1), ["坏.docx"])


def batch_of_pairs(number, name="第{:03}份.txt"):
    """Documents of which each two share a passage of their own."""
    passages = [f"{chr(0x4E00 + n // 2)}甲乙丙丁戊己庚辛壬癸" * 3 for n in range(number)]
    held = [compared(name.format(n), f"{own(n)}{words}。") for n, words in enumerate(passages)]
    found = [shared(held, n, n + 1, passages[n], passages[n + 1], 1.0) for n in range(0, number, 2)]
    return Overlap(held, found)


def page_of(result):
    pages = overlap_pages(result, "并排")
    assert pages.beside == {}
    return html.document_fromstring(pages.main)


def test_the_record(result):
    record = overlap_record(result)
    assert json.loads(json.dumps(record)) == json.loads(json.dumps(record, ensure_ascii=False))
    assert {(p["a"]["document"], p["b"]["document"]) for p in record["passages"]} == {
        (1, 2),
        (1, 5),
        (2, 5),
    }
    assert {p["code"] for p in record["passages"]} == {"O102", "O103"}
    assert record["identical"] == [[7, 12]]
    (slip,) = record["slips"]
    assert (slip["code"], slip["written"], slip["usual"], slip["minority"]) == (
        "O110",
        "竖",
        "树",
        1,
    )
    text = next(t for t in record["common"]["texts"] if t["text"] == OFTEN.rstrip("。"))
    assert text["documents"] == 13
    assert all(d["common_characters"] > 0 for d in record["documents"])


def test_the_lines(result):
    text = "\n".join(overlap_lines(result))
    assert "材料/02.txt 第 1 行：三月中旬" in text
    assert "落款较早的是 材料/02.txt" in text
    assert "这里写作“竖”，同样的上下文里有 12 份写作“树”，只有这一份这样写" in text
    assert "13 份：严格执行民主集中制" in text
    assert "整篇相同：材料/07.txt、材料/12.txt" in text


def test_sarif_is_valid_and_leads_to_both_places(result):
    log = overlap_sarif(result, [("坏.docx", ReadError("damaged", "文件已损坏。"))])
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    found = {r["ruleId"]: r for r in run["results"]}
    assert set(found) == {"O101", "O102", "O103", "O110"}

    def words(location):
        place = location["physicalLocation"]
        region = place["region"]
        text = result.documents[place["artifactLocation"]["index"]].text
        at = region["charOffset"]
        line = text.split("\n")[region["startLine"] - 1].encode("utf-16-le")
        found = text[at : at + region["charLength"]]
        assert (
            line[2 * (region["startColumn"] - 1) :]
            .decode("utf-16-le")
            .startswith(found.split("\n")[0])
        )
        return found

    exact = found["O102"]
    # The later one is where it stands; the earlier one is what it is compared with.
    assert exact["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 1
    assert words(exact["locations"][0]) == words(exact["relatedLocations"][0]) == COPIED
    assert words(found["O103"]["locations"][0]).startswith("三月下旬")
    assert (words(found["O110"]["locations"][0]), words(found["O110"]["relatedLocations"][0])) == (
        "竖",
        "树",
    )
    roles = [artifact.get("roles") for artifact in run["artifacts"]]
    assert roles == [None, *[["analysisTarget"]] * 12]


def test_the_page_has_both_sides_with_their_numbers(result):
    page = page_of(result)
    for pair in page.xpath("//section[@class='pair']"):
        links = pair.xpath(".//a[contains(@class, 'n ')]")
        ids = {link.get("id") for link in links}
        assert len(links) % 2 == 0
        assert {link.get("href")[1:] for link in links} == ids
    (pair,) = page.xpath("//section[@id='pair-2-6']")
    sides = ["".join(b.itertext()) for b in pair.xpath(".//b")]
    assert {"中", "老人", "下", "居民"} <= set(sides)
    words = pair.xpath(".//*[@class='words']")
    assert COPIED in re.sub(
        r"\d份|（略 \d+ 字）", "", words[0].text_content().replace("1三月", "三月")
    )


def test_the_page_greys_what_is_common_with_its_count(result):
    grey = page_of(result).xpath("//section[@class='pair']//span[@class='common']")
    assert {f"{OFTEN}13份"} <= {"".join(g.itertext()) for g in grey}


def test_the_page_loads_nothing_and_says_what_failed(result):
    text = overlap_pages(result, "并排").main
    assert not re.search(r"<script|<link|<img|\ssrc=|\sstyle=|https?://|url\(|@import", text)
    assert "default-src 'none'" in text
    assert "没有读成的材料：坏.docx" in text


def test_every_link_of_the_page_leads_somewhere(result):
    page = page_of(result)
    ids = set(page.xpath("//@id"))
    targets = page.xpath("//@href")
    assert targets
    assert {t[1:] for t in targets} <= ids
    assert len(page.xpath("//@id")) == len(ids)


def test_names_and_texts_are_never_markup():
    evil = "<script>alert(1)</script>&\"'"
    texts = [f"{evil}{COPIED}{own(1)}", f"{COPIED}{evil}{own(2)}\x00\x1b"]
    found = overlap_of([compared(f"{evil}{n}.txt", text) for n, text in enumerate(texts)])
    main = overlap_pages(found, evil).main
    assert "<script" not in main
    assert etree.fromstring(main.replace("<!DOCTYPE html>", "").replace("<br>", "<br/>").encode(),
                            etree.XMLParser(recover=True)) is not None  # fmt: skip
    assert "\x1b" not in main


@pytest.mark.parametrize("number", [40, 160])
def test_a_map_has_a_cell_for_each_side_of_each_pair(number):
    page = page_of(batch_of_pairs(number))
    cells = page.xpath(
        "//*[name()='svg']//*[name()='rect'][starts-with(@class, 'g')][not(@class='ground')]"
    )
    assert len(cells) == number
    assert bool(page.xpath("//*[@class='heat named']")) == (number == 40)


def test_too_many_pairs_go_into_a_folder(monkeypatch):
    monkeypatch.setattr(overlap_html, "_ON_A_PAGE", 3_000)
    pages = overlap_pages(batch_of_pairs(40), "并排")
    assert len(pages.beside) > 2
    ids = {
        f"{name}#{at}"
        for name, page in pages.beside.items()
        for at in html.document_fromstring(page).xpath("//@id")
    }
    main = html.document_fromstring(pages.main)
    targets = [t for t in main.xpath("//@href") if "/" in t]
    assert len(targets) > 40
    for target in targets:
        folder, _, place = target.partition("/")
        assert folder == "%E5%B9%B6%E6%8E%92"
        assert place in ids or place in pages.beside
    shown = sum(page.count('<section class="pair"') for page in pages.beside.values())
    assert (shown, pages.main.count('<section class="pair"')) == (20, 0)


def test_pairs_beyond_the_most_are_counted(monkeypatch):
    monkeypatch.setattr(overlap_html, "PAIRS_AT_MOST", 5)
    pages = overlap_pages(batch_of_pairs(40), "并排")
    assert pages.main.count('<section class="pair"') == 5
    assert "其余 15 对见表格或 json" in pages.main


def workbook(found):
    with overlap_workbook(found) as file:
        book = CalamineWorkbook.from_filelike(file)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook(result):
    sheets = workbook(result)
    assert list(sheets) == [
        "对照矩阵",
        "材料清单",
        "雷同段落",
        "抄用最多",
        "疑似错字",
        "不算雷同的话",
    ]
    matrix = sheets["对照矩阵"]
    assert [row[1] for row in matrix[3:]] == ["01.txt", "02.txt", "05.txt"]
    size = len(result.documents[1].text)
    assert matrix[3][3] == pytest.approx(len(COPIED) / size, abs=0.03)
    assert matrix[3][2] == ""
    rows = sheets["材料清单"][3:]
    assert rows[1][2] == date(2025, 1, 8)
    assert (rows[0][8], rows[12][8]) == ("参照材料", "与 材料/07.txt 整篇相同")
    assert {row[3] for row in sheets["雷同段落"][3:]} >= {COPIED}
    (slip,) = sheets["疑似错字"][3:]
    assert slip[4:8] == ["竖", "树", 12, 1]
    assert [13, OFTEN.rstrip("。")] in [row[2:] for row in sheets["不算雷同的话"][3:]]


def test_a_workbook_with_nothing_and_with_formulas():
    found = overlap_of(
        [compared("=cmd()", "=1+1，" + COPIED + own(1)), compared("+乙", "@" + COPIED)]
    )
    sheets = workbook(found)
    assert {row[1] for row in sheets["材料清单"][3:]} == {"=cmd()", "+乙"}
    assert {row[1] for row in sheets["对照矩阵"][3:]} == {"=cmd()", "+乙"}
    with overlap_workbook(found) as file:
        import zipfile

        with zipfile.ZipFile(file) as book:
            pages = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/")]
    assert not any(b"<f>" in page or b"<hyperlink" in page for page in pages)
    assert all(b"<pane " in page and b'orientation="landscape"' in page for page in pages)
    assert workbook(overlap_of([]))["材料清单"][3:] == []


def test_a_matrix_of_too_many_says_so(monkeypatch):
    monkeypatch.setattr(overlap_matrix, "AT_MOST", 6)
    matrix = workbook(batch_of_pairs(20))["对照矩阵"]
    assert len(matrix) == 3 + 6
    assert "共 20 份，这里列前 6 份" in matrix[1][0]


@pytest.mark.parametrize("texts", [[], [""], ["", "好"], ["好" * 300] * 3], ids=str)
def test_little_or_nothing(texts):
    found = overlap_of([compared(f"{n}.txt", text) for n, text in enumerate(texts)])
    assert "雷同" in page_of(found).text_content()
    assert VALIDATOR.is_valid(overlap_sarif(found))
    assert list(overlap_lines(found))
    assert workbook(found)
    assert overlap_record(found)["passages"] == []


def test_exchanged_numbers_are_not_called_word_for_word():
    texts = [f"{COPIED}{n}户没有去，其余的都去了。{own(1 + n)}" for n in (1, 2)]
    held = [compared(f"{n}.txt", text) for n, text in enumerate(texts)]
    words = [text[: text.index("都去了。") + 4] for text in texts]
    found = Overlap(held, [shared(held, 0, 1, *words, 1.0)])
    text = "\n".join(overlap_lines(found))
    assert "只改了数字或个别字，先后不明" in text
    assert "一字不差的 0 处，只改了数字或个别字的 1 处，改过词句的 0 处" in text
    assert page_of(found).xpath("//section[@class='pair']//b/text()") == ["1", "2"]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 30), st.floats(0, 1)).map(
            lambda t: (t[0], t[0] + t[1], t[2])
        )
    )
)
def test_agreeing_characters_are_never_more_than_the_pieces_cover(pieces):
    whole = agreeing((start, end, 1.0) for start, end, _ in pieces)
    assert agreeing(pieces) <= whole == covered((start, end) for start, end, _ in pieces)


def test_a_reworded_passage_counts_for_what_is_the_same_in_it():
    assert agreeing([(0, 100, 0.4)]) == 40
    assert agreeing([(0, 100, 0.4), (0, 50, 1.0)]) == 70
    assert agreeing([]) == 0
