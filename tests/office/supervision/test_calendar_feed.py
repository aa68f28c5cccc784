"""The calendar: opened by its secret alone, holding a kind, a number, a day and a link."""

import re

from django.test import Client
from icalendar import Calendar
from tests.office.make import days_ago, save
from tests.office.supervision.supervised import active

from luoshi.office.supervision.models import Feed


def address(client):
    page = client.post("/supervision/calendar/new", follow=True).content.decode()
    return re.search(r"(/calendar/[\w-]{43}\.ics)", page)[1]


def test_one_sees_ones_own_deadlines_and_nothing_of_what_they_are_about(world, client_of):
    item = active(world, deadline=days_ago(-20))
    standing = active(world, "standing", next_check=days_ago(-9))
    active(world, owner=world.co_owner)
    path = address(client_of(world.owner))
    answer = Client().get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    found = {(str(e["summary"]), e.decoded("dtstart")) for e in events}
    assert found == {
        (f"整改时限 {item.number}", item.deadline),
        (f"复查 {standing.number}", standing.next_check),
    }
    assert {
        set(e.keys()) == {"UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "URL"} for e in events
    } == {True}
    text = answer.content.decode().replace("\r\n ", "")
    for word in (item.title, world.owner.name, world.office.name, item.indicator, world.city.name):
        assert word not in text
    assert {str(e["url"]).rpartition("/")[2] for e in events} == {str(item.pk), str(standing.pk)}


def test_an_address_is_renewed_withdrawn_and_never_guessed(world, client_of):
    client = client_of(world.owner)
    first = address(client)
    second = address(client)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    secret = second.split("/")[-1].removesuffix(".ics")
    row = Feed.objects.get(person=world.owner)
    assert secret not in row.secret
    for wrong in (row.secret, secret[:-1], secret.upper(), "", " "):
        assert Client().get(f"/calendar/{wrong}.ics").status_code == 404
    assert second not in client.get("/supervision/calendar").content.decode()
    assert client.post("/supervision/calendar/off").status_code == 303
    assert Client().get(second).status_code == 404
    assert client.post("/supervision/calendar/off").status_code == 422
    assert Client().get("/calendar/.ics").status_code in {302, 404}


def test_who_has_left_has_no_calendar(world, client_of):
    path = address(client_of(world.owner))
    world.owner.active = False
    save(world.owner)
    assert Client().get(path).status_code == 404
    world.owner.active = True
    save(world.owner)
    grant = world.owner.roles.get()
    grant.ends = days_ago(1)
    save(grant)
    assert Client().get(path).status_code == 404


def test_nobody_makes_one_for_somebody_else(world, client_of):
    address(client_of(world.owner))
    assert client_of(world.outsider).post("/supervision/calendar/new").status_code == 403
    address(client_of(world.clerk))
    assert Feed.objects.count() == 2
