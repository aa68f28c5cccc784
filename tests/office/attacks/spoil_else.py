"""What else speaks against closing: open facts, changes, the problem being back."""

from __future__ import annotations

from datetime import timedelta

from tests.office.attacks.spoil_rows import PROVIDER, change_row
from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.core.workflow.facts import OpenFact
from luoshi.office.ledger import facts
from luoshi.office.ledger.models import Progress, Relapse


def an_open_request(world, item):
    against = OpenFact(PROVIDER, "1", days_ago(1), "还有一件群众诉求没有办结")
    facts.register(PROVIDER, lambda commitment: [against])


def a_provider_that_fails(world, item):
    def broken(commitment):
        raise OSError("no answer")

    facts.register(PROVIDER, broken)


def a_provider_whose_statement_fails(world, item):
    from django.db import connection

    def broken(commitment):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    facts.register(PROVIDER, broken)


def a_change_that_nobody_has_decided(world, item):
    make.change(item, "deadline", {"deadline": str(item.deadline)}, {"deadline": "2027-12-31"})


def back_after_the_day_on_which_it_was_done(world, item):
    save(Relapse(office=world.office, commitment=item, by=world.reviewer, happened_on=days_ago(30),
                 reason="又有摊点占道", added_at=make.noon(days_ago(9))))  # fmt: skip


def an_upheld_objection_after_the_day_on_which_it_was_done(world, item):
    from luoshi.office.ledger.models import Objection, Verification

    applied = item.applications.get()
    before = make.verification(world, item, applied, result=Verification.Result.VOID)
    old = make.publication(item, before, ended=True)
    save(Objection(office=world.office, publication=old, text="东头还有三个摊", result="upheld",
                   received_on=days_ago(9), registered_by=world.clerk, decided_by=world.head,
                   decided_at=make.noon(days_ago(9))))  # fmt: skip
    if item.state == "published":  # the publication that counts stays the last one
        change_row(old, ended=True)


def still_worked_on_after_the_day_on_which_it_was_done(world, item):
    save(Progress(office=world.office, commitment=item, author=world.owner, text="还在清理西段",
                  happened_on=days_ago(9), added_at=make.noon(days_ago(9)) - timedelta(hours=1)))  # fmt: skip


def the_application_was_taken_back(world, item):
    change_row(item.applications.get(), withdrawn=True)


def one_that_had_relapsed_was_merged_into_it(world, item):
    other = make.commitment(world, "withdrawn", merged_into=item)
    save(Relapse(office=world.office, commitment=other, by=world.reviewer, reason="又有摊点占道",
                 happened_on=days_ago(9), added_at=make.noon(days_ago(9))))  # fmt: skip
