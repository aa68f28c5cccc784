"""Who may read whose material: every page, file, search and home page, tried by who may not."""

import html
import re

import pytest
from tests.office.make import days_ago, save
from tests.office.review.reviewed import COPIED, material, reviewed, second_of

from luoshi.office.examinations.models import Point
from luoshi.office.journal.errors import NotFound
from luoshi.office.review import queries, reach, table
from luoshi.office.review.actions import batches, deciding, giving, materials, remarks
from luoshi.office.review.models import Assignment, Passage, Submission

SECRET = "纺织巷劝离摊贩"  # stands in the colleague's material only


@pytest.fixture
def held(world, settings, tmp_path):
    settings.FILES = tmp_path
    return reviewed(world)


def addresses(held, name="同事"):
    draft, batch = held[name], held.batch
    shows = ["findings", "remarks", "problems", "measures", "overlap", "recurrence"]
    return [
        f"/reviews/{batch.pk}", f"/reviews/{batch.pk}/overlap", f"/reviews/drafts/{draft.pk}/file",
        f"/reviews/drafts/{draft.pk}/rounds", f"/reviews/drafts/{draft.pk}/opinion",
        f"/reviews/drafts/{draft.pk}/beside/{held['责任人'].pk}",
        *(f"/reviews/drafts/{draft.pk}?show={show}" for show in shows),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part", ["head", "owner", "verifier", "auditor", "administrator", "outsider", "chief"]
)
def test_nobody_reads_a_batch_that_is_not_theirs(world, elsewhere, client_of, held, part):
    for office in (world, elsewhere):
        client = client_of(getattr(office, part))
        for path in addresses(held):
            answer = client.get(path)
            assert answer.status_code in {403, 404}, path
            assert SECRET not in answer.content.decode()


def test_the_positive_control(world, client_of, held):
    for by in (world.reviewer, world.clerk):
        for path in addresses(held):
            answer = client_of(by).get(path)
            wanted = 404 if path.endswith("/opinion") else 200  # nothing has been decided
            assert answer.status_code == wanted, path


def test_a_reviewer_sees_assigned_batches_only(world, client_of, held):
    other = batches.make(by=world.clerk, name="另一批材料", meeting="组织生活会", held_on=None,
                         reviewers=[world.head.pk])  # fmt: skip
    assert client_of(world.reviewer).get(f"/reviews/{other.pk}").status_code == 404
    assert "另一批材料" not in client_of(world.reviewer).get("/reviews").content.decode()
    assert "另一批材料" in client_of(world.head).get("/reviews").content.decode()
    assert held.batch.name not in client_of(world.head).get("/reviews").content.decode()
    assert held.batch.name not in client_of(world.head).get("/").content.decode()


def test_a_reviewer_has_no_other_way_to_the_materials(world, client_of, held):
    """Nor the office's list of materials, a material's page, its file, a paper, the search."""
    client = client_of(world.reviewer)
    key = held["同事"].examination_id
    point = Point.objects.filter(examination=key).first()
    for path in (
        "/materials",
        f"/materials/{key}",
        f"/materials/{key}/file",
        f"/papers/material/{key}",
        f"/ledger/material/{key}",
    ):
        answer = client.get(path)
        assert answer.status_code in {403, 404}, path
    assert (
        client.post(f"/materials/{key}/correct/drop", {"version": 1, "point": point.pk}).status_code
        == 403
    )
    for path in ("/search?q=劝离摊贩", "/ledger?q=劝离摊贩", "/ledger/problems", "/"):
        assert SECRET not in client.get(path).content.decode(), path


def test_numbers_of_another_batch_lead_nowhere(world, client_of, held):
    """A reviewer of one batch tries the drafts of another one beside their own."""
    other = reviewed_again(world)
    client = client_of(world.reviewer)
    mine, theirs = held["责任人"], other["同事"]
    assert client.get(f"/reviews/drafts/{mine.pk}/beside/{theirs.pk}").status_code == 404
    assert client.get(f"/reviews/drafts/{theirs.pk}/beside/{mine.pk}").status_code == 404
    assert client.get(f"/reviews/drafts/{mine.pk}/template/999").status_code == 404
    assert client.get(f"/reviews/drafts/{theirs.pk}").status_code == 404
    assert client.post(f"/reviews/{other.batch.pk}/compare").status_code == 404


def reviewed_again(world):
    """Make a second batch of other people's review with copies of the same words."""
    import tests.office.review.reviewed as made

    was = made.text_of
    try:
        made.text_of = lambda name: was(name) + "\n补充说明：以上情况属实。\n"
        return made.reviewed(world, names=("同事",), compared=False, reviewers=[world.head])
    finally:
        made.text_of = was


