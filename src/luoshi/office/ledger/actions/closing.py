"""Closing (销号): apply, assign, verify, publish, object, close, watch, confirm, relapse.

What may happen when is decided by core/workflow from facts collected under the lock of the
item, so that two requests at once, a stale page and a direct call meet the same answer.
"""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.core.workflow import closing, independence, table
from luoshi.core.workflow.facts import Seen
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger import collect
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import (
    Application,
    Commitment,
    Evidence,
    ItemAccess,
    Objection,
    Publication,
    Relapse,
    Verification,
)


@action("ledger.apply", "申请销号", needs="ledger.work")
def apply(
    act: Act, *, by: Person, commitment: int, version: int, done_on: date, statement: str
) -> Application:
    """Say that the work is done, since ``done_on``; raises ``Refused`` with what is missing."""
    item = base.lock(act, commitment, version)
    base.require_own(by, item)
    today = clock.today()
    base.refuse(closing.to_apply(collect.item(item), done_on, today))
    if len(statement.strip()) < 10:
        raise Refused("请写明完成了什么、怎样可以看到（至少十个字）。")
    base.move(act, item, "apply")
    row = act.save(
        Application(
            office=item.office, commitment=item, by=by, at=act.time, done_on=done_on,
            statement=statement.strip(),
        )
    )  # fmt: skip
    base.keep(act, item, statement)
    act.about(item, facts={"application": row.pk, "done_on": done_on.isoformat()})
    return row


@action("ledger.unapply", "撤回销号申请", needs="ledger.work")
def unapply(act: Act, *, by: Person, commitment: int, version: int, reason: str) -> None:
    """Take an application back; a verification under way becomes void."""
    item = base.lock(act, commitment, version)
    base.require_own(by, item)
    base.move(act, item, "unapply")
    for row in Application.objects.filter(commitment=item, withdrawn=False):
        row.withdrawn = True
        act.save(row)
    _void(act, item)
    base.keep(act, item, reason)
    act.about(item, facts={"reason": reason})


def _void(act: Act, item: Commitment) -> None:
    """Void the verification that is under way or that publication rests on."""
    done = (Verification.Result.RETURNED, Verification.Result.VOID)
    for row in Verification.objects.filter(commitment=item).exclude(result__in=done):
        row.result = Verification.Result.VOID
        act.save(row)


@action("ledger.assign", "指定核验人", needs="ledger.publish")
def assign(act: Act, *, by: Person, commitment: int, version: int, verifier: int) -> Verification:
    """Name who verifies; a person who is tied to the item is refused at once.

    A person from outside the office gets access to this one item.
    """
    item = base.lock(act, commitment, version)
    facts, people = collect.item(item), collect.people(item.office_id)
    who = act.lock(Person, verifier, active=True)
    today = clock.today()
    base.refuse(closing.verifier(facts, people, who.pk, today))
    if any(t.person == by.pk for t in independence.responsible(facts, people, today)):
        raise NotAllowed("责任人不能为自己的事项指定核验人。")
    _void(act, item)
    base.move(act, item, "assign")
    if independence.is_outside(people, who.pk, (today, today)) and not base.has_access(who, item):
        act.save(
            ItemAccess(
                office=item.office, commitment=item, person=who, granted_by=by,
                granted_at=act.time,
            )
        )  # fmt: skip
    row = act.save(
        Verification(
            office=item.office, commitment=item, application=_application(item), verifier=who,
            assigned_by=by, assigned_at=act.time,
        )
    )  # fmt: skip
    base.keep(act, item)
    act.about(item, facts={"verifier": who.pk, "verification": row.pk})
    return row


def _application(item: Commitment) -> Application:
    row: Application | None = (
        Application.objects.filter(commitment=item, withdrawn=False).order_by("-id").first()
    )
    if row is None:
        raise Refused("这一事项没有有效的销号申请。")
    return row


def _open_verification(act: Act, item: Commitment) -> Verification:
    rows = Verification.objects.filter(commitment=item, result=Verification.Result.OPEN)
    row: Verification | None = rows.order_by("-id").first()
    if row is None:
        raise Refused("这一事项现在没有进行中的核验。")
    return row


