"""What a report says: everything that became of each problem, and nothing else."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.core.paper.paper_facts import ITEM, PROBLEM, TODAY, closed, item, subject, words

from luoshi.core.paper import facts
from luoshi.core.paper.lists import lists
from luoshi.core.paper.model import Heading, Note, Table
from luoshi.core.paper.report import report

PROOF = facts.Proof("照片", "现场照片", date(2026, 11, 3), 2, "其他科室（社区）", ())
CHECK = facts.CheckFact("2026-0001", "孙静", "只剩五处。", "东堤路", date(2026, 11, 5), "passed",
                        "通过，进入公示", "")  # fmt: skip
DELAY = facts.ChangeFact(
    "2026-0001", "延期", True, "approved", "同意", "周明", date(2026, 9, 1), "市场没有建成。", "马强",
    date(2026, 9, 3), "同意一次", (facts.Difference("整改时限", "2026年9月30日", "2026年12月31日"),),
)  # fmt: skip


def headings(paper):
    return [
        "".join(p for p in b.parts if isinstance(p, str))
        for b in paper.body
        if isinstance(b, Heading)
    ]


def test_an_item_is_told_in_full():
    full = item(
        1, proofs=(PROOF, replace(PROOF, grade=0, label="本人说明", title="自拍"),
                   replace(PROOF, faults=("已撤回",), title="旧照片")),
        checks=(CHECK,), changes=(DELAY,), readings=(facts.ReadingFact(date(2026, 11, 3), Decimal("5.00"), "现场清点"),),
        relapses=(facts.RelapseFact("2025-0009", date(2026, 3, 1), "又有摊点。"),), came_from=("2025-0009",),
        publications=(facts.PublicationFact(date(2026, 11, 6), date(2026, 11, 11), "公告栏", 2, 1),),
    )  # fmt: skip
    said = words(report(subject(full, material="", problems=())))
    for one in (
        "责任人周明，责任单位城管科，协办人吴芳。整改时限2026年12月31日",
        "占道经营点，由30处到5处，数据来源：现场清点。登记读数1次[读数：2026年11月3日，5处，现场清点。]",
        "有效佐证2件[照片“现场照片”，佐证日期2026年11月3日，其他科室（社区）；照片“自拍”，佐证日期2026年11月3日，本人说明。"
        "未计入：照片“旧照片”，佐证日期2026年11月3日，其他科室（社区）、已撤回。]",
        "责任人控制之外的1件[照片“现场照片”",
        "孙静于2026年11月5日在东堤路核验，看到：只剩五处。决定：通过，进入公示。",
        "延期：整改时限由2026年9月30日改为2026年12月31日；周明于2026年9月1日提出，理由：市场没有建成；"
        "马强于2026年9月3日审批，同意，意见：同意一次。",
        "（编号2025-0009）2026年3月1日发现反弹：又有摊点。",
        "收到异议2件，其中成立1件",
    ):
        assert one in said, one


def test_a_material_tells_of_every_problem_once_and_of_what_nothing_answers():
    two = item(2, problems=(PROBLEM,), title="设立便民市场")
    measures = (facts.Measure("五/1", "整治。", True), facts.Measure("五/2", "坚持走访。", False))
    paper = report(subject(item(1), two, measures=measures))
    assert headings(paper) == [
        "一、总体情况", "二、逐个问题整改情况", "（一）占道经营没有解决（材料编号三/1）",
        "1.整治占道经营（编号2026-0001，进行中）", "2.设立便民市场（编号2026-0002，进行中）",
        "（二）会议偏多（材料编号三/2）", "三、没有整改事项的问题和措施",
    ]  # fmt: skip
    said = words(paper)
    assert (
        "材料列出问题2个[材料编号：三/1、三/2。]，其中没有整改事项回应的1个[材料编号：三/2。]"
        in said
    )
    assert "没有建立整改事项的1条[材料编号：五/2。]" in said
    assert "（1）坚持走访（材料编号五/2）。" in said


def test_an_item_of_two_problems_is_told_once():
    both = item(1, problems=(PROBLEM, facts.Problem(2, "三/2", "会议偏多。", "", "")))
    said = words(report(subject(both)))
    assert said.count("责任人周明") == 1
    assert "编号2026-0001，见前文" in said


def test_the_unverifiable_stand_apart():
    blind = item(2, title="提高站位", indicator_kind="none")
    paper = report(subject(item(1), blind))
    at = headings(paper)
    assert at.index("三、无法核验的事项") < at.index("（一）提高站位（编号2026-0002，进行中）")
    said = words(paper)
    assert said.index("整治占道经营（编号2026-0001") < said.index("提高站位（编号2026-0002")
    assert "编号2026-0002无法核验，见“无法核验的事项”" in said
    assert "下列1项[计入：2026-0002。]没有指标" in said


def test_all_closed_asks_for_a_reviewer():
    assert "请审阅人抽查原始佐证" in words(report(subject(closed(1), closed(2))))
    assert "100%（2/2）" in words(report(subject(closed(1), closed(2))))
    for other in (item(2), closed(2, indicator_kind="none")):
        said = words(report(subject(closed(1), other)))
        assert "请审阅人" not in said
        assert "50%（1/2）" in said


def test_what_is_not_all_is_never_a_hundred_per_cent():
    many = [closed(n) for n in range(2, 2001)]
    assert "99.9%（1999/2000）" in words(lists_share(many + [item(1)]))


def lists_share(items):
    return report(subject(*items, problems=()))


def test_withdrawn_items_are_neither_open_nor_told():
    gone = item(2, state="withdrawn", is_open=False, state_label="已撤销", merged_into="2026-0001")
    said = words(report(subject(item(1), gone)))
    assert "已撤销的2026-0002" in said
    assert "整治占道经营（编号2026-0002）。已并入编号2026-0001。" in said


def test_the_last_footnote_ties_the_paper_to_its_state():
    one, other = report(subject(item(1))), report(subject(item(1, owner="郑海")))
    notes = [b.parts[-1].text for b in (one.body[-1], other.body[-1])]
    digests = [re.search("SHA-256）([0-9a-f]{64})", note)[1] for note in notes]
    assert digests[0] != digests[1]
    assert all("留痕第41条" in note and "ab" * 32 in note for note in notes)
    again = report(subject(item(1)))
    assert again == one


@pytest.mark.parametrize("make", [report, lists])
@pytest.mark.parametrize(
    "words_", ["", "{owner}", '#import "x"', "\x00\x07", "</w:t>", "居民王建国反映"]
)
def test_whatever_people_write_is_set_as_it_stands(make, words_):
    held = item(1, title=words_, measure=words_, owner=words_, unit=words_, indicator=words_)
    paper = make(subject(held))
    said = words(paper)
    assert "\x00" not in said
    assert "王建国" not in said
    if words_ and words_.isprintable() and "王" not in words_:
        assert words_ in said


def test_every_figure_of_the_overall_part_has_a_footnote():
    paper = report(subject(item(1)))
    start = next(n for n, b in enumerate(paper.body) if isinstance(b, Heading))
    for block in paper.body[start + 1 : start + 3]:
        for n, part in enumerate(block.parts):
            if isinstance(part, str) and re.search(r"\d[项个条]$", part):
                assert isinstance(block.parts[n + 1], Note)
            elif isinstance(part, str):
                assert not re.search(r"\d+[项个条]", part)


def test_the_three_lists():
    paper = lists(subject(item(1), item(2, problems=(PROBLEM,), owner="郑海")))
    assert headings(paper) == ["一、问题清单", "二、任务清单", "三、责任清单"]
    tables = [b for b in paper.body if isinstance(b, Table)]
    assert tables[0].rows[0] == ("1", PROBLEM.heading, "三/1", "2026-0001、2026-0002", "进行中")
    many = lists(subject(*(item(n) for n in range(1, 9))))
    assert next(b for b in many.body if isinstance(b, Table)).rows[0][3] == "2026-0001至2026-0008"
    assert tables[0].rows[1][3] == "（没有）"
    assert tables[1].rows[0][3:] == ("占道经营点：30处→5处", "2026年12月31日", "进行中")
    assert tables[2].rows[1][3:] == ("郑海", "城管科", "吴芳")


def test_a_special_ledger_tells_its_count_and_places():
    special = facts.SpecialFact(
        "无物业小区清零", "没有物业的小区", "个", 1471, 0, date(2026, 1, 1), TODAY,
        (facts.ReadingFact(date(2026, 6, 1), Decimal(742), "房管登记"),),
        (facts.PlaceFact("东堤小区", TODAY, 0, ""), facts.PlaceFact("堤北新村", None, 1, "2026-0001")),
    )  # fmt: skip
    said = words(report(subject(ITEM, material="", problems=(), special=special)))
    assert "2026年1月1日为1471个，要求2026年11月23日前达到0个" in said
    assert (
        "登记地点2处[东堤小区、堤北新村。]：已完成1处[东堤小区。]，没有完成1处[堤北新村。]，反弹过1处[堤北新村。]"
        in said
    )
    assert "堤北新村|没有完成|1|2026-0001" in said
    assert "2026年6月1日|742|房管登记" in said
