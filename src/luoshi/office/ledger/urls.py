"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from luoshi.office.ledger.views import act, changes, draft, handing, item, lists, material, special
from luoshi.office.ledger.views.registry import SCREENS
from luoshi.office.ledger.views.screens import Screen


def _address(screen: Screen) -> str:
    return f"ledger/<int:key>/{screen.name}" + ("/<int:about>" if screen.about else "")


pages = [
    path("ledger", lists.ledger, name="list"),
    path("ledger/<int:key>/evidence/<int:evidence>", item.evidence_file, name="evidence-file"),
    path("ledger/<int:key>/change", changes.choose, name="changes"),
    path("ledger/problems", lists.problems, name="problems"),
    path("ledger/decisions", lists.decisions, name="decisions"),
    path("ledger/new", draft.by_hand, name="new"),
    path("ledger/from-problem/<int:point>", draft.for_problem, name="for-problem"),
    path("ledger/from-measure/<int:point>", draft.from_measure, name="from-measure"),
    path("ledger/material/<int:key>", material.page, name="material"),
    path("handovers", handing.index, name="handovers"),
    path("handovers/<int:key>", handing.page, name="handover"),
    path("handovers/<int:key>/cancel", handing.cancel, name="handover-cancel"),
    path("special", special.index, name="specials"),
    path("special/new", special.create, name="special-new"),
    path("special/<int:key>", special.page, name="special"),
    path("special/<int:key>/curve.svg", special.curve, name="special-curve"),
    path("special/<int:key>/count", special.count, name="special-count"),
    path("special/<int:key>/places", special.places, name="special-places"),
    path("special/place/<int:place>/done", special.done, name="place-done"),
    path("special/place/<int:place>/undone", special.undone, name="place-undone"),
    path("special/place/<int:place>/item", special.belongs, name="place-item"),
    path("verifications", lists.verifications, name="verifications"),
    path("ledger/<int:key>", item.page, name="item"),
    path("ledger/<int:key>/sheet", item.sheet, name="sheet"),
    path("ledger/<int:key>/paper", item.paper, name="paper"),
    path("ledger/<int:key>/publication", item.publication, name="publication"),
]
forms = [path(_address(s), act.page(s, extra), name=s.name) for s, extra in SCREENS.items()]
urlpatterns: list[URLPattern] = [path("", include(([*pages, *forms], "ledger")))]  # type: ignore[list-item]
