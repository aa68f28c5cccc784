"""Links between points, on small texts written for the purpose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.core import knowledge
from luoshi.core.material import split
from luoshi.core.material.evidence import carrying
from luoshi.core.material.links import link_points
from luoshi.core.material.model import Examination
from luoshi.core.material.topics import named_words, plain_words, topic_of
from luoshi.core.reading import read_bytes

ROOT = Path(__file__).parents[3]

TEXT = """某某街道办事处主任2024年度民主生活会对照检查材料
一、存在的问题
（一）带头严守政治纪律和政治规矩方面
1.理论学习不够深入。读原著少，浅尝辄止，学用结合不紧。
2.校门口拥堵没有解决。每天放学接送车辆把路口堵死，剐蹭多次发生。
（二）带头增强党性、严守纪律、砥砺作风方面
1.小区停水没有提前告知。去年检修水管，居民打开龙头才知道没有水。
2.公务接待把关不严。有三次接待陪餐人数超过规定，清单填写不全。
3.对下沉干部关心不够。有的同志连续加班，没有安排休假和体检。
二、原因分析
1.学习自觉性不强。理论武装抓得不紧，把读书当成软任务。
2.群众观念淡薄。对居民停水、堵车的烦心事感受不深。
三、整改措施
1.坚持学深悟透。每天读原著一小时，每月写一篇心得，坚持以学促干。
2.3月底前和交警一起划定接送带，错开放学时段，让车流在校门口即停即走。
3.检修水管之前三天用短信和公告告诉住户，写明来水时间，由供水站专人答复。
"""


def examined(text: str) -> Examination:
    return split(read_bytes(text.encode(), "x.txt"))


@pytest.fixture(scope="module")
def material() -> Examination:
    return examined(TEXT)


def at(material: Examination, words: str) -> str:
    place = material.document.text.index(words)
    return next(p.id for p in material.points if not p.is_heading() and p.start <= place < p.end)


@pytest.mark.parametrize(
    ("measure", "problem"),
    [("学深悟透", "理论学习不够"), ("交警", "校门口拥堵"), ("三天用短信", "小区停水")],
)
def test_a_measure_answers_its_problem_in_other_words(
    material: Examination, measure: str, problem: str
) -> None:
    links = {
        k.target: k
        for k in material.links
        if k.source == at(material, measure) and k.kind == "answers"
    }
    found = links[at(material, problem)]
    problems = [k for k in links.values() if k.target.startswith("p")]
    assert found.score == max(k.score for k in problems)


def test_a_measure_with_date_and_matter_answers_strongly(material: Examination) -> None:
    links = {(k.source, k.target): k.strength for k in material.links}
    assert links[at(material, "即停即走"), at(material, "校门口拥堵")] == "strong"


def test_only_problems_that_nobody_answers_are_unanswered(material: Examination) -> None:
    assert {p.id for p in material.unanswered()} == {
        at(material, "公务接待"),
        at(material, "对下沉干部"),
    }


def test_the_words_that_carry_a_link_stand_in_the_text(material: Examination) -> None:
    text = material.document.text.replace("\n", "")
    found = carrying(material.document.text, material.points, material.links)
    assert len(found) == len(material.links) > 0
    for words in found:
        assert len(words) <= 4
        assert all(word in text for word in words)
    wanted = (at(material, "交警"), at(material, "校门口拥堵"))
    by_link = {(k.source, k.target): w for k, w in zip(material.links, found, strict=True)}
    assert by_link[wanted]
    carried = by_link[wanted]
    one, other = (material.text_of(p) for p in material.points if p.id in wanted)
    assert any(word in one or word in other for word in carried)


def test_scores_and_kinds_keep_the_contract(material: Examination) -> None:
    limits = knowledge.table("links/weights")["limits"]
    kinds = {p.id: p.kind for p in material.points}
    for link in material.links:
        assert 0 <= link.score <= 1
        assert link.score == round(link.score, 3)
        if link.kind == "explains":
            assert link.strength == "weak"
            assert (kinds[link.source], kinds[link.target]) == ("cause", "problem")
        else:
            assert kinds[link.source] == "measure"
            assert kinds[link.target] in ("problem", "cause")
            assert (link.strength == "strong") == (link.score >= limits["strong"])


def test_a_cause_is_a_candidate_for_few_problems(material: Examination) -> None:
    explained = [k for k in material.links if k.kind == "explains"]
    assert explained
    for cause in material.of_kind("cause"):
        assert sum(k.source == cause.id for k in explained) <= 2
    assert any(
        k.source == at(material, "学习自觉性") and k.target == at(material, "理论学习不够")
        for k in explained
    )


def test_a_slogan_answers_nothing_strongly() -> None:
    slogan = "4.提高政治站位，强化责任担当，以更高标准、更严要求推动各项工作再上新台阶。\n"
    material = examined(TEXT + slogan)
    source = at(material, "提高政治站位")
    assert not [k for k in material.links if k.source == source and k.strength == "strong"]


def test_a_cited_code_decides() -> None:
    rows = """某某公司2025年内部审核报告
