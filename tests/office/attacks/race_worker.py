"""Two hands at once on one item, on a database of its own; prints what came of it as JSON.

Every race is run several times with all hands starting together, each in a thread with its own
connection. What a hand gets is "done", the kind of refusal, or the name of another error.
"""

import json
import sys
import threading
from itertools import count

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after the set-up
from django.db import connection  # noqa: E402
from tests.office import make as office_make  # noqa: E402
from tests.office.ledger import make  # noqa: E402
from tests.office.make import days_ago  # noqa: E402

from ledger_sheets import book  # noqa: E402
from luoshi.office.examinations import storage  # noqa: E402
from luoshi.office.journal.errors import Refused  # noqa: E402
from luoshi.office.journal.models import Entry  # noqa: E402
from luoshi.office.journal.verification import verify_database  # noqa: E402
from luoshi.office.ledger.actions import changes, closing, draft, evidence, work  # noqa: E402
from luoshi.office.ledger.models import Commitment  # noqa: E402
from luoshi.office.sheets import plan  # noqa: E402
from luoshi.office.sheets.actions import importing  # noqa: E402

SEEN = {"seen": "沿东堤路走了全程，只剩五处摊点。", "place": "东堤路", "seen_on": days_ago(0),
        "criterion_met": None, "reason": "", "publish_place": "公告栏"}  # fmt: skip


def close(world, item):
    return lambda: closing.close(by=world.clerk, commitment=item.pk, version=item.version)


def withdraw(world, item):
    row = item.evidence_set.first()
    return lambda: evidence.withdraw(by=world.witness, commitment=item.pk, version=None,
                                     evidence=row.pk, reason="照片拍错了地方")  # fmt: skip


def worse(world, item):
    return lambda: work.add_reading(by=world.reviewer, commitment=item.pk, version=None, value=9,
                                    read_on=days_ago(0), source="现场清点")  # fmt: skip


def object_to(world, item):
    return lambda: closing.object_to(by=world.clerk, commitment=item.pk, version=item.version,
                                     text="东头还有三个摊", received_on=days_ago(0))  # fmt: skip


def relapse(world, item):
    return lambda: closing.relapse(by=world.reviewer, commitment=item.pk, version=item.version,
                                   happened_on=days_ago(0), reason="又有摊点占道")  # fmt: skip


def verify(world, item):
    return lambda: closing.verify(by=world.verifier, commitment=item.pk, version=item.version,
                                  passed=True, **SEEN)  # fmt: skip


def give_back(world, item):
    return lambda: closing.verify(by=world.verifier, commitment=item.pk, version=item.version,
                                  passed=False, **{**SEEN, "reason": "东头还有三处"})  # fmt: skip


def confirm(world, item):
    return lambda: closing.confirm(by=world.verifier, commitment=item.pk, version=item.version,
                                   seen=SEEN["seen"], place="东堤路", seen_on=days_ago(0))  # fmt: skip


def unapply(world, item):
    return lambda: closing.unapply(by=world.owner, commitment=item.pk, version=item.version,
                                   reason="还有一处")  # fmt: skip


def progress(world, item):
    return lambda: work.add_progress(by=world.owner, commitment=item.pk, version=None,
                                     text="清理了一处摊点", happened_on=days_ago(0))  # fmt: skip


def claim(world, item):
    return lambda: draft.claim(by=world.owner, commitment=item.pk, version=item.version)


def drop(world, item):
    return lambda: draft.drop(by=world.clerk, commitment=item.pk, version=item.version,
                              reason="先不办了")  # fmt: skip


def on(state, *hands):
    """Return a race of hands on a fresh item in a state."""

    def prepare(world):
        columns = {"proposed_on": days_ago(0)} if state == "draft" else {}
        item = make.commitment(world, state, **columns)
        return item, [hand(world, item) for hand in hands]

    return prepare


def decide_twice(world):
    item = make.commitment(world, "working")
    row = changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind="withdraw",
                      new={}, reason="问题已经不存在")  # fmt: skip
    item.refresh_from_db()

    def decide(by, approve):
        return lambda: changes.decide(by=by, commitment=item.pk, version=item.version,
                                      change=row.pk, approve=approve, decision="已经研究")  # fmt: skip

    return item, [decide(world.deputy, True), decide(world.head, False)]


