"""Answering a slip, and closing it: by somebody who has no part in what it is about."""

from __future__ import annotations

from luoshi.core.deadlines.workdays import official, working_days_after
from luoshi.core.supervision import slips
from luoshi.core.workflow import independence
from luoshi.office.accounts.models import Deputising, Office, Person
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, Refused, Stale
from luoshi.office.ledger import collect, values
from luoshi.office.ledger.actions import base
from luoshi.office.supervision.limits import limits_of
from luoshi.office.supervision.models import Slip
from luoshi.office.supervision.story import step

_LEAST, _MOST = 5, 1000


def _lock(act: Act, key: int, version: int) -> Slip:
    row = act.lock(Slip, key)
    if row.version != version:
        raise Stale("这张督办单在您打开页面之后有了变化。请重新打开，看过最新情况后再办理。")
    return row


def _move(act: Act, row: Slip, verb: str, note: str) -> Slip:
    target, before = slips.target(verb, row.state), row.state
    if target is None:
        now, label = slips.states()[row.state].label, slips.moves()[verb].label
        raise Refused(f"这张督办单现在是“{now}”，不能{label}。")
    row.state, row.version = target, row.version + 1
    if not slips.states()[target].open:
        row.closed_on = clock.today()
    act.save(row)
    step(act, row, verb, before, note)
    act.about(row, facts={"state": target, "text": note})
    return row


def may_answer(by: Person, row: Slip) -> bool:
    """Tell whether a slip is a person's to answer: addressed to them, or the item in their hands."""
    if row.office_id != by.office_id:
        return False
    if row.person_id in acting_for(by):
        return True
    return row.commitment is not None and base.is_own(by, row.commitment)


def part_in(by: Person, row: Slip) -> str:
    """Return in Chinese which part a person has in what a slip is about; empty for none.

    Whoever has or had the item in hand, deputises for one who has it, is addressed by the slip, or
    has answered it: judged per person and over the item's whole life, as verifying is.
    """
    if row.steps.filter(verb="answer", by=by).exists():
        return "这张督办单是您反馈的"
    if row.person_id in acting_for(by):
        return "这张督办单是送达给您或者由您代管的人的"
    since = row.served_on
    deputies = Deputising.objects.filter(deputy=by, person=row.person_id, ends__gte=since)
    if deputies.exists():
        return "您在督办期间代管过被督办人的工作"
    if row.commitment is None:
        return ""
    today = clock.today()
    item, people = collect.item(row.commitment), collect.people(row.office_id)
    if any(term.person == by.pk for term in independence.responsible(item, people, today)):
        return "您是这一事项的责任人、协办人或其代管人"
    return ""


def _require_untied(by: Person, row: Slip) -> None:
    found = part_in(by, row)
    if found:
        raise NotAllowed(f"{found}，应当由与此事没有关系的人审结。")


@action("slip.answer", "反馈督办单", needs="")
def answer(act: Act, *, by: Person, slip: int, version: int, text: str) -> Slip:
    """Say what was done about it; by whom it is addressed to, or who has the item in hand."""
    row = _lock(act, slip, version)
    act.require("supervision.read", row)
    if not may_answer(by, row):
        raise NotAllowed("只有被督办人、这一事项的责任人、协办人或其代管人可以反馈。")
    return _move(act, row, "answer", values.words(text, "反馈内容", _LEAST, _MOST))


@action("slip.return", "退回督办反馈", needs="supervision.review")
def send_back(act: Act, *, by: Person, slip: int, version: int, reason: str) -> Slip:
    """Ask for a better answer, and say what is missing; the time to answer runs anew."""
    row = _lock(act, slip, version)
    _require_untied(by, row)
    if row.answer_by is not None:
        limits = limits_of(row.office_id, act.lock(Office, row.office_id).name)
        count = limits[f"answer_{row.colour}"]
        row.answer_by = working_days_after(official(), clock.today(), count).day
    return _move(act, row, "return", values.words(reason, "退回的理由", _LEAST, _MOST))


@action("slip.close", "审结督办单", needs="supervision.review")
def close(act: Act, *, by: Person, slip: int, version: int, reason: str) -> Slip:
    """Close a slip that was answered. The item itself is not closed by it."""
    row = _lock(act, slip, version)
    _require_untied(by, row)
    return _move(act, row, "close", values.words(reason, "审结意见", _LEAST, _MOST))


@action("slip.settle", "不经反馈审结督办单", needs="supervision.review")
def settle(act: Act, *, by: Person, slip: int, version: int, reason: str) -> Slip:
    """Close a slip without an answer, where the sweep no longer finds its reason."""
    row = _lock(act, slip, version)
    _require_untied(by, row)
    if row.gone_on is None:
        raise Refused("事由还没有消除，不能不经反馈就审结。请等待反馈，或者等事由消除以后再办。")
    return _move(act, row, "settle", values.words(reason, "审结的理由", _LEAST, _MOST))
