"""What is still missing before an item can be closed, and how much each piece of evidence counts.

Everything here is asked of core/workflow: the page says what the action will say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from luoshi.core.workflow import agreeing, closing, independence
from luoshi.core.workflow.facts import EvidenceFact, Item, People, Seen
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import terms
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.kept import Kept
from luoshi.office.ledger.models import Commitment, Evidence, Publication, Verification


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement: what it is called, whether it is met, and what is missing."""

    label: str
    met: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece of evidence, how independent it counts (``label``) and why; what is wrong with it."""

    row: Evidence
    grade: int
    label: str
    why: str
    faults: tuple[str, ...]

    @property
    def proves(self) -> bool:
        """Tell whether it comes from outside the owner's control and nothing is wrong with it."""
        return self.grade >= Evidence.Independence.OTHER_UNIT and not self.faults


def worded(obstacles: tuple[str, ...]) -> tuple[str, ...]:
    """Return obstacles of the core as the actions word them."""
    try:
        base.refuse(obstacles)
    except Refused as refusal:
        return refusal.reasons
    return ()


def checks(facts: Item, people: People, rows: Kept, today: date) -> list[Check]:
    """Return every requirement of closing, met or not, in the order of the steps."""
    verification, publication = rows.verification, rows.publication
    seen = _seen(verification)
    current = verification is not None and verification.basis == facts.fingerprint()
    passed = verification is not None and verification.result == Verification.Result.PASSED
    return [
        _check("有指标或可观察的标准", _agreed(facts, rows.item)),
        _check("责任人申请销号", () if facts.done_on else ("责任人还没有申请销号。",)),
        _check("没有未审批的变更", _changes(facts)),
        _check("有责任人控制之外的佐证", worded(closing.evidence(facts, people, today))),
        _check("指标达到目标", closing.indicator(facts, people, seen, today)),
        _check("没有其他未办结的情况", closing.outside_facts(facts)),
        _check("独立核验通过", _verified(verification, passed, current)),
        _check("公示期满、异议都已处理", _published(facts, publication, today)),
    ]


def _check(label: str, reasons: tuple[str, ...]) -> Check:
    return Check(label, not reasons, reasons)


def _agreed(facts: Item, item: Commitment) -> tuple[str, ...]:
    if facts.indicator.kind == "none":
        return ("这一事项属于“无法核验”：既没有数量指标，也没有可观察的标准。请申请调整指标。",)
    if facts.time_class == "standing":
        return ("长期坚持的事项不销号，按期复查。",)
    return agreeing.indicator(terms.of(item, problems=0))


def _changes(facts: Item) -> tuple[str, ...]:
    return (f"还有{facts.changes_open}件变更申请没有审批。",) if facts.changes_open else ()


def _verified(row: Verification | None, passed: bool, current: bool) -> tuple[str, ...]:
    if row is None:
        return ("还没有指定核验人。",)
    if not passed:
        return ("核验正在进行，还没有作出决定。",)
    return () if current else ("核验之后情况有变化，原核验不再有效，需要重新核验。",)


def _published(facts: Item, row: Publication | None, today: date) -> tuple[str, ...]:
    if row is None:
        return ("还没有公示。",)
    found = []
    if today <= row.ends:
        found.append(f"公示到{row.ends:%Y-%m-%d}为止，还没有期满。")
    if facts.objections_open:
        found.append(f"还有{facts.objections_open}件异议没有处理。")
    return tuple(found)


def _seen(row: Verification | None) -> Seen:
    if row is None:
        return Seen(0, "", "", None)
    vouchers = tuple(p for p in (row.registered_by_id, row.confirmed_by_id) if p is not None)
    return Seen(row.verifier_id, row.seen, row.place, row.seen_on, row.criterion_met, vouchers)


def weigh(rows: list[Evidence], facts: Item, people: People, today: date) -> list[Weighed]:
    """Return each piece of evidence with how it counts today."""
    known = {fact.key: fact for fact in facts.evidence}
    labels = dict(Evidence.Independence.choices)
    found = []
    for row in rows:
        fact = known[row.pk]
        grade, why = _grade(fact, facts, people, today)
        found.append(Weighed(row, grade, str(labels[grade]), why, _faults(fact, facts, today)))
    return found


def _grade(fact: EvidenceFact, facts: Item, people: People, today: date) -> tuple[int, str]:
    if fact.vouched:
        return 3, "外单位签字的核验单，两人先后登记和确认"
    allowed = independence.evidence_grade(facts, people, fact.author, 3, today)
    grade = min(allowed, fact.declared)
    if grade < allowed:
        return grade, "按提交人自己的说明"
    return grade, {
        0: "由责任人、协办人或其下属提交",
        1: "由责任人同科室（社区）的人员提交",
        2: "由其他科室（社区）的人员提交",
        3: "由单位以外的人员提交",
    }[grade]


_FAULTS: tuple[tuple[Callable[[EvidenceFact, Item, date], bool], str], ...] = (
    (lambda e, i, t: e.withdrawn, "已撤回"),
    (lambda e, i, t: e.expires is not None and e.expires < t, "已过有效期"),
    (lambda e, i, t: e.dated > e.added, "佐证日期晚于提交日期"),
    (lambda e, i, t: e.used_before, "同一份文件已用于其他事项"),
    (lambda e, i, t: e.repeated, "与别人先提交的是同一份文件，不重复算"),
    (lambda e, i, t: i.done_on is not None and e.dated < i.done_on, "形成于整改完成之前"),
)


def _faults(fact: EvidenceFact, facts: Item, today: date) -> tuple[str, ...]:
    return tuple(words for wrong, words in _FAULTS if wrong(fact, facts, today))
