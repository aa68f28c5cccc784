"""What stands between an item and the next step of closing. One function per step.

Every function returns obstacles in Chinese, worded for the person who asked; an empty tuple
means that the step may be taken. Sources: DOMAIN.md §3 (four steps, five standards, the
verifier decides after the check on the spot, an upheld objection returns the item).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.core.workflow.facts import EvidenceFact, Item, People, Seen
from luoshi.core.workflow.independence import (
    evidence_grade,
    is_outside,
    life,
    needs_outside,
    responsible,
    same_unit,
    ties,
)

Obstacles = tuple[str, ...]


def to_apply(item: Item, done_on: date, today: date) -> Obstacles:
    """Return what stands between an item and the application for closing."""
    found = []
    if item.indicator.kind == "none":
        found.append(
            "这一事项没有指标，也没有可观察的标准，属于“无法核验”，不能申请销号。请先申请调整指标。"
        )
    if item.time_class == "standing":
        found.append("长期坚持的事项不能销号，只能按期复查。")
    if done_on > today:
        found.append("完成日期不能晚于今天。")
    if done_on < item.created:
        found.append("完成日期不能早于事项建立的日期。")
    if item.worked_on is not None and done_on < item.worked_on:
        found.append(
            f"{item.worked_on:%Y-%m-%d}还有办理的记录，完成日期不能早于这一天。请填写实际做完的日期。"
        )
    if item.reopened_on is not None and done_on < item.reopened_on:
        found.append(
            f"{item.reopened_on:%Y-%m-%d}问题又出现过，完成日期不能早于这一天。"
            "请重新整改，并在完成之后重新取得佐证和读数。"
        )
    if item.changes_open:
        found.append("还有未审批的变更申请，请先等待审批或撤回。")
    return tuple(found)


def verifier(item: Item, people: People, person: int, today: date) -> Obstacles:
    """Return why a person may not verify an item.

    Somebody of the owner's own section, whom the owner does not direct, may verify a number: the
    reading and the evidence come from elsewhere. A criterion stands on what the verifier saw and
    on nothing else; it has to be seen by somebody from another section (our reading of "outside
    the owner's control").
    """
    if item.indicator.kind == "criterion":
        return witness(item, people, person, today)
    return _untied(item, people, person, today)


def witness(item: Item, people: People, person: int, today: date) -> Obstacles:
    """Return why what a person saw may not stand alone: a tie, or the owner's own section."""
    found = _untied(item, people, person, today)
    if not found and same_unit(item, people, person, today):
        return (
            "核验人与责任人（协办人）同科室（社区），或者在责任单位任职，只凭其亲眼所见不能作数。"
            "请由其他科室（社区）或单位以外的人核验。",
        )
    return found


def _untied(item: Item, people: People, person: int, today: date) -> Obstacles:
    found = [f"核验人{reason}。" for reason in ties(item, people, person, today)]
    if needs_outside(item, people, today) and not is_outside(people, person, life(item, today)):
        found.append("主要领导和班子成员的事项必须由单位以外的人员核验。")
    return tuple(found)


def vouchers(item: Item, people: People, persons: tuple[int, ...], today: date) -> Obstacles:
    """Return why persons may not vouch for a signed form of a body outside the office.

    Whoever vouches says only that the entry agrees with the paper, so being under the owner's
    direction is no bar (an item of the head would have nobody); having the item in hand is.
    """
    held = {t.person for t in responsible(item, people, today)}
    if any(person in held for person in persons):
        return ("责任人、协办人及其代管人不能登记或确认自己事项的核验单。",)
    if len(set(persons)) < 2:
        return ("外部核验单要由两个人先后登记和确认。",)
    return ()


def valid_evidence(item: Item, today: date) -> tuple[EvidenceFact, ...]:
    """Return the evidence that counts today: not withdrawn, expired, dated ahead, or handed in twice.

    A file that somebody else handed in before is theirs: a colleague who uploads the owner's photo
    once more has shown nothing (default: our reading of "outside the owner's control").
    """
    return tuple(
        e
        for e in item.evidence
        if not e.withdrawn and not e.repeated
        and (e.expires is None or e.expires >= today) and e.dated <= e.added
    )  # fmt: skip


def evidence(item: Item, people: People, today: date) -> Obstacles:
    """Return what the evidence lacks."""
    found = []
    valid = valid_evidence(item, today)
    if len(valid) < item.policy.count:
        found.append(f"有效佐证{len(valid)}件，要求{item.policy.count}件。")
    missing = [kind for kind in item.policy.kinds if kind not in {e.kind for e in valid}]
    if missing:
        found.append("缺少规定种类的佐证：{kinds:" + ",".join(missing) + "}。")
    if not any(_proves(item, people, e, today) for e in valid):
        found.append(
            "没有责任人控制之外、在整改完成之后形成、且未用于其他事项的佐证。"
            "请由其他科室（社区）或外单位的人员提交。"
        )
    return tuple(found)


def _proves(item: Item, people: People, one: EvidenceFact, today: date) -> bool:
    held = {t.person for t in responsible(item, people, today)}
    vouched = one.vouched and one.author not in held
    grade = 3 if vouched else evidence_grade(item, people, one.author, one.declared, today)
    after = item.done_on is not None and one.dated >= item.done_on
    return after and not one.used_before and grade >= max(2, item.policy.independence)


def indicator(item: Item, people: People, seen: Seen, today: date) -> Obstacles:
    """Return what the indicator lacks: a reading not the owner's, or the criterion being met."""
    if item.indicator.kind == "none":
        return ("这一事项属于“无法核验”，不能销号。",)
    if item.indicator.kind == "criterion":
        return () if seen.criterion_met else ("核验人没有确认可观察的标准已经达到。",)
    if item.indicator.baseline is None or item.indicator.baseline == item.indicator.target:
        return ("指标没有基数，或者目标与基数相同，看不出是否做到。请先申请调整。",)
    held = {t.person for t in responsible(item, people, today)}
    by_form = seen.verifier is None and bool(seen.criterion_met)
    after = [
        r for r in item.readings if item.done_on is not None and item.done_on <= r.read_on <= today
    ]
    free = [
        r
        for r in after
        if r.author not in held
        and (by_form or evidence_grade(item, people, r.author, 3, today) >= 2)
    ]
    if not free:
        return ("没有完成之后、由责任人以外的人员登记的指标读数。",)
    last = max(after, key=lambda r: (r.read_on, r.key))
    reached = max(free, key=lambda r: (r.read_on, r.key))
    if not _reached(item, reached.value) or not _reached(item, last.value):
        return ("最近一次指标读数没有达到目标。",)
    return ()


def _reached(item: Item, value: Decimal) -> bool:
    base, goal = item.indicator.baseline, item.indicator.target
    if base is None or goal is None:
        return False
    return value <= goal if base > goal else value >= goal


def outside_facts(item: Item) -> Obstacles:
    """Return what speaks against closing outside the item; a provider that failed refuses."""
    found = [f"{fact.words}（{fact.dated:%Y-%m-%d}）。" for fact in item.open_facts]
    found += [f"未能取得“{name}”的情况，暂不能销号，请稍后再试。" for name in item.failed]
    return tuple(found)


def statement(item: Item, seen: Seen, today: date) -> Obstacles:
    """Return what the verifier's statement lacks."""
    found = []
    if len(seen.text.strip()) < 10:
        found.append("请写明现场看到了什么（至少十个字）。")
    if not seen.place.strip():
        found.append("请写明在哪里看到的。")
    if seen.on is None:
        found.append("请写明什么时候看到的。")
    elif seen.on > today:
        found.append("核验日期不能晚于今天。")
    elif item.done_on is not None and seen.on < item.done_on:
        found.append("核验日期不能早于整改完成的日期。")
    return tuple(found)


def _verified_by(item: Item, people: People, seen: Seen, today: date) -> Obstacles:
    if seen.verifier is None:
        return vouchers(item, people, seen.vouchers, today)
    return verifier(item, people, seen.verifier, today)


def to_pass(item: Item, people: People, seen: Seen, today: date) -> Obstacles:
    """Return everything between an item and publication."""
    return (
        *to_apply(item, item.done_on or today, today),
        *_verified_by(item, people, seen, today),
        *statement(item, seen, today),
        *evidence(item, people, today),
        *indicator(item, people, seen, today),
        *outside_facts(item),
    )


def to_close(
    item: Item, people: People, seen: Seen, basis: str, closer: int, today: date
) -> Obstacles:
    """Return everything between publication and closing.

    ``basis`` is the fingerprint that the verifier decided on: everything is judged again, and
    a change since then needs a new verification.
    """
    found = []
    if item.fingerprint() != basis:
        found.append("核验之后情况有变化，原核验不再有效，请重新核验。")
    if item.publication_ends is None or today <= item.publication_ends:
        found.append("公示期还没有满。")
    if item.objections_open:
        found.append(f"还有{item.objections_open}件异议没有处理。")
    if any(t.person == closer for t in responsible(item, people, today)):
        found.append("责任人不能为自己的事项销号。")
    return (*found, *to_pass(item, people, seen, today))


def to_confirm(item: Item, people: People, person: int, today: date) -> Obstacles:
    """Return what stands between an item and the confirmation after the watch.

    It rests on what one person saw when looking again.
    """
    found = [*witness(item, people, person, today), *outside_facts(item)]
    if item.watch_ends is None or today <= item.watch_ends:
        found.append("观察期还没有满。")
    return tuple(found)


def to_decide_objection(
    item: Item,
    people: People,
    person: int,
    registered_by: int,
    verified_by: tuple[int, ...],
    today: date,
) -> Obstacles:
    """Return why a person may not decide an objection: it must be somebody else.

    ``verified_by`` are the verifier, or those who entered and confirmed a signed form.
    """
    found = [f"处理异议的人{reason}。" for reason in ties(item, people, person, today)]
    if person in verified_by:
        found.append("核验人不能处理对自己核验结果的异议。")
    if person == registered_by:
        found.append("登记异议的人不能自己处理这件异议。")
    return tuple(found)
