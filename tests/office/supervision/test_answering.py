"""A slip is answered by whose it is and closed by somebody else, whichever way it is tried."""

import pytest
from tests.office.ledger import make
from tests.office.make import days_ago, person, save
from tests.office.supervision.supervised import late, slip_of

from luoshi.core.supervision import slips
from luoshi.office.accounts.actions.leaving import hand_over
from luoshi.office.accounts.models import Deputising, RoleGrant
from luoshi.office.journal import clock
from luoshi.office.journal.act import VERBS
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.models import Duty
from luoshi.office.supervision.actions import answering
from luoshi.office.supervision.sweep import sweep

WORDS = "东头还有三处，月底前清理完。"


@pytest.fixture
def slip(world):
    item = late(world, co_owners=[world.co_owner])
    sweep()
    return slip_of(item)


def fresh(slip):
    return type(slip).objects.get(pk=slip.pk)


def answered(world, slip):
    answering.answer(by=world.owner, slip=slip.pk, version=slip.version, text=WORDS)
    return fresh(slip)


def role(world, who, *names):
    for name in names:
        save(RoleGrant(office=who.office, person=who, role=name, starts=days_ago(30)))


def test_from_served_to_archived_each_step_leaves_one_entry(world, slip, monkeypatch):
    def do(action, **given):
        before, row = Entry.objects.count(), fresh(slip)
        action(slip=row.pk, version=row.version, **given)
        assert Entry.objects.count() == before + 1
        assert VERBS[Entry.objects.latest("number").verb].function is action
        return fresh(slip).state

    assert do(answering.answer, by=world.owner, text=WORDS) == "answered"
    assert do(answering.send_back, by=world.clerk, reason="没有写哪三处") == "returned"
    assert do(answering.answer, by=world.co_owner, text=WORDS) == "answered"
    assert do(answering.close, by=world.clerk, reason="已到现场看过") == "closed"
    make.later(monkeypatch, 29)
    sweep()
    assert fresh(slip).state == "closed"
    make.later(monkeypatch, 2)
    sweep()
    assert fresh(slip).state == "archived"
    assert [s.verb for s in slip.steps.all()] == ["answer", "return", "answer", "close", "archive"]


def test_returning_gives_time_to_answer_again(world, slip, monkeypatch):
    answered(world, slip)
    make.later(monkeypatch, 20)
    row = fresh(slip)
    answering.send_back(by=world.clerk, slip=row.pk, version=row.version, reason="没有写哪三处")
    assert fresh(slip).answer_by > clock.today()


@pytest.mark.parametrize(
    "who", ["clerk", "head", "colleague", "chief", "witness", "auditor", "outsider"]
)
def test_nobody_else_answers(world, slip, who):
    with pytest.raises(NotAllowed):
        answering.answer(by=getattr(world, who), slip=slip.pk, version=slip.version, text=WORDS)


def test_who_deputises_answers(world, slip):
    save(Deputising(office=world.office, person=world.owner, deputy=world.colleague, reason="出差",
                    starts=days_ago(1), ends=days_ago(-1)))  # fmt: skip
    answering.answer(by=world.colleague, slip=slip.pk, version=slip.version, text=WORDS)
    assert fresh(slip).state == "answered"


def deputy(world, since, until):
    save(Deputising(office=world.office, person=world.owner, deputy=world.colleague, reason="出差",
                    starts=days_ago(since), ends=days_ago(until)))  # fmt: skip
    return world.colleague


def had_it(world, slip):
    save(Duty(office=world.office, commitment=slip.commitment, person=world.colleague, kind="co",
              starts=days_ago(30), ends=days_ago(20)))  # fmt: skip
    return world.colleague


def who_answered(world, slip):
    """Somebody who answered as a deputy, and deputises no more."""
    row = save(Deputising(office=world.office, person=world.owner, deputy=world.colleague,
                          reason="出差", starts=days_ago(1), ends=days_ago(0)))  # fmt: skip
    now = fresh(slip)
    answering.send_back(by=world.clerk, slip=now.pk, version=now.version, reason="没有写哪三处")
    now = fresh(slip)
    answering.answer(by=world.colleague, slip=now.pk, version=now.version, text=WORDS)
    row.starts, row.ends = days_ago(60), days_ago(50)
    save(row)
    return world.colleague


TIED = {
    "the owner": lambda w, s: w.owner,
    "a co-owner": lambda w, s: w.co_owner,
    "who deputises today": lambda w, s: deputy(w, 1, -1),
    "who deputised in the meantime": lambda w, s: deputy(w, 10, 0),
    "who had it before": had_it,
    "who answered": who_answered,
}