一、不符合项
NC-01 仓库三批钢材没有状态标识。
NC-02 顾客投诉登记表五份没有原因分析。
NC-03 热处理炉温记录有四个班次空白。
二、纠正措施
1.针对NC-03，由车间主任每班巡看并签名，缺一次通报一次。
2.对NC-02由销售内勤补齐，月底交质管部。
"""
    material = examined(rows)
    target = at(material, "热处理炉温")
    links = {
        k.source: k for k in material.answers_to(next(p for p in material.points if p.id == target))
    }
    assert links[at(material, "针对NC-03")].score >= 0.99


def test_the_sentence_on_another_matter_strays() -> None:
    text = TEXT.rstrip() + (
        "由供水站专人接听小区停水的来电，没有提前告知的当月通报。"
        "下大气力解决房屋拆迁、土地征收方面的信访问题。\n"
    )
    material = examined(text)
    stray = [material.document.text[s.start : s.end] for s in material.stray]
    assert len(stray) == 1
    assert "拆迁" in stray[0]


def test_charge_and_line_ends_are_no_evidence() -> None:
    assert plain_words("修好路\n灯。（责任人：张三，完成时限：6月底）") == "修好路灯。"
    assert topic_of("道路不\n平").signs == topic_of("道路不平").signs


@pytest.mark.parametrize("code", ["NC-07", "SH-2025-07", "A12"])
def test_a_code_in_a_heading_is_cited_for_all_below_it(code: str) -> None:
    rows = f"""某某公司2025年内部审核报告
一、不符合项
（一）{code} 成品库没有防潮
1.外墙边堆放六托螺栓。
2.卸货口连着两次进水。
（二）Z-91 检验员没有考核
1.转岗三个月的终检员没有考试记录。
二、纠正措施
1.针对{code}，由值班长每月到场看一遍并签名。
2.对Z-91由人事部六月底前补考。
"""
    material = examined(rows)
    cited = {k.target for k in material.links if k.source == at(material, "值班长")}
    assert {at(material, "六托螺栓"), at(material, "卸货口")} <= cited
    assert at(material, "终检员") not in cited


def test_a_row_of_counts_is_never_called_unanswered() -> None:
    rows = TEXT.replace(
        "3.对下沉干部关心不够。有的同志连续加班，没有安排休假和体检。", "3.档案室 | 12 | 0 | 3"
    )
    assert "档案室" not in {examined(rows).text_of(p)[2:5] for p in examined(rows).unanswered()}
    assert "公务接" in {examined(rows).text_of(p)[2:5] for p in examined(rows).unanswered()}


ORDERED = """某某单位主任2024年度民主生活会对照检查材料
一、存在的问题
（一）工作作风方面
1.理论学习不深，读原著少，笔记抄抄了事。
2.公务接待把关不严，陪餐超过人数，清单不全。
3.毛坯没有人问，冷暖自知。
4.校门口拥堵，放学时段车辆停成三排。
5.食堂饭菜里有异物，进货没有索票。
二、整改措施
1.理论学习每周读原著一章，笔记每月检查一次。
2.公务接待一律先批，陪餐人数写进清单，由纪委每季度抽查。
{between}3.校门口请交警划线，放学时段错峰，停成三排的当天拖走。
4.食堂进货每天索票，饭菜留样，发现异物罚款一千元。
"""


def test_a_measure_in_the_right_place_keeps_a_problem_from_being_called_unanswered() -> None:
    def bare(between: str) -> bool:
        material = examined(ORDERED.replace("{between}", between))
        return at(material, "毛坯") in {p.id for p in material.unanswered()}

    assert bare("")
    assert not bare("（2）由工会每季度逐户上门一次，问清毛坯的冷暖，记在册上。\n")


@pytest.mark.parametrize("text", ["", "没有编号的一段话。", "一、存在的问题\n1.学习不够。\n"])
def test_texts_without_pairs_have_no_links(text: str) -> None:
    material = examined(text) if text else None
    assert link_points(text, material.points if material else ()) == ((), ())


def test_every_group_of_synonyms_is_well_formed() -> None:
    for line in knowledge.lines("links/synonyms"):
        words = line.split(" ")
        assert len(words) >= 2, line
        assert len(words) == len(set(words)), line
        for word in words:
            assert len(word) >= 2, line
            assert word == "".join(word.split()), line


def test_no_group_of_synonyms_is_written_twice() -> None:
    groups = [frozenset(line.split()) for line in knowledge.lines("links/synonyms")]
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize(
    ("phrase", "accident"),
    [
        ("施工单位", "工单"),
        ("执法人员", "法人"),
        ("行业主管部门", "业主"),
        ("业务工作", "务工"),
        ("深入学习", "入学"),
        ("注重建设", "重建"),
        ("确保安全", "保安"),
        ("每周一次", "每周一"),
        ("重点单位", "点单"),
        ("统计分析", "计分"),
        ("建立交办制度", "立交"),
        ("落实到人", "实到"),
    ],
)
def test_no_synonym_is_found_by_accident(phrase: str, accident: str) -> None:
    assert accident in phrase
    assert accident not in named_words(phrase).values()


@pytest.mark.parametrize("circumstance", ["夜间", "周末", "雨天", "月底", "早上"])
def test_a_mere_circumstance_is_no_matter(circumstance: str) -> None:
    assert not named_words(circumstance)


def test_linking_needs_no_numpy() -> None:
    program = (
        "import sys, luoshi.core.material.links as links; links.link_points('', ());"
        "sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(ROOT / "src")}, check=False
    )
    assert done.returncode == 0
