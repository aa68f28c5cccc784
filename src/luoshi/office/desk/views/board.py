"""Board by unit, trend by month, and both for the wall of the meeting room."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.office.desk import tally
from luoshi.office.desk import trend as history
from luoshi.office.desk.chart import draw
from luoshi.office.journal import clock
from luoshi.office.ledger.views import reach
from luoshi.office.pages import me

WALL_SECONDS = 300


def board(request: HttpRequest) -> HttpResponse:
    """Show units against states."""
    reach.require(request, reach.READS)
    found = tally.board(me(request).office_id, clock.today())
    context = {"board": found, "columns": tally.COLUMNS, "today": clock.today()}
    return render(request, "desk/board.html", context)


def _length(request: HttpRequest) -> int:
    wanted = request.GET.get("months", "")
    return next((n for n in history.LENGTHS if str(n) == wanted), history.LENGTHS[0])


def _history(request: HttpRequest, length: int) -> dict[str, Any]:
    office = me(request).office_id
    return {
        "months": history.months(office, length), "rate": history.rate(office, length),
        "length": length, "lengths": history.LENGTHS, "today": clock.today(),
    }  # fmt: skip


def trend(request: HttpRequest) -> HttpResponse:
    """Show what was opened, closed and relapsed month by month, and the rate on time."""
    reach.require(request, reach.READS)
    return render(request, "desk/trend.html", _history(request, _length(request)))


def curve(request: HttpRequest) -> HttpResponse:
    """Return the trend as a picture."""
    reach.require(request, reach.READS)
    length = _length(request)
    months = history.months(me(request).office_id, length)
    drawn = draw(months, f"近{length}个月新立、销号、反弹和月末在办的事项")
    return HttpResponse(drawn, content_type="image/svg+xml")


def wall(request: HttpRequest) -> HttpResponse:
    """Show large figures for the meeting room: no person's name; loads itself again, unless told not to."""
    reach.require(request, reach.READS)
    context = _history(request, history.LENGTHS[0])
    context |= {
        "board": tally.board(me(request).office_id, clock.today()), "columns": tally.COLUMNS,
        "seconds": 0 if request.GET.get("still") else WALL_SECONDS, "now": clock.now(),
    }  # fmt: skip
    return render(request, "desk/wall.html", context)
