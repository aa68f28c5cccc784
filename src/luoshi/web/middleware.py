"""Every page is behind the sign-in unless it stands on the public list; refusals become answers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.office.journal.errors import ClockBackwards, NotAllowed, NotFound, Refused, Stale

Answer = Callable[[HttpRequest], HttpResponse]
# The only pages that answer without a sign-in. tests/contracts holds every route against it.
PUBLIC = frozenset({"account_login", "account_logout", "mfa_authenticate", "health"})
# What an account whose password must be changed can still reach.
_FIRST = frozenset({"account_change_password", "account_logout"})
_STATUS = {NotAllowed: 403, NotFound: 404, Stale: 409, ClockBackwards: 503}


class SignedInMiddleware:
    """Sends who is not signed in to the sign-in page, and who must change the password there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Let a request through, or say where to go first."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated or not user.person.active:
            return redirect_to_login(request.get_full_path())
        if user.must_change_password and name not in _FIRST:
            return redirect("account_change_password")
        return None


class RefusalMiddleware:
    """Shows a refusal of the office's rules as a page with its reasons, with a 4xx status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn `Refused` into a page; everything else stays an error."""
        if not isinstance(error, Refused):
            return None
        status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 422)
        return render(request, "web/refused.html", {"reasons": error.reasons}, status=status)
