"""A material beside the last one, what the ledger says of it, problems over the years."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.office.ledger import make
from tests.office.make import days_ago, save
from tests.office.recurrence.years_world import item, material, problem, third_year, two_years

from luoshi.office.examinations.models import Link, Point
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.models import Relapse
from luoshi.office.recurrence.actions.linking import set_previous
from luoshi.office.recurrence.models import Predecessor
from luoshi.office.recurrence.orders import YEARS_MOST, Orders

SERVICE, STUDY, WINDOW = "服务群众意识不强", "学习不深不透", "窗口服务不优"


@pytest.fixture
def years(world):
    return two_years(world)


def words_of(answer):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def row_of(answer, words):
    """Return the words of the table's row that speaks of a problem."""
    rows = re.findall(r"<tr>.*?</tr>", answer.content.decode(), re.S)
    (found,) = [row for row in rows if f'">{words}' in row]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", found))


def page(client_of, who, row, what="previous"):
    return client_of(who).get(f"/materials/{row.pk}/{what}")


def test_titles_propose_the_last_material(world, years, client_of):
    last, this = years
    answer = page(client_of, world.clerk, this)
    assert answer.status_code == 200
    words = words_of(answer)
    assert f"上次：{last.title}" in words
    assert "按标题和年度推断的，还没有人确认" in words
    assert "又提出，还是老说法：3个" in words
    assert "又提出，这次说清了：1个" in words
    assert "新提出：3个" in words
    assert "不再提：3个" in words
    assert "上次的问题“已全部整改到位”" in words


def test_each_row_leads_to_both_places(world, years, client_of):
    last, this = years
    content = page(client_of, world.clerk, this).content.decode()
    before = problem(last, SERVICE)
    after = problem(this, "联系群众不够紧密")
    assert f'href="/materials/{last.pk}#text-{before.pk}"' in content
    assert f'href="/materials/{this.pk}#text-{after.pk}"' in content
    material_page = client_of(world.clerk).get(f"/materials/{last.pk}").content.decode()
    assert f'id="text-{before.pk}"' in material_page


def test_the_ledger_against_the_material(world, years, client_of):
    last, this = years
    closed = item(world, last, SERVICE, "watching")
    running = item(world, last, "文山会海", "working")
    item(world, last, "年轻干部培训", "confirmed")
    save(Relapse(office=world.office, commitment=closed, by=world.reviewer, happened_on=days_ago(2),
                 reason="又有反映", added_at=make.noon(days_ago(2))))  # fmt: skip
    answer = page(client_of, world.clerk, this)
    service = row_of(answer, SERVICE)
    assert closed.number in service
    assert "已销号（观察期）" in service
    assert "佐证：" in service
    assert f"核验：{world.verifier.name}" in service
    assert "反弹" in service
    assert "材料说已经整改，台账已经销号，这次又提了出来。请看是不是反弹" in service
    assert f"{running.number}进行中材料说已经整改，台账还没有销号。" in row_of(answer, "文山会海")
    assert "材料说已经整改，台账已经销号，两边一致。" in row_of(answer, "年轻干部培训")
    assert "材料说已经整改，台账里没有这一项，这次又提了出来" in row_of(answer, STUDY)


def test_an_item_of_the_measure_answers_the_problem_unless_it_names_another(
    world, years, client_of
):
    last, this = years
    measure = next(
        p
        for p in last.points.filter(kind="measure")
        if "加强理论学习" in last.text[p.start : p.end]
    )
    made = item(world, last, WINDOW, "working")
    made.point = measure
    save(made)
    assert made.number not in row_of(page(client_of, world.clerk, this), STUDY)
    link = made.problem_links.get()
    link.point = Point.objects.filter(examination=this, kind="problem").first()
    save(link)
    assert made.number not in row_of(page(client_of, world.clerk, this), STUDY)
    other = make.commitment(world, "working", material=last, point=measure)
    other_link = other.problem_links.get()
    other_link.point = problem(last, STUDY)
    save(other_link)
    assert other.number in row_of(page(client_of, world.clerk, this), STUDY)


