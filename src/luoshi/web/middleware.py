"""Every page is behind the sign-in unless it stands on the public list; refusals become answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.office.accounts.permissions import needs_second_factor
from luoshi.office.accounts.queries import administrators
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.pages import roles_held, status_of

Answer = Callable[[HttpRequest], HttpResponse]
# The only pages that answer without a sign-in. tests/contracts holds every route against it.
PUBLIC = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "health",
        "supervision:feed",
    }
)
# What an account whose password must be changed, or whose second factor is missing, can reach.
_FIRST = frozenset({"account_change_password", "account_logout"})
_SECOND = frozenset(
    {
        "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes", "account_reauthenticate", "mfa_reauthenticate",
        "account_logout", "account_change_password",
    }
)  # fmt: skip
IDLE_SECONDS = 30 * 60


class SignedInMiddleware:
    """Sends who is not signed in to the sign-in page, and who must change the password there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; no browser keeps what was shown to somebody who is signed in."""
        answer = self.get_response(request)
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Let a request through, or say where to go first."""
        elsewhere = self._elsewhere(request)
        if elsewhere is None or "HX-Request" not in request.headers:
            return elsewhere
        # A part of a page was asked for: the whole page goes there, not the part.
        return HttpResponse(status=204, headers={"HX-Redirect": elsewhere["Location"]})

    def _elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated:  # a sign-in half done keeps its session
            return redirect_to_login(request.get_full_path())
        if not user.person.active or _idle(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        if user.must_change_password and name not in _FIRST:
            return redirect("account_change_password")
        if name not in _SECOND and needs_second_factor(user, roles_held(request)):
            return redirect("mfa_activate_totp")
        return None


def _idle(request: HttpRequest) -> bool:
    """Tell whether nobody has used the session for half an hour; note that it is used now."""
    now = int(time.time())
    last = request.session.get("seen", now)
    if now - last > IDLE_SECONDS:
        return True
    if "seen" not in request.session or now - last >= 60:
        request.session["seen"] = now
    return False


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours from which somebody came, or an empty string."""
    address = request.headers.get("Referer", "")
    ours = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=ours):
        return ""
    path = urlsplit(address).path
    inside = path.startswith("/") and not path.startswith("//")
    return path if inside and path != request.path else ""


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
        context: dict[str, object] = {"reasons": error.reasons, "back": _came_from(request)}
        if isinstance(error, NotAllowed) and request.user.is_authenticated:
            context["helpers"] = administrators(request.user.office_id)
        return render(request, "web/refused.html", context, status=status_of(error))
