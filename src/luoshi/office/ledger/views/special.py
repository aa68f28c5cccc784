"""Special ledgers (专项台账): one count that must reach its target, its curve, its places."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.core.workflow import table
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger.actions import special
from luoshi.office.ledger.forms import special as forms
from luoshi.office.ledger.models import Commitment, SpecialCount, SpecialLedger, SpecialPlace
from luoshi.office.ledger.views import reach
from luoshi.office.ledger.views.curve import Curve, draw
from luoshi.office.ledger.views.plain import fill, posted
from luoshi.office.pages import me

_DRAFT = frozenset({"ledger.draft"})
_REPORT = frozenset({"ledger.draft", "ledger.work"})
_PLACES = 100


def index(request: HttpRequest) -> HttpResponse:
    """Show all special ledgers with where they stand."""
    allowed = reach.require(request, reach.READS)
    newest = SpecialCount.objects.filter(special=OuterRef("pk")).order_by("-counted_on", "-id")
    rows = SpecialLedger.for_office(me(request).office_id).annotate(
        now=Subquery(newest.values("value")[:1]), as_of=Subquery(newest.values("counted_on")[:1])
    )
    context = {"rows": rows.order_by("deadline", "id"), "may_draft": bool(_DRAFT & allowed)}
    return render(request, "ledger/specials.html", context)


def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show one special ledger: its count, curve, places and items."""
    allowed = reach.require(request, reach.READS)
    row = _one(request, key)
    counts = list(row.count_set.select_related("author").order_by("counted_on", "id"))
    places = row.places.select_related("commitment").order_by("done_on", "name")
    totals = row.places.aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False))
    )
    items = Commitment.for_office(row.office_id).filter(special=row)
    context = {
        "row": row, "counts": counts, "current": counts[-1] if counts else None, "totals": totals,
        "places": Paginator(places, _PLACES).get_page(request.GET.get("page")),
        "items": items.select_related("owner", "unit").order_by("id")[:200],
        "states": table.states(), "may_draft": bool(_DRAFT & allowed),
        "may_report": bool(_REPORT & allowed),
    }  # fmt: skip
    return render(request, "ledger/special.html", context)


def curve(request: HttpRequest, key: int) -> HttpResponse:
    """Return the curve as a picture."""
    reach.require(request, reach.READS)
    row = _one(request, key)
    drawn = draw(
        Curve(
            row.name, row.measure_unit, row.starts, row.deadline, row.baseline, row.target,
            _by_day(row),
        )
    )  # fmt: skip
    return HttpResponse(drawn, content_type="image/svg+xml")


def _by_day(row: SpecialLedger) -> list[tuple[Any, int]]:
    """Return one count a day: the last one entered corrects those before."""
    rows = row.count_set.order_by("counted_on", "id")
    return sorted(dict(rows.values_list("counted_on", "value")).items())


def _one(request: HttpRequest, key: int) -> SpecialLedger:
    rows = SpecialLedger.for_office(me(request).office_id)
    row: SpecialLedger | None = rows.filter(pk=key).first()
    if row is None:
        raise NotFound("没有找到这个专项台账。")
    return row


def _place(request: HttpRequest, key: int) -> SpecialPlace:
    rows = SpecialPlace.for_office(me(request).office_id).select_related("special")
    row: SpecialPlace | None = rows.filter(pk=key).first()
    if row is None:
        raise NotFound("没有找到这个地点。")
    return row


def _address(key: int) -> str:
    return reverse("ledger:special", args=[key])


def create(request: HttpRequest) -> HttpResponse:
    """Set a special ledger up."""
    reach.require(request, *_DRAFT)
    form = forms.Create(posted(request), by=me(request))
    return fill(
        request, form, lambda given: special.create(by=me(request), **given),
        done="专项台账已建立。", then=lambda row: _address(row.pk),
        context={
            "title": "建立专项台账", "button": "建立", "back": reverse("ledger:specials"),
            "lead": "一个数、一批地点，从起始数做到目标数。",
        },
    )  # fmt: skip


def count(request: HttpRequest, key: int) -> HttpResponse:
    """Enter the count of a day."""
    reach.require(request, *_REPORT)
    row = _one(request, key)
    form = forms.Count(posted(request), by=me(request))
    return fill(
        request, form, lambda given: special.add_count(by=me(request), special=row.pk, **given),
        done="数量已登记。", then=lambda made: _address(row.pk),
        context={
            "title": f"登记数量：{row.name}", "button": "登记", "back": _address(row.pk),
            "lead": f"{row.counts}（{row.measure_unit}）。登记错了的，用同一天再登记一次更正。",
        },
    )  # fmt: skip


def places(request: HttpRequest, key: int) -> HttpResponse:
    """Add places."""
    reach.require(request, *_DRAFT)
    row = _one(request, key)
    form = forms.Places(posted(request), by=me(request))
    return fill(
        request, form, lambda given: special.add_places(by=me(request), special=row.pk, **given),
        done="地点已登记。", then=lambda made: _address(row.pk),
        context={
            "title": f"登记地点：{row.name}", "button": "登记", "back": _address(row.pk),
            "lead": "可以从表格里整列复制过来，每行一个。",
        },
    )  # fmt: skip


def done(request: HttpRequest, place: int) -> HttpResponse:
    """Say since when a place is done."""
    reach.require(request, *_REPORT)
    row = _place(request, place)
    form = forms.Done(posted(request), by=me(request))
    return fill(
        request, form, lambda given: special.place_done(by=me(request), place=row.pk, **given),
        done="已登记完成。", then=lambda made: _address(row.special_id),
        context={
            "title": f"地点完成：{row.name}", "button": "登记完成",
            "back": _address(row.special_id), "lead": row.special.name,
        },
    )  # fmt: skip


def undone(request: HttpRequest, place: int) -> HttpResponse:
    """Say that a place is not done any more."""
    reach.require(request, *_REPORT)
    row = _place(request, place)
    form = forms.Undone(posted(request), by=me(request))
    return fill(
        request, form, lambda given: special.place_undone(by=me(request), place=row.pk, **given),
        done="已登记反弹。", then=lambda made: _address(row.special_id),
        context={
            "title": f"地点反弹：{row.name}", "button": "登记反弹",
            "back": _address(row.special_id), "lead": "反弹的次数会一直显示。",
        },
    )  # fmt: skip


def belongs(request: HttpRequest, place: int) -> HttpResponse:
    """Say which item a place belongs to."""
    reach.require(request, *_DRAFT)
    row = _place(request, place)
    form = forms.Belongs(
        posted(request), by=me(request), special=row.special,
        initial={"commitment": row.commitment_id},
    )  # fmt: skip
    return fill(
        request, form, lambda given: special.link_place(by=me(request), place=row.pk, **given),
        done="已保存。", then=lambda made: _address(row.special_id),
        context={
            "title": f"对应的整改事项：{row.name}", "button": "保存",
            "back": _address(row.special_id), "lead": "只能选已列入这个专项台账的事项。",
        },
    )  # fmt: skip