def test_of_an_earlier_batch_only_what_was_found_is_shown(world, client_of, held):
    """What a batch is compared with stays closed but for the passages and what stands round them."""
    earlier = reviewed_again(world)
    mine, theirs = held["责任人"], earlier["同事"]
    at = [held_at(d) for d in (mine, theirs)]
    done = queries.last_done(held.batch.pk)
    save(Passage(office=world.office, comparison=done, one=mine, other=theirs, outside=True,
                 one_start=at[0], one_end=at[0] + len(COPIED), other_start=at[1],
                 other_end=at[1] + len(COPIED), exact=True, covered=1000, same=len(COPIED)))  # fmt: skip
    client = client_of(world.reviewer)
    for query in ("", "?whole=1"):
        page = client.get(f"/reviews/drafts/{mine.pk}/beside/{theirs.pk}{query}").content.decode()
        assert COPIED[:20] in page
        assert "补充说明" not in page
        assert f"/reviews/drafts/{theirs.pk}" not in page
    assert client.get(f"/reviews/drafts/{theirs.pk}").status_code == 404


def held_at(draft):
    return draft.examination.text.index(COPIED[:20])


def returned(world, draft):
    remarks.add(by=world.reviewer, draft=draft.pk, start=3, end=9, text="请写明涉及几户。")
    remarks.judge(
        by=world.reviewer, draft=draft.pk, finding=1, take=False, text="这一条我看不成立。"
    )
    version = Submission.objects.get(pk=draft.submission_id).version
    return deciding.decide(by=world.reviewer, draft=draft.pk, version=version, outcome="return",
                           words="总的看写得不够具体。", answer_by=days_ago(-5))  # fmt: skip


def test_an_author_sees_their_own_opinion_and_nothing_else(world, client_of, held):
    returned(world, held["责任人"])
    returned(world, held["同事"])
    own, other = held["责任人"], held["同事"]
    client = client_of(world.owner)
    page = client.get(f"/reviews/drafts/{own.pk}/opinion").content.decode()
    assert "请写明涉及几户。" in page
    assert "这一条我看不成立" not in page, "what a reviewer dismissed is not the author's"
    for name in ("同事", "城管科长", "副主任"):
        assert name not in re.sub(r"<header.*?</header>", "", page, flags=re.S)
    mine = client.get("/reviews/mine").content.decode()
    assert f"/reviews/drafts/{own.pk}/opinion" in mine
    assert f"/reviews/drafts/{other.pk}/opinion" not in mine
    assert client.get(f"/reviews/drafts/{other.pk}/opinion").status_code == 404
    for form in ("docx", "pdf", "comments"):
        assert client.post(f"/reviews/drafts/{other.pk}/opinion/{form}").status_code == 404
        with pytest.raises(NotFound):
            giving.give(by=world.owner, draft=other.pk, form=form)
    for path in addresses(held, "责任人"):
        if not path.endswith("/opinion"):
            assert client.get(path).status_code in {403, 404}, path


def test_no_opinion_before_the_decision_nor_after_it_is_taken_back(world, client_of, held):
    own = held["责任人"]
    remarks.add(by=world.reviewer, draft=own.pk, start=3, end=9, text="请写明涉及几户。")
    for by in (world.owner, world.clerk):
        assert client_of(by).get(f"/reviews/drafts/{own.pk}/opinion").status_code == 404
    # Who runs the batch sees what was decided, not what reviewers are still thinking.
    page = client_of(world.clerk).get(f"/reviews/drafts/{own.pk}?show=remarks").content.decode()
    assert "请写明涉及几户。" not in page
    returned(world, own)
    assert client_of(world.owner).get(f"/reviews/drafts/{own.pk}/opinion").status_code == 200
    version = Submission.objects.get(pk=own.submission_id).version
    deciding.withdraw(by=world.reviewer, draft=own.pk, version=version, reason="点错了按钮")
    assert client_of(world.owner).get(f"/reviews/drafts/{own.pk}/opinion").status_code == 404


def test_a_reviewer_sees_no_remarks_on_their_own_material(world, client_of, held):
    save(Assignment(office=world.office, batch=held.batch, person=world.deputy))
    own = held["副主任"]
    remarks.add(by=world.reviewer, draft=own.pk, start=3, end=9, text="请写明涉及几户。")
    page = client_of(world.deputy).get(f"/reviews/drafts/{own.pk}?show=remarks").content.decode()
    assert "请写明涉及几户。" not in page
    assert "由别的审阅人审阅" in page
    assert "作出结论" not in page.replace("作出结论以后", "")


def test_a_changed_author_takes_the_opinion_away(world, client_of, held):
    own = held["责任人"]
    returned(world, own)
    one = Submission.objects.get(pk=own.submission_id)
    one.author = world.colleague
    save(one)
    assert client_of(world.owner).get(f"/reviews/drafts/{own.pk}/opinion").status_code == 404
    assert reach.opinion(world.colleague, own.pk)


