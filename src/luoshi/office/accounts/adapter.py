"""How the sign-in library meets our rules: no self-registration, passwords only by action."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """No self-registration."""

    def is_open_for_signup(self, request: object) -> bool:
        """Return False: accounts are made by the administrator."""
        return False


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the same
    """The second factor."""
