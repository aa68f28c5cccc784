"""What a person can reach: their office's items, or those that were opened to them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from luoshi.office.journal.errors import NotAllowed, NotFound
from luoshi.office.ledger.models import Commitment, ItemAccess
from luoshi.office.pages import allowed, me

READS = "ledger.read"
ASSIGNED = "ledger.verify.assigned"


def items_of(request: HttpRequest) -> QuerySet[Commitment]:
    """Return the items that the signed-in person may see: all of the office, or the opened ones.

    Raises ``NotAllowed`` for who may see none.
    """
    by, held = me(request), allowed(request)
    rows = Commitment.for_office(by.office_id)
    if READS in held:
        return rows
    if ASSIGNED in held:
        opened = ItemAccess.objects.filter(person=by, revoked=False)
        return rows.filter(pk__in=opened.values("commitment_id"))
    raise NotAllowed("您没有查看台账的权限。如确有需要，请与管理员联系。")


def item_of(request: HttpRequest, key: int) -> Commitment:
    """Return one item that the signed-in person may see; raises ``NotFound``."""
    rows = items_of(request).select_related(
        "office", "owner", "unit", "special", "point", "split_from", "merged_into"
    )
    row: Commitment | None = rows.select_related("examination").filter(pk=key).first()
    if row is None:
        raise NotFound("没有找到这一项，可能已被删除，或者不属于您可以查看的范围。")
    return row


def require(request: HttpRequest, *permissions: str) -> frozenset[str]:
    """Return what the signed-in person may do; raises ``NotAllowed`` without any of these."""
    held = allowed(request)
    if not held & set(permissions):
        raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")
    return held
