"""Ledgers of thirteen layouts, read from real workbooks; and files that are none."""

import io
import resource
import time
import zipfile

import pytest
import xlsxwriter

from ledger_sheets import LEDGERS, Sheet, book, ledger
from luoshi.core.reading.model import DEFAULT_LIMITS, Limits, ReadError
from luoshi.core.sheets.pieces import pieces
from luoshi.engines.sheets import MEASURES_MOST, understand_bounded, understand_data


def understood(name):
    return understand_data(ledger(name), DEFAULT_LIMITS)


def sheet(name, number=0):
    return understood(name)["sheets"][number]


def fields(found):
    return {c["address"]: c["field"] for c in found["columns"]}


def measures(found):
    return [(m["text"], m["deadline"]["day"] or m["deadline"]["words"])
            for row in found["rows"] for m in row["measures"]]  # fmt: skip


def test_the_usual_layout():
    found = sheet("plain")
    assert list(fields(found).values()) == [
        "serial", "problem", "details", "measure", "leader", "unit", "person", "deadline", "progress",
    ]  # fmt: skip
    assert fields(found)["D3"] == "measure"
    assert measures(found) == [
        ("将占道经营点由30处减少到5处", "2026-12-31"), ("全年会议压减三成", "2026-06-30"),
        ("每季度走访困难家庭一次", "长期坚持"),
    ]  # fmt: skip
    assert [row["claim"] for row in found["rows"]] == ["", "done", ""]
    assert found["rows"][0]["cells"]["person"] == "G4"
    assert found["above"][0] == "柳河街道2025年度民主生活会整改台账"


def test_two_rows_of_titles():
    found = sheet("two_headers")
    assert fields(found) == {
        "A3": "serial", "B3": "problem", "C3": "measure", "D4": "leader", "E4": "unit", "F4": "person",
        "G4": "start", "H4": "deadline", "I3": "progress", "J4": "closed", "K4": "closed",
    }  # fmt: skip
    assert measures(found) == [
        ("增设两个综合窗口", "2026-05-31"), ("每月5日前公开上月账目", "2026-09-30"),
    ]  # fmt: skip
    # A day and a signature under 销号 claim that it was closed; 正在推进 claims nothing.
    assert [row["claim"] for row in found["rows"]] == ["closed", ""]


def test_merged_cells_belong_to_every_row_they_cover():
    found = sheet("merged")
    assert [row["values"]["problem"] for row in found["rows"]] == ["老旧小区电梯故障多"] * 3 + [
        "台账登记不规范"
    ]
    assert [row["cells"]["problem"] for row in found["rows"][:3]] == ["C3"] * 3
    # One measure over two rows: two people have it in hand.
    assert found["rows"][3]["values"]["person"] == "经办人\n民政科员"
    assert [(s["address"], s["why"]) for s in found["skipped"]] == [("A9", "落款、签字或说明")]


def test_deadlines_as_words():
    found = sheet("text_dates")
    ends = [m["deadline"] for row in found["rows"] for m in row["measures"]]
    assert [end["day"] for end in ends] == [
        "2025-06-30", "2025-06-30", "2025-12-31", "", "", "", "2025-09-30", "2025-12-31", "", "2026-06-30",
        "2026-10-31", "2026-06-30", "", "", "2026-09-30",
    ]  # fmt: skip
    assert [n for n, end in enumerate(ends) if end["standing"]] == [3, 11]
    assert [n for n, end in enumerate(ends) if end["immediate"]] == [4]
    assert [n for n, end in enumerate(ends) if end["why"]] == [5, 8, 11, 12, 13]


def test_several_measures_in_one_cell():
    found = sheet("many_measures")
    assert [len(row["measures"]) for row in found["rows"]] == [3, 3, 3, 3, 1]
    assert measures(found)[:3] == [
        ("每月集中学习一次", "2026-06-30"), ("每季度交流一次", "2026-09-30"),
        ("年底前撰写调研报告一篇", "2026-12-31"),
    ]  # fmt: skip
    assert measures(found)[-1][0] == "利用公告栏、微信群等多种方式开展宣传，做到家喻户晓"
    found, _ = pieces(understood("many_measures"), frozenset({"0-2"}))
    assert [piece.of for piece in found[:2]] == [1, 3]
    assert found[0].deadline["day"] == "2026-12-31"


def test_units_as_columns_with_ticks():
    found = sheet("ticks")
    assert [(c["address"], c["option"]) for c in found["columns"] if c["field"] == "unit"] == [
        ("D3", "综合科"), ("E3", "城管科"), ("F3", "民政科"),
    ]  # fmt: skip
    assert [row["values"]["unit"] for row in found["rows"]] == ["综合科", "城管科\n民政科"]


