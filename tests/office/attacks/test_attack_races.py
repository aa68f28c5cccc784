"""Two requests at once: one of them is told that things have changed, and the journal is whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.databases import fresh_database

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TIMES = 4
#: Where more than one hand may get what it asked for: their number.
MANY = {"eight notes": 8}
#: Where the second hand acts on what is there, whatever it saw: the rules decide, not the page.
EITHER = {"close, evidence taken back", "close, a worse reading"}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    home = tmp_path_factory.mktemp("races")
    env = {k: v for k, v in os.environ.items() if k != "LUOSHI_DATABASE"} | {
        "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}:{ROOT / 'tests'}", **fresh_database(),
    }  # fmt: skip
    done = subprocess.run([sys.executable, str(HERE / "race_worker.py"), str(TIMES)], env=env,
                          capture_output=True, text=True, check=False, cwd=ROOT)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


RACES = [
    "close, close", "close, six times", "close, an objection", "close, evidence taken back",
    "close, a worse reading", "close, a relapse", "pass, pass", "pass, give back",
    "pass, take the application back", "confirm, a relapse", "claim, claim", "claim, drop",
    "two superiors", "one measure, four times", "two items into each other",
    "one preview, four times", "one workbook, uploaded twice", "a preview confirmed and given up",
    "eight notes",
]  # fmt: skip


@pytest.mark.parametrize("race", RACES)
def test_one_gets_what_was_asked_for_and_the_others_are_told(outcome, race):
    rounds = outcome["report"][race]
    assert len(rounds) == TIMES
    for one in rounds:
        done = one["found"].count("done")
        assert set(one["found"]) <= {"done", "Refused", "Stale", "NotAllowed"}, one
        assert one["entries"] == done
        assert done == MANY.get(race, 1), one


def test_nothing_else_was_raced(outcome):
    assert list(outcome["report"]) == RACES


def test_a_closed_item_had_everything_when_it_was_closed(outcome):
    for race in EITHER:
        for one in outcome["report"][race]:
            closed = one["found"][0] == "done"
            assert one["state"] == ("watching" if closed else "published")
            assert (one["found"][1] == "done") != closed


def test_the_journal_holds_all_of_it(outcome):
    assert outcome["bad"] == []
