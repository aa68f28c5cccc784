"""A worker that adds follow-ups to tickets of django-helpdesk through its own `update_ticket`.

The tickets have no submitter's address, nobody in copy and nobody assigned, and the follow-up is
not public: the peer has no mail to write.
"""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "ledger_peer_settings"

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from helpdesk.models import FollowUp, Queue, Ticket
from helpdesk.update_ticket import update_ticket

from ledger_turns import answer

NOTE = "已会同东堤社区逐户走访，清理占道摊点3处，劝导流动商贩6人次，其余点位下周继续整治。"
state: dict[str, Any] = {}


def prepare(items: int) -> int:
    """Make tables, a member of staff and tickets."""
    call_command("migrate", verbosity=0, interactive=False)
    get_user_model().objects.create_user("staff", is_staff=True)
    queue = Queue.objects.create(title="城管", slug="city")
    for number in range(items):
        Ticket.objects.create(
            queue=queue, title=f"整治背街小巷占道经营第{number}处", description=NOTE
        )
    return items


def ready() -> int:
    """Load what a signed-in request has at hand: the user."""
    state["by"] = get_user_model().objects.get(username="staff")
    state["items"] = list(Ticket.objects.order_by("pk").values_list("pk", flat=True))
    state["next"] = os.getpid()
    return len(state["items"])


def run(number: int, atomic: bool) -> float:
    """Add so many follow-ups; return the seconds it took.

    ``atomic`` puts each into one transaction, which the peer does not do by itself.
    """
    begin = time.perf_counter()
    for _ in range(number):
        state["next"] += 1
        item = state["items"][state["next"] % len(state["items"])]
        whole: AbstractContextManager[Any] = transaction.atomic() if atomic else nullcontext()
        with whole:
            ticket = Ticket.objects.get(pk=item)
            update_ticket(state["by"], ticket, comment=NOTE)
    return time.perf_counter() - begin


def statements() -> list[str]:
    """Return what one follow-up sends to the database."""
    with CaptureQueriesContext(connection) as held:
        run(1, atomic=False)
    return [query["sql"] for query in held]


def made() -> int:
    """Return how many follow-ups there are."""
    return FollowUp.objects.count()


if __name__ == "__main__":
    answer(prepare=prepare, ready=ready, run=run, statements=statements, made=made)
