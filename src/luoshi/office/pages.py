"""What every page that changes something does: form → action → answer.

A refusal is shown beside the form, with what was typed kept; what succeeded is answered with a
redirect, so that a page loaded again does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from luoshi.office.journal.errors import (
    ClockBackwards,
    NotAllowed,
    NotFound,
    Refused,
    Stale,
    Unavailable,
)

if TYPE_CHECKING:
    from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import permissions_of, roles_of

Answer = TypeVar("Answer", bound=HttpResponseBase)
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_STATUS = {NotAllowed: 403, NotFound: 404, Stale: 409, ClockBackwards: 503, Unavailable: 503}


def status_of(refusal: Refused) -> int:
    """Return the HTTP status of a refusal: 403, 404, 409, 503, or 422 for the office's rules."""
    return next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 422)


def me(request: HttpRequest) -> Person:
    """Return the signed-in person; every page that is not public has one."""
    person: Person = request.user.person  # type: ignore[union-attr]  # SignedInMiddleware
    return person


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, also when it is nothing but the decision; None for a GET."""
    return request.POST if request.method == "POST" else None


def roles_held(request: HttpRequest) -> frozenset[str]:
    """Return the roles of the signed-in person today, asked once for a page."""
    held: frozenset[str] | None = getattr(request, "luoshi_roles", None)
    if held is None:
        held = roles_of(me(request))
        request.luoshi_roles = held  # type: ignore[attr-defined]  # kept for this answer alone
    return held


def allowed(request: HttpRequest) -> frozenset[str]:
    """Return what the signed-in person may do, asked once for a page: to show, never to decide."""
    held: frozenset[str] | None = getattr(request, "luoshi_allowed", None)
    if held is None:
        held = permissions_of(me(request), roles_held(request))
        request.luoshi_allowed = held  # type: ignore[attr-defined]  # kept for this answer alone
    return held


def see_other(address: str) -> HttpResponseRedirect:
    """Return a redirect after a POST (303: what follows is read, not posted again)."""
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def as_download(answer: Answer, name: str, size: int) -> Answer:
    """Let an answer be a file to be saved under its name: nothing in it is run or kept."""
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["Content-Length"] = str(size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def paper_file(name: str, data: bytes) -> HttpResponse:
    """Return a docx or pdf that was made for whoever asks, as a download."""
    answer = HttpResponse(data, content_type=_MEDIA[name.rpartition(".")[2]])
    return as_download(answer, name, len(data))


def perform(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[Mapping[str, Any]], Any],
    *,
    done: str | Callable[[Any], str],
    then: str | Callable[[Any], str],
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or do what was posted with it.

    ``act`` gets the cleaned fields and calls one action; ``done`` is what is said when it has
    succeeded, ``then`` where to go (texts, or made from the action's result). A 404 is left to
    the page of refusals: there is nothing to show the form with.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                result = act(form.cleaned_data)
            except NotFound:
                raise
            except Refused as refusal:
                status = status_of(refusal)
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, done if isinstance(done, str) else done(result))
                return see_other(then if isinstance(then, str) else then(result))
    return render(request, template, {**(context or {}), "form": form}, status=status)
