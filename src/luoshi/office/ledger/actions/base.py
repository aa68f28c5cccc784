"""What every action on a commitment does first and last: lock, judge the state, move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.core.journal.canonical import Value
from luoshi.core.workflow import independence, table
from luoshi.core.workflow.facts import Item, People
from luoshi.office.accounts.models import Deputising, Person
from luoshi.office.accounts.permissions import on_day
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused, Stale
from luoshi.office.journal.statements import Select
from luoshi.office.ledger.models import Commitment, Duty, ItemAccess, Step


def lock(act: Act, key: int, version: int | None = None) -> Commitment:
    """Return the commitment, locked, as the person saw it.

    ``version`` is what the page showed (None: the caller acts on the present state on purpose,
    as an import does). Raises ``NotFound``, and ``Stale`` when it has changed since.
    """
    item = act.lock(Commitment, key)
    if version is not None and item.version != version:
        raise Stale("这一事项在您打开页面之后有了变化。请重新打开，看过最新情况后再办理。")
    return item


def keep(
    act: Act,
    item: Commitment,
    note: str = "",
    *,
    old: Mapping[str, Value] | None = None,
    new: Mapping[str, Value] | None = None,
) -> None:
    """Save the commitment as its next version, with the line of its history that says how.

    ``note`` is what the person wrote; ``old`` and ``new`` hold what changed, by column.
    """
    before = act.before(item, "state")
    if before is None:
        held = _STATE.rows(item.pk)
        before = held[0].state if held else item.state
    item.version += 1
    act.save(item)
    step(act, item, before, note, old=old, new=new)


def step(
    act: Act,
    item: Commitment,
    before: str,
    note: str = "",
    *,
    old: Mapping[str, Value] | None = None,
    new: Mapping[str, Value] | None = None,
) -> None:
    """Write a line of the item's history."""
    act.save(
        Step(
            office_id=item.office_id, commitment=item, at=act.time, verb=act.verb.name,
            by=act.by if isinstance(act.by, Person) else None, before=before, after=item.state,
            version=item.version, note=note.strip(), old=dict(old or {}), new=dict(new or {}),
        )
    )  # fmt: skip


def move(act: Act, item: Commitment, verb: str) -> None:
    """Put the commitment into the state that the table says; ``keep`` has to follow.

    Raises ``Refused`` where the table has no such move from this state.
    """
    target = table.target(verb, item.state, item.suspended_from)
    label = table.moves()[verb].label
    if target is None:
        now = table.states()[item.state].label
        raise Refused(f"这一事项现在是“{now}”，不能{label}。")
    item.state = target


def is_own(by: Person, item: Commitment) -> bool:
    """Tell whether a person has the item in hand today, or deputises for somebody who has."""
    today = clock.today()
    return bool(_DUTIES.rows(item.pk, today, today, by.pk, by.pk, today, today))


_DAY = date(2000, 1, 1)
_STATE = Select(lambda: Commitment.objects.filter(pk=1).only("state"), 1)


def _own_duties() -> QuerySet[Duty]:
    """Return the query for the duties of a person, or of whom they deputise for, for an item."""
    for_others = Deputising.objects.filter(deputy=1).filter(on_day(_DAY)).values("person")
    whose = Q(person=1) | Q(person__in=for_others)
    return Duty.objects.filter(commitment=1).filter(on_day(_DAY)).filter(whose).only("person")


_DUTIES = Select(_own_duties, 1, _DAY, _DAY, 1, 1, _DAY, _DAY)


def require_own(by: Person, item: Commitment) -> None:
    """Raise ``NotAllowed`` unless the person has the item in hand."""
    if not is_own(by, item):
        raise NotAllowed("只有这一事项的责任人、协办人或其代管人可以办理。")


def require_above(by: Person, facts: Item, people: People) -> None:
    """Raise ``NotAllowed`` unless the person may decide as a superior of the owner."""
    reasons = independence.above(facts, people, by.pk, clock.today())
    if reasons:
        raise NotAllowed(*(f"您{reason}。" for reason in reasons))


def has_access(by: Person, item: Commitment) -> bool:
    """Tell whether the item was opened to an outside verifier."""
    rows = ItemAccess.objects.filter(commitment=item, person=by, revoked=False)
    return bool(rows.exists())


def require_seen(act: Act, by: Person, item: Commitment, permission: str) -> None:
    """Raise unless the person has the permission, or the item was opened to them for it.

    An outside verifier gets ``NotFound`` for every other item: that it exists is not theirs to
    know.
    """
    from luoshi.office.journal.act import may

    if may(by, permission, item):
        return
    if may(by, "ledger.verify.assigned", item):
        if has_access(by, item):
            return
        raise NotFound("没有找到这一项，可能已被删除，或者不属于您的核验范围。")
    raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")


def refuse(obstacles: tuple[str, ...]) -> None:
    """Raise ``Refused`` with all obstacles, if there are any."""
    if obstacles:
        from luoshi.office.ledger.models import Evidence

        names = dict(Evidence.Kind.choices)
        raise Refused(*(_named(words, names) for words in obstacles))


def _named(words: str, names: dict[str, str]) -> str:
    """Put the Chinese names of evidence kinds where the core left their keys."""
    head, mark, rest = words.partition("{kinds:")
    if not mark:
        return words
    keys, _, tail = rest.partition("}")
    return head + "、".join(names.get(key, key) for key in keys.split(",")) + tail


def day_not_ahead(day: date, what: str) -> None:
    """Raise ``Refused`` for a day after today."""
    if day > clock.today():
        raise Refused(f"{what}不能晚于今天。")
