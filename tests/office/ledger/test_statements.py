"""The list and an item's page ask the database a constant number of questions (issue 4 §7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.office.ledger import make
from tests.office.make import days_ago
from tests.office.make import rows as save_all

from luoshi.office.journal.act import SYSTEM
from luoshi.office.ledger import queries
from luoshi.office.ledger.models import Commitment, Evidence, Progress, Reading, Step

MOST = 10  # for the list's own data
_SIGN_IN = ("django_session", "accounts_user", "accounts_rolegrant", "mfa_authenticator")
LISTS = (
    "", "sort=new", "sort=number", "state=open", "due=overdue", "due=none", "unverifiable=on",
    "q=整改", "q=整改&state=open&sort=new", "time_class=short&sort=number",
)  # fmt: skip


@pytest.fixture
def asked(world, client_of):
    """Return the statements of a page, those of session and sign-in left out."""
    client = client_of(world.clerk)

    def ask(url):
        assert client.get(url).status_code == 200  # what is asked once a process is asked here
        with CaptureQueriesContext(connection) as held:
            page = client.get(url)
        assert page.status_code == 200
        own = [q["sql"] for q in held if not any(f'FROM "{t}"' in q["sql"] for t in _SIGN_IN)]
        return own, page.content.decode()

    return ask


def fill(world, first, last):
    """Make items, a fifth of them without a deadline."""
    people, units = [world.owner, world.chief, world.colleague], [world.city, world.welfare]
    save_all(
        by=SYSTEM,
        rows=[
            Commitment(
                office=world.office, number=f"Z-{n:05d}", title=f"整改第{n}处", state="working",
                owner=people[n % 3], unit=units[n % 2], time_class="short", created_by=world.clerk,
                deadline=None if n % 5 == 0 else days_ago(n % 300), created_on=days_ago(400),
            )
            for n in range(first, last)
        ],
    )  # fmt: skip


def test_a_list_of_ten_and_of_a_thousand_ask_the_same(world, asked, monkeypatch):
    monkeypatch.setitem(queries.page.__kwdefaults__, "size", 100)
    make.examination(world)  # problems that nothing answers are listed too
    fill(world, 0, 10)
    few = {url: len(asked(f"/ledger?{url}")[0]) for url in LISTS}
    for _ in range(4):
        make.examination(world)
    fill(world, 10, 1000)
    for url in LISTS:
        own, shown = asked(f"/ledger?{url}")
        assert shown.count("整改第") == 100
        assert len(own) <= MOST, own
        # A list by deadline has two stretches; the second is asked where the first is too short.
        assert len(own) <= few[url], own


def test_an_item_with_ten_rows_and_with_hundreds_ask_the_same(world, asked):
    item = make.commitment(world, "published")

    def work(times):
        own = {"office": world.office, "commitment": item}
        rows = []
        for n in range(times):
            at = make.noon(days_ago(20))
            author = [world.owner, world.co_owner, world.witness, world.colleague][n % 4]
            rows += [
                Progress(**own, author=author, text="清理占道摊点", happened_on=days_ago(20), added_at=at),
                Reading(**own, author=author, value=9, read_on=days_ago(20), source="清点", added_at=at),
                Evidence(**own, author=author, kind="photo", title=f"照片{times}之{n}", note=f"第{n}张",
                         dated=days_ago(20), declared=1, added_at=at),
                Step(**own, by=author, at=at, verb="ledger.progress", before="working",
                     after="working", version=1, note=f"第{n}次", new={"owner": author.pk}),
            ]  # fmt: skip
        save_all(by=SYSTEM, rows=rows)

    work(10)
    few, _ = asked(f"/ledger/{item.pk}")
    work(250)
    many, shown = asked(f"/ledger/{item.pk}")
    assert shown.count("照片250之") >= 250
    assert len(many) == len(few)


def test_an_item_page_does_not_ask_more_in_a_full_ledger(world, asked):
    item = make.commitment(world, "published")
    alone, _ = asked(f"/ledger/{item.pk}")
    fill(world, 0, 1000)
    among, _ = asked(f"/ledger/{item.pk}")
    assert len(among) == len(alone)


@pytest.mark.parametrize("url", ["/ledger", "/ledger?q=整改"])
def test_just_after_an_action_a_list_stays_within_its_bound(world, client_of, url):
    make.examination(world)
    fill(world, 0, 30)
    client = client_of(world.clerk)
    client.get(url)
    save_all(by=SYSTEM, rows=[_item(world, 31)])
    with CaptureQueriesContext(connection) as held:
        client.get(url)
    own = [q["sql"] for q in held if not any(f'FROM "{t}"' in q["sql"] for t in _SIGN_IN)]
    assert len(own) <= MOST + 4, own  # what the entries since then changed, and the counts of it


def _item(world, number):
    return Commitment(
        office=world.office, number=f"Z-{number:05d}", title="整改", state="working",
        time_class="short", created_by=world.clerk, created_on=days_ago(1),
    )  # fmt: skip
