"""One of several processes: at a given moment one reviewer decides on a draft; prints what came of it."""

import json
import sys
import time

import django

django.setup()

from luoshi.office.accounts.models import Person  # noqa: E402  # after the set-up
from luoshi.office.journal.errors import Refused  # noqa: E402
from luoshi.office.review.actions import deciding  # noqa: E402
from luoshi.office.review.models import Decision, Draft  # noqa: E402


def make() -> None:
    """Fill a fresh database; print the keys of what was made."""
    from django.core.management import call_command
    from tests.office.make import save, world
    from tests.office.review.review_rows import rows

    from luoshi.office.review.models import Assignment

    call_command("migrate", verbosity=0)
    made = world()
    held = rows(made)
    save(Assignment(office=made.office, batch=held.batch, person=made.head))
    print(json.dumps({"draft": held.waiting.pk, "people": [made.reviewer.pk, made.head.pk]}))


def decide(line: dict) -> None:
    """Decide at the moment that the line names."""
    by = Person.objects.get(pk=line["by"])
    draft = Draft.objects.select_related("submission").get(pk=line["draft"])
    version = draft.submission.version
    time.sleep(max(0.0, line["at"] - time.time()))
    try:
        deciding.decide(by=by, draft=draft.pk, version=version, outcome=line["outcome"],
                        words="请把第一个问题写具体，写明涉及几户。", answer_by=line["until"])  # fmt: skip
    except Refused as refusal:
        print(json.dumps({"refused": type(refusal).__name__, "why": list(refusal.reasons)}))
    else:
        print(json.dumps({"decided": by.pk, "rows": Decision.objects.filter(draft=draft).count()}))


if __name__ == "__main__":
    make() if sys.argv[1] == "make" else decide(json.loads(sys.argv[1]))
