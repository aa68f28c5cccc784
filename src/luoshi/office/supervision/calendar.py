"""A person's deadlines as a calendar that their own program fetches: number, day, kind, link.

The address is the only key: whoever has it reads the calendar, without signing in. So nothing
stands in it that says what the items are about or whose they are.
"""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Calendar, Event

from luoshi.office.accounts.permissions import permissions_of
from luoshi.office.journal import clock
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.views.reach import require
from luoshi.office.pages import me, perform, posted
from luoshi.office.supervision import queries
from luoshi.office.supervision.actions.calendar import digest
from luoshi.office.supervision.actions.calendar import renew as make
from luoshi.office.supervision.actions.calendar import withdraw as stop
from luoshi.office.supervision.models import Feed

READS = "supervision.read"
#: Rows of one calendar; nobody has so many in hand, and no fetch may cost more.
MOST = 2000


class Sure(forms.Form):
    """Nothing but the decision."""


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Show whether the signed-in person has a calendar address, and what can be done about it."""
    require(request, READS)
    row = Feed.objects.filter(person=me(request)).exclude(secret="").first()
    return render(request, "supervision/calendar.html", {"feed": row})


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Make a new address; it is shown once."""
    require(request, READS)
    context = {
        "title": "生成日历地址", "button": "生成", "back": reverse("supervision:calendar"),
        "words": "生成新地址以后，原来的地址马上失效。地址只显示这一次，请不要转给别人。",
    }  # fmt: skip
    return perform(
        request, Sure(posted(request)), lambda _: make(by=me(request)),
        done=lambda secret: "已生成，请现在复制到日历程序里订阅，离开这一页以后不再显示："
        + request.build_absolute_uri(reverse("supervision:feed", args=[secret])),
        then=reverse("supervision:calendar"), template="web/form.html", context=context,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Make the address invalid."""
    require(request, READS)
    context = {
        "title": "停用日历地址", "button": "停用", "back": reverse("supervision:calendar"),
        "words": "停用以后，日历程序不再能读到您的整改时限。以后可以重新生成。",
    }  # fmt: skip
    return perform(
        request, Sure(posted(request)), lambda _: stop(by=me(request)), done="已停用。",
        then=reverse("supervision:calendar"), template="web/form.html", context=context,
    )  # fmt: skip


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the calendar that the secret opens; there is none for any other."""
    row = Feed.objects.filter(secret=digest(secret)).select_related("person").first()
    if row is None or not row.person.active or READS not in permissions_of(row.person):
        raise Http404
    found = Calendar()
    found.add("prodid", "-//luoshi//deadlines//ZH")
    found.add("version", "2.0")
    found.add("x-wr-calname", "整改时限")
    for item in queries.deadlines(row.person)[:MOST]:
        for kind, day in (("整改时限", item.deadline), ("复查", item.next_check)):
            if day is not None:
                link = request.build_absolute_uri(reverse("ledger:item", args=[item.pk]))
                found.add_component(_event(item, kind, day, link))
    answer = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _event(item: Commitment, kind: str, day: date, link: str) -> Event:
    event = Event()
    which = "check" if kind == "复查" else "deadline"
    event.add("uid", f"{item.pk}-{which}@luoshi")
    event.add("summary", f"{kind} {item.number}")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", clock.now())
    event.add("url", link)
    return event