@action("ledger.verify", "核验决定", needs="")
def verify(
    act: Act, *, by: Person, commitment: int, version: int, passed: bool, seen: str, place: str,
    seen_on: date | None, criterion_met: bool | None, reason: str, publish_place: str = "",
    publication_days: int | None = None,
) -> Verification:  # fmt: skip
    """Decide after the check on the spot: into publication, or back.

    Only the person assigned decides. Passing is refused while anything of DOMAIN.md §3 is
    missing; returning needs a statement and a reason.
    """
    item = base.lock(act, commitment, version)
    base.require_seen(act, by, item, "ledger.verify")
    row = _open_verification(act, item)
    if row.verifier_id != by.pk:
        raise NotAllowed("只有指定的核验人可以作出核验决定。")
    _record(row, seen, place, seen_on, criterion_met)
    _decide(act, by, item, row, passed, reason, publish_place, publication_days)
    return row


def _record(
    row: Verification, seen: str, place: str, seen_on: date | None, criterion_met: bool | None
) -> None:
    row.seen, row.place, row.seen_on = seen.strip(), place.strip(), seen_on
    row.criterion_met = criterion_met


def _verified_by(row: Verification) -> tuple[int, ...]:
    persons = (row.verifier_id, row.registered_by_id, row.confirmed_by_id)
    return tuple(person for person in persons if person is not None)


def _statement(row: Verification) -> Seen:
    vouchers = _verified_by(row) if row.verifier_id is None else ()
    return Seen(row.verifier_id, row.seen, row.place, row.seen_on, row.criterion_met, vouchers)


def _decide(
    act: Act, by: Person, item: Commitment, row: Verification, passed: bool, reason: str,
    publish_place: str, publication_days: int | None,
) -> None:  # fmt: skip
    facts, people = collect.item(item), collect.people(item.office_id)
    today = clock.today()
    statement = _statement(row)
    if passed:
        base.refuse(closing.to_pass(facts, people, statement, today))
    else:
        base.refuse(closing.statement(facts, statement, today))
        if len(reason.strip()) < 5:
            raise Refused("退回要写明理由，让责任人知道还差什么。")
    row.result = Verification.Result.PASSED if passed else Verification.Result.RETURNED
    row.reason, row.basis, row.decided_at = reason.strip(), facts.fingerprint(), act.time
    act.save(row)
    base.move(act, item, "pass" if passed else "return")
    if passed:
        _publish(act, item, row, publish_place, publication_days, today)
    else:
        _application_done(act, item)
    base.keep(act, item, reason)
    act.about(item, facts={"verification": row.pk, "passed": passed, "basis": row.basis})


def _application_done(act: Act, item: Commitment) -> None:
    """Take the application away: what was returned is applied for anew."""
    row = _application(item)
    row.withdrawn = True
    act.save(row)


def _publish(
    act: Act, item: Commitment, row: Verification, place: str, days: int | None, today: date
) -> None:
    least = int(item.office.settings.get("publication_days", table.default_days("publication")))
    length = least if days is None else days
    if length < least:
        raise Refused(f"公示期不得少于{least}天。")
    if not place.strip():
        raise Refused("请写明在哪里公示。")
    act.save(
        Publication(
            office=item.office, commitment=item, verification=row, starts=today,
            ends=today + timedelta(days=length), place=place.strip(),
        )
    )  # fmt: skip


