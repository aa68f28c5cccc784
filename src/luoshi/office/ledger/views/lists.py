"""The list of items, and the short list of somebody who verifies."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Deputising
from luoshi.office.accounts.permissions import on_day
from luoshi.office.examinations.models import Examination
from luoshi.office.journal import clock
from luoshi.office.journal.standing import while_unchanged
from luoshi.office.ledger import queries, running
from luoshi.office.ledger.forms.filter import Filter
from luoshi.office.ledger.masking import READS
from luoshi.office.ledger.models import Change, Commitment, Objection, Verification
from luoshi.office.ledger.unanswered import first_unanswered, unanswered
from luoshi.office.ledger.views import beside, handing, reach, words
from luoshi.office.pages import me

PAGE = 50
DECIDES = frozenset({"ledger.decide", "ledger.objection.decide"})
UNANSWERED_SHOWN = 5
_SHOWN = {
    "draft": "草拟", "published": "公示", "relapsed": "反弹重开", "suspended": "挂起",
    "withdrawn": "已撤销", "confirmed": "已确认",
}  # fmt: skip


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the ledger: problems without a measure first, then the items that were asked for."""
    allowed = reach.require(request, reach.READS)
    by, today = me(request), clock.today()
    form = Filter(request.GET, by=by)
    chosen = form.chosen()
    everything = reach.items_of(request)
    office = by.office_id  # whoever sees this page sees all of the office
    counted = while_unchanged(("counts", office, today), lambda: running.counts(office, today))
    found = queries.find(
        everything, chosen, today, counted.everything, in_source=READS in allowed, office=office
    )
    page = queries.page(
        found.rows.select_related("owner", "unit"), chosen.get("sort", ""),
        after=request.GET.get("after", ""), before=request.GET.get("before", ""),
    )  # fmt: skip
    problems, problems_count = while_unchanged(
        ("unanswered", office), lambda: first_unanswered(office, UNANSWERED_SHOWN)
    )
    context = {
        "form": form, "page": page, "found": found.total, "exactly": found.exact, "today": today,
        "states": table.states(), "counts": _counts(counted),
        "chosen": chosen, "problems": words.show(problems, words.hiding(request)) if "ledger.draft" in allowed else [],
        "problems_count": problems_count, "may_draft": "ledger.draft" in allowed,
        "may_decide": bool(DECIDES & allowed), "works": "ledger.work" in allowed,
        "may_export": "ledger.export" in allowed, "nothing_yet": not counted.everything,
        "may_import": "examination.import" in allowed,
        "to_claim": _to_claim(request, today) if "ledger.work" in allowed else [],
        "to_verify": _to_verify(request) if "ledger.verify" in allowed else [],
        "waiting": _waiting(office) if DECIDES & allowed else 0,
        "beside": beside.parts(request),
    }  # fmt: skip
    return render(request, "ledger/list.html", context)


def _to_claim(request: HttpRequest, day: date) -> list[Commitment]:
    """Return the drafts that wait for the signed-in person to take them on, oldest first."""
    by = me(request)
    for_others = Deputising.objects.filter(on_day(day), deputy=by)
    rows = Commitment.for_office(by.office_id).filter(state="draft", proposed_on__isnull=False)
    mine = rows.filter(Q(owner=by) | Q(owner__in=for_others.values("person")))
    return list(mine.select_related("owner", "unit").order_by("proposed_on", "id")[:PAGE])


def _to_verify(request: HttpRequest) -> list[Commitment]:
    """Return the items that the signed-in person was named to verify, by deadline."""
    by = me(request)
    mine = Verification.objects.filter(verifier=by, result=Verification.Result.OPEN)
    rows = Commitment.for_office(by.office_id).filter(state="verifying")
    rows = rows.filter(pk__in=mine.values("commitment_id")).select_related("owner", "unit")
    return list(rows.order_by("deadline", "id")[:PAGE])


def _waiting(office: int) -> int:
    """Return how many changes and objections of an office wait for somebody's decision."""

    def count() -> int:
        changes = Change.objects.filter(office=office, state=Change.State.OPEN)
        objections = Objection.objects.filter(
            office=office, result=Objection.Result.OPEN, publication__commitment__state="published"
        )
        return changes.count() + objections.count()

    return while_unchanged(("waiting", office), count)


def _counts(found: running.Counts) -> list[tuple[str, str, int]]:
    """Return what is counted: its name, the query that opens its rows, how many."""
    return [
        ("全部", "", found.everything),
        ("未办结", "state=open", found.open),
        ("已超期", "due=overdue", found.overdue),
        ("无法核验", "state=open&unverifiable=on", found.unverifiable),
        *((label, f"state={key}", found.by_state.get(key, 0)) for key, label in _SHOWN.items()),
    ]


def verifications(request: HttpRequest) -> HttpResponse:
    """Show what the signed-in person has to verify, and what waits for a second look."""
    allowed = reach.require(request, "ledger.verify", reach.ASSIGNED)
    by, day = me(request), clock.today()
    items = reach.items_of(request).select_related("owner", "unit")
    mine = Verification.objects.filter(verifier=by, result=Verification.Result.OPEN)
    to_verify = items.filter(state="verifying", pk__in=mine.values("commitment_id"))
    watched = items.filter(state="watching", watch_ends__lt=day)
    done = Verification.objects.filter(verifier=by).exclude(result="").select_related("commitment")
    context = {
        "to_verify": to_verify.order_by("deadline", "id"),
        "watched": watched.order_by("watch_ends", "id")[:PAGE],
        "opened": () if reach.READS in allowed else items.order_by("id"),
        "done": done.order_by("-id")[:20], "states": table.states(), "today": day,
    }  # fmt: skip
    return render(request, "ledger/verifications.html", context)


def problems(request: HttpRequest) -> HttpResponse:
    """Show all problems without a measure and without an item."""
    allowed = reach.require(request, reach.READS)
    rows = unanswered(me(request).office_id)
    if READS not in allowed:
        # What is not in the ledger yet is its author's and its reviewers' (office/review).
        rows = rows.filter(examination__state=Examination.State.ACTIVE)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    problems = words.show(page.object_list, words.hiding(request))
    context = {"page": page, "problems": problems, "may_draft": "ledger.draft" in allowed}
    return render(request, "ledger/problems.html", context)


def decisions(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision: changes asked for, objections, drafts nobody has claimed."""
    held = reach.require(request, *DECIDES)
    items = reach.items_of(request)
    changes = Change.objects.filter(
        commitment__in=items, state=Change.State.OPEN, handover__isnull=True
    )
    objections = Objection.objects.filter(
        publication__commitment__in=items.filter(state="published"), result=Objection.Result.OPEN
    )
    drafts = items.filter(state="draft", proposed_on__isnull=False)
    context = {
        "changes": changes.select_related("commitment", "asked_by").order_by("id")[:PAGE],
        "objections": objections.select_related("publication__commitment").order_by("id")[:PAGE],
        "drafts": drafts.select_related("owner", "unit").order_by("proposed_on", "id")[:PAGE],
        "handovers": handing.waiting(me(request).office_id)[:PAGE]
        if handing.DECIDES in held else (),
        "decides": DECIDES & held, "states": table.states(),
    }  # fmt: skip
    return render(request, "ledger/decisions.html", context)
