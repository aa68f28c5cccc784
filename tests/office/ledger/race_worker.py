"""Runs actions on a database of its own at a given moment, as told line by line.

A line is JSON: ``{"make": state, …}`` makes a commitment and answers with its keys;
``{"verb": …, "by": …, "at": …, "given": {…}}`` waits for the moment and calls the action;
``{"read": key}`` answers with what an item is now.
"""

import json
import sys
import time
from datetime import date

import django

django.setup()

from django.db import connection  # noqa: E402  # after the set-up
from tests.office import make as office_make  # noqa: E402
from tests.office.ledger import make  # noqa: E402

from luoshi.office.accounts.models import Office, Person  # noqa: E402
from luoshi.office.journal.act import VERBS  # noqa: E402
from luoshi.office.journal.errors import Refused  # noqa: E402
from luoshi.office.journal.models import Entry  # noqa: E402
from luoshi.office.ledger.actions import changes, closing, draft, evidence, work  # noqa: E402
from luoshi.office.ledger.models import Commitment  # noqa: E402

MODULES = (changes, closing, draft, evidence, work)


class World:
    """The office's people by their part, found again by every process."""

    def __init__(self):
        self.office = Office.objects.get()
        self.__dict__ |= {
            part: Person.objects.get(name=name)
            for part, name in {
                "owner": "责任人", "clerk": "经办人", "witness": "民政科员", "verifier": "核验人",
                "deputy": "副主任", "head": "主任", "reviewer": "审阅人", "colleague": "同事",
            }.items()
        }  # fmt: skip
        self.city = self.owner.posts.get().unit


def made(line):
    world = World()
    columns = {k: v for k, v in line.items() if k != "make"}
    item = make.commitment(world, line["make"], **columns)
    row = item.evidence_set.first()
    return {
        "item": item.pk, "version": item.version, "point": item.point_id,
        "evidence": row and row.pk, "material": make.examination(world).pk,
        "people": {k: v.pk for k, v in vars(world).items() if isinstance(v, Person)},
    }  # fmt: skip


def called(line):
    action = VERBS[line["verb"]].function
    by = Person.objects.get(pk=line["by"])
    given = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in line["given"].items()}
    while time.time() < line["at"]:
        time.sleep(0.0005)
    try:
        result = action(by=by, **given)
    except Refused as refused:
        return {"refused": type(refused).__name__, "reasons": refused.reasons}
    return {"done": getattr(result, "pk", None)}


def read(line):
    item = Commitment.objects.get(pk=line["read"])
    return {
        "state": item.state, "version": item.version, "number": item.number,
        "entries": Entry.objects.filter(
            subject=f"ledger.commitment:{item.pk}", verb__startswith="ledger."
        ).count(),
        "steps": item.steps.count(), "of_point": Commitment.objects.filter(point=item.point_id).count(),
        "withdrawn_evidence": item.evidence_set.filter(withdrawn=True).count(),
        "objections": sum(p.objections.count() for p in item.publications.all()),
    }  # fmt: skip


def main():
    if sys.argv[1:] == ["prepare"]:
        from luoshi.cli.deployment import migrate

        migrate()
        office_make.world()
        return
    for text in sys.stdin:
        line = json.loads(text)
        task = made if "make" in line else called if "verb" in line else read
        print(json.dumps(task(line)), flush=True)
        connection.close()


if __name__ == "__main__":
    main()
