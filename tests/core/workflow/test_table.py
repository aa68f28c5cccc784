"""The state table: every state has a label and a way out or is an end, and no way leads around."""

import pytest

from luoshi.core.knowledge import table as data
from luoshi.core.workflow import table

STATES, MOVES = table.states(), table.moves()


def edges(*, without=()):
    return {
        (source, target)
        for verb, move in MOVES.items()
        if verb not in without
        for source in move.sources
        for target in (list(STATES) if move.target == "*" else [move.target])
    }


def reachable(start, *, without=()):
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for source, target in edges(without=without):
            if source == here and target not in found:
                found.add(target)
                waiting.append(target)
    return found


@pytest.mark.parametrize("key", STATES)
def test_every_state_has_a_label_and_a_way_out_or_is_an_end(key):
    state = STATES[key]
    assert state.label
    assert bool(table.verbs_from(key)) != state.end or key == "confirmed"
    assert not (state.end and state.open)


def test_a_confirmed_item_can_only_be_opened_again():
    assert [move.verb for move in table.verbs_from("confirmed")] == ["relapse"]
    assert table.verbs_from("withdrawn") == ()


@pytest.mark.parametrize("key", STATES)
def test_every_state_can_be_reached_and_leads_to_an_end(key):
    assert key in reachable("draft")
    assert {"withdrawn", "confirmed"} & reachable(key)


@pytest.mark.parametrize("verb", MOVES)
def test_every_move_is_worded_and_known(verb):
    move = MOVES[verb]
    assert move.label
    assert move.sources <= set(STATES)
    assert move.target in STATES or move.target == "*"
    assert move.needs in data("roles/roles")["permissions"]
    assert move.decided in {"", "own", "superior", "untied", "other"}


@pytest.mark.parametrize("step", ["apply", "pass", "close", "confirm"])
def test_no_way_to_confirmed_without_each_step(step):
    """A resumed item goes back where it was; that is judged below, not here."""
    assert "confirmed" not in reachable("draft", without={step, "resume"})


@pytest.mark.parametrize(("target", "verb"), [("watching", "close"), ("published", "pass")])
def test_one_way_only(target, verb):
    assert [v for v, move in MOVES.items() if move.target == target] == [verb]


def test_confirmed_only_from_watching():
    assert MOVES["confirm"].sources == {"watching"}


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_target_agrees_with_the_table(verb, state):
    move = MOVES[verb]
    found = table.target(verb, state, "working")
    if state not in move.sources:
        assert found is None
    else:
        assert found == ("working" if move.target == "*" else move.target)


def test_what_stands_in_no_table():
    assert table.target("close-quietly", "published") is None
    assert table.target("resume", "suspended", "") is None
    assert table.target("resume", "suspended", "nowhere") is None


def test_suspending_never_hides_what_is_being_verified():
    assert not MOVES["suspend"].sources & {"applied", "verifying", "published", "watching"}
    assert not MOVES["withdraw"].sources & {"applied", "verifying", "published", "watching"}


@pytest.mark.parametrize("verb", [v for v, m in MOVES.items() if m.decided == "superior"])
def test_what_lowers_the_bar_is_decided_above(verb):
    assert MOVES[verb].needs == "ledger.decide"


@pytest.mark.parametrize("name", ["publication", "watch", "suspension"])
def test_days(name):
    assert table.default_days(name) > 0
