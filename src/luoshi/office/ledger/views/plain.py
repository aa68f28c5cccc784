"""A page with one form that is about no single item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger.forms.base import Plain
from luoshi.office.pages import see_other, status_of


def posted(request: HttpRequest) -> Any:
    """Return what was posted, or None."""
    return request.POST if request.method == "POST" else None


def fill(
    request: HttpRequest, form: Plain, act: Callable[[dict[str, Any]], Any], *,
    done: str | Callable[[Any], str], then: Callable[[Any], str], context: dict[str, Any],
    template: str = "ledger/new.html",
) -> HttpResponse:  # fmt: skip
    """Show a form, or do what was posted with it; a refusal is shown above what was typed."""
    reasons: tuple[str, ...] = ()
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                result = act(form.arguments())
            except NotFound:
                raise
            except Refused as refusal:
                reasons, status = refusal.reasons, status_of(refusal)
            else:
                messages.success(request, done if isinstance(done, str) else done(result))
                return see_other(then(result))
    shown = {**context, "form": form, "reasons": reasons}
    return render(request, template, shown, status=status)
