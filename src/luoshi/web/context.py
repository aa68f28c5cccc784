"""What every page knows: who is signed in, and what they may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the signed-in person and the set of their permissions, for the navigation."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None, "allowed": frozenset()}
    from luoshi.office.accounts.permissions import permissions_of

    return {"me": user.person, "allowed": permissions_of(user.person)}
