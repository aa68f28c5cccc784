"""The secret address of a person's calendar: made, made anew, withdrawn. By the person alone."""

from __future__ import annotations

import hashlib
import secrets

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused
from luoshi.office.supervision.models import Feed

_BYTES = 32


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action("feed.renew", "生成日历地址", needs="supervision.read")
def renew(act: Act, *, by: Person) -> str:
    """Return a new secret; the address that was valid until now is valid no longer."""
    secret = secrets.token_urlsafe(_BYTES)
    row = Feed.objects.filter(person=by).first() or Feed(office_id=by.office_id, person=by)
    row.secret, row.made_at = digest(secret), act.time
    act.save(row)
    act.about(row, facts={})
    return secret


@action("feed.withdraw", "停用日历地址", needs="supervision.read")
def withdraw(act: Act, *, by: Person) -> Feed:
    """Make the address invalid."""
    row: Feed | None = Feed.objects.filter(person=by).exclude(secret="").first()
    if row is None:
        raise Refused("现在没有在用的日历地址。")
    row.secret = ""
    act.save(row)
    act.about(row, facts={})
    return row
