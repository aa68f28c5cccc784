"""Rows of the home page: what came back and why, what is late, what was decided; how to begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from luoshi.office.ledger import scopes
from luoshi.office.ledger.models import Change, Commitment, Objection, Verification
from luoshi.office.today import Asker, Row, Section

_SHOWN = 5
_WORDS = 90
# Ordered so that no index gives the order: a person's few items are found first and then sorted.
_OLDEST = (F("deadline").asc(nulls_last=True), "id")


def _item(row: Commitment) -> tuple[str, str]:
    return f"{row.number} {row.title}", reverse("ledger:item", args=[row.pk])


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"


def returned_rows(mine: QuerySet[Commitment]) -> Iterator[Row]:
    """Yield items that came back, with the verifier's reason, or that of the objection."""
    checks = Verification.objects.filter(
        commitment=OuterRef("pk"), result=Verification.Result.RETURNED
    ).order_by("-decided_at", "-id")
    said = Objection.objects.filter(
        publication__commitment=OuterRef("pk"), result=Objection.Result.UPHELD
    ).order_by("-decided_at", "-id")
    # Only of those that are shown are the reasons looked for.
    first = mine.filter(state="returned").order_by(*_OLDEST).values_list("pk", flat=True)
    rows = Commitment.objects.filter(pk__in=list(first[:_SHOWN])).annotate(
        check_reason=Subquery(checks.values("reason")[:1]),
        check_at=Subquery(checks.values("decided_at")[:1]),
        said_reason=Subquery(said.values("reason")[:1]),
        said_at=Subquery(said.values("decided_at")[:1]),
    )
    for row in rows.order_by(*_OLDEST):
        upheld = row.said_at and (row.check_at is None or row.said_at > row.check_at)
        reason = f"异议成立：{row.said_reason}" if upheld else row.check_reason
        yield Row(*_item(row), _short(reason or "没有写明理由"), "退回", "bad")


def overdue_rows(late: QuerySet[Commitment]) -> Iterator[Row]:
    """Yield the items that are late for the longest time."""
    for row in late.exclude(state="returned").order_by(*_OLDEST)[:_SHOWN]:
        yield Row(*_item(row), f"时限{row.deadline}", "已超期", "bad")


def decided_rows(mine: QuerySet[Commitment], asker: Asker) -> Iterator[Row]:
    """Yield what was decided lately about changes that were asked for."""
    since = scopes.begins(asker.today - timedelta(days=scopes.DECIDED_DAYS))
    rows = Change.objects.filter(
        commitment__in=mine, decided_at__gte=since,
        state__in=(Change.State.APPROVED, Change.State.REFUSED),
    ).select_related("commitment")  # fmt: skip
    for row in rows.order_by("-decided_at", "-id")[:_SHOWN]:
        agreed = row.state == Change.State.APPROVED
        words = f"{row.get_kind_display()}：{row.decision or '没有写明意见'}"
        yield Row(
            *_item(row.commitment), _short(words), row.get_state_display(),
            "good" if agreed else "warn",
        )  # fmt: skip


def beginning(material: bool) -> Section:
    """Return how to begin, for an office whose ledger is empty."""
    first = (
        Row("导入对照检查材料", reverse("examinations:upload"), "Word、PDF 或文本。程序拆出问题、原因、措施。", "第一步")
        if not material
        else Row("打开已导入的材料", reverse("examinations:list"), "核对要点和对应关系，没有措施的问题排在最前。", "第一步")
    )  # fmt: skip
    return Section(
        "beginning", "怎样开始", "台账里还没有事项。照下面三步做，每一步都可以停下来再接着做。",
        rows=(
            first,
            Row(
                "把措施建成整改事项", reverse("examinations:list"),
                "在材料页面点“建立台账”，写明责任人、时限、怎样算做到、要什么佐证。", "第二步",
            ),
            Row(
                "提请责任人认领", reverse("ledger:list"),
                "责任人登录后在“今天”里看到，认领以后开始办理。", "第三步",
            ),
        ),
        more=(
            ("导入现有的台账", reverse("sheets:upload")),
            ("新建整改事项", reverse("ledger:new")),
        ),
    )  # fmt: skip
