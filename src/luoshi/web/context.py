"""What every page knows: who is signed in, what they may do, and the places they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation: shown to whoever has one of the permissions (none: everybody).

    Pages in the namespace of ``view`` and in those of ``also`` belong to it; ``names`` narrows that
    down.
    """

    label: str
    view: str
    permissions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()


PLACES = (
    Place("今天", "home", frozenset(), frozenset({"home"})),
    Place("台账", "ledger:list", frozenset({"ledger.read"}), also=frozenset({"sheets"})),
    Place("看板", "desk:board", frozenset({"ledger.read"}), frozenset({"board", "trend"})),
    Place("督办", "supervision:today", frozenset({"supervision.read"})),
    Place("材料", "examinations:list", frozenset({"examination.read"})),
    Place(
        "核验",
        "ledger:verifications",
        frozenset({"ledger.verify", "ledger.verify.assigned"}),
        frozenset({"verifications"}),
    ),
    Place("人员", "accounts:people", frozenset({"office.manage"})),
    Place("督办尺度", "supervision:limits", frozenset({"office.manage"}), frozenset({"limits"})),
    Place("留痕", "journal:entries", frozenset({"journal.read"})),
    Place(
        "查找",
        "desk:search",
        frozenset({"ledger.read", "ledger.verify.assigned"}),
        frozenset({"search"}),
    ),
    Place("我的账号", "accounts:me", frozenset(), frozenset({"me"})),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A place as it stands in the navigation of one page."""

    label: str
    url: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the signed-in person, the set of their permissions, and the navigation."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None, "allowed": frozenset(), "navigation": ()}
    from luoshi.office.pages import allowed

    held = allowed(request)
    return {"me": user.person, "allowed": held, "navigation": tuple(_ways(request, held))}


def _ways(request: HttpRequest, allowed: frozenset[str]) -> list[Way]:
    match = request.resolver_match
    here = (match.namespace, match.url_name) if match else ("", "")
    special = {(p.view.rpartition(":")[0], name) for p in PLACES for name in p.names}
    found = []
    for place in PLACES:
        if place.permissions and not place.permissions & allowed:
            continue
        try:
            url = reverse(place.view)
        except NoReverseMatch:  # an application that this deployment does not have
            continue
        space = place.view.rpartition(":")[0]
        current = here[0] in {space, *place.also} and (
            here[1] in place.names if place.names else here not in special
        )
        found.append(Way(place.label, url, current))
    return found
