"""The page of one item: source sentence first, then what was agreed, done, shown and is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from luoshi.core.workflow import table
from luoshi.core.workflow.agreeing import to_agree
from luoshi.office.examinations import storage
from luoshi.office.journal import clock
from luoshi.office.journal.checkpoints import head_line
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger import kinds, terms
from luoshi.office.ledger.collect import Staff
from luoshi.office.ledger.kept import Kept
from luoshi.office.ledger.models import Change, Commitment, Duty
from luoshi.office.ledger.promised import promised_on
from luoshi.office.ledger.tally import tally
from luoshi.office.ledger.views import reach, words
from luoshi.office.ledger.views.closing import evidence_of, place_of, standing_of
from luoshi.office.ledger.views.registry import SCREENS
from luoshi.office.ledger.views.screens import Screen
from luoshi.office.ledger.views.story import story_of
from luoshi.office.pages import allowed, me

# In these states the question is no longer what is missing for closing.
_CLOSED = frozenset({"watching", "confirmed", "withdrawn"})

_STYLES = ("", "second", "bad")  # the next step first, what undoes something last


def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show one item."""
    item = reach.item_of(request, key)
    by, held, day = me(request), allowed(request), clock.today()
    standing = standing_of(item)
    rows, staff = standing["rows"], standing["staff"]
    own = is_own(by.pk, rows, staff, day)
    hide = words.hiding(request, staff)
    context: dict[str, Any] = {
        **standing, **words.of(item, hide), "item": item, "today": day, "own": own,
        "state": table.states()[item.state],
        "begun_late": begun_late(item, day),
        "evidence_kinds": words.kinds(item), "reading_dates": words.days(item),
        "screens": offers(by.pk, held, item, standing, own),
        "may_change": may_change(held, item, own),
        "draft_missing": still_missing(item) if item.state == "draft" else (),
        "show_checks": item.state not in _CLOSED,
        "evidence": evidence_of(standing),
        "can_amend": item.state not in _CLOSED,
        "readings": sorted(rows.readings, key=lambda row: (row.read_on, row.pk)),
        "duties": sorted(rows.duties, key=lambda row: (row.starts, row.pk)),
        "changes": [row for row in rows.changes if row.state == Change.State.OPEN],
        "objections": rows.objections,
        "standing_checks": item.checks.select_related("by"),
        "access": item.access_set.filter(revoked=False).select_related("person"),
        "story": story_of(rows, staff, hide),
        "counts": counts_of(rows),
    }  # fmt: skip
    return render(request, "ledger/item.html", context)


def still_missing(item: Commitment) -> tuple[str, ...]:
    """Return what a draft does not say yet."""
    return to_agree(terms.of(item), promised_on(item))


def begun_late(item: Commitment, day: date) -> bool:
    """Tell whether the deadline had passed before the item was taken on."""
    return item.deadline is not None and item.deadline < (item.activated_on or day)


def is_own(by: int, rows: Kept, staff: Staff, day: date) -> bool:
    """Tell whether somebody has the item in hand, or deputises for who has: to show, not to decide."""
    acting = {by} | {
        row.person for row in staff.people.deputies
        if row.deputy == by and row.starts <= day <= row.ends
    }  # fmt: skip
    return any(
        duty.person_id in acting and duty.starts <= day and (duty.ends is None or duty.ends >= day)
        for duty in rows.duties
    )


def offers(
    by: int, held: frozenset[str], item: Commitment, standing: dict[str, Any], own: bool
) -> list[Screen]:
    """Return the forms that make sense for a person now; the actions decide what is allowed."""
    verification = standing["verification"]
    verifier = verification.verifier_id if verification and not verification.result else None
    asked = {"": True, "own": own, "verifier": verifier == by}
    found = [
        screen
        for screen in SCREENS
        if screen.needs & held
        and not screen.about
        and not screen.group
        and screen.offered_in(item.state)
        and asked[screen.who]
        and screen.when(standing)
    ]
    return sorted(found, key=lambda screen: _STYLES.index(screen.style))


def counts_of(rows: Kept) -> list[tuple[str, int]]:
    """Return how often what was agreed was changed, and how often the item came back."""
    found = tally(rows.item, rows)
    named = [
        ("延期", found.extensions), ("更换责任人", found.owners), ("全部变更", found.changes), ("挂起", found.suspensions),
        ("变更未获同意", found.refused), ("核验退回", found.returned), ("异议", found.objections),
        ("异议成立", found.upheld), ("反弹", found.relapses),
    ]  # fmt: skip
    return [(label, times) for label, times in named if times]


def may_change(held: frozenset[str], item: Commitment, own: bool) -> bool:
    """Tell whether a person may ask for some change of what was agreed."""
    asks = "ledger.draft" in held or ("ledger.work" in held and own)
    return asks and any(item.state in rule.states for rule in kinds.RULES.values())


def sheet(request: HttpRequest, key: int) -> HttpResponse:
    """Show the site sheet: printed, filled in without a network, entered afterwards."""
    item = reach.item_of(request, key)
    standing = standing_of(item)
    hide = words.everybody(standing["staff"])
    context = {
        **words.of(item, hide), **standing, "item": item, "today": clock.today(), "head": head_line(),
    }  # fmt: skip
    return render(request, "ledger/sheet.html", context)


def paper(request: HttpRequest, key: int) -> HttpResponse:
    """Show the item as a paper to print and sign: what was agreed, done, shown and decided."""
    item = reach.item_of(request, key)
    standing = standing_of(item)
    rows, staff = standing["rows"], standing["staff"]
    hide = words.everybody(staff)
    owners = [row for row in rows.duties if row.kind == Duty.Kind.CO_OWNER and row.ends is None]
    context = {
        **standing, **words.of(item, hide), "item": item, "today": clock.today(),
        "head": head_line(), "state": table.states()[item.state],
        "evidence": evidence_of(standing), "evidence_kinds": words.kinds(item),
        "helpers": sorted(owners, key=lambda row: row.pk),
        "readings": sorted(rows.readings, key=lambda row: (row.read_on, row.pk)),
        "story": story_of(rows, staff, hide), "counts": counts_of(rows),
    }  # fmt: skip
    return render(request, "ledger/paper.html", context)


def publication(request: HttpRequest, key: int) -> HttpResponse:
    """Show what is made public, ready to be printed; raises ``NotFound`` when nothing is."""
    item = reach.item_of(request, key)
    row = item.publications.order_by("-id").first()
    if row is None:
        raise NotFound("这一事项还没有公示。")
    standing = standing_of(item)
    hide = words.everybody(standing["staff"])
    context = {
        **words.of(item, hide), "item": item, "publication": row, "title": hide(item.title),
        "verification": row.verification, "seen": hide(row.verification.seen),
        "verifier_place": place_of(row.verification, standing["facts"], standing["people"]),
        "head": head_line(),
    }  # fmt: skip
    return render(request, "ledger/publication.html", context)


def evidence_file(request: HttpRequest, key: int, evidence: int) -> HttpResponseBase:
    """Give out the file of a piece of evidence to whoever may see the item, as a download."""
    item = reach.item_of(request, key)
    row = item.evidence_set.filter(pk=evidence, file__isnull=False).select_related("file").first()
    if row is None:
        raise NotFound("没有找到这份佐证的文件。")
    return storage.response(row.file)
