"""Two people at once, in two processes on one real database: never both, never by half."""

import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.databases import fresh_database

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ROUNDS = 4
LATELY = (date.today() - timedelta(days=2)).isoformat()


class Processes:
    """Two workers that act at the same moment."""

    def __init__(self, env):
        command = [sys.executable, str(HERE / "race_worker.py")]
        self.workers = [
            subprocess.Popen(
                command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]

    def say(self, worker, **line):
        print(json.dumps(line), file=worker.stdin, flush=True)

    def hear(self, worker):
        answer = worker.stdout.readline()
        assert answer, "the worker has died"
        return json.loads(answer)

    def ask(self, **line):
        self.say(self.workers[0], **line)
        return self.hear(self.workers[0])

    def race(self, *calls):
        """Call two actions (verb, by, given) at the same moment; return what became of each."""
        at = time.time() + 0.05
        for worker, (verb, by, given) in zip(self.workers, calls, strict=True):
            self.say(worker, verb=verb, by=by, given=given, at=at)
        return [self.hear(worker) for worker in self.workers]

    def close(self):
        for worker in self.workers:
            worker.stdin.close()
            worker.wait(timeout=30)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    env = os.environ | {
        "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip
    env |= fresh_database()
    subprocess.run([sys.executable, str(HERE / "race_worker.py"), "prepare"], env=env, check=True)
    workers = Processes(env)
    yield workers
    workers.close()


def one_done(results):
    """Return the refusal of the one that was not first."""
    done = [r for r in results if "done" in r]
    refused = [r for r in results if "refused" in r]
    assert (len(done), len(refused)) == (1, 1), results
    return refused[0]["refused"]


@pytest.mark.parametrize("turn", range(ROUNDS))
class TestRaces:
    def test_two_pages_take_on_one_draft(self, two, turn):
        made = two.ask(make="draft", proposed_on="2026-01-01")
        claim = ("ledger.claim", made["people"]["owner"],
                 {"commitment": made["item"], "version": 1})  # fmt: skip
        order = ("ledger.order", made["people"]["deputy"],
                 {"commitment": made["item"], "version": 1})  # fmt: skip
        assert one_done(two.race(claim, order)) == "Stale"
        now = two.ask(read=made["item"])
        assert (now["state"], now["version"], now["steps"]) == ("accepted", 2, 1)

    def test_two_clerks_make_one_item_of_a_measure(self, two, turn):
        made = two.ask(make="withdrawn")
        call = ("ledger.draft.measure", made["people"]["clerk"], {"point": made["point"]})
        assert one_done(two.race(call, call)) == "Refused"
        assert two.ask(read=made["item"])["of_point"] == 2

    def test_two_items_never_get_one_number(self, two, turn):
        made = two.ask(make="draft")
        call = ("ledger.draft.hand", made["people"]["clerk"], {"title": "规范公章使用"})
        results = two.race(call, call)
        numbers = {two.ask(read=result["done"])["number"] for result in results}
        assert len(numbers) == 2

    def test_one_request_is_decided_once(self, two, turn):
        made = two.ask(make="working")
        people = made["people"]
        new = {"deadline": "2099-01-01"}
        asked = two.race(
            ("ledger.change.ask", people["owner"],
             {"commitment": made["item"], "version": 1, "kind": "deadline", "new": new,
              "reason": "施工单位进场推迟"}),
            ("ledger.change.ask", people["clerk"],
             {"commitment": made["item"], "version": 1, "kind": "deadline", "new": new,
              "reason": "施工单位进场推迟"}),
        )  # fmt: skip
        assert one_done(asked) == "Stale"
        change = next(r["done"] for r in asked if "done" in r)
        given = {"commitment": made["item"], "version": 2, "change": change}
        results = two.race(
            ("ledger.change.decide", people["deputy"], given | {"approve": True}),
            (
                "ledger.change.decide",
                people["head"],
                given | {"approve": False, "decision": "不行"},
            ),
        )
        assert one_done(results) == "Stale"

    def test_evidence_withdrawn_while_the_item_closes(self, two, turn):
        made = two.ask(make="published")
        people, item = made["people"], made["item"]
        results = two.race(
            ("ledger.close", people["clerk"], {"commitment": item, "version": 1}),
            ("ledger.evidence.withdraw", people["witness"],
             {"commitment": item, "version": None, "evidence": made["evidence"],
              "reason": "照片拍错了地点"}),
        )  # fmt: skip
        one_done(results)
        now = two.ask(read=item)
        assert (now["state"], now["withdrawn_evidence"]) in {("watching", 0), ("published", 1)}

    def test_a_worse_reading_while_the_item_closes(self, two, turn):
        made = two.ask(make="published")
        people, item = made["people"], made["item"]
        results = two.race(
            ("ledger.close", people["clerk"], {"commitment": item, "version": 1}),
            ("ledger.reading", people["reviewer"],
             {"commitment": item, "version": None, "value": "9", "read_on": LATELY,
              "source": "现场清点"}),
        )  # fmt: skip
        one_done(results)
        assert two.ask(read=item)["state"] == ("watching" if "done" in results[0] else "published")

    def test_an_objection_while_the_item_closes(self, two, turn):
        made = two.ask(make="published")
        people, item = made["people"], made["item"]
        results = two.race(
            ("ledger.close", people["clerk"], {"commitment": item, "version": 1}),
            ("ledger.objection.register", people["clerk"],
             {"commitment": item, "version": 1, "text": "东堤路还有摊点", "received_on": LATELY}),
        )  # fmt: skip
        assert one_done(results) == "Stale", results
        now = two.ask(read=item)
        assert (now["state"], now["objections"]) in {("watching", 0), ("published", 1)}

    def test_two_items_merged_into_each_other(self, two, turn):
        one, other = two.ask(make="working"), two.ask(make="working")
        people = one["people"]
        asked = two.race(
            *(
                ("ledger.change.ask", people["owner"],
                 {"commitment": a["item"], "version": 1, "kind": "merge",
                  "new": {"into": b["item"]}, "reason": "两件事其实是一件"})
                for a, b in ((one, other), (other, one))
            )
        )  # fmt: skip
        results = two.race(
            *(
                ("ledger.change.decide", people["deputy"],
                 {"commitment": a["item"], "version": 2, "change": row["done"], "approve": True})
                for a, row in zip((one, other), asked, strict=True)
            )
        )  # fmt: skip
        one_done(results)
        states = sorted(two.ask(read=made["item"])["state"] for made in (one, other))
        assert states == ["withdrawn", "working"]

    def test_notes_of_two_people_are_both_kept(self, two, turn):
        made = two.ask(make="working")
        note = ("ledger.progress", made["people"]["owner"],
                {"commitment": made["item"], "version": None, "text": "已清理三处摊点",
                 "happened_on": LATELY})  # fmt: skip
        results = two.race(note, note)
        assert all("done" in r for r in results)
        now = two.ask(read=made["item"])
        assert (now["version"], now["steps"], now["entries"]) == (3, 2, 2)
