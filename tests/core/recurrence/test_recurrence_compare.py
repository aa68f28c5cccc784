"""What became of a problem, by small materials that differ in one thing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.material import Examination, split
from luoshi.core.reading import read_bytes
from luoshi.core.recurrence import Recurrence, chain, compare

QUEUE = "窗口服务不优。便民服务中心办事排队时间长，群众有意见。"
QUEUE_AGAIN = "便民窗口服务不够好。办事群众排队等候时间仍然偏长。"
QUEUE_NOW = "便民服务中心3号窗口平均排队47分钟，中午无人值守。"
STAIRS = "老旧小区加装电梯推进慢，邻里协调办法少。"
STUDY = "理论学习不够系统，学用结合不紧。"
FIRE = "消防通道堵塞整治不力，部分小区反复出现。"
RULES = "公务接待审批手续不全，个别接待没有公函。"
ALL = (QUEUE, STAIRS, STUDY, FIRE, RULES)
WINDOW = "优化窗口服务，切实提升群众满意度。"
ROTA = "3月底前窗口实行中午轮岗，排队不超过15分钟，由党群科负责。"


def material(
    problems: tuple[str, ...], measures: tuple[str, ...] = (), report: str = "", year: int = 2024
) -> Examination:
    """Return a material with these problems, measures and report on the previous meeting."""
    parts = [f"柳河街道领导班子{year}年度民主生活会对照检查材料", ""]
    if report:
        parts += ["一、上年度民主生活会整改情况", report]
    parts += ["二、存在的主要问题", *(f"{n}.{words}" for n, words in enumerate(problems, 1))]
    if measures:
        parts += ["三、整改措施", *(f"{n}.{words}" for n, words in enumerate(measures, 1))]
    found = split(read_bytes("\n".join(parts).encode(), "材料.txt"))
    assert len(found.of_kind("problem")) == len(problems)
    assert len(found.of_kind("measure")) == len(measures)
    return found


def states(found: Recurrence) -> list[str]:
    return [now.state for now in found.now]


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (QUEUE, QUEUE, "empty"),
        (QUEUE, QUEUE_AGAIN, "empty"),
        (QUEUE, QUEUE_NOW, "sharpened"),
        (QUEUE_NOW, QUEUE_NOW, "recurring"),
        (QUEUE_NOW, QUEUE, "recurring"),
        (STAIRS, QUEUE, "new"),
    ],
)
def test_states(before: str, after: str, state: str) -> None:
    found = compare(material((before, STUDY, FIRE)), material((RULES, after)))
    assert states(found) == ["new", state]
    assert (found.now[1].match is None) == (state == "new")
    gone = [found.earlier.text_of(then.point)[2:] for then in found.gone()]
    assert (before in gone) == (state == "new")
    assert STUDY in gone
    assert FIRE in gone


def test_what_carries_a_match_stands_on_both_sides() -> None:
    found = compare(material(ALL), material((QUEUE_AGAIN,)))
    match = found.now[0].match
    assert match is not None
    assert match.words
    for examination, name, spans in (
        (found.earlier, match.earlier, match.earlier_spans),
        (found.later, match.later, match.later_spans),
    ):
        (point,) = [p for p in examination.points if p.id == name]
        assert spans
        assert all(point.start <= span.start < span.end <= point.end for span in spans)
        assert list(spans) == sorted(spans)


def test_last_years_measure() -> None:
    before = material((QUEUE, STUDY, FIRE), (WINDOW,))
    then = compare(before, material((QUEUE_AGAIN,), (WINDOW,))).then[0]
    assert [(m.visible, bool(m.again)) for m in then.measures] == [(False, True)]
    then = compare(material((QUEUE, STUDY), (ROTA,)), material((QUEUE_AGAIN,), (WINDOW,))).then[0]
    assert [(m.visible, bool(m.again)) for m in then.measures] == [(True, False)]
    then = compare(material((QUEUE, STAIRS)), material((QUEUE_AGAIN,))).then[0]
    assert then.measures == ()


@pytest.mark.parametrize(
    ("report", "kind", "settled", "number"),
    [
        ("上年度查摆的5个问题，已全部整改到位。", "all", None, 5),
        ("查摆问题5个，整改完成率100%。", "all", None, 5),
        ("对照查摆的5个问题，均已销号。", "all", None, 5),
        ("查摆的5个问题，除1个长期坚持外均已完成整改。", "part", None, 5),
        ("查摆出问题5个，完成整改4个。", "part", 4, 5),
        ("查摆的问题基本整改到位。", "part", None, None),
        ("查摆的5个问题，确保全部整改到位。", None, None, 5),
        ("查摆的5个问题尚未全部整改到位。", None, None, 5),
        ("走访了38个社区，收到意见12条。", None, None, None),
        ("召开会议42次。", None, None, None),
    ],
)
def test_what_the_report_claims(
    report: str, kind: str | None, settled: int | None, number: int | None
) -> None:
    found = compare(material(ALL), material((QUEUE,), report=report))
    assert [claim.kind for claim in found.claims] == ([kind] if kind else [])
    assert [claim.settled for claim in found.claims] == ([settled] if kind else [])
    assert (found.stated.number if found.stated else None) == number


def test_what_the_report_takes_up() -> None:
    report = "窗口服务方面，增设窗口2个。关于理论学习不够系统问题，开展研讨8次。"
    found = compare(material(ALL), material((RULES,), report=report))
    left = [found.earlier.text_of(then.point)[2:] for then in found.unreported()]
    assert left == [STAIRS, FIRE, RULES]
    assert compare(material(ALL), material((RULES,))).unreported() == ()


def test_lines_over_years_and_a_gap() -> None:
    years = [
        material((QUEUE, STUDY), year=2022),
        material((STUDY, FIRE), year=2023),
        material((QUEUE_AGAIN, STUDY), year=2024),
    ]
    found = chain(years)

    assert len(found.lines) == 3
    queue, study, fire = found.lines
    assert queue.years() == (0, 2)
    assert queue.entries[1].after_gap
    assert queue.entries[1].earlier_year == 0
    assert study.years() == (0, 1, 2)
    assert study.still_empty()
    assert fire.years() == (1,)
    assert not fire.still_empty()
    assert found.lasting(3) == (study,)
    with pytest.raises(ValueError, match="no materials"):
        chain([])


def test_too_many_problems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.core.recurrence.comparing.MOST_PROBLEMS", 1)
    assert states(compare(material(ALL), material(ALL))) == ["new"] * 5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(ALL), unique=True, min_size=1), st.randoms())
def test_every_problem_is_found_in_the_same_material_in_any_order(
    problems: list[str], random: object
) -> None:
    shuffled = list(problems)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = compare(material(tuple(problems)), material(tuple(shuffled)))
    for now in found.now:
        before = found.before(now)
        assert before is not None
        assert found.earlier.text_of(before.point)[2:] == found.later.text_of(now.point)[2:]
    assert found.gone() == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="一二（）1.、。问题整改措施上年度不够群众\n学习", max_size=120),
    st.text(alphabet=st.characters(exclude_categories=("C",)), max_size=80),
)
def test_any_two_texts_are_compared(one: str, other: str) -> None:
    before, after = (
        split(read_bytes(f"{t}字".encode("utf-8", "ignore"), "a.txt")) for t in (one, other)
    )
    found = compare(before, after)
    assert len(found.now) == len(after.of_kind("problem"))
    assert len(found.then) == len(before.of_kind("problem"))
    backs = sorted(name for then in found.then for name in then.back)
    assert backs == sorted(now.point.id for now in found.returned())
