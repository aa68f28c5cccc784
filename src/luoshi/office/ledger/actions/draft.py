"""From a measure to an item that somebody has taken on: draft, propose, claim, order.

A draft is free to edit; from taking it on, what was agreed changes only by `changes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.core.workflow.agreeing import to_agree
from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.examinations.models import Examination, Link, Point
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger import collect, numbering, terms, values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import CauseLink, Commitment, ProblemLink
from luoshi.office.ledger.promised import promised_on


@action("ledger.draft.measure", "由措施建立整改事项", needs="ledger.draft")
def from_measure(act: Act, *, by: Person, point: int) -> Commitment:
    """Make a draft of a measure, with the problems and causes that it clearly answers.

    What its words say of date and number stays a suggestion (`core/workflow/suggest`). Raises
    ``Refused`` where the measure has an item already.
    """
    source = _point(act, point, Point.Kind.MEASURE, "措施")
    item = _new(act, by, _heading(source), point=source)
    links = Link.objects.filter(source=source, kind=Link.Kind.ANSWERS, target__dropped=False)
    for link in links.exclude(verdict=Link.Verdict.WRONG).select_related("target").order_by("id"):
        # A weak link is a guess of the program: it counts once somebody has said yes.
        if link.strength == "strong" or link.verdict == Link.Verdict.RIGHT or link.by_hand:
            _link(act, item, link.target)
    return _done(act, item)


@action("ledger.draft.problem", "为没有措施的问题建立整改事项", needs="ledger.draft")
def for_problem(act: Act, *, by: Person, point: int, measure: str) -> Commitment:
    """Make a draft for a problem without a measure; ``measure`` says what is to be done."""
    source = _point(act, point, Point.Kind.PROBLEM, "问题")
    title = values.words(measure, "打算怎样整改", 4, 200)
    item = _new(act, by, title, point=source)
    _link(act, item, source)
    return _done(act, item)


@action("ledger.draft.hand", "手工建立整改事项", needs="ledger.draft")
def by_hand(act: Act, *, by: Person, title: str, source_text: str = "") -> Commitment:
    """Make a draft that comes from no material (``source_text``: from where it does come)."""
    item = _new(act, by, values.words(title, "整改事项", 4, 200), source=source_text)
    return _done(act, item)


def _point(act: Act, key: int, kind: str, name: str) -> Point:
    # The examination first, as corrections do: two clerks who press at once wait for each other.
    whole = Point.objects.filter(pk=key, office=act.by.office_id).values("examination_id")
    act.lock(Examination, whole[:1])
    row = act.lock(Point, key)
    if row.dropped or row.kind != kind:
        raise NotFound(f"这条{name}已被删去、合并或改了类别，请打开材料重新选择。")
    known = Commitment.objects.filter(point=row).exclude(state="withdrawn").first()
    if known is not None:
        raise Refused(f"这条{name}已经建立整改事项（编号{known.number}），请直接办理该事项。")
    return row


def _heading(point: Point) -> str:
    text = point.examination.text[point.words : point.heading_end or point.end]
    title = " ".join(text.split()).rstrip("。；;：:！!")
    return title if len(title) <= 200 else title[:199] + "…"


def _new(
    act: Act, by: Person, title: str, *, point: Point | None = None, source: str = ""
) -> Commitment:
    today = clock.today()
    text = point.examination.text[point.start : point.end] if point else values.text(source, "来源")
    return act.save(
        Commitment(
            office=by.office, number=numbering.next_number(by.office_id, today), point=point,
            examination=point.examination if point else None, source_text=text, title=title,
            state="draft", created_by=by, created_on=today,
        )
    )  # fmt: skip


def _link(act: Act, item: Commitment, point: Point) -> None:
    if point.kind == Point.Kind.PROBLEM:
        act.save(ProblemLink(office=item.office, commitment=item, point=point))
    elif point.kind == Point.Kind.CAUSE:
        act.save(CauseLink(office=item.office, commitment=item, point=point))


def _done(act: Act, item: Commitment) -> Commitment:
    base.step(act, item, "", new={"title": item.title})
    act.about(item, facts={"title": item.title})
    return item


@action("ledger.draft.edit", "修改草稿", needs="ledger.draft")
def edit(
    act: Act, *, by: Person, commitment: int, version: int, given: Mapping[str, Any]
) -> Commitment:
    """Set columns of a draft (`terms.ALL`); raises ``Refused`` once it has been taken on.

    ``given`` may hold ``working_days`` and ``counted_from`` instead of a deadline. Somebody who
    was owner of the draft for an hour stays in its duties, with an end.
    """
    item = base.lock(act, commitment, version)
    if item.state != "draft":
        raise Refused("已经认领的事项不能直接修改，请提交变更申请，由上级审批。")
    cleaned = terms.clean(act, given, terms.ALL)
    old = terms.current(item, cleaned)
    terms.put(act, item, cleaned, item.created_on)
    new = terms.current(item, cleaned)
    changed = sorted(name for name in new if new[name] != old[name])
    if not item.title:
        raise Refused("请写明整改事项。")
    base.keep(
        act, item, old={n: old[n] for n in changed}, new={n: new[n] for n in changed}
    )  # fmt: skip
    act.about(
        item, facts={"old": {n: old[n] for n in changed}, "new": {n: new[n] for n in changed}}
    )
    return item


@action("ledger.propose", "提请认领", needs="ledger.draft")
def propose(act: Act, *, by: Person, commitment: int, version: int) -> Commitment:
    """Put a draft before its owner; raises ``Refused`` with what it does not say yet.

    Whether it may go without an indicator is the owner's to say.
    """
    item = _draft(act, commitment, version)
    base.refuse(to_agree(terms.of(item), promised_on(item), unverifiable=True))
    item.proposed_on = clock.today()
    base.keep(act, item)
    act.about(item, facts={"owner": item.owner_id})
    return item


def _draft(act: Act, commitment: int, version: int) -> Commitment:
    item = base.lock(act, commitment, version)
    if item.state != "draft":
        raise Refused("这一事项已经不是草稿。请重新打开，看过最新情况后再办理。")
    return item


def _require_owner(by: Person, item: Commitment) -> None:
    """Raise ``NotAllowed`` unless the person is the owner (a co-owner cannot speak for them)."""
    if item.owner_id is None or item.owner_id not in acting_for(by):
        raise NotAllowed("只有这一事项的责任人或其代管人可以认领或退回。")


@action("ledger.claim", "认领", needs="ledger.work")
def claim(
    act: Act, *, by: Person, commitment: int, version: int, unverifiable: bool = False
) -> Commitment:
    """Take a proposed draft on. ``unverifiable`` says yes to an item without an indicator."""
    item = _draft(act, commitment, version)
    _require_owner(by, item)
    if item.proposed_on is None:
        raise Refused("这一事项还没有提请认领，请经办人核对后提请。")
    _activate(act, item, "claim", unverifiable)
    base.keep(act, item)
    act.about(item, facts=_agreed(item))
    return item


@action("ledger.decline", "不予认领", needs="ledger.work")
def decline(act: Act, *, by: Person, commitment: int, version: int, reason: str) -> Commitment:
    """Hand a proposed draft back with a reason; the clerk changes it, or a superior orders it."""
    item = _draft(act, commitment, version)
    _require_owner(by, item)
    if item.proposed_on is None:
        raise Refused("这一事项还没有提请认领，不需要退回。")
    why = values.words(reason, "不予认领的理由", 5, 500)
    item.proposed_on = None
    base.keep(act, item, why)
    act.about(item, facts={"reason": why})
    return item


@action("ledger.order", "交办", needs="")
def order(
    act: Act, *, by: Person, commitment: int, version: int, unverifiable: bool = False,
    note: str = "",
) -> Commitment:  # fmt: skip
    """Order an item without waiting for its owner; decided by somebody above the owner."""
    item = _draft(act, commitment, version)
    base.require_seen(act, by, item, "ledger.decide")
    base.require_above(by, collect.item(item), collect.people(item.office_id))
    _activate(act, item, "order", unverifiable)
    base.keep(act, item, values.text(note, "交办意见", 500))
    act.about(item, facts=_agreed(item))
    return item


def _agreed(item: Commitment) -> dict[str, Any]:
    return terms.current(item, terms.FROZEN)


def _activate(act: Act, item: Commitment, verb: str, unverifiable: bool) -> None:
    """Let an item count from today, if it says everything; its material stands from now on."""
    today = clock.today()
    base.refuse(to_agree(terms.of(item), promised_on(item), unverifiable=unverifiable))
    links = [*item.problem_links.select_related("point"), *item.cause_links.select_related("point")]
    if any(link.point.dropped for link in links):
        raise Refused("对应的问题或原因已在材料中被删去或合并，请经办人重新对应后再提请。")
    # The owner may have left since the draft was made.
    terms.clean(act, {"owner": item.owner_id, "unit": item.unit_id}, terms.ALL)
    base.move(act, item, verb)
    item.activated_on = today
    terms.settle(act, item)


@action("ledger.drop", "删去草稿", needs="ledger.draft")
def drop(act: Act, *, by: Person, commitment: int, version: int, reason: str) -> Commitment:
    """Drop a draft; it stays, withdrawn, and its problem stands without a measure again."""
    item = base.lock(act, commitment, version)
    why = values.words(reason, "删去的理由", 2, 500)
    base.move(act, item, "drop")
    base.keep(act, item, why)
    act.about(item, facts={"reason": why})
    return item
