"""The page of one item: source sentence first, then what was agreed, done, shown and is missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from luoshi.core.workflow import table
from luoshi.office.examinations import storage
from luoshi.office.journal import clock
from luoshi.office.journal.checkpoints import head_line
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger import collect, kinds
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import Commitment, Duty, Evidence, Objection
from luoshi.office.ledger.tally import tally
from luoshi.office.ledger.views import missing, reach
from luoshi.office.ledger.views.closing import latest, standing_of
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
    own = base.is_own(by, item)
    rows = list(item.evidence_set.select_related("author", "file").order_by("dated", "id"))
    context: dict[str, Any] = {
        **standing, **words_of(item), "item": item, "today": day, "own": own,
        "state": table.states()[item.state],
        "screens": offers(by.pk, held, item, standing, own),
        "may_change": may_change(held, item, own),
        "show_checks": item.state not in _CLOSED,
        "evidence": missing.weigh(rows, standing["facts"], standing["people"], day),
        "can_amend": item.state not in _CLOSED,
        "readings": item.readings.select_related("author").order_by("read_on", "id"),
        "duties": item.duties.select_related("person").order_by("starts", "id"),
        "changes": item.changes.filter(state="open").select_related("asked_by").order_by("id"),
        "objections": Objection.objects.filter(publication__commitment=item)
        .select_related("registered_by", "decided_by").order_by("id"),
        "standing_checks": item.checks.select_related("by"),
        "access": item.access_set.filter(revoked=False).select_related("person"),
        "story": story_of(item),
        "counts": counts_of(item),
    }  # fmt: skip
    return render(request, "ledger/item.html", context)


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


def counts_of(item: Commitment) -> list[tuple[str, int]]:
    """Return how often what was agreed was changed, and how often the item came back."""
    found = tally(item)
    named = [
        ("延期", found.extensions), ("全部变更", found.changes), ("挂起", found.suspensions),
        ("变更未获同意", found.refused), ("核验退回", found.returned), ("异议", found.objections),
        ("异议成立", found.upheld), ("反弹", found.relapses),
    ]  # fmt: skip
    return [(label, times) for label, times in named if times]


def may_change(held: frozenset[str], item: Commitment, own: bool) -> bool:
    """Tell whether a person may ask for some change of what was agreed."""
    asks = "ledger.draft" in held or ("ledger.work" in held and own)
    return asks and any(item.state in rule.states for rule in kinds.RULES.values())


def words_of(item: Commitment) -> dict[str, Any]:
    """Return what the material says: the measure's own words, the problems, the causes."""
    text = item.examination.text if item.examination else ""
    problems = item.problem_links.select_related("point__examination").order_by("point__start")
    causes = item.cause_links.select_related("point__examination").order_by("point__start")
    source = text[item.point.start : item.point.end] if item.point else item.source_text
    return {
        "source": source,
        "problems": [_words(link.point) for link in problems],
        "causes": [_words(link.point) for link in causes],
    }


def _words(point: Any) -> str:
    text: str = point.examination.text[point.words : point.end]
    return text.strip()


def sheet(request: HttpRequest, key: int) -> HttpResponse:
    """Show the site sheet: printed, filled in without a network, entered afterwards."""
    item = reach.item_of(request, key)
    standing = standing_of(item)
    context = {
        **words_of(item), **standing, "item": item, "today": clock.today(), "head": head_line(),
    }  # fmt: skip
    return render(request, "ledger/sheet.html", context)


def paper(request: HttpRequest, key: int) -> HttpResponse:
    """Show the item as a paper to print and sign: what was agreed, done, shown and decided."""
    item = reach.item_of(request, key)
    facts, people, day = collect.item(item), collect.people(item.office_id), clock.today()
    rows = list(item.evidence_set.select_related("author", "file").order_by("dated", "id"))
    names = dict(Evidence.Kind.choices)
    context = {
        **words_of(item), "item": item, "today": day, "head": head_line(),
        "state": table.states()[item.state],
        "evidence": missing.weigh(rows, facts, people, day),
        "evidence_kinds": [names[kind] for kind in item.evidence_kinds if kind in names],
        "helpers": item.duties.filter(kind=Duty.Kind.CO_OWNER, ends__isnull=True)
        .select_related("person").order_by("id"),
        "readings": item.readings.select_related("author").order_by("read_on", "id"),
        "verification": latest(item), "story": story_of(item), "counts": counts_of(item),
    }  # fmt: skip
    return render(request, "ledger/paper.html", context)


def publication(request: HttpRequest, key: int) -> HttpResponse:
    """Show what is made public, ready to be printed; raises ``NotFound`` when nothing is."""
    item = reach.item_of(request, key)
    row = item.publications.order_by("-id").first()
    if row is None:
        raise NotFound("这一事项还没有公示。")
    context = {
        **words_of(item), "item": item, "publication": row,
        "verification": row.verification or latest(item), "head": head_line(),
    }  # fmt: skip
    return render(request, "ledger/publication.html", context)


def evidence_file(request: HttpRequest, key: int, evidence: int) -> HttpResponseBase:
    """Give out the file of a piece of evidence to whoever may see the item, as a download."""
    item = reach.item_of(request, key)
    row = item.evidence_set.filter(pk=evidence, file__isnull=False).select_related("file").first()
    if row is None:
        raise NotFound("没有找到这份佐证的文件。")
    return storage.response(row.file)