@pytest.mark.parametrize("action", ["close", "send_back", "settle"])
@pytest.mark.parametrize("name", TIED)
def test_nobody_with_a_part_in_it_closes_it(world, slip, client_of, name, action):
    slip = answered(world, slip)
    who = TIED[name](world, slip)
    role(world, who, "clerk", "head")
    if action == "settle":
        row = fresh(slip)
        row.state, row.is_open, row.gone_on = "served", True, clock.today()
        save(row)
    now = fresh(slip)
    with pytest.raises(NotAllowed, match="没有关系的人"):
        getattr(answering, action)(by=who, slip=now.pk, version=now.version, reason="可以了，审结")
    what = {"send_back": "return"}.get(action, action)
    answer = client_of(who).post(f"/supervision/slips/{now.pk}/{what}",
                                 {"version": now.version, "reason": "可以了，审结"})  # fmt: skip
    assert answer.status_code == 403
    assert f"/{what}" not in client_of(who).get(f"/supervision/slips/{now.pk}").content.decode()
    assert fresh(slip).state == now.state


def test_two_accounts_of_one_person_are_one_person(world, slip):
    """Rules are judged per person: a second account changes nothing (the actor is the person)."""
    slip = answered(world, slip)
    role(world, world.owner, "clerk")
    with pytest.raises(NotAllowed):
        answering.close(by=world.owner, slip=slip.pk, version=slip.version, reason="可以了，审结")


@pytest.mark.parametrize(
    "who", ["reviewer", "verifier", "witness", "auditor", "administrator", "outsider"]
)
def test_without_the_permission_nobody_closes(world, slip, who):
    slip = answered(world, slip)
    with pytest.raises(NotAllowed):
        answering.close(
            by=getattr(world, who), slip=slip.pk, version=slip.version, reason="可以了，审结"
        )


def test_another_office_sees_nothing(world, elsewhere, slip, client_of):
    slip = answered(world, slip)
    for action in (answering.close, answering.send_back, answering.settle):
        with pytest.raises(NotFound):
            action(by=elsewhere.clerk, slip=slip.pk, version=slip.version, reason="可以了，审结")
    with pytest.raises(NotFound):
        answering.answer(by=elsewhere.owner, slip=slip.pk, version=slip.version, text=WORDS)
    assert client_of(elsewhere.clerk).get(f"/supervision/slips/{slip.pk}").status_code == 404
    assert (
        slip.name
        not in client_of(elsewhere.clerk).get("/supervision/slips?state=all").content.decode()
    )


def test_words_are_asked_for_and_an_old_page_is_refused(world, slip):
    for text in ("", "  ", "好的"):
        with pytest.raises(Refused):
            answering.answer(by=world.owner, slip=slip.pk, version=slip.version, text=text)
    with pytest.raises(Stale):
        answering.answer(by=world.owner, slip=slip.pk, version=slip.version + 1, text=WORDS)
    row = answered(world, slip)
    with pytest.raises(Refused, match="不能反馈"):
        answering.answer(by=world.owner, slip=slip.pk, version=row.version, text=WORDS)


def test_without_an_answer_it_is_closed_only_when_its_reason_is_gone(world, slip):
    with pytest.raises(Refused, match="还没有消除"):
        answering.settle(by=world.clerk, slip=slip.pk, version=slip.version, reason="不必再反馈了")
    with pytest.raises(Refused, match="不能审结"):
        answering.close(by=world.clerk, slip=slip.pk, version=slip.version, reason="不必再反馈了")
    row = slip.commitment
    row.state = "watching"
    save(row)
    sweep()
    now = fresh(slip)
    answering.settle(by=world.clerk, slip=slip.pk, version=now.version, reason="不必再反馈了")
    assert fresh(slip).state == "closed"


def test_a_person_who_leaves_hands_slips_over(world, slip):
    role(world, world.administrator, "administrator")
    counts = hand_over(by=world.administrator, person=world.owner.pk, successor=world.colleague.pk)
    assert counts["督办单"] == 1
    now = fresh(slip)
    assert now.person == world.colleague
    answering.answer(by=world.colleague, slip=slip.pk, version=now.version, text=WORDS)


def test_every_state_of_a_slip_has_a_label_a_way_in_and_a_way_to_the_end():
    states, moves = slips.states(), slips.moves()
    ends = {key for key, state in states.items() if state.end}
    assert ends == {"archived"}
    for key, state in states.items():
        assert state.label
        assert len(key) <= 10
        reached, waiting = {key}, [key]
        while waiting:
            now = waiting.pop()
            for move in moves.values():
                if now in move.sources and move.target not in reached:
                    reached.add(move.target)
                    waiting.append(move.target)
        assert reached & ends
        assert key == "served" or any(move.target == key for move in moves.values())


def test_a_move_that_the_table_does_not_name_leads_nowhere():
    for state in slips.states():
        for verb, move in slips.moves().items():
            assert (slips.target(verb, state) is not None) == (state in move.sources)
        assert slips.target("archived", state) is None
    by_system = {verb for verb, move in slips.moves().items() if move.decided == "system"}
    assert by_system == {"urge", "lapse", "replace", "archive"}
    # The program alone never closes what somebody was asked to answer for good.
    assert slips.moves()["lapse"].sources == {"served"}


def test_people_of_the_page(world, slip):
    someone = person(world.office, "新来的", world.general, roles=["clerk"], superior=world.head)
    slip = answered(world, slip)
    answering.close(by=someone, slip=slip.pk, version=slip.version, reason="已到现场看过")
    assert fresh(slip).closed_on == clock.today()
