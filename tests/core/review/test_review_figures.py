"""The figures of a material, and the opinion that is made of them."""

from datetime import date
from pathlib import Path

import luoshi
from luoshi.core.material import split
from luoshi.core.paper.model import Heading, Note, Paragraph, Table
from luoshi.core.reading import read_bytes
from luoshi.core.recurrence import compare
from luoshi.core.review.figures import figures, joined
from luoshi.core.review.opinion import Asked, Count, Opinion, paper
from luoshi.core.review.recurring import recurring

SAMPLES = Path(luoshi.__file__).parent / "data" / "samples"
TEXT = """个人对照检查材料

一、存在的问题
1.学习不够深入。学习的深度和广度不够，研究不透彻，缺乏深入分析，联系实际不紧密。
2.楼道堆物清理不力。7月以来东堤小区居民反映了9次，我只在群里转发过两次。

二、整改措施
1.加强学习。要提高认识，增强自觉，不断提升能力水平。
2.清理楼道堆物。2027年6月30日前，由城管科牵头清理6个小区的楼道堆物，每月15日公布清理数量。
"""


def of(text):
    return split(read_bytes(text.encode()))


def test_what_a_problem_names_and_what_a_measure_lacks():
    held = figures(of(TEXT))
    empty, concrete = held["problems"]
    assert (empty["concrete"], empty["has"]) == (False, [])
    assert concrete["concrete"]
    assert set(concrete["has"]) == {"when", "where", "how_many"}
    slogan, good = held["measures"]
    assert not slogan["can_act"]
    assert "deadline" in slogan["missing"]
    assert (good["can_act"], good["missing"]) == (True, [])
    assert held["characters"] == len("".join(TEXT.split()))
    assert held["parts"]["cause"] == 0
    assert (
        0
        < held["parts"]["measure"]
        < held["parts"]["problem"] + held["parts"]["measure"]
        < held["characters"]
    )


def test_a_date_alone_is_no_count():
    text = TEXT.replace("反映了9次，我只在群里转发过两次", "向我反映，我没有到现场看过")
    assert "how_many" not in figures(of(text))["problems"][1]["has"]


def test_spans_lie_in_the_text():
    for sample in SAMPLES.glob("self-examination.*"):
        examination = split(read_bytes(sample.read_bytes()))
        held = figures(examination)
        length = len(examination.document.text)
        for row in (*held["problems"], *held["measures"]):
            assert 0 <= row["start"] < row["end"] <= length
        assert sum(held["parts"].values()) <= held["characters"]
        assert len(held["problems"]) == len(examination.of_kind("problem"))


def test_joined_spans():
    assert joined([(5, 9), (0, 3), (2, 6), (20, 21)]) == [(0, 9), (20, 21)]
    assert joined([]) == []


def test_what_comes_again_is_told_in_words():
    later = TEXT.replace("反映了9次", "又反映了14次")
    held = recurring(compare(of(TEXT), of(later)))
    assert held["then"] == 2
    assert len(held["rows"]) == 2
    assert {row["state"] for row in held["rows"]} <= {"empty", "recurring", "sharpened"}
    assert all(row["was"] for row in held["rows"])
    nothing = recurring(
        compare(
            of(TEXT),
            of(TEXT.replace("1.学习", "1.食堂菜价").replace("2.楼道堆物清理不力", "2.停车收费")),
        )
    )
    assert all(row["was"] or row["state"] == "new" for row in nothing["rows"])


def opinion(**given):
    held = {
        "office": "柳河街道办事处", "meeting": "年度民主生活会", "name": "李四光", "unit": "城管科",
        "title": "个人对照检查材料", "number": 2, "received": date(2026, 1, 5), "passed": False,
        "words": "总的看写得不够具体。\n措施没有时限。", "answer_by": date(2026, 1, 20), "reviewer": "王敏",
        "decided": date(2026, 1, 10), "counts": (Count("问题", "3条", "逐条数"),),
        "asked": (Asked("第6段", "学习不够深入。", "请写具体。", "没有具体的事。"),), "digest": "a" * 64,
    }  # fmt: skip
    return Opinion(**{**held, **given})


def words(made):
    found = []
    for block in made.body:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        else:
            found += [p.text if isinstance(p, Note) else p for p in block.parts]
    return "\n".join(found)


def test_an_opinion_says_what_is_asked_where_by_when_and_who_signs():
    made = paper(opinion())
    said = words(made)
    for wanted in (
        "第2稿",
        "退回修改",
        "第6段：学习不够深入。",
        "请写具体。（没有具体的事。）",
        "2026年1月20日前",
        "a" * 64,
    ):
        assert wanted in said
    assert made.signature == "审阅人：王敏"
    assert made.day == date(2026, 1, 10)
    heads = [b.parts[0] for b in made.body if isinstance(b, Heading)]
    assert heads == ["一、总的意见", "二、材料的情况", "三、需要修改的地方（1处）", "四、办理要求"]


def test_a_passed_material_with_nothing_to_mend():
    made = paper(opinion(passed=True, words="", answer_by=None, counts=(), asked=()))
    assert [b.parts[0] for b in made.body if isinstance(b, Heading)] == ["一、办理要求"]
    assert "材料审核通过。" in words(made)
    assert "一并改正" not in words(made)
    assert isinstance(made.body[0], Paragraph)