def test_a_link_that_a_person_called_wrong_promises_nothing(world, years, client_of):
    last, this = years
    target = problem(last, STUDY)
    assert "加强理论学习" in row_of(page(client_of, world.clerk, this), STUDY)
    for link in Link.objects.filter(target=target, kind="answers"):
        link.verdict = "wrong"
        save(link)
    assert "没有对应的措施" in row_of(page(client_of, world.clerk, this), STUDY)


def test_who_may_not_read_the_ledger_sees_none_of_it(world, years, client_of, monkeypatch):
    last, this = years
    made = item(world, last, SERVICE, "working")
    from luoshi.office.recurrence import showing, views

    for module in (showing, views):
        asks = module.may
        monkeypatch.setattr(
            module, "may", lambda by, what, a=asks: what != "ledger.read" and a(by, what)
        )
    for what in ("previous", "years"):
        words = words_of(page(client_of, world.clerk, this, what))
        assert made.number not in words
        assert "台账里" not in words


@pytest.mark.parametrize("what", ["previous", "years"])
def test_who_may_not_read_materials_sees_nothing(world, years, client_of, what):
    for who in (world.owner, world.verifier, world.outsider, world.auditor):
        assert page(client_of, who, years[1], what).status_code == 403
    assert client_of(world.owner).get("/materials/years").status_code == 403


@pytest.mark.parametrize("what", ["previous", "years"])
def test_another_office_is_told_that_there_is_none(years, elsewhere, client_of, what):
    answer = page(client_of, elsewhere.clerk, years[1], what)
    assert answer.status_code == 404
    posted = client_of(elsewhere.clerk).post(
        f"/materials/{years[1].pk}/previous", {"previous": "none", "version": 0}
    )
    assert posted.status_code == 404
    assert not Predecessor.objects.exists()
    assert years[0].title not in client_of(elsewhere.clerk).get("/materials/years").content.decode()


def test_a_person_says_which_is_the_last(world, years, client_of):
    last, this = years
    before = Entry.objects.count()
    data = {"previous": str(last.pk), "version": 0}
    answer = client_of(world.clerk).post(f"/materials/{this.pk}/previous", data)
    assert answer.status_code == 303
    assert Entry.objects.count() == before + 1
    held = Predecessor.objects.get()
    assert (held.previous, held.by, held.version) == (last, world.clerk, 1)
    words = words_of(page(client_of, world.clerk, this))
    assert "还没有人确认" not in words
    stale = client_of(world.clerk).post(f"/materials/{this.pk}/previous", data)
    assert stale.status_code == 409
    assert "刚刚有人指定过" in stale.content.decode()
    none = {"previous": "none", "version": 1}
    assert client_of(world.clerk).post(f"/materials/{this.pk}/previous", none).status_code == 303
    assert "已经说明没有上次的材料" in words_of(page(client_of, world.clerk, this))


@pytest.mark.parametrize(
    "given", [{}, {"previous": ""}, {"previous": "99999999"}, {"previous": "x"}]
)
def test_a_choice_that_is_none_is_refused_in_place(world, years, client_of, given):
    answer = client_of(world.clerk).post(
        f"/materials/{years[1].pk}/previous", {"version": 0, **given}
    )
    assert answer.status_code == 422
    assert not Predecessor.objects.exists()


def test_who_may_read_only_may_not_say_it(world, years, client_of):
    last, this = years
    assert "指定上次的材料" not in words_of(page(client_of, world.reviewer, this))
    data = {"previous": str(last.pk), "version": 0}
    answer = client_of(world.reviewer).post(f"/materials/{this.pk}/previous", data)
    assert answer.status_code == 403
    assert not Predecessor.objects.exists()


