"""The first page: what the signed-in person has to do today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.office import today
from luoshi.office.journal import clock
from luoshi.office.pages import allowed, me


def home(request: HttpRequest) -> HttpResponse:
    """Show everything that apps contribute to the person's day."""
    day = clock.today()
    found, failed = today.sections(today.Asker(me(request), allowed(request), day))
    context = {"sections": found, "failed": failed, "today": day}
    return render(request, "desk/home.html", context)
