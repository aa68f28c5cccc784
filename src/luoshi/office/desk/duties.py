"""What the ledger gives each role to do today.

A figure is counted with the very filter that its link opens, so that the two agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Q
from django.urls import reverse

from luoshi.office.accounts.permissions import acting_for
from luoshi.office.desk import tally
from luoshi.office.desk.hints import beginning, decided_rows, overdue_rows, returned_rows
from luoshi.office.examinations.models import Examination
from luoshi.office.journal import checkpoints
from luoshi.office.journal.standing import while_unchanged
from luoshi.office.ledger import queries, scopes
from luoshi.office.ledger.models import Commitment, ItemAccess
from luoshi.office.ledger.unanswered import first_unanswered
from luoshi.office.ledger.views.lists import UNANSWERED_SHOWN
from luoshi.office.today import Asker, Figure, Row, Section, Tone

# label, query of the ledger's list, tone where there are any
_CLERK: tuple[tuple[str, str, Tone], ...] = (
    ("草稿，还没有提请认领", "only=unassigned", "warn"),
    ("等待认领", "only=unclaimed", "warn"),
    ("等待指定核验人", "only=to_assign", "warn"),
    ("公示期满，等待销号", "only=to_close", "warn"),
    ("已超期", "due=overdue", "bad"),
    ("无法核验", "state=open&unverifiable=on", "bad"),
)
_OWNER: tuple[tuple[str, str, Tone], ...] = (
    ("等我认领", "only=unclaimed&mine=on", "warn"),
    ("退回给我", "state=returned&mine=on", "bad"),
    ("已超期", "due=overdue&mine=on", "bad"),
    (f"{scopes.SOON_DAYS}个工作日内到期", "only=soon&mine=on", "warn"),
    ("该复查了", "only=check_due&mine=on", "warn"),
    ("挂起到期", "only=resume_due&mine=on", "warn"),
    (f"{scopes.DECIDED_DAYS}天内变更有结果", "only=change_decided&mine=on", ""),
    ("我办理的，未办结", "state=open&mine=on", ""),
)
_HEAD: tuple[tuple[str, str, Tone], ...] = (
    ("变更等待审批", "only=change_open", "warn"),
    ("异议等待处理", "only=objected", "bad"),
    ("班子成员的事项，等待外部核验", "only=top", "warn"),
    ("本月反弹", "only=relapsed&month={month}", "bad"),
    ("已超期", "due=overdue", "bad"),
)
_VERIFIER: tuple[tuple[str, str, Tone], ...] = (
    ("等我核验", "only=my_check", "warn"),
    ("观察期满，等待回头看", "only=confirm_due", "warn"),
)
_READER: tuple[tuple[str, str, Tone], ...] = (
    ("未办结", "state=open", ""),
    ("已超期", "due=overdue", "bad"),
    ("无法核验", "state=open&unverifiable=on", "bad"),
    ("本月反弹", "only=relapsed&month={month}", "bad"),
    ("确认", "state=confirmed", "good"),
)


def sections(asker: Asker) -> Iterator[Section]:
    """Yield the parts of the home page that come from the ledger, by what the person may do."""
    held = asker.allowed
    if "ledger.draft" in held:
        yield from _clerk(asker)
    if "ledger.work" in held:
        yield from _owner(asker)
    if "ledger.decide" in held:
        yield _head(asker)
    if "ledger.verify" in held:
        yield Section(
            "verifier", "核验", "先到现场看过再录入。谁核验、谁负责。",
            figures=_figures(asker, _VERIFIER), more=(("核验清单", reverse("ledger:verifications")),),
        )  # fmt: skip
    elif "ledger.verify.assigned" in held:
        yield _outside(asker)
    if "ledger.read" in held and not held & {
        "ledger.draft", "ledger.work", "ledger.decide", "ledger.verify"
    }:  # fmt: skip
        yield Section("reader", "台账", figures=_figures(asker, _READER), more=_boards())
    if "journal.read" in held:
        yield _auditor()
    if "office.manage" in held:
        yield _administrator(asker)


def _figures(asker: Asker, named: tuple[tuple[str, str, Tone], ...]) -> tuple[Figure, ...]:
    return tuple(figure(asker, label, query, tone) for label, query, tone in named)


def figure(asker: Asker, label: str, query: str, tone: Tone = "") -> Figure:
    """Return a figure of the ledger, counted as its list counts."""
    query = query.format(month=asker.today.isoformat()[:7])
    office = asker.person.office_id
    personal = "mine" in query or "my_check" in query
    key = ("figure", office, asker.today, query, asker.person.pk if personal else 0)
    found = while_unchanged(key, lambda: _count(asker, query))
    return Figure(label, found.total, f"{reverse('ledger:list')}?{query}", tone, found.exact)


def _count(asker: Asker, query: str) -> queries.Found:
    rows = Commitment.for_office(asker.person.office_id)
    own = acting_for(asker.person) if "mine" in query else frozenset()
    found = queries.find(rows, _chosen(asker, query, own), asker.today)
    return replace(found, rows=Commitment.objects.none())  # what is kept holds no query


def _chosen(asker: Asker, query: str, own: frozenset[int]) -> dict[str, Any]:
    chosen: dict[str, Any] = dict(parse_qsl(query))
    month = scopes.parse_month(chosen.pop("month", ""))
    person = asker.person
    chosen["asked"] = scopes.Asked(person.office_id, asker.today, month, person.pk, own)
    return chosen


def _own_figures(asker: Asker, named: tuple[tuple[str, str, Tone], ...]) -> tuple[Figure, ...]:
    """Return figures of a person's own items: these are gone through once for all of them."""
    person, own = asker.person, acting_for(asker.person)
    mine = Commitment.for_office(person.office_id).filter(
        scopes.own(scopes.Asked(person.office_id, asker.today, own=own))
    )
    # All of these are mine already.
    asked = [{**_chosen(asker, query, own), "mine": ""} for _, query, _ in named]
    key = ("own figures", person.pk, asker.today, own)
    found = while_unchanged(key, lambda: queries.how_many(mine, asked, asker.today))
    return tuple(
        Figure(label, number, f"{reverse('ledger:list')}?{query}", tone, exact)
        for (label, query, tone), (number, exact) in zip(named, found, strict=True)
    )