def test_a_sheet_for_each_section():
    found = understood("by_section")["sheets"]
    assert [(s["name"], len(s["rows"])) for s in found] == [
        ("填表说明", 0), ("城管科", 2), ("民政科", 2), ("东堤社区", 2), ("旧版", 0),
    ]  # fmt: skip
    assert "没有认出表头" in found[0]["why"]
    assert "隐藏" in found[4]["why"]
    # The same measure in three sections is three items.
    assert len(pieces(understood("by_section"))[0]) == 6


def test_blanks_in_titles_empty_cells_and_a_repeated_header():
    found = sheet("wps")
    assert [c["field"] for c in found["columns"]] == [
        "serial", "problem", "measure", "unit", "person", "deadline", "progress", "phone",
    ]  # fmt: skip
    assert [row["number"] for row in found["rows"]] == [8, 9, 11, 13]
    assert found["rows"][1]["above"] == ["category", "problem"]
    assert {row["values"]["category"] for row in found["rows"]} == {
        "一、政治建设方面",
        "二、为民服务方面",
    }
    assert found["rows"][2]["claim"] == "closed"
    assert [s["why"] for s in found["skipped"]] == [
        "栏号", "小标题，作为下面各行的类别", "小标题，作为下面各行的类别", "表头重复", "合计行", "落款、签字或说明",
    ]  # fmt: skip
    assert "13900000000" not in str(found)  # a telephone number that nobody needs is not kept


def test_three_lists_are_put_together():
    found, gaps = pieces(understood("three_lists"))
    assert [(p.measure, p.also) for p in found] == [
        ("公布一次性告知单", ["责任清单第2行"]), ("每周抽查窗口回访记录", []),
    ]  # fmt: skip
    assert found[0].values["person"] == "经办人"
    assert found[0].values["details"] == "群众跑三趟才办成"
    assert gaps == []


def test_what_is_missing_is_said():
    record = understood("gaps")
    found, gaps = pieces(record)
    assert [(gap.problem, gap.cell) for gap in gaps] == [("物业矛盾多", "A2")]
    assert [c["title"] for c in record["sheets"][0]["columns"] if not c["field"]] == [
        "我们自己的一栏"
    ]
    assert [piece.values.get("other") for piece in found] == [
        None, "我们自己的一栏：甲", "我们自己的一栏：乙", None,
    ]  # fmt: skip
    assert [piece.claim for piece in found] == ["", "", "closed", ""]
    assert found[3].problem == "=cmd|' /C calc'!A0"


def test_a_bare_time_under_measures_is_the_deadline():
    found = sheet("measure_and_time")
    assert fields(found)["D3"] == "deadline"
    assert measures(found) == [("更换楼道灯一百盏", "2026-03-31"), ("每周夜间巡查一次", "长期")]
    assert [row["claim"] for row in found["rows"]] == ["closed", ""]


def test_numbered_headings_are_no_problems():
    found = sheet("numbered_headings")
    assert [row["values"]["category"] for row in found["rows"]] == [
        "一 政治建设方面",
        "二 组织建设方面",
    ]
    assert measures(found) == [
        ("修订议事规则", "2025-06-30"), ("每月检查一次", "2025-06-30"), ("开展实景党课（至少4次）", "2025-12-31"),
    ]  # fmt: skip
    assert pieces(understood("numbered_headings"))[1] == []
    assert "024-00000000" not in str([row["values"] for row in found["rows"]])


def test_a_problem_that_begins_like_a_footnote_is_a_problem():
    def fill(made):
        s = Sheet(made, "台账")
        s.row(1, "问题", "整改措施", "责任人")
        s.row(2, "注重形式多、注重实效少")
        s.row(3, "审核把关不严", "逐件复核", "王强")
        s.row(4, "合计三项任务没有完成", "逐项补办", "王强")
        s.row(5, "注：填写到人")
        s.row(6, "审核人签字：", "", "填表人：王强")

    (found,) = understand_data(book(fill), DEFAULT_LIMITS)["sheets"]
    assert [row["number"] for row in found["rows"]] == [2, 3, 4]
    assert [s["address"] for s in found["skipped"]] == ["A5", "A6"]


def test_owners_in_each_others_column():
    found = sheet("swapped")
    assert [(row["values"]["person"], row["values"]["unit"]) for row in found["rows"]] == [
        ("综合科", "经办人"), ("东堤社区居委会", "协办人同志"), ("城管科", "城管科长 责任人"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", LEDGERS)
def test_read_in_a_worker_as_in_this_process(name):
    assert understand_bounded(ledger(name)) == understood(name)


def test_the_same_rows_have_the_same_fingerprints_and_others_others():
    keys = [p.key for name in LEDGERS for p in pieces(understood(name))[0]]
    assert len(set(keys)) == len(keys)
    assert keys == [p.key for name in LEDGERS for p in pieces(understood(name))[0]]


# What is no ledger, or wants to bring the reader down.


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def bomb():
    return packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 300_000_000})


