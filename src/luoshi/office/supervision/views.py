"""The pages of supervision: mine today, all slips, one slip and what can be done, the runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.supervision import reasons, slips, thresholds
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger.views.reach import require
from luoshi.office.pages import allowed, me, perform, posted
from luoshi.office.supervision import forms, queries
from luoshi.office.supervision.actions import answering
from luoshi.office.supervision.actions.limits import set_limits
from luoshi.office.supervision.limits import limits_of, without_own
from luoshi.office.supervision.models import OwnLimits, Slip, SweepRun

READS, REVIEWS = "supervision.read", "supervision.review"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that can be done to a slip: a move of the table, its form and action."""

    move: str
    title: str
    label: str
    form: type[forms.SlipForm]
    action: Callable[..., Slip]
    done: str


DOINGS = {
    "answer": Doing("answer", "反馈督办单", "反馈", forms.Answer, answering.answer, "已反馈，等待审结。"),
    "close": Doing("close", "审结督办单", "审结", forms.Reason, answering.close, "已审结。"),
    "return": Doing("return", "退回重报", "退回重报", forms.Reason, answering.send_back, "已退回。"),
    "settle": Doing("settle", "不经反馈审结", "不经反馈审结", forms.Reason, answering.settle, "已审结。"),
}  # fmt: skip


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what is the signed-in person's today."""
    require(request, READS)
    by = me(request)
    context = {
        "digest": queries.digest(by, reviews=REVIEWS in allowed(request)), "today": clock.today(),
        "standing": queries.standing(by.office_id), "colours": reasons.colours(),
        "states": slips.states(), "reasons": reasons.known(),
        "deadlines": queries.deadlines(by)[:10],
    }  # fmt: skip
    return render(request, "supervision/today.html", context)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the slips of the office, open ones unless others are asked for."""
    require(request, READS)
    office = me(request).office_id
    form = forms.SlipFilter(request.GET or None)
    colour, state = form.chosen()
    rows = queries.slips_of(office)
    if colour:
        rows = rows.filter(colour=colour)
    if state == "open":
        rows = rows.filter(is_open=True)
    elif state != "all":
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "form": form,
        "by_colour": list(_by_colour(office)), "colours": reasons.colours(),
        "states": slips.states(), "reasons": reasons.known(), "today": clock.today(),
    }  # fmt: skip
    return render(request, "supervision/list.html", context)


def _by_colour(office: int) -> list[tuple[str, str, int]]:
    found = queries.counts(office)
    return [(key, name, found[key]) for key, name in reasons.colours().items()]


def _slip_of(request: HttpRequest, key: int) -> Slip:
    require(request, READS)
    rows = queries.slips_of(me(request).office_id)
    row: Slip | None = rows.filter(pk=key).first()
    if row is None:
        raise NotFound("没有找到这张督办单，可能地址写错了，或者不属于本单位。")
    return row


@require_GET
def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a slip with its whole story."""
    row = _slip_of(request, key)
    context = {
        "slip": row, "reason": reasons.known()[row.reason], "state": slips.states()[row.state],
        "colour": reasons.colours()[row.colour], "story": queries.told(row),
        "doings": _offered(request, row), "today": clock.today(), "reads": "ledger.read" in allowed(request),
    }  # fmt: skip
    return render(request, "supervision/slip.html", context)


def _offered(request: HttpRequest, row: Slip) -> list[tuple[str, Doing]]:
    """Return what the signed-in person can do now; the action decides again."""
    by, held = me(request), allowed(request)
    found = {key for key, one in DOINGS.items() if slips.target(one.move, row.state)}
    if "answer" in found and not answering.may_answer(by, row):
        found.discard("answer")
    if row.gone_on is None:
        found.discard("settle")
    judged = found & {"close", "return", "settle"}
    if judged and (REVIEWS not in held or answering.part_in(by, row)):
        found -= judged
    return [(key, one) for key, one in DOINGS.items() if key in found]


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """Show a form on a slip, or do what was posted with it."""
    row = _slip_of(request, key)
    one = DOINGS.get(what)
    if one is None:
        raise NotFound("没有这个页面。地址可能写错了。")
    if what != "answer":
        require(request, REVIEWS)
    form = one.form(posted(request), by=me(request), initial={"version": row.version})
    back = reverse("supervision:slip", args=[key])
    context = {
        "title": one.title, "button": one.label, "back": back, "slip": row,
        "reason": reasons.known()[row.reason], "colour": reasons.colours()[row.colour],
        "story": queries.told(row)[:1],
    }  # fmt: skip
    return perform(
        request, form,
        lambda given: one.action(by=me(request), slip=key, **given),
        done=one.done, then=back, template="supervision/act.html", context=context,
    )  # fmt: skip


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Show on which days the sweep ran, on which it did not, and by what thresholds it judges."""
    require(request, READS, "office.manage")
    by = me(request)
    rows = SweepRun.for_office(by.office_id).order_by("-day")
    latest = rows.filter(state=SweepRun.State.DONE).first()
    trouble = ""
    try:
        limits = limits_of(by.office_id, by.office.name)
    except ValueError as error:
        limits, trouble = thresholds.defaults(), str(error)
    context: dict[str, Any] = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "standing": queries.standing(by.office_id), "flags": latest.flags if latest else [],
        "latest": latest, "trouble": trouble,
        "limits": [
            (value.words, limits[name], name in limits.own)
            for name, value in thresholds.known().items()
        ],
        "appraisals": [f"{month}月{day}日" for month, day in limits.appraisals],
        "own_appraisals": "appraisal" in limits.own,
        "set": OwnLimits.for_office(by.office_id).select_related("by").first(),
        "may_set": "office.manage" in allowed(request),
    }  # fmt: skip
    return render(request, "supervision/runs.html", context)


@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Set the office's own thresholds and appraisal dates."""
    require(request, "office.manage")
    by = me(request)
    row = OwnLimits.for_office(by.office_id).first()
    try:
        now, base = limits_of(by.office_id, by.office.name), without_own(by.office.name)
    except ValueError as error:
        raise Refused(str(error)) from error
    form = forms.Limits(
        posted(request), by=by, now=now, base=base, version=row.version if row else 0
    )
    back = reverse("supervision:runs")
    context = {
        "title": "设定督办尺度", "button": "保存", "back": back,
        "words": "从下一次巡查起使用。改了什么、为什么改，记入留痕，巡查记录页上人人可见。",
    }  # fmt: skip
    return perform(
        request, form, lambda _: set_limits(by=by, **form.arguments()),
        done="已保存，从下一次巡查起使用。", then=back, template="web/form.html", context=context,
    )  # fmt: skip