def one_item_of_a_measure(world):
    material = make.examination(world)
    point = make.point(material, "measure", 2).pk
    return None, [lambda: draft.from_measure(by=world.clerk, point=point)] * 4


def into_each_other(world):
    first, second = make.commitment(world, "working"), make.commitment(world, "working")
    asked = []
    for item, other in ((first, second), (second, first)):
        asked.append(
            changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind="merge",
                        new={"into": other.pk}, reason="两项是一回事")
        )  # fmt: skip
        item.refresh_from_db()

    def decide(item, row):
        return lambda: changes.decide(by=world.deputy, commitment=item.pk, version=item.version,
                                      change=row.pk, approve=True)  # fmt: skip

    return first, [decide(first, asked[0]), decide(second, asked[1])]


def uploaded(world, number):
    def fill(made):
        s = made.add_worksheet("台账")
        s.write_row(0, 0, ["序号", "问题", "整改措施", "责任人"])
        s.write_row(1, 0, [1, "路灯不亮", f"更换第{number}批路灯四十盏", "同事"])

    stored = storage.store([book(fill)], f"{number}.xlsx", evidence=False)
    return importing.upload(by=world.clerk, stored=stored)


def confirm_sheet(world, row):
    choices = importing.Choices(plan.build(row.office_id, row.record).digest)
    return lambda: importing.confirm(by=world.clerk, sheet_import=row.pk, choices=choices)


def one_preview(world):
    return None, [confirm_sheet(world, uploaded(world, next(_workbooks)))] * 4


def one_workbook_twice(world):
    number = next(_workbooks)
    rows = [uploaded(world, number), uploaded(world, number)]
    return None, [confirm_sheet(world, row) for row in rows]


def preview_given_up(world):
    row = uploaded(world, next(_workbooks))
    give_up = lambda: importing.discard(by=world.clerk, sheet_import=row.pk)  # noqa: E731
    return None, [confirm_sheet(world, row), give_up]


_workbooks = count(1)
RACES = {
    "close, close": on("published", close, close),
    "close, six times": on("published", *[close] * 6),
    "close, an objection": on("published", close, object_to),
    "close, evidence taken back": on("published", close, withdraw),
    "close, a worse reading": on("published", close, worse),
    "close, a relapse": on("published", close, relapse),
    "pass, pass": on("verifying", verify, verify),
    "pass, give back": on("verifying", verify, give_back),
    "pass, take the application back": on("verifying", verify, unapply),
    "confirm, a relapse": on("watching", confirm, relapse),
    "claim, claim": on("draft", claim, claim),
    "claim, drop": on("draft", claim, drop),
    "two superiors": decide_twice,
    "one measure, four times": one_item_of_a_measure,
    "two items into each other": into_each_other,
    "one preview, four times": one_preview,
    "one workbook, uploaded twice": one_workbook_twice,
    "a preview confirmed and given up": preview_given_up,
    "eight notes": on("working", *[progress] * 8),
}


def run(hands):
    """Let all hands start together; return what each got."""
    start, found = threading.Barrier(len(hands)), [""] * len(hands)

    def one(number, hand):
        start.wait()
        try:
            hand()
            found[number] = "done"
        except Refused as refused:
            found[number] = type(refused).__name__
        except Exception as error:  # noqa: BLE001  # whatever it was: the test says it
            found[number] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def main(times):
    call_command("migrate", verbosity=0)
    world, report = office_make.world(), {}
    for name, prepare in RACES.items():
        rounds = []
        for _ in range(times):
            item, hands = prepare(world)
            before = Entry.objects.count()
            found = run(hands)
            state = Commitment.objects.get(pk=item.pk).state if item else ""
            rounds.append({"found": found, "state": state,
                           "entries": Entry.objects.count() - before})  # fmt: skip
        report[name] = rounds
    verdict = verify_database()
    print(json.dumps({"report": report, "bad": [t.words for t in verdict.troubles]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
