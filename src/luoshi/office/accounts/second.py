"""The forms of the second factor, in the words of every page: 两步验证, 动态验证码, 备用验证码."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

LABEL = "动态验证码"
EITHER = "手机验证器上的六位数字；手机不在身边时，填一个没有用过的备用验证码。"
NUMBER = "手机验证器上的六位数字，每半分钟换一次。"


def _worded(field: forms.Field, hint: str) -> None:
    field.label, field.help_text = LABEL, hint
    field.widget.attrs.pop("placeholder", None)


class Authenticate(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """Signing in: the code after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["code"], EITHER)


class Reauthenticate(ReauthenticateForm):  # type: ignore[misc]  # the same
    """The code again, before something that must be safe."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["code"], EITHER)


class Activate(ActivateTOTPForm):  # type: ignore[misc]  # the same
    """The first code, which shows that the authenticator works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["code"], NUMBER)
