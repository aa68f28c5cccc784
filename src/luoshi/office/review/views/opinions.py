"""The review opinion: to print, as files, and a person's own ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.pages import me, paper_file, status_of
from luoshi.office.review import opinions, reach
from luoshi.office.review.actions.giving import give
from luoshi.office.review.models import Decision, Draft


@require_GET
def page(request: HttpRequest, draft: int) -> HttpResponse:
    """Show the opinion on a draft, as it is printed."""
    return _page(request, draft)


def _page(
    request: HttpRequest, key: int, reasons: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    by = me(request)
    row, decision = reach.opinion(by, key)
    own = row.submission.author_id == by.pk
    context = {
        "draft": row, "held": opinions.opinion(row, decision), "decision": decision, "own": own,
        "reasons": reasons,
    }  # fmt: skip
    return render(request, "review/opinion.html", context, status=status)


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, draft: int, form: str) -> HttpResponse:
    """Give the opinion out as a file."""
    if request.method == "GET":
        return _page(request, draft)
    try:
        made = give(by=me(request), draft=draft, form=form)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, draft, refusal.reasons, status_of(refusal))
    return paper_file(made.name, made.data)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person's own materials in batches, and what was decided on each draft."""
    by = me(request)
    rows = list(reach.mine(by)[:100])
    drafts = Draft.objects.filter(submission__in=rows).order_by("number")
    decisions = {
        d.draft_id: d for d in Decision.objects.filter(draft__submission__in=rows, withdrawn=False)
    }
    found = [
        {"submission": row, "drafts": [
            (d, decisions.get(d.pk)) for d in drafts if d.submission_id == row.pk
        ]}
        for row in rows
    ]  # fmt: skip
    return render(request, "review/mine.html", {"rows": found})
