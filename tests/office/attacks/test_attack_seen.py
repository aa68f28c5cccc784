"""What cannot be refused is seen by somebody else: marked, counted, on the line of time."""

from tests.office.attacks import spoils
from tests.office.attacks.tools import agreed, refused
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.ledger.actions import closing, draft, work
from luoshi.office.ledger.models import Change, Commitment, ProblemLink
from luoshi.office.ledger.unanswered import unanswered
from luoshi.web.templatetags.luoshi import day


def seen_by_the_reviewer(world, client_of, item):
    return client_of(world.reviewer).get(f"/ledger/{item.pk}").content.decode()


def counted(world, client_of, label):
    page = client_of(world.reviewer).get("/ledger").content.decode()
    return page.split(f'<span class="label">{label}</span><b>')[1].split("</b>")[0]


# Seen ---------------------------------------------------------------------------------------


def test_every_postponement_is_counted_and_shown(world, client_of):
    item = make.commitment(world, "working")
    for days in range(61, 66):
        agreed(world, item, "deadline", {"deadline": str(days_ago(-days))})
    page = seen_by_the_reviewer(world, client_of, item)
    assert page.count("同意") >= 5
    assert day(days_ago(-60)) in page  # what was agreed first
    assert item.changes.filter(kind="deadline", state=Change.State.APPROVED).count() == 5


def test_a_withdrawn_item_is_counted_apart_and_its_problem_stands_again(world, client_of):
    item = make.commitment(world, "working")
    problem = ProblemLink.objects.get(commitment=item).point
    assert problem not in unanswered(world.office.pk)
    agreed(world, item, "withdraw", {})
    assert counted(world, client_of, "已撤销") == "1"
    assert counted(world, client_of, "已确认") == "0"
    assert problem in unanswered(world.office.pk)


def test_a_dropped_draft_leaves_its_problem_without_a_measure(world):
    material = make.examination(world)
    item = draft.from_measure(by=world.clerk, point=make.point(material, "measure").pk)
    problem = ProblemLink.objects.get(commitment=item).point
    draft.drop(by=world.clerk, commitment=item.pk, version=item.version, reason="先不办")
    assert problem in unanswered(world.office.pk)


def test_an_item_on_hold_is_still_open_and_late(world, client_of):
    item = make.commitment(world, "suspended", deadline=days_ago(1), returns_on=days_ago(2))
    assert counted(world, client_of, "已超期") == "1"
    assert counted(world, client_of, "挂起") == "1"
    assert day(days_ago(2)) in seen_by_the_reviewer(world, client_of, item)


def test_a_relapse_stays_on_the_item_for_good(world, client_of):
    item = make.commitment(world, "confirmed")
    closing.relapse(by=world.reviewer, commitment=item.pk, version=item.version,
                    happened_on=days_ago(1), reason="又有摊点占道经营")  # fmt: skip
    item.refresh_from_db()
    work.start(by=world.owner, commitment=item.pk, version=item.version)
    page = seen_by_the_reviewer(world, client_of, item)
    assert "又有摊点占道经营" in page
    assert "反弹1次" in client_of(world.reviewer).get("/ledger").content.decode()


def test_every_reader_may_register_a_relapse(world):
    for who in (world.owner, world.reviewer, world.auditor, world.clerk, world.witness):
        item = make.commitment(world, "confirmed")
        closing.relapse(by=who, commitment=item.pk, version=item.version,
                        happened_on=days_ago(1), reason="又有摊点占道")  # fmt: skip
        assert Commitment.objects.get(pk=item.pk).state == "relapsed"


def test_what_cannot_be_verified_is_counted_and_never_done(world, client_of):
    item = make.commitment(world, "working", indicator_kind="none")
    assert counted(world, client_of, "无法核验") == "1"
    words = refused(closing.apply, by=world.owner, commitment=item.pk, version=item.version,
                    done_on=days_ago(0), statement="思想认识已经得到提高。")  # fmt: skip
    assert "无法核验" in words


def test_the_evidence_of_others_is_neither_taken_back_nor_changed(world):
    from luoshi.office.ledger.actions import evidence

    item = make.commitment(world, "working")
    row = make.evidence(item, world.witness, note="东段还有三个摊点。")
    given = {"by": world.owner, "commitment": item.pk, "version": item.version, "evidence": row.pk}
    assert "只有提交这件佐证的人" in refused(evidence.withdraw, **given, reason="内容有误，撤回")
    row.refresh_from_db()
    assert not row.withdrawn


def test_evidence_taken_back_stays_to_be_seen(world, client_of):
    from luoshi.office.ledger.actions import evidence

    item = make.commitment(world, "working")
    row = make.evidence(item, world.witness, title="东段现场照片")
    evidence.withdraw(by=world.witness, commitment=item.pk, version=item.version, evidence=row.pk,
                      reason="领导要求撤回")  # fmt: skip
    page = seen_by_the_reviewer(world, client_of, item)
    assert "东段现场照片" in page
    assert "领导要求撤回" in page


def test_a_short_publication_only_for_one_case_is_written_down(world, client_of):
    """The administrator may shorten the office's days, not below one, and the auditor sees it."""
    from luoshi.office.accounts.actions import people

    for days in (0, -5):
        assert "1到60天" in refused(people.set_office, by=world.administrator,
                                  publication_days=days, watch_days=90)  # fmt: skip
    assert "观察期应当是30" in refused(people.set_office, by=world.administrator,
                                 publication_days=5, watch_days=1)  # fmt: skip
    people.set_office(by=world.administrator, publication_days=1, watch_days=30)
    assert "调整单位设置" in client_of(world.auditor).get("/journal").content.decode()


def test_a_post_for_a_minute_stays_in_the_history_of_the_person(world, client_of):
    row = spoils.post(world, world.verifier, superior=world.owner, starts=days_ago(0), ends=days_ago(0),
                      title="临时借调")  # fmt: skip
    assert row.ends
    page = client_of(world.administrator).get(f"/people/{world.verifier.pk}").content.decode()
    assert "临时借调" in page


def test_a_check_that_nobody_made_and_a_return_that_never_came_are_marked(world, client_of):
    standing = make.commitment(world, "standing", next_check=days_ago(1))
    held = make.commitment(world, "suspended", returns_on=days_ago(1))
    page = client_of(world.reviewer).get("/ledger").content.decode()
    for item, words in ((standing, "该复查没有复查"), (held, "到期没有恢复")):
        assert words in page
        assert words in seen_by_the_reviewer(world, client_of, item)


def test_a_place_is_not_done_before_its_item(world):
    from tests.office.make import save

    from luoshi.office.ledger.actions import special
    from luoshi.office.ledger.models import SpecialLedger, SpecialPlace

    ledger = save(
        SpecialLedger(office=world.office, name="无物业小区", counts="小区", measure_unit="个",
                      baseline=10, target=0, starts=days_ago(90), deadline=days_ago(-90))
    )  # fmt: skip
    item = make.commitment(world, "working", special=ledger)
    place = save(
        SpecialPlace(office=world.office, special=ledger, name="东堤小区", commitment=item)
    )
    words = refused(special.place_done, by=world.owner, place=place.pk, done_on=days_ago(1))
    assert "还没有销号" in words
    spoils.change_row(item, state="watching")
    special.place_done(by=world.clerk, place=place.pk, done_on=days_ago(1))