@action("ledger.form.register", "登记外部核验单", needs="ledger.publish")
def register_form(
    act: Act, *, by: Person, commitment: int, version: int, evidence: int, body: str, seen: str,
    place: str, seen_on: date, criterion_met: bool | None,
) -> Verification:  # fmt: skip
    """Register the signed form of a body outside the office; it counts once somebody else confirms.

    Neither may have the item in hand.
    """
    item = base.lock(act, commitment, version)
    held = _responsible(item)
    if by.pk in held:
        raise NotAllowed("责任人、协办人及其代管人不能登记或确认自己事项的核验单。")
    form = Evidence.objects.filter(pk=evidence, commitment=item, withdrawn=False).first()
    if form is None or form.file_id is None:
        raise NotFound("请先把签字的核验单作为佐证上传到这一事项。")
    if form.author_id in held:
        raise Refused(
            "这份核验单是责任人一方上传的，不能登记。请由经办人照外单位送来的原件上传后再登记。"
        )
    if not body.strip():
        raise Refused("请写明核验单位。")
    _void(act, item)
    base.move(act, item, "assign")
    row = Verification(
        office=item.office, commitment=item, application=_application(item), assigned_by=by,
        assigned_at=act.time, form=form, form_body=body.strip(), registered_by=by,
    )  # fmt: skip
    _record(row, seen, place, seen_on, criterion_met)
    base.refuse(closing.statement(collect.item(item), _statement(row), clock.today()))
    act.save(row)
    base.keep(act, item)
    act.about(item, facts={"verification": row.pk, "form": form.pk})
    return row


def _responsible(item: Commitment) -> set[int]:
    facts, people = collect.item(item), collect.people(item.office_id)
    return {t.person for t in independence.responsible(facts, people, clock.today())}


@action("ledger.form.confirm", "确认外部核验单", needs="ledger.publish")
def confirm_form(
    act: Act, *, by: Person, commitment: int, version: int, passed: bool, reason: str,
    publish_place: str = "", publication_days: int | None = None,
) -> Verification:  # fmt: skip
    """Compare the registered form with the paper and let it count; never who registered it."""
    item = base.lock(act, commitment, version)
    row = _open_verification(act, item)
    if row.form_id is None:
        raise Refused("这一次核验不是外部核验单。")
    if row.registered_by_id == by.pk:
        raise NotAllowed("登记核验单的人不能自己确认，请由另一人对照原件确认。")
    row.confirmed_by = by
    act.save(row)  # the form counts as evidence from here on, in the facts as well
    _decide(act, by, item, row, passed, reason, publish_place, publication_days)
    return row


@action("ledger.objection.register", "登记异议", needs="ledger.objection")
def object_to(
    act: Act, *, by: Person, commitment: int, version: int, text: str, received_on: date
) -> Objection:
    """Register what somebody objected to the result while it is public."""
    item = base.lock(act, commitment, version)
    publication = _publication(item)
    base.day_not_ahead(received_on, "收到日期")
    if not text.strip():
        raise Refused("请写明异议内容。")
    row = act.save(
        Objection(
            office=item.office, publication=publication, text=text.strip(),
            received_on=received_on, registered_by=by,
        )
    )  # fmt: skip
    base.keep(act, item, text)
    act.about(item, facts={"objection": row.pk})
    return row


def _publication(item: Commitment) -> Publication:
    row: Publication | None = (
        Publication.objects.filter(commitment=item, ended=False).order_by("-id").first()
    )
    if item.state != "published" or row is None:
        raise Refused("这一事项现在不在公示期。")
    return row


@action("ledger.objection.decide", "处理异议", needs="")
def decide_objection(
    act: Act,
    *,
    by: Person,
    commitment: int,
    version: int,
    objection: int,
    upheld: bool,
    reason: str,
) -> Objection:
    """Decide an objection; an upheld one returns the item. Decided by somebody else."""
    item = base.lock(act, commitment, version)
    base.require_seen(act, by, item, "ledger.objection.decide")
    _publication(item)
    # Also one of an earlier publication that ended early: it does not go away undecided.
    row = act.lock(Objection, objection, publication__commitment=item, result=Objection.Result.OPEN)
    facts, people = collect.item(item), collect.people(item.office_id)
    base.refuse(
        closing.to_decide_objection(
            facts, people, by.pk, row.registered_by_id,
            _verified_by(row.publication.verification), clock.today(),
        )
    )  # fmt: skip
    if len(reason.strip()) < 5:
        raise Refused("请写明处理的理由。")
    row.result = Objection.Result.UPHELD if upheld else Objection.Result.DISMISSED
    row.reason, row.decided_by, row.decided_at = reason.strip(), by, act.time
    act.save(row)
    if upheld:
        base.move(act, item, "uphold")
        _end_publication(act, item)
        _application_done(act, item)
    base.keep(act, item, reason)
    act.about(item, facts={"objection": row.pk, "upheld": upheld})
    return row