def test_every_way_around_the_action(world, elsewhere, years):
    last, this = years
    foreign = material(elsewhere, last.text)
    say = {"by": world.clerk, "version": 0}
    with pytest.raises(Refused, match="不能和自己对照"):
        set_previous(examination=this.pk, previous=this.pk, **say)
    with pytest.raises(Refused, match="不早于这份材料"):
        set_previous(examination=last.pk, previous=this.pk, **say)
    with pytest.raises(NotFound):
        set_previous(examination=this.pk, previous=foreign.pk, **say)
    with pytest.raises(NotFound):
        set_previous(examination=foreign.pk, previous=last.pk, **say)
    with pytest.raises(NotAllowed):
        set_previous(by=world.reviewer, examination=this.pk, previous=last.pk, version=0)
    with pytest.raises(Stale):
        set_previous(by=world.clerk, examination=this.pk, previous=last.pk, version=3)
    assert not Predecessor.objects.exists()


def test_no_ring_of_materials_that_print_no_year(world):
    rows = [
        material(world, f"自查材料{n}\n一、存在的问题\n1.台账不全，缺{n}册。\n") for n in range(3)
    ]
    for one, before in pairwise(rows):
        set_previous(by=world.clerk, examination=one.pk, previous=before.pk, version=0)
    with pytest.raises(Refused, match="不早于这份材料"):
        set_previous(by=world.clerk, examination=rows[2].pk, previous=rows[0].pk, version=0)
    orders = Orders(world.office.pk)
    assert [paper.key for paper in orders.back(rows[0].pk)] == [row.pk for row in rows[::-1]]


def test_problems_over_three_years(world, years, client_of):
    last, this = years
    oldest = third_year(world)
    closed = item(world, oldest, SERVICE, "confirmed")
    answer = page(client_of, world.clerk, this, "years")
    assert answer.status_code == 200
    service = row_of(answer, "联系群众不够紧密")
    assert service.startswith("又提出，还是老说法提了3次")
    assert service.count(SERVICE) == 2
    assert f"{closed.number}确认" in service
    assert "有4个问题提了三次以上" in words_of(answer)
    assert words_of(answer).count("还没有人确认") == 2
    assert f"/materials/{oldest.pk}" in answer.content.decode()
    assert last.title in words_of(client_of(world.clerk).get(f"/materials/{this.pk}/previous"))


def test_the_list_has_each_author_once(world, years, client_of):
    two_years(world, "b_hospital")
    answer = client_of(world.clerk).get("/materials/years")
    words = words_of(answer)
    assert "共2份最近的材料" in words
    assert words.count("柳河街道领导班子") == 1
    assert "2023年度" in words


def test_no_more_than_so_many_years(world):
    text = "柳河街道领导班子{}年度民主生活会对照检查材料\n一、存在的问题\n1.会议多，全年212次。\n"
    rows = [material(world, text.format(year)) for year in range(2014, 2026)]
    papers = Orders(world.office.pk).back(rows[-1].pk)
    assert [paper.year for paper in papers] == list(range(2026 - YEARS_MOST, 2026))


@pytest.mark.parametrize("what", ["previous", "years"])
def test_a_constant_number_of_statements(world, years, client_of, what):
    last, this = years
    client = client_of(world.clerk)
    item(world, last, SERVICE, "working")
    client.get(f"/materials/{this.pk}/{what}")
    counts = []
    for n in range(2):
        for words in (STUDY, WINDOW, "文山会海")[: 1 + 2 * n]:
            item(world, last, words, "watching")
        for _ in range(3 * n):
            two_years(world, "c_school")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/materials/{this.pk}/{what}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1], [q["sql"][:120] for q in seen]
    assert counts[0] < 40


def test_a_material_alone_says_what_to_do(world, client_of):
    row = make.examination(world)
    assert "还不知道上次的材料是哪一份" in words_of(page(client_of, world.clerk, row))
    assert "只有这一份材料" in words_of(page(client_of, world.clerk, row, "years"))
