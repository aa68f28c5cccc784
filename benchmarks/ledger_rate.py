"""A worker that adds progress notes through the real action, journal entry included.

Beside it, ``statements`` counts what one action sends to the database, and ``profile`` tells
where the time goes.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from django.conf import settings

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger_turns import answer
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions.work import add_progress
from luoshi.office.ledger.models import Commitment

NOTE = "已会同东堤社区逐户走访，清理占道摊点3处，劝导流动商贩6人次，其余点位下周继续整治。"
state: dict[str, Any] = {}


def prepare(items: int) -> int:
    """Make tables, an office and items in hand."""
    from tests.office import make
    from tests.office.ledger import make as ledger

    call_command("migrate", verbosity=0, interactive=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
    world = make.world()
    material = ledger.examination(world)
    for _ in range(items):
        ledger.commitment(world, material=material)
    return items


def ready() -> int:
    """Load what a signed-in request has at hand: the person."""
    state["by"] = Person.objects.get(name="责任人")
    state["items"] = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
    state["next"] = os.getpid()
    return len(state["items"])


def run(number: int) -> float:
    """Add so many notes; return the seconds it took."""
    day = clock.today()
    begin = time.perf_counter()
    for _ in range(number):
        state["next"] += 1
        item = state["items"][state["next"] % len(state["items"])]
        add_progress(by=state["by"], commitment=item, version=None, text=NOTE, happened_on=day)
    return time.perf_counter() - begin


def statements() -> list[str]:
    """Return what one note sends to the database, but the first of a person: that makes a salt."""
    run(1)
    with CaptureQueriesContext(connection) as held:
        run(1)
    return [query["sql"] for query in held]


def made() -> int:
    """Return how many entries the journal has."""
    return Entry.objects.count()


if __name__ == "__main__":
    answer(prepare=prepare, ready=ready, run=run, statements=statements, made=made)
