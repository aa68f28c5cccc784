"""The pages of the ledger, as people of the office and of another one meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office.ledger import make

from luoshi.core.workflow import table

STATES = list(table.states())


@pytest.mark.parametrize("state", STATES)
def test_item_page_in_every_state(world, client_of, state):
    item = make.commitment(world, state)
    page = client_of(world.owner).get(reverse("ledger:item", args=[item.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "整治背街小巷占道经营。2026年12月31日前" in text  # the source sentence
    assert item.number in text
    assert table.states()[state].label in text


@pytest.mark.parametrize("name", ["item", "sheet", "publication", "changes", "verify", "close"])
def test_another_office_sees_nothing(world, elsewhere, client_of, name):
    item = make.commitment(world, "published")
    make.access(world, item)
    address = reverse(f"ledger:{name}", args=[item.pk])
    for who in (elsewhere.clerk, elsewhere.verifier, elsewhere.outsider, elsewhere.owner):
        assert client_of(who).get(address).status_code in {403, 404}
    inside = [client_of(w).get(address).status_code for w in (world.clerk, world.verifier)]
    assert 200 in inside or 409 in inside  # a form that cannot be used now says so


def test_outsider_sees_only_what_was_opened(world, client_of):
    opened, other = make.commitment(world, "verifying"), make.commitment(world, "verifying")
    make.access(world, opened)
    browser = client_of(world.outsider)
    assert browser.get(reverse("ledger:item", args=[opened.pk])).status_code == 200
    assert browser.get(reverse("ledger:item", args=[other.pk])).status_code == 404
    assert browser.get(reverse("ledger:list")).status_code == 403
    short = browser.get(reverse("ledger:verifications")).content.decode()
    assert opened.number in short
    assert other.number not in short


def test_evidence_counts_by_who_handed_it_in(world, client_of):
    item = make.commitment(world, "working")
    make.evidence(item, world.owner, title="责任人自己的照片", declared=3)
    make.evidence(item, world.witness, title="民政科的照片", declared=2)
    text = client_of(world.clerk).get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "由责任人、协办人或其下属提交" in text
    assert "由其他科室（社区）的人员提交" in text


def test_checklist_says_what_closing_would_say(world, client_of):
    item = make.commitment(world, "applied")
    text = client_of(world.clerk).get(reverse("ledger:item", args=[item.pk])).content.decode()
    assert "还没有指定核验人。" in text
    none = make.commitment(world, "working", indicator_kind="none")
    text = client_of(world.clerk).get(reverse("ledger:item", args=[none.pk])).content.decode()
    assert "无法核验" in text


def test_assigning_shows_why_others_may_not(world, client_of):
    item = make.commitment(world, "applied")
    make.evidence(item, world.verifier)
    page = client_of(world.clerk).get(reverse("ledger:assign", args=[item.pk]))
    assert page.context["form"].fields["verifier"].choices
    assert "提交过这一事项的佐证或进展" in page.content.decode()
    offered = [key for key, _ in page.context["form"].fields["verifier"].choices]
    assert world.verifier.pk not in offered


def _queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_list_asks_the_database_no_more_for_more_rows(world, client_of):
    browser = client_of(world.clerk)
    material = make.examination(world)
    make.commitment(world, "working", material=material)
    few = _queries(browser, reverse("ledger:list"))
    for _ in range(30):
        make.commitment(world, "working", material=material)
    assert _queries(browser, reverse("ledger:list")) == few
    for _ in range(70):
        make.commitment(world, "working", material=material)
    assert _queries(browser, reverse("ledger:list") + "?state=open&q=占道") <= 11


def test_item_page_asks_no_more_for_more_evidence(world, client_of):
    browser = client_of(world.clerk)
    item = make.commitment(world, "working")
    make.evidence(item, world.witness)
    make.reading(item, world.witness)
    few = _queries(browser, reverse("ledger:item", args=[item.pk]))
    for _ in range(15):
        make.evidence(item, world.witness)
        make.reading(item, world.witness)
    assert _queries(browser, reverse("ledger:item", args=[item.pk])) == few


def test_curve_is_a_still_picture(world, client_of):
    from tests.office.make import days_ago, save

    from luoshi.office.ledger.models import SpecialCount, SpecialLedger

    row = save(SpecialLedger(office=world.office, name="<b>清零</b>&", counts="小区",
                             measure_unit="<个>", baseline=10, target=0, starts=days_ago(30),
                             deadline=days_ago(-30)))  # fmt: skip
    for value in (9, 7):  # the second one corrects the first of the same day
        save(SpecialCount(office=world.office, special=row, counted_on=days_ago(10), value=value,
                          source="清点", author=world.clerk))  # fmt: skip
    browser = client_of(world.clerk)
    answer = browser.get(reverse("ledger:special-curve", args=[row.pk]))
    drawn = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "<script" not in drawn
    assert "style=" not in drawn
    assert "&lt;b&gt;清零&lt;/b&gt;&amp;" in drawn
    assert drawn.count("<circle") == 2  # the start, and one count for the day
    from xml.dom.minidom import parseString

    assert parseString(drawn).documentElement.tagName == "svg"
    page = browser.get(reverse("ledger:special", args=[row.pk])).content.decode()
    assert "&lt;b&gt;清零" in page
    assert "<b>清零" not in page


def test_who_decides_sees_what_waits(world, elsewhere, client_of):
    item = make.commitment(world, "working")
    make.change(item, "deadline", {"deadline": "2026-01-01"}, {"deadline": "2026-02-01"})
    head = client_of(world.head)
    text = head.get(reverse("ledger:decisions")).content.decode()
    assert item.number in text
    assert client_of(world.owner).get(reverse("ledger:decisions")).status_code == 403
    other = client_of(elsewhere.head).get(reverse("ledger:decisions")).content.decode()
    assert item.number not in other


@pytest.mark.parametrize("who", ["owner", "clerk", "head", "auditor"])
def test_home_shows_ones_own_slips_first(world, client_of, who):
    from tests.office.supervision.supervised import late

    from luoshi.office.supervision.sweep import sweep

    item = late(world)
    sweep()
    answer = client_of(getattr(world, who)).get("/")
    assert answer.status_code == 200
    assert (item.number in answer.content.decode()) == (who == "owner")
