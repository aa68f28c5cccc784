"""Every figure of home, board, trend and wall opens as many rows as it says, role by role."""

import html
import re

import pytest
from tests.office.desk import desk_history
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.desk import trend
from luoshi.office.journal import clock
from luoshi.office.ledger.scopes import SCOPES

FIGURE = re.compile(r'href="(/[^"]*)"[^>]*><span class="label">([^<]*)</span><b[^>]*>([\d,]+)')
CELL = re.compile(r'href="(/ledger\?[^"]*)"[^>]*>([\d,]+)<')
ROLES = ("clerk", "owner", "co_owner", "deputy", "head", "verifier", "reviewer", "auditor",
         "administrator", "outsider")  # fmt: skip


def figures(answer, pattern=FIGURE):
    for found in pattern.findall(answer.content.decode()):
        yield html.unescape(found[0]), int(found[-1].replace(",", ""))


def opened(client, url):
    """Return how many rows the page behind a figure shows."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    held = answer.context
    if url.startswith("/ledger/problems"):
        return held["page"].paginator.count
    if url.startswith("/verifications"):
        return len(held["to_verify" if url.endswith("mine-h") else "opened"])
    rows = re.findall(r'row" class="main"><a href="([^"]+)"', answer.content.decode())
    assert held["found"] == len(set(rows))
    return held["found"]


@pytest.fixture
def filled(world, monkeypatch):
    return desk_history.office(world, monkeypatch)


@pytest.mark.parametrize("who", ROLES)
def test_every_figure_of_the_home_opens_its_rows(world, filled, client_of, who):
    make.access(world, filled["open"])
    client = client_of(getattr(world, who))
    found = list(figures(client.get("/")))
    for url, number in found:
        assert opened(client, url) == number, url
    assert bool(found) == (who != "administrator")


@pytest.mark.parametrize("page", ["/board", "/trend", "/trend?months=24", "/wall"])
def test_every_figure_of_board_trend_and_wall_opens_its_rows(world, filled, client_of, page):
    client = client_of(world.reviewer)
    answer = client.get(page)
    found = [*figures(answer, CELL), *figures(answer)]
    assert len(found) > 20
    assert any(number for _, number in found)
    for url, number in dict(found).items():
        if url.startswith("/ledger"):
            assert opened(client, url) == number, url


def test_what_the_figures_say(world, filled, client_of):
    shown = dict(figures(client_of(world.owner).get("/")))
    assert shown["/ledger?state=returned&mine=on"] == 1
    assert shown["/ledger?only=change_decided&mine=on"] == 1
    assert shown["/ledger?only=soon&mine=on"] == 2
    assert shown["/ledger?only=check_due&mine=on"] == 1
    shown = dict(figures(client_of(world.clerk).get("/")))
    assert shown["/ledger?only=unclaimed"] == 1
    assert shown["/ledger?only=unassigned"] == 2
    assert shown["/ledger?only=to_close"] == 1
    shown = dict(figures(client_of(world.head).get("/")))
    assert shown["/ledger?only=change_open"] == 1
    assert shown["/ledger?only=top"] == 1
    community = f"/ledger?due=overdue&unit={world.community.pk}"
    assert shown[community] == 1
    shown = dict(figures(client_of(world.verifier).get("/")))
    assert shown["/ledger?only=my_check"] == 1
    assert shown["/ledger?only=confirm_due"] == 3


def test_the_reason_of_what_came_back_stands_on_the_home(world, filled, client_of):
    words = client_of(world.owner).get("/").content.decode()
    assert "东头还有一处没有清理" in words
    assert "工期没有变" in words
    assert "东头还有一处没有清理" not in client_of(world.co_owner).get("/").content.decode()


def test_months_and_rate(world, filled):
    rows = trend.months(world.office.pk, 12)
    assert sum(row.opened for row in rows) == 8
    assert sum(row.closed for row in rows) == 3
    assert sum(row.relapsed for row in rows) == 1
    assert rows[-1].standing == 8 - 2
    found = trend.rate(world.office.pk, 12)
    assert (found.on_time.number, found.closed.number) == (1, 2)
    assert found.overdue.number == 5
    assert found.percent == 14.3
    assert not found.too_good


def test_a_hundred_per_cent_is_a_warning(world, client_of, monkeypatch):
    item = desk_history.agreed(world)
    desk_history.verified(world, item)
    make.later(monkeypatch, 6)
    desk_history.close(world, item)
    found = trend.rate(world.office.pk, 12)
    assert found.percent == 100
    assert found.too_good
    for page in ("/trend", "/wall"):
        words = client_of(world.reviewer).get(page).content.decode()
        assert "请抽查" in words
    make.commitment(world, "working", deadline=days_ago(1))
    found = trend.rate(world.office.pk, 12)
    assert found.percent == 50
    assert "请抽查" not in client_of(world.reviewer).get("/trend").content.decode()


def test_nothing_to_go_by_is_no_rate(world, client_of):
    assert trend.rate(world.office.pk, 12).percent is None
    assert "还没有可以计算的事项" in client_of(world.reviewer).get("/trend").content.decode()


def test_months_that_are_over_stay_what_they_were(world, monkeypatch):
    """A second look asks the history of the running month alone, and says the same."""
    item = desk_history.agreed(world)
    desk_history.verified(world, item)
    make.later(monkeypatch, 40)
    first = trend.months(world.office.pk, 12)
    desk_history.close(world, item)
    asked = []
    real = trend._month
    monkeypatch.setattr(trend, "_month", lambda office, day: asked.append(day) or real(office, day))
    second = trend.months(world.office.pk, 12)
    assert asked == [clock.today().replace(day=1)]
    assert second[:-1] == first[:-1]
    assert (first[-1].closed, second[-1].closed) == (0, 1)
    trend._months_over[world.office.pk] = (0, b"another journal", {first[0].month: {}})
    desk_history.relapse(world, item)
    assert [row.closed for row in trend.months(world.office.pk, 12)] == [
        row.closed for row in second
    ]
    assert len(asked) > 12


@pytest.mark.parametrize("who", ROLES)
def test_another_offices_items_move_no_figure(world, elsewhere, filled, client_of, who):
    client = client_of(getattr(elsewhere, who))
    for page in ("/", "/board", "/trend", "/wall", "/search?q=摊"):
        answer = client.get(page)
        if answer.status_code == 403:
            continue
        text = answer.content.decode()
        for words in (world.office.name, filled["open"].number, "按期销号的", "东头还有一处"):
            assert words not in text
        assert not any(number for _, number in [*figures(answer), *figures(answer, CELL)]), page


def test_the_wall_names_no_person_and_loads_itself_again(world, filled, client_of):
    answer = client_of(world.reviewer).get("/wall")
    text = answer.content.decode()
    for name in (world.owner.name, world.head.name, world.verifier.name, world.reviewer.name):
        assert f">{name}<" not in text
    assert re.search(r'<meta http-equiv="refresh" content="\d+">', text)
    still = client_of(world.reviewer).get("/wall?still=1").content.decode()
    assert 'http-equiv="refresh"' not in still


def test_an_empty_office_tells_the_clerk_how_to_begin(world, client_of):
    words = client_of(world.clerk).get("/").content.decode()
    assert "怎样开始" in words
    assert "导入对照检查材料" in words
    assert "怎样开始" not in client_of(world.reviewer).get("/").content.decode()
    make.commitment(world, "working")
    assert "怎样开始" not in client_of(world.clerk).get("/").content.decode()


def test_a_part_that_fails_is_named_and_hides_no_other(world, client_of):
    from luoshi.office import today

    today.register("督办", lambda asker: 1 / 0)
    try:
        words = client_of(world.clerk).get("/").content.decode()
    finally:
        today.unregister("督办")
    assert "“督办”这一部分现在读不出来" in words
    assert "等待认领" in words


def test_an_app_above_adds_its_part(world, client_of):
    from luoshi.office import today

    part = today.Section(
        "slips", "督办单", figures=(today.Figure("等我答复", 3, "/ledger", "bad"),)
    )
    today.register("督办", lambda asker: [part] if asker.person == world.owner else [], place=10)
    try:
        mine = client_of(world.owner).get("/").content.decode()
        others = client_of(world.clerk).get("/").content.decode()
    finally:
        today.unregister("督办")
    assert mine.index("等我答复") < mine.index("等我认领")
    assert "等我答复" not in others


@pytest.mark.parametrize("key", SCOPES)
@pytest.mark.parametrize("month", ["", "2026-13", "x", "9999-99", "0001-01"])
def test_every_condition_stands_bad_months(world, client_of, key, month):
    make.commitment(world, "working")
    answer = client_of(world.reviewer).get("/ledger", {"only": key, "month": month, "mine": "on"})
    assert answer.status_code == 200
    assert clock.today()
