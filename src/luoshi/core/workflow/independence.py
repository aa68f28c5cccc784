"""Who is tied to an item: judged per person, on dated posts, over the item's whole life.

Source: 谁验收、谁负责 with a check by somebody else (seen, DOMAIN.md §3); items of the head or
a deputy are verified from outside the office (DOMAIN.md §3). That a day is enough, and that
deputies count as those they act for, is our reading: the rule must not be open to a change of
post for a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.core.workflow.facts import Item, People, Term

Period = tuple[date, date]


def overlap(one: Period, starts: date, ends: date | None) -> Period | None:
    """Return the days that a period shares with a dated row (None: still running), if any.

    A row whose end lies before its start is taken as the day of its start: it existed.
    """
    last = one[1] if ends is None else max(ends, starts)
    low, high = max(one[0], starts), min(one[1], last)
    return (low, high) if low <= high else None


def life(item: Item, today: date) -> Period:
    """Return the days from the item's first day to today."""
    return item.created, max(item.created, today)


def responsible(item: Item, people: People, today: date) -> tuple[Term, ...]:
    """Return owners, co-owners, and who deputised for one of them while they had the item."""
    whole = life(item, today)
    found = list(item.owners)
    for term in item.owners:
        held = overlap(whole, term.starts, term.ends)
        for row in people.deputies if held else ():
            days = overlap(held, row.starts, row.ends) if held else None
            if row.person == term.person and days:
                found.append(Term(row.deputy, *days))
    return tuple(found)


def superiors(people: People, person: int, period: Period) -> Iterator[tuple[int, Period]]:
    """Yield who directs a person on which days of a period, one step up.

    Directing is: being named as superior in a post; leading the unit in which the person has a
    post; deputising for somebody who directs.
    """
    for post in people.posts:
        days = overlap(period, post.starts, post.ends) if post.person == person else None
        if days is None:
            continue
        if post.superior is not None and post.superior != person:
            yield from _with_deputies(people, post.superior, days)
        for other in people.posts:
            if other.unit == post.unit and other.leads and other.person != person:
                shared = overlap(days, other.starts, other.ends)
                if shared:
                    yield from _with_deputies(people, other.person, shared)


def _with_deputies(people: People, person: int, days: Period) -> Iterator[tuple[int, Period]]:
    yield person, days
    for row in people.deputies:
        shared = overlap(days, row.starts, row.ends) if row.person == person else None
        if shared:
            yield row.deputy, shared


def is_under(people: People, person: int, boss: int, period: Period) -> bool:
    """Tell whether a person was under another's direction, at any number of steps, on any day."""
    seen: set[tuple[int, Period]] = set()
    waiting = [(person, period)]
    while waiting:
        who, days = waiting.pop()
        for above, shared in superiors(people, who, days):
            if above == boss:
                return True
            if (above, shared) not in seen:
                seen.add((above, shared))
                waiting.append((above, shared))
    return False


def is_placed(people: People, person: int, period: Period) -> bool:
    """Tell whether anything is known of where a person stood: without a post, nothing is."""
    return any(p.person == person and overlap(period, p.starts, p.ends) for p in people.posts)


def ties(item: Item, people: People, person: int, today: date) -> tuple[str, ...]:
    """Return in Chinese why a person is not independent of an item; empty if they are."""
    whole = life(item, today)
    terms = responsible(item, people, today)
    reasons = []
    if any(t.person == person for t in item.owners):
        reasons.append("是（或曾是）这一事项的责任人或协办人")
    elif any(t.person == person for t in terms):
        reasons.append("曾代管责任人的工作")
    if person in item.authors or any(e.author == person for e in item.evidence):
        reasons.append("提交过这一事项的佐证或进展")
    bosses = {t.person for t in terms if t.person != person}
    if any(is_under(people, person, boss, whole) for boss in bosses):
        reasons.append("在事项存续期间受责任人领导")
    if not is_placed(people, person, whole):
        reasons.append("没有登记职务，无法判断是否受责任人领导，请先由管理员登记任职")
    return tuple(reasons)


