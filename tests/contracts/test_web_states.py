"""The table of states: labels, ways in and out, and that its words are what the actions do."""

import re

import pytest

from luoshi.core.workflow import table
from luoshi.office.accounts.permissions import roles
from luoshi.office.journal.act import VERBS
from luoshi.office.ledger import kinds
from luoshi.office.ledger.models import Change
from luoshi.office.ledger.views.registry import SCREENS

STATES, MOVES = table.states(), table.moves()
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Moves that another action carries out: an approval, the verifier's decision, a check that fails.
BY_ANOTHER = {
    "return": "ledger.verify", "pass": "ledger.verify", "uphold": "ledger.objection.decide",
    "suspend": "ledger.change.decide", "withdraw": "ledger.change.decide",
    "unstand": "ledger.change.decide",
}  # fmt: skip


def reached(start, steps):
    found, waiting = {start}, [start]
    while waiting:
        for to in steps(waiting.pop()):
            if to not in found:
                found.add(to)
                waiting.append(to)
    return found


def onwards(state):
    for move in table.verbs_from(state):
        if move.target == "*":
            yield from table.moves()["suspend"].sources
        else:
            yield move.target


@pytest.mark.parametrize("state", STATES.values(), ids=lambda state: state.key)
def test_every_state_has_a_label_and_a_way_in_and_out(state):
    assert CHINESE.search(state.label)
    assert not re.search(r"[a-z]", state.label)
    assert len(state.key) <= 12
    assert state.key in reached("draft", onwards)
    ends = reached(state.key, onwards) & {s.key for s in STATES.values() if s.end}
    assert ends
    assert state.end or list(onwards(state.key))


def test_labels_differ():
    assert len({state.label for state in STATES.values()}) == len(STATES)


def test_closed_is_reached_by_verification_and_publication_alone():
    """Take one step away and no item comes to its confirmed end."""
    for step in ("apply", "assign", "pass", "close", "confirm"):

        def without(state, step=step):
            for move in table.verbs_from(state):
                if move.verb != step:
                    yield from MOVES["suspend"].sources if move.target == "*" else [move.target]

        assert "confirmed" not in reached("draft", without), step


def test_what_is_not_gone_counts_as_open():
    assert {k for k, s in STATES.items() if not s.open} == {"watching", "confirmed", "withdrawn"}
    assert {k for k, s in STATES.items() if s.end} == {"confirmed", "withdrawn"}
    assert "relapse" in {move.verb for move in table.verbs_from("confirmed")}


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.verb)
def test_every_move_has_its_words_its_permission_its_action_and_a_page(move):
    given = set().union(*(role.permissions for role in roles().values()))
    assert CHINESE.search(move.label)
    assert move.needs in given
    assert move.sources <= set(STATES)
    assert move.target in {*STATES, "*"}
    verb = BY_ANOTHER.get(move.verb, f"ledger.{move.verb}")
    assert verb in VERBS
    assert any(VERBS[verb].function is screen.action for screen in SCREENS)


@pytest.mark.parametrize("kind", Change.Kind.values)
def test_every_kind_of_change_can_be_asked_for(kind):
    rule = kinds.RULES[kind]
    assert rule.states <= set(STATES)
    assert not rule.states & {"draft", "confirmed", "withdrawn"}
    # A closed item still needs somebody to whom it comes back.
    assert ("watching" in rule.states) == (kind in {"owner", "co_owners"})
    assert any(getattr(screen.form, "kind", "") == kind for screen in SCREENS)
    assert CHINESE.search(Change.Kind(kind).label)


def test_a_move_that_the_table_does_not_name_leads_nowhere():
    for state in STATES:
        for move in MOVES.values():
            expected = state in move.sources
            assert (table.target(move.verb, state, "working") is not None) == expected
        assert table.target("confirmed", state) is None
    assert table.target("resume", "suspended", "") is None
    assert table.target("resume", "suspended", "nothing") is None
