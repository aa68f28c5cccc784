"""A worker that asks for pages of the ledger as a signed-in clerk, without a network.

Times are of the server's side: the whole request through middleware, view, database and template
to the finished answer, by Django's test client. The list is shown with a hundred rows a page
(the program shows fifty).
"""

from __future__ import annotations

import os
import re
import time
from typing import Any
from urllib.parse import urlencode

os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

import ledger_act
from ledger_turns import answer
from luoshi.office.accounts.models import Person
from luoshi.office.ledger import queries
from luoshi.office.ledger.models import Commitment

ROWS = 100
AFTERWARDS = "by deadline, just after an action"
FIRST = "by deadline, first after the start"
ITEMS = 25
# What every page of a signed-in person asks, before its own questions.
_SIGN_IN = re.compile(
    r'FROM "(?:django_session|accounts_user|accounts_rolegrant|mfa_authenticator)"'
)
state: dict[str, Any] = {}


def ready() -> dict[str, list[str]]:
    """Sign in; return the pages by name, each with the addresses to ask for in turn."""
    settings.ALLOWED_HOSTS = ["testserver"]
    defaults: Any = queries.page.__kwdefaults__
    defaults["size"] = ROWS
    clerk = Person.objects.get(name="经办人", office__name="柳河街道办事处")
    state["client"] = Client()
    state["client"].force_login(
        clerk.accounts.get(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    rows = Commitment.for_office(clerk.office_id)
    owner = Person.objects.get(name="承办人7", office=clerk.office_id)
    one = rows.order_by("-pk")[rows.count() // 3]
    late = rows.order_by(F("deadline").desc(nulls_first=True), "-pk")[ROWS]
    return {
        "by deadline (default)": [_list()],
        AFTERWARDS: [_list()],
        FIRST: [_list()],
        "newest first": [_list(sort="new")],
        "by number": [_list(sort="number")],
        "open": [_list(state="open")],
        "in work": [_list(state="working")],
        "overdue": [_list(due="overdue")],
        "due in a week": [_list(due="week")],
        "no deadline": [_list(due="none")],
        "one owner": [_list(owner=owner.pk)],
        "one unit": [_list(unit=one.unit_id)],
        "standing": [_list(time_class="standing")],
        "not verifiable": [_list(state="open", unverifiable="on")],
        "search: one number": [_list(q=one.number)],
        "search: a common word": [_list(q="占道经营")],
        "search: nothing found": [_list(q="没有这样的事项")],
        "last page": [_list(after=f"0_{late.deadline}_{late.pk}" if late.deadline else f"1_{late.pk}")],
        "item page": [f"/ledger/{key}" for key in _spread(rows)],
    }  # fmt: skip


def _list(**chosen: Any) -> str:
    return f"/ledger?{urlencode(chosen)}"


def _spread(rows: Any) -> list[int]:
    """Return items in work and closed ones from all over the ledger."""
    number = rows.count()
    places = range(number // ITEMS // 2, number, number // ITEMS)
    return [rows.order_by("pk").values_list("pk", flat=True)[place] for place in places]


def get(name: str, urls: list[str], times: int) -> list[float]:
    """Ask for each of the addresses so often; return the milliseconds of each answer.

    What is counted stands until the next action: before one page there is one each time.
    """
    found = []
    for _ in range(times):
        for url in urls:
            if name == AFTERWARDS:
                ledger_act.note()
            elif name == FIRST:
                ledger_act.start_again()
            begin = time.perf_counter()
            answer = state["client"].get(url)
            found.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{url}: {answer.status_code}")
    return found


def statements(url: str) -> dict[str, int]:
    """Return how many statements a page issues: its own, and those of session and sign-in."""
    state["client"].get(url)
    with CaptureQueriesContext(connection) as held:
        state["client"].get(url)
    before = sum(bool(_SIGN_IN.search(query["sql"])) for query in held)
    return {"own": len(held) - before, "sign-in": before}


def slow(url: str) -> list[tuple[float, str]]:
    """Return what a page sends to the database, with the milliseconds of each."""
    with CaptureQueriesContext(connection) as held:
        state["client"].get(url)
    return [(float(query["time"]) * 1000, query["sql"]) for query in held]


if __name__ == "__main__":
    answer(ready=ready, get=get, statements=statements, slow=slow)
