"""Set-up of the accounts: from here on the journal knows who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the permissions."""

    name = "luoshi.office.accounts"
    label = "accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Tell the write path who answers questions of permission."""
        from luoshi.office.accounts.permissions import may
        from luoshi.office.journal.act import use_permissions

        use_permissions(may)
