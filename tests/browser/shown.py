"""Which rows of the demonstration office the pictures of the manual show."""

from __future__ import annotations

from typing import Any


def rows() -> dict[str, int]:
    """Return the key of each row by the name that the table of pictures gives it.

    Raises ``AssertionError`` where the demonstration has none: its year must have every story.
    """
    from luoshi.office.accounts.models import Person
    from luoshi.office.examinations.models import Examination
    from luoshi.office.ledger.models import Commitment, SpecialLedger
    from luoshi.office.supervision.models import Slip

    def person(account: str) -> Person:
        return Person.objects.get(accounts__username=account)

    def one(name: str, rows: Any) -> int:
        found = rows.order_by("pk").first()
        assert found is not None, f"the demonstration office has no {name}"
        return int(found.pk)

    clerk, owner, verifier = person("jingban"), person("zeren"), person("heyan")
    items = Commitment.objects.all()
    slips = Slip.objects.all()
    confirmed = items.filter(state="confirmed").order_by("-version")
    return {
        "material": Examination.objects.order_by("-pk")[0].pk,
        "last year": Examination.objects.order_by("pk")[0].pk,
        "draft": one("draft", items.filter(state="draft")),
        "applied": one("applied item", items.filter(state="applied")),
        "published": one("published item", items.filter(state="published")),
        "confirmed": confirmed[0].pk,
        "own": one("item in the owner's hands", items.filter(owner=owner, state="working")),
        "to verify": one(
            "item to verify",
            items.filter(state="verifying", verifications__verifier=verifier),
        ),
        "own slip": one(
            "slip to answer",
            slips.filter(
                person=owner,
                state__in=("served", "urged"),
                colour__in=("red", "yellow"),
                gone_on=None,
            ),
        ),
        "answered slip": one("answered slip", slips.filter(state="answered")),
        "special": SpecialLedger.objects.get().pk,
        "owner": owner.pk,
        "clerk": clerk.pk,
    }