#: Words that would make of counts a mark, or of people an order.
SCORES = re.compile(r"总分|得分|评分|打分|排名|名次|合计|综合|第[0-9]+名|分数")


def test_there_is_no_score_and_no_order_of_persons(world, client_of, held):
    assert not [c for c in table.COLUMNS if SCORES.search(c.label) or SCORES.search(c.key)]
    fields = {name for name in vars(queries.Line) if not name.startswith("_")}
    assert not fields & {"score", "total", "rank", "sum", "points", "grade", "weight"}
    page = client_of(world.reviewer).get(f"/reviews/{held.batch.pk}").content.decode()
    assert not SCORES.search(re.sub(r"<[^>]+>", "", page).replace("综合科", ""))
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
    assert len(heads) == 9
    assert not [head for head in heads if "序号" in head]


def test_the_table_stands_by_unit_and_name(world, client_of, held):
    done = queries.last_done(held.batch.pk)
    lines = queries.lines(held.batch.pk, done, all_remarks=True)
    order = [(line.submission.unit.name, line.submission.name) for line in lines]
    assert order == sorted(order)
    assert table.arranged(lines, table.asked({})) == lines
    assert table.arranged(lines, table.asked({"sort": "score"})) == lines
    assert table.arranged(lines, table.asked({"sort": "-nonsense"})) == lines
    falling = table.arranged(lines, table.asked({"sort": "-shared"}))
    assert [x.shared for x in falling] == sorted((x.shared for x in lines), reverse=True)
    one = table.arranged(lines, table.asked({"search": "责任人"}))
    assert [x.submission.name for x in one] == ["责任人"]


def test_every_cell_leads_to_its_place(world, client_of, held):
    client = client_of(world.reviewer)
    page = client.get(f"/reviews/{held.batch.pk}").content.decode()
    links = set(re.findall(r'href="(/reviews/drafts/[^"]+)"', page))
    assert len(links) >= 16
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
    draft = held["责任人"]
    for line in queries.lines(held.batch.pk, queries.last_done(held.batch.pk), all_remarks=True):
        if line.draft.pk == draft.pk:
            for family, count in line.families.items():
                shown = client.get(f"/reviews/drafts/{draft.pk}?family={family}").content.decode()
                assert len(re.findall(r'id="about-f\d+"', shown)) == count
            for grade, count in line.grades.items():
                shown = client.get(f"/reviews/drafts/{draft.pk}?grade={grade}").content.decode()
                assert len(re.findall(r'id="about-f\d+"', shown)) == count


def test_what_became_of_remarks_is_shown_to_who_may_see_them(world, client_of, held):
    """A second draft came before the first was decided: its remarks are the reviewers' own."""
    own = held["责任人"]
    remarks.add(by=world.reviewer, draft=own.pk, start=3, end=9, text="请写明涉及几户。")
    version = Submission.objects.get(pk=own.submission_id).version
    new = material(world, second_of("责任人"), "二稿.txt")
    second = materials.follow(by=world.clerk, submission=own.submission_id, version=version,
                              examination=new.pk)  # fmt: skip
    path = f"/reviews/drafts/{second.pk}/rounds"
    assert "请写明涉及几户。" in client_of(world.reviewer).get(path).content.decode()
    page = client_of(world.clerk).get(path).content.decode()
    assert "请写明涉及几户。" not in page
    assert "上一稿的检查意见" in page


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_numbers_that_nothing_has(world, client_of, held, number):
    for by in (world.reviewer, world.clerk, world.owner):
        for path in (f"/reviews/{number}", f"/reviews/drafts/{number}", f"/reviews/drafts/{number}/opinion",
                     f"/reviews/materials/{number}/next", f"/reviews/drafts/{number}/beside/{number}"):  # fmt: skip
            assert client_of(by).get(path).status_code == 404, path


def test_every_word_of_a_draft_is_on_its_page(world, client_of, held):
    draft = held["责任人"]
    for show in ("findings", "remarks", "problems", "measures", "overlap", "recurrence"):
        page = (
            client_of(world.reviewer)
            .get(f"/reviews/drafts/{draft.pk}?show={show}")
            .content.decode()
        )
        source = re.search(r'<section id="source".*?</section>', page, re.S)[0]
        shown = re.sub(r'<span class="para".*?</span>', "", source)
        shown = html.unescape(re.sub(r"<[^>]+>", "", shown))
        assert "".join(shown.split()) == "".join(draft.examination.text.split())
        places = re.findall(r' id="([fpmrxq]\d+)"', source)
        assert len(places) == len(set(places))
        for place in places:
            if show != "remarks":
                assert f'id="about-{place}"' in page, (show, place)
