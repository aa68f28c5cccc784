"""How the sign-in library meets our rules: no self-registration, passwords only by action."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.office.accounts.models import User
from luoshi.office.journal.errors import Refused


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Accounts are made by the administrator; a new password is an action."""

    def is_open_for_signup(self, request: object) -> bool:
        """Return False: there is no self-registration."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Change the password by action; what it refuses is shown in the form.

        Whoever has just typed the old password is not asked for it again to set up the second
        factor, which is the next thing an administrator has to do.
        """
        from luoshi.office.accounts.actions.signin import change_password

        try:
            row = change_password(by=user.person, account=user.pk, password=password)
        except Refused as refusal:
            raise ValidationError(list(refusal.reasons)) from refusal
        user.password, user.must_change_password = row.password, False
        if self.request is not None and self.request.user.is_authenticated:
            reauthenticate_by_password(self.request)

    def get_password_change_redirect_url(self, request: object) -> str:
        """Return where to go after the password was changed."""
        return "/"

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether a page to go to after sign-in is one of ours, by its path alone."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: no mail leaves the office."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the same
    """The second factor; its secrets are encrypted with a key of this deployment."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不对。请核对手机验证器上的动态验证码，或换一个没有用过的备用验证码。",
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret in clear."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: no mail leaves the office."""


def _box() -> Fernet:
    import base64

    from luoshi.office.home import secret

    return Fernet(base64.urlsafe_b64encode(secret("mfa")))