def _boards() -> tuple[tuple[str, str], ...]:
    return (
        ("看板", reverse("desk:board")),
        ("趋势", reverse("desk:trend")),
        ("大屏", reverse("desk:wall")),
    )


def _clerk(asker: Asker) -> Iterator[Section]:
    office = asker.person.office_id
    if not Commitment.for_office(office).exists():
        yield beginning(Examination.for_office(office).exists())
    _, number = while_unchanged(
        ("unanswered", office), lambda: first_unanswered(office, UNANSWERED_SHOWN)
    )
    problems = Figure("没有措施的问题", number, reverse("ledger:problems"), "bad")
    yield Section(
        "clerk", "经办", figures=(problems, *_figures(asker, _CLERK)),
        more=(("全部台账", reverse("ledger:list")), *_boards()),
    )  # fmt: skip


def _owner(asker: Asker) -> Iterator[Section]:
    key = ("in hand", asker.person.pk, asker.today)
    rows = while_unchanged(key, lambda: tuple(_in_hand(asker)))
    yield Section("owner", "我办理的", figures=_own_figures(asker, _OWNER), rows=rows)


def _in_hand(asker: Asker) -> Iterator[Row]:
    """Yield what came back, what is late and what was decided of the items in a person's hand."""
    office, own = asker.person.office_id, acting_for(asker.person)
    asked = scopes.Asked(office, asker.today, by=asker.person.pk, own=own)
    mine = Commitment.for_office(office).filter(scopes.own(asked))
    yield from returned_rows(mine)
    yield from overdue_rows(mine.filter(is_open=True, deadline__lt=asker.today))
    yield from decided_rows(mine, asker)


def _head(asker: Asker) -> Section:
    units = tally.board(asker.person.office_id, asker.today)
    late = tuple(
        Figure(f"{row.name}超期", row.overdue, f"{reverse('ledger:list')}?{query}", "bad")
        for row in units.rows
        for key, _, query in row.shown()
        if key == "overdue" and row.overdue
    )
    return Section(
        "head", "审批和督促", figures=(*_figures(asker, _HEAD), *late),
        more=(("等待审批", reverse("ledger:decisions")), *_boards()),
    )  # fmt: skip


def _outside(asker: Asker) -> Section:
    """Return what was opened to somebody from outside: they see these items alone."""
    opened = ItemAccess.objects.filter(person=asker.person, revoked=False)
    items = Commitment.for_office(asker.person.office_id).filter(
        pk__in=opened.values("commitment_id")
    )
    asked = scopes.Asked(asker.person.office_id, asker.today, by=asker.person.pk)
    mine: Q = scopes.SCOPES["my_check"].condition(asked)
    place = reverse("ledger:verifications")
    return Section(
        "verifier", "核验", "您可以查看和核验向您开放的事项。",
        figures=(
            Figure("等我核验", items.filter(mine).count(), f"{place}#mine-h", "warn"),
            Figure("向我开放的事项", items.count(), f"{place}#opened-h"),
        ),
    )  # fmt: skip


def _auditor() -> Section:
    days = checkpoints.standing().days
    words = "还没有向单位以外报存过校验点。" if days is None else f"距上次报存校验点{days}天。"
    late = days is None or days > checkpoints.WARN_DAYS
    return Section(
        "auditor", "留痕", words + ("请尽快报存。" if late else ""),
        more=(
            ("查阅留痕", reverse("journal:entries")), ("校验点", reverse("journal:checkpoints")),
            ("校验", reverse("journal:verify")),
        ),
    )  # fmt: skip


def _administrator(asker: Asker) -> Section:
    return Section(
        "administrator", "人员", "人员的职务和上级要如实登记：核验人是不是独立，按这里判断。",
        more=(("人员和部门", reverse("accounts:people")),),
    )  # fmt: skip