def needs_outside(item: Item, people: People, today: date) -> bool:
    """Tell whether somebody responsible was head or deputy of the office during the item's life."""
    whole = life(item, today)
    held = {term.person for term in responsible(item, people, today)}
    return any(
        post.person in held
        and post.rank in {"head", "deputy"}
        and not post.outside
        and overlap(whole, post.starts, post.ends)
        for post in people.posts
    )


def is_outside(people: People, person: int, period: Period) -> bool:
    """Tell whether a person belongs to a body outside the office, and to it alone, all the time."""
    own = [p for p in people.posts if p.person == person and overlap(period, p.starts, p.ends)]
    last = period[1]
    now = any(p.outside and overlap((last, last), p.starts, p.ends) for p in own)
    return now and all(p.outside for p in own)


def _last_placed(people: People, person: int, today: date) -> Period:
    """Return today, or the last day of the last post of somebody who has none any more.

    Otherwise nobody could decide about the items of a person whose post has ended.
    """
    held = [p for p in people.posts if p.person == person and p.starts <= today]
    days = [today if p.ends is None else min(today, max(p.ends, p.starts)) for p in held]
    last = max(days, default=today)
    return last, last


def above(item: Item, people: People, person: int, today: date) -> tuple[str, ...]:
    """Return in Chinese why a person cannot decide as a superior; empty if they can.

    A superior directs an owner of today (directing a helper is not enough); for an item of the
    head or a deputy it may be somebody from outside the office. They have, and had, no part in
    the item.
    """
    reasons = []
    terms = responsible(item, people, today)
    if any(t.person == person for t in terms):
        reasons.append("是（或曾是）责任人、协办人或其代管人，不能审批自己的事项")
    if any(is_under(people, person, t.person, life(item, today)) for t in terms):
        reasons.append("受责任人领导，不能审批其事项")
    now = (today, today)
    owners = {t.person for t in item.owners if t.owns and overlap(now, t.starts, t.ends)}
    directs = any(
        is_under(people, owner, person, _last_placed(people, owner, today)) for owner in owners
    )
    instead = needs_outside(item, people, today) and is_outside(people, person, now)
    if not directs and not instead:
        reasons.append("不是责任人的上级")
    return tuple(reasons)


def evidence_grade(item: Item, people: People, author: int, declared: int, today: date) -> int:
    """Return how independent evidence counts: never more than who entered it allows (0 to 3).

    0: entered by somebody responsible, under one's direction, or of whose place nothing is
    known. 1: by somebody in the same unit (one's own, or the one that answers for the item). 2: by somebody of another unit. 3: by somebody
    outside the office.
    """
    whole = life(item, today)
    terms = responsible(item, people, today)
    if any(t.person == author for t in terms):
        return 0
    if any(is_under(people, author, t.person, whole) for t in terms):
        return 0
    if not is_placed(people, author, whole):
        return 0
    if is_outside(people, author, whole):
        return min(3, declared)
    held = {t.person for t in terms}
    units = set(item.units) | {
        p.unit for p in people.posts if p.person in held and overlap(whole, p.starts, p.ends)
    }
    same = any(
        p.person == author and p.unit in units and overlap(whole, p.starts, p.ends)
        for p in people.posts
    )
    return min(1 if same else 2, declared)


def same_unit(item: Item, people: People, person: int, today: date) -> bool:
    """Tell whether somebody without a tie stands in a unit of those who have the item in hand.

    That is the second class of independence (issue of the ledger, §3: own statement, same unit,
    other unit, outside): no tie, but what they alone have seen is not outside the owner's control.
    """
    return evidence_grade(item, people, person, 3, today) == 1


def directs(item: Item, people: People, person: int, today: date) -> bool:
    """Tell whether somebody directed an owner, a co-owner or a deputy of one, on any day."""
    whole = life(item, today)
    held = {t.person for t in responsible(item, people, today)} - {person}
    return any(is_under(people, one, person, whole) for one in held)


def place(item: Item, people: People, person: int, today: date) -> tuple[str, ...]:
    """Return in Chinese how somebody without a tie stands to those who have the item in hand."""
    names = {1: "同科室（社区）", 2: "其他科室（社区）", 3: "单位以外"}
    grade = evidence_grade(item, people, person, 3, today)
    found = [names[grade]] if grade in names else []
    if directs(item, people, person, today):
        found.append("责任人或协办人的上级")
    return tuple(found)