def _end_publication(act: Act, item: Commitment) -> None:
    for row in Publication.objects.filter(commitment=item, ended=False):
        row.ended = True
        act.save(row)


@action("ledger.close", "销号", needs="ledger.publish")
def close(act: Act, *, by: Person, commitment: int, version: int) -> None:
    """Close after publication: everything is judged again, on the facts of this moment."""
    item = base.lock(act, commitment, version)
    publication = _publication(item)
    verification = publication.verification
    facts, people = collect.item(item), collect.people(item.office_id)
    today = clock.today()
    statement = _statement(verification)
    base.refuse(closing.to_close(facts, people, statement, verification.basis, by.pk, today))
    base.move(act, item, "close")
    _end_publication(act, item)
    days = int(item.office.settings.get("watch_days", table.default_days("watch")))
    item.watch_ends = today + timedelta(days=days)
    base.keep(act, item)
    act.about(item, facts={"verification": verification.pk, "watch_ends": str(item.watch_ends)})


@action("ledger.void", "核验作废", needs="ledger.publish")
def void(act: Act, *, by: Person, commitment: int, version: int, reason: str) -> None:
    """Send a published item back to be verified anew, because something has changed since."""
    item = base.lock(act, commitment, version)
    if not reason.strip():
        raise Refused("请写明为什么要重新核验。")
    base.move(act, item, "void")
    _void(act, item)
    _end_publication(act, item)
    base.keep(act, item, reason)
    act.about(item, facts={"reason": reason})


@action("ledger.confirm", "观察期满确认", needs="")
def confirm(
    act: Act, *, by: Person, commitment: int, version: int, seen: str, place: str, seen_on: date
) -> None:
    """Confirm after the watch, by somebody with no tie, who went and looked again."""
    item = base.lock(act, commitment, version)
    base.require_seen(act, by, item, "ledger.verify")
    facts, people = collect.item(item), collect.people(item.office_id)
    today = clock.today()
    statement = Seen(by.pk, seen, place, seen_on)
    late = () if item.watch_ends and seen_on >= item.watch_ends else (
        "回头看的日期应当在观察期满之后。",
    )  # fmt: skip
    base.refuse(
        (
            *closing.to_confirm(facts, people, by.pk, today),
            *closing.statement(facts, statement, today),
            *late,
        )
    )
    base.move(act, item, "confirm")
    base.keep(act, item, seen, new={"place": place, "seen_on": seen_on.isoformat()})
    act.about(item, facts={"seen": seen, "place": place, "seen_on": seen_on.isoformat()})


@action("ledger.relapse", "登记反弹", needs="")
def relapse(
    act: Act, *, by: Person, commitment: int, version: int, happened_on: date, reason: str
) -> Relapse:
    """Register that the problem is back; anybody who can see the item may."""
    item = base.lock(act, commitment, version)
    base.require_seen(act, by, item, "ledger.read")
    base.day_not_ahead(happened_on, "发现日期")
    if len(reason.strip()) < 5:
        raise Refused("请写明看到了什么情况。")
    base.move(act, item, "relapse")
    row = act.save(
        Relapse(
            office=item.office, commitment=item, by=by, happened_on=happened_on,
            reason=reason.strip(), added_at=act.time,
        )
    )  # fmt: skip
    item.severity += 1
    item.watch_ends = None
    for application in Application.objects.filter(commitment=item, withdrawn=False):
        application.withdrawn = True
        act.save(application)
    _void(act, item)
    _end_publication(act, item)
    base.keep(act, item, reason)
    act.about(item, facts={"relapse": row.pk, "severity": item.severity})
    return row
