"""Set-up of the accounts: from here on the journal knows who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the permissions, and how persons are erased."""

    name = "luoshi.office.accounts"
    label = "accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Tell the write path who answers questions of permission."""
        from luoshi.office.accounts.permissions import may
        from luoshi.office.journal.act import use_permissions

        use_permissions(may)
        self._remember_the_forgotten()

    def _remember_the_forgotten(self) -> None:
        """Tell the journal how persons are erased again in a restored copy."""
        from luoshi.office.accounts.actions.leaving import forget_again
        from luoshi.office.accounts.models import Person
        from luoshi.office.journal.act import SYSTEM
        from luoshi.office.journal.erasure import Kind, register

        def erased() -> list[str]:
            return [
                str(pk) for pk in Person.objects.filter(forgotten=True).values_list("pk", flat=True)
            ]

        def again(key: str) -> None:
            if Person.objects.filter(pk=key, forgotten=False).exists():
                forget_again(by=SYSTEM, person=int(key))

        register(Kind(Person._meta.db_table, erased, again))
