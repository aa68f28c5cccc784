"""A page with a list issues as many SQL statements for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.contracts.web_office import Everything
from tests.office.ledger import make
from tests.office.make import days_ago, person, save
from tests.office.review.review_rows import grow

from luoshi.core.sheets.pieces import pieces
from luoshi.office.accounts.models import Deputising, Unit
from luoshi.office.journal import clock
from luoshi.office.ledger.models import Handover, Objection, SpecialCount, SpecialPlace
from luoshi.office.sheets.models import ImportedRow, SheetImport
from luoshi.office.supervision.models import Slip, SlipStep, SweepRun


def more(here, numbers):
    """Add rows of every kind that a list shows."""
    world, office = here.world, here.world.office
    for n in numbers:
        unit = save(Unit(office=office, name=f"第{n}科", kind="section"))
        who = person(office, f"人员{n}", unit, roles=["owner", "verifier"], superior=world.head)
        save(Deputising(office=office, person=who, deputy=world.owner, reason="出差",
                        starts=days_ago(9), ends=days_ago(8)))  # fmt: skip
        material = make.examination(world)
        for state in ("draft", "working", "verifying", "published", "watching"):
            item = make.commitment(world, state, material=material, special=here.special)
            make.access(world, item)
        save(Objection(office=office, publication=here.item.publications.get(), text=f"异议{n}",
                       received_on=days_ago(2), registered_by=world.clerk))  # fmt: skip
        make.evidence(here.item, world.witness, file=make.file(office, f"{n:x}"))
        make.evidence(here.item, world.clerk, note=f"第{n}次到现场，没有看到摊点。")
        make.reading(here.item, world.clerk, 5)
        (first, *_), _ = pieces(here.sheet.record)
        save(ImportedRow(office=office, sheet_import=here.sheet, commitment=item, place=f"第{n}行",
                         key=f"{n}", base=first.base, spot=first.spot))  # fmt: skip
        save(SheetImport(office=office, file=here.sheet.file, uploaded_by=world.clerk,
                         uploaded_at=make.noon(days_ago(n)), state="done", made=n,
                         decided_by=world.clerk, decided_at=make.noon(days_ago(n))))  # fmt: skip
        make.change(here.item, "target", {"target": "5.00"}, {"target": "4.00"})
        make.access(world, here.item, who)
        make.change(item, "owner", {"owner": world.owner.pk}, {"owner": who.pk},
                    handover=here.handover)  # fmt: skip
        other = save(Handover(office=office, person=world.colleague, successor=who,
                              asked_by=world.administrator, asked_at=make.noon(days_ago(1))))  # fmt: skip
        make.change(item, "co_owners", {"co_owners": []}, {"co_owners": [who.pk]}, handover=other)
        save(Slip(office=office, number=here.item.pk * 1000 + n, subject=f"test:{n}", title=f"事项{n}",
                  reason="overdue", colour="red", period=str(n), since=days_ago(9), words="已经超期",
                  state="answered" if n % 2 else "served", person=world.owner, raised_to=who,
                  served_on=days_ago(8), answer_by=days_ago(5), commitment=here.item))  # fmt: skip
        save(SlipStep(office=office, slip=here.slip, at=clock.now(), verb="answer", by=who,
                      before="served", after="answered", note=f"第{n}次"))  # fmt: skip
        save(SweepRun(office=office, day=days_ago(n + 10), state="missed"))
        grow(world, here.review, n)
        save(SpecialPlace(office=office, special=here.special, name=f"小区{n}"))
        save(SpecialCount(office=office, special=here.special, counted_on=days_ago(n), value=n,
                          source="登记", author=world.clerk))  # fmt: skip


LISTS = {
    "/ledger": "reviewer", "/ledger?state=open&sort=new": "reviewer", "/ledger/problems": "clerk",
    "/ledger/decisions": "head", "/verifications": "verifier", "/materials": "clerk",
    "/people": "administrator", "/journal": "auditor", "/special": "reviewer",
    "/": "head", "/board": "reviewer", "/trend": "reviewer", "/wall": "reviewer",
    "/search?q=占道": "clerk", "item paper": "reviewer",
    "/supervision": "owner", "/supervision/slips": "clerk", "/supervision/runs": "head",
    "slip": "clerk", "special": "reviewer", "item": "reviewer", "assign": "clerk", "sheet": "verifier",
    "paper": "clerk", "material page": "clerk", "ledger material": "clerk", "person": "administrator",
    "/ledger/import": "clerk", "/ledger/export": "clerk", "sheet import": "clerk",
    "/handovers": "head", "handover": "head",
    "/materials/years": "clerk", "last year": "clerk", "years": "clerk",
    "/reviews": "reviewer", "/reviews/mine": "owner", "/reviews/templates": "clerk", "batch": "reviewer",
    "batch of the clerk": "clerk", "batch edit": "clerk", "draft": "reviewer", "draft remarks": "clerk",
    "draft copies": "reviewer", "batch overlap": "reviewer", "pair": "reviewer", "opinion": "owner",
    "home of the reviewer": "reviewer",
}  # fmt: skip


@pytest.mark.parametrize("page", LISTS)
def test_as_many_statements_for_many_rows_as_for_few(world, client_of, page):
    here = Everything(world)
    applied = make.commitment(world, "applied", material=here.material)
    address = {
        "special": f"/special/{here.special.pk}", "item": f"/ledger/{here.item.pk}",
        "assign": f"/ledger/{applied.pk}/assign",
        "handover": f"/handovers/{here.handover.pk}", "sheet": f"/ledger/{here.item.pk}/sheet",
        "item paper": f"/ledger/{here.item.pk}/paper",
        "material page": f"/materials/{here.material.pk}", "person": f"/people/{world.owner.pk}",
        "slip": f"/supervision/slips/{here.slip.pk}",
        "paper": f"/papers/material/{here.material.pk}",
        "ledger material": f"/ledger/material/{here.material.pk}",
        "sheet import": f"/ledger/import/{here.sheet.pk}",
        "last year": f"/materials/{here.material.pk}/previous",
        "years": f"/materials/{here.material.pk}/years",
        "batch": f"/reviews/{here.review.batch.pk}",
        "batch of the clerk": f"/reviews/{here.review.batch.pk}?sort=-shared",
        "batch edit": f"/reviews/{here.review.batch.pk}/edit",
        "batch overlap": f"/reviews/{here.review.batch.pk}/overlap",
        "draft": f"/reviews/drafts/{here.review.waiting.pk}",
        "draft remarks": f"/reviews/drafts/{here.review.returned.pk}?show=remarks",
        "draft copies": f"/reviews/drafts/{here.review.returned.pk}?show=overlap",
        "pair": f"/reviews/drafts/{here.review.waiting.pk}/beside/{here.review.returned.pk}",
        "opinion": f"/reviews/drafts/{here.review.returned.pk}/opinion",
        "home of the reviewer": "/",
    }.get(page, page)  # fmt: skip
    client = client_of(getattr(world, LISTS[page]))
    more(here, range(2))
    client.get(address)
    counts = []
    # Both times after an action: what a list counts is kept until the next one.
    for numbers in (range(2, 3), range(3, 8)):
        more(here, numbers)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0], [q["sql"][:150] for q in seen][-12:]
