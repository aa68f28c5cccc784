"""What a first user stumbled over: each stays mended."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office.attacks.spoil_rows import change_row
from tests.office.ledger import make
from tests.office.make import days_ago, person, save

from luoshi.office.accounts.models import Deputising
from luoshi.office.examinations import answers
from luoshi.office.examinations.actions import correcting
from luoshi.office.examinations.models import Correction, Link, Point
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.models import CauseLink, Commitment
from luoshi.office.ledger.unanswered import unanswered

NAMED = (
    "三、存在的问题\n"
    "1.居民张桂兰多次反映漏水，民政科员推诿，电话13812345678。\n"
    "2.会议偏多。\n"
    "四、原因分析\n"
    "1.王大力督导不够。\n"
    "五、整改措施\n"
    "1.由王大力牵头解决漏水问题，年底前办结。\n"
    "2.压减会议。\n"
)


def text(client, name, *args):
    return client.get(reverse(f"ledger:{name}", args=args)).content.decode()


# (a) (b) deadlines ----------------------------------------------------------------------------


def test_the_deadline_is_counted_from_the_day_of_the_material(world, client_of):
    material = make.examination(world, NAMED)
    material.written_on = days_ago(700)
    save(material)
    item = draft.from_measure(by=world.clerk, point=make.point(material, "measure").pk)
    shown = text(client_of(world.clerk), "edit", item.pk)
    year = material.written_on.year + (material.written_on.month == 12)
    assert f"时限 {year}年12月31日" in shown
    assert ("已过期" in shown) == (f"{year}-12-31" < str(days_ago(0)))


def test_a_deadline_that_has_passed_is_marked_everywhere(world, client_of):
    item = make.commitment(world, "draft", deadline=days_ago(30), proposed_on=days_ago(1))
    assert "已过期" in text(client_of(world.clerk), "edit", item.pk)
    assert "已过期" in text(client_of(world.owner), "claim", item.pk)
    draft.claim(by=world.owner, commitment=item.pk, version=item.version)
    shown = text(client_of(world.owner), "item", item.pk)
    assert "时限在认领前已过期" in shown
    assert "已超期" in shown
    assert item.number in client_of(world.owner).get("/ledger?due=overdue").content.decode()


# (c) other people's names -----------------------------------------------------------------------


@pytest.fixture
def named(world):
    person(world.office, "王大力", world.welfare)
    item = make.commitment(world, "published", material=make.examination(world, NAMED))
    make.access(world, item)
    return item


HIDDEN = ("张桂兰", "13812345678", "王大力")


@pytest.mark.parametrize("who", ["owner", "verifier", "auditor", "outsider", "reviewer"])
@pytest.mark.parametrize("page", ["item", "sheet", "publication"])
def test_names_of_others_are_masked(world, named, client_of, who, page):
    shown = text(client_of(getattr(world, who)), page, named.pk)
    assert not [name for name in HIDDEN if name in shown]
    assert "张某某" in shown


@pytest.mark.parametrize("page", ["sheet", "publication"])
def test_what_leaves_the_office_is_masked_for_all(world, named, client_of, page):
    shown = text(client_of(world.clerk), page, named.pk)
    assert not [name for name in HIDDEN if name in shown]


def test_who_may_read_materials_sees_the_words_as_they_are(world, named, client_of):
    for who in (world.clerk, world.head):
        shown = text(client_of(who), "item", named.pk)
        assert all(name in shown for name in HIDDEN)


def test_ones_own_name_stays(world, named, client_of):
    change_row(world.owner, name="王大力")
    shown = text(client_of(world.owner), "item", named.pk)
    assert "由王大力牵头" in shown
    assert "张桂兰" not in shown


def test_no_way_round_to_the_names(world, named, client_of):
    """Lists, forms of changes, the search: all that an owner can open."""
    item = make.commitment(world, "working", material=named.examination)
    browser = client_of(world.owner)
    pages = [
        browser.get(path).content.decode()
        for path in (
            "/ledger/problems", f"/ledger/material/{named.examination_id}",
            f"/ledger/{item.pk}/change-problems", f"/ledger/{item.pk}/change-split",
            f"/ledger/{item.pk}/change-withdraw", "/ledger", f"/ledger/{item.pk}/progress",
        )
    ]  # fmt: skip
    words = ("张桂兰", "13812345678", "王大力督导", "王大力牵头")  # his name is in lists of persons
    assert not [word for word in words for page in pages if word in page]
    search = {"q": "王大力"}
    assert item.number not in browser.get("/ledger", search).content.decode()
    assert item.number in client_of(world.clerk).get("/ledger", search).content.decode()


def test_a_decision_shows_no_names_to_somebody_outside(world, named, client_of):
    row = make.change(named, "problems", {"problems": []},
                      {"problems": [make.point(named.examination, "problem").pk]})  # fmt: skip
    shown = text(client_of(world.outsider), "change-decide", named.pk, row.pk)
    assert "张某某" in shown
    assert not [name for name in HIDDEN if name in shown]


def test_a_name_in_a_title_is_pointed_out_to_the_clerk(world, client_of):
    person(world.office, "王大力", world.welfare)
    item = make.commitment(world, "draft", title="由王大力牵头整治占道经营")
    assert "标题里有人名" in text(client_of(world.clerk), "edit", item.pk)


# (d) one count of problems that nothing answers ---------------------------------------------------


def test_both_pages_count_the_same_problems(world, client_of):
    material = make.examination(world)
    browser = client_of(world.clerk)
    measure, problem = make.point(material, "measure"), make.point(material, "problem", 2)
    weak = save(
        Link(office=world.office, examination=material, source=measure, target=problem,
             kind="answers", strength="weak", score=300)
    )  # fmt: skip

    def counted():
        by_material = browser.get(f"/materials/{material.pk}").context["groups"]
        first = len(next((rows for key, _, rows in by_material if key == "unanswered"), []))
        second = len(browser.get(f"/ledger/material/{material.pk}").context["problems"])
        third = unanswered(world.office.pk).filter(examination=material).count()
        assert first == second == third == len(answers.unanswered(material))
        return first

    assert counted() == 1
    page = browser.get(f"/materials/{material.pk}").content.decode()
    assert "只有沾边的措施，还没有人确认" in page
    weak.verdict = Link.Verdict.RIGHT
    save(weak)
    assert counted() == 0
    weak.verdict = Link.Verdict.WRONG
    save(weak)
    assert counted() == 1
    item = draft.for_problem(by=world.clerk, point=problem.pk, measure="每月会议不超过四次")
    assert counted() == 0
    draft.drop(by=world.clerk, commitment=item.pk, version=item.version, reason="重新考虑")
    assert counted() == 1


# (e) (f) what is empty ------------------------------------------------------------------------


def test_an_empty_number_is_missing(world, client_of):
    item = make.commitment(world, "draft", indicator="", baseline=None, target=None,
                           measure_unit="", reading_source="")  # fmt: skip
    checks = client_of(world.clerk).get(f"/ledger/{item.pk}").context["checks"]
    assert not checks[0].met
    assert "数量指标请填写目标。" in checks[0].reasons


@pytest.mark.parametrize("page", ["edit", "propose"])
def test_an_empty_title_is_pointed_out(world, client_of, page):
    item = make.commitment(world, "draft", title="加强学习", proposed_on=None)
    assert "只说了态度" in text(client_of(world.clerk), page, item.pk)
    change_row(item, title="三号窗口公示办理时限")
    assert "只说了态度" not in text(client_of(world.clerk), page, item.pk)


def test_a_draft_says_what_claiming_still_needs(world, client_of):
    item = make.commitment(world, "draft", unit=None, proposed_on=None)
    shown = text(client_of(world.clerk), "item", item.pk)
    assert "离认领还缺什么" in shown
    assert "请指定责任单位。" in shown
    assert "离销号还缺什么" not in shown


# (g) (h) claiming -----------------------------------------------------------------------------


def test_what_waits_for_a_claim_stands_on_the_owners_first_page(world, elsewhere, client_of):
    item = make.commitment(world, "draft", proposed_on=days_ago(1))
    other = make.commitment(world, "draft", proposed_on=days_ago(1), owner=world.colleague)
    foreign = make.commitment(elsewhere, "draft", proposed_on=days_ago(1))
    early = make.commitment(world, "draft", proposed_on=None)
    listed = client_of(world.owner).get("/ledger").context["to_claim"]
    assert listed == [item]
    assert f"/ledger/{item.pk}/claim" in client_of(world.owner).get("/ledger").content.decode()
    save(Deputising(office=world.office, person=world.colleague, deputy=world.owner, reason="出差",
                    starts=days_ago(1), ends=days_ago(-1)))  # fmt: skip
    assert set(client_of(world.owner).get("/ledger").context["to_claim"]) == {item, other}
    assert early not in listed
    assert foreign not in listed
    assert client_of(world.clerk).get("/ledger").context["to_claim"] == []


def test_what_waits_for_a_check_stands_on_the_verifiers_first_page(world, client_of):
    item = make.commitment(world, "verifying")
    other = make.commitment(world, "verifying", owner=world.witness)
    row = other.verifications.get()
    row.verifier = world.reviewer
    save(row)
    assert client_of(world.verifier).get("/ledger").context["to_verify"] == [item]
    assert f"/ledger/{item.pk}/verify" in client_of(world.verifier).get("/ledger").content.decode()
    assert client_of(world.owner).get("/ledger").context["to_verify"] == []


def test_who_decides_sees_how_much_waits(world, elsewhere, client_of):
    item = make.commitment(world, "working")
    make.change(item, "deadline", {"deadline": None}, {"deadline": "2027-01-01"})
    make.change(item, "owner", {"owner": world.owner.pk}, {"owner": world.colleague.pk},
                state="approved")  # fmt: skip
    make.change(make.commitment(elsewhere), "deadline", {"deadline": None}, {"deadline": None})
    assert "等待审批（1）" in client_of(world.head).get("/ledger").content.decode()
    assert "等待审批（" not in client_of(world.owner).get("/ledger").content.decode()


@pytest.mark.parametrize("who", ["clerk", "owner", "verifier", "head", "auditor"])
def test_the_list_asks_at_most_ten_of_its_own(world, client_of, who):
    material = make.examination(world)
    for state in ("draft", "verifying", "working", "published"):
        for _ in range(3):
            make.commitment(world, state, material=material)
    client = client_of(getattr(world, who))
    client.get("/ledger")  # what is counted is kept until the next action
    with CaptureQueriesContext(connection) as seen:
        client.get("/ledger")
    signing_in = ("django_session", "accounts_user", "accounts_rolegrant")
    own = [q["sql"] for q in seen if not any(f'FROM "{table}"' in q["sql"] for table in signing_in)]
    assert len(own) <= 10, own


@pytest.mark.parametrize("name", ["edit", "propose", "claim", "apply", "assign", "verify", "close"])
def test_a_form_that_cannot_be_used_any_more_does_not_open(world, client_of, name):
    item = make.commitment(world, "confirmed")
    for who in (world.clerk, world.owner, world.verifier):
        answer = client_of(who).get(reverse(f"ledger:{name}", args=[item.pk]))
        if answer.status_code != 403:
            assert answer.status_code == 409
            words = answer.content.decode()
            assert "不能办理" in words
            assert 'name="version"' not in words


# (i) (o) corrections ----------------------------------------------------------------------------


def corrected(material, action, **given):
    material.refresh_from_db()
    return action(examination=material.pk, version=material.version, **given)


def test_the_log_says_which_point_and_from_what_to_what(world, client_of):
    material = make.examination(world)
    problem, measure = make.point(material, "problem", 2), make.point(material, "measure")
    by = {"by": world.clerk}
    corrected(material, correcting.add_link, **by, source=measure.pk, target=problem.pk)
    start = material.text.index("全靠年末考核")
    corrected(material, correcting.change_kind, **by, point=problem.pk, kind="cause")
    corrected(material, correcting.move_ends, **by, point=make.point(material, "cause", 2).pk,
              start=start, end=start + 7)  # fmt: skip
    corrected(material, correcting.drop_point, **by, point=measure.pk)
    page = client_of(world.clerk).get(f"/materials/{material.pk}").content.decode()
    log = page[page.index("校正记录</h2>") :]
    assert "“会议偏多，基层填表负担重。”的类别：<del>问题</del> 改为 <ins>原因</ins>" in log
    assert "<ins>“全靠年末考核。”</ins>" in log
    assert "去掉措施：<del>五/1 “整治背街小巷占道经营。" in log
    assert "建立对应：<ins>五/1" in log
    assert "取消对应：<del>五/1" in log


def test_undoing_a_new_point_that_an_item_stands_on_says_why_not(world):
    material = make.examination(world)
    start = material.text.index("居民反映强烈")
    corrected(material, correcting.move_ends, by=world.clerk, point=make.point(material, "problem").pk,
              start=make.point(material, "problem").start, end=start)  # fmt: skip
    done = corrected(material, correcting.add_point, by=world.clerk, kind="problem", start=start,
                     end=start + 6)  # fmt: skip
    point = Point.objects.latest("pk")
    item = draft.for_problem(by=world.clerk, point=point.pk, measure="每周走访一次居民")
    before = (Point.objects.count(), Commitment.objects.get(pk=item.pk).version)
    with pytest.raises(Refused, match="已经用来建立整改事项"):
        corrected(material, correcting.undo, by=world.clerk, correction=done.pk)
    assert (Point.objects.count(), Commitment.objects.get(pk=item.pk).version) == before
    assert not Correction.objects.get(pk=done.pk).undone
    assert not CauseLink.objects.filter(point=point).exists()


# (j) (l) what was agreed, who can help ------------------------------------------------------------


def test_reading_days_and_kinds_of_evidence_stand_in_what_was_agreed(world, client_of):
    item = make.commitment(world, "working", reading_dates=["2026-12-31", "2027-03-31"],
                           evidence_kinds=["photo", "visit"])  # fmt: skip
    shown = text(client_of(world.owner), "item", item.pk)
    assert "必须有照片、走访" in shown
    assert "2026年12月31日" in shown
    assert "2027年3月31日" in shown
    change_row(item, state="draft", proposed_on=days_ago(1))
    shown = text(client_of(world.owner), "claim", item.pk)  # what one says yes to
    assert "必须有照片、走访" in shown
    assert "2027年3月31日" in shown


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/ledger?state=open", "/ledger"),
        ("http://evil.example/ledger", None),
        ("http://testserver//evil.example/", None),
        ("javascript:alert(1)", None),
        ("http://testserver/people", None),
    ],
)
def test_a_forbidden_page_says_who_can_help_and_where_one_came_from(world, client_of, came, back):
    answer = client_of(world.owner).get("/people", HTTP_REFERER=came)
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "管理员" in words
    assert "授予角色" in words
    assert ("返回刚才的页面" in words) == (back is not None)
    assert back is None or f'href="{back}"' in words
    assert "evil" not in words
    assert "javascript" not in words


# The page of an item asks the database few questions ------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "owner", "verifier", "outsider", "auditor", "head"])
@pytest.mark.parametrize("state", ["draft", "working", "published", "relapsed"])
def test_an_items_page_asks_at_most_25(world, client_of, state, who):
    item = make.commitment(world, state, co_owners=[world.co_owner])
    make.evidence(item, world.witness, file=make.file(world.office, "a1"))
    make.evidence(item, world.clerk, note="到现场看过。")
    make.access(world, item)
    client = client_of(getattr(world, who))
    address = f"/ledger/{item.pk}"
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= 25, [q["sql"][:120] for q in seen]