def far_cell():
    def fill(made):
        s = made.add_worksheet()
        s.write("A1", "问题")
        s.write(1_048_575, 300, "x")

    return book(fill)


def far_cell_hidden():
    """The address of the far cell is written in a way that our own look at it does not see."""
    text = ("<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            "<row r='1048576'><c t='n' r='XFD1048576'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c>"
            "</row></sheetData></worksheet>")  # fmt: skip
    return rewritten({"xl/worksheets/sheet1.xml": text.encode()})


def many_empty_rows():
    def fill(made):
        s = made.add_worksheet()
        look = made.add_format({"border": 1})
        s.write_row(0, 0, ["问题", "整改措施", "责任人"])
        s.write_row(1, 0, ["路灯不亮", "更换路灯四十盏", "王强"])
        for row in range(2, 1_048_576, 8):
            s.write_blank(row, 0, None, look)
        for row in range(2, 150_000):
            s.write_blank(row, 1, None, look)

    return book(fill)


def rewritten(parts):
    source, data = zipfile.ZipFile(io.BytesIO(ledger("plain"))), io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, parts.get(name, source.read(name)))
    return data.getvalue()


def entities():
    text = ('<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            "<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>")  # fmt: skip
    return rewritten({"xl/worksheets/sheet1.xml": text.encode()})


def merged_everywhere():
    cells = "".join(f'<mergeCell ref="A{n}:XFD{n + 5000}"/>' for n in range(1, 40_000, 3))
    text = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>问题</t></is></c></row></sheetData>'
            f"<mergeCells>{cells}</mergeCells></worksheet>")  # fmt: skip
    return rewritten({"xl/worksheets/sheet1.xml": text.encode()})


def too_many():
    def fill(made):
        s = made.add_worksheet()
        s.write_row(0, 0, ["问题", "整改措施"])
        for row in range(1, MEASURES_MOST + 2):
            s.write_row(row, 0, [f"问题{row}还在", f"把第{row}件事办好"])

    return book(fill)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE = {
    "nothing": (lambda: b"", "空的"),
    "text": (lambda: "序号,问题,措施".encode() * 40, "不是 Excel 表格"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 99, "不是 Excel 表格"),
    "an old workbook": (lambda: OLE + b"\0" * 4096, "另存为 .xlsx"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096, "打开密码"),
    "cut off": (lambda: ledger("plain")[:3000], "不完整"),
    "a zip of something": (lambda: packed(**{"a.txt": b"hello"}), "不是 Excel"),
    "a Word file": (lambda: packed(**{"word/document.xml": b"<x/>"}), "Word 文件"),
    "binary workbook": (lambda: packed(**{"xl/workbook.bin": b"x"}), ".xlsb"),
    "a broken workbook": (lambda: packed(**{"xl/workbook.xml": b"<broken"}), "损坏|读不出来|没有内容"),
    "a zip bomb": (bomb, "异常庞大"),
    "a far cell": (far_cell, "范围太大"),
    "a far cell that hides": (far_cell_hidden, "范围太大|内存|损坏"),
    "too many measures": (too_many, "拆成几个文件"),
    "an empty workbook": (lambda: book(lambda made: made.add_worksheet()), "没有内容"),
    "entities in the XML": (entities, "没有内容|损坏|没有认出|读不出来"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_message(name):
    build, words = HOSTILE[name]
    data = build()
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        found = understand_bounded(data)
        message = found["sheets"][0]["why"]
    except ReadError as error:
        message = error.message
        assert "请" in message
        assert not any(word in message for word in ("Error", "Traceback", "None"))
    import re

    assert re.search(words, message), message
    assert time.monotonic() - start < 90
    # The parent holds the file itself at most: whatever it opens into is the worker's.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_million_formatted_rows_are_read_quickly():
    data = many_empty_rows()
    start = time.monotonic()
    found = understand_bounded(data)
    assert [m for row in found["sheets"][0]["rows"] for m in row["measures"]]
    assert time.monotonic() - start < 60


def test_merged_areas_without_end():
    start = time.monotonic()
    understand_bounded(merged_everywhere())
    assert time.monotonic() - start < 60


def test_a_file_of_too_many_bytes_is_not_opened():
    with pytest.raises(ReadError, match="最多1 MB"):
        understand_data(b"PK" + b"0" * 2_000_000, Limits(file_bytes=1024 * 1024))


def test_a_formula_gives_its_value_and_is_not_run():
    def fill(made):
        s = made.add_worksheet()
        s.write_row(0, 0, ["问题", "整改措施"])
        s.write_string(1, 0, "=1+1")
        s.write_formula(1, 1, '=HYPERLINK("http://x","点我")', None, "点这里看措施")

    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    fill(made)
    made.close()
    row = understand_bounded(data.getvalue())["sheets"][0]["rows"][0]
    assert row["values"]["problem"] == "=1+1"
    assert row["values"]["measure"] == "点这里看措施"
