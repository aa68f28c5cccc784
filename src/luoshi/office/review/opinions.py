"""Rows → a review opinion, and the remarks that go into the author's own Word file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from luoshi.core.review.opinion import Asked, Count, Opinion
from luoshi.office.review.marks import number_at
from luoshi.office.review.models import Decision, Draft, Remark, Share
from luoshi.office.review.seen import figures_of

_QUOTE = 60
_SEVERE = {"error": "错误", "warning": "提醒", "note": "提示"}


def opinion(draft: Draft, decision: Decision) -> Opinion:
    """Return what the opinion on a decided draft says; dismissed findings are not in it."""
    submission, batch = draft.submission, draft.submission.batch
    said = remarks(draft)
    return Opinion(
        office=batch.office.name, meeting=batch.meeting, name=submission.name,
        unit=submission.unit.name if submission.unit else "", title=draft.examination.title,
        number=draft.number, received=draft.added_on,
        passed=decision.outcome == Decision.Outcome.PASS, words=decision.words,
        answer_by=decision.answer_by, reviewer=decision.by.name,
        decided=timezone.localtime(decision.at).date(), counts=tuple(_counts(draft, decision)),
        asked=tuple(_asked(draft, r) for r in said if r.kind != Remark.Kind.DISMISSED),
        digest=decision.digest,
    )  # fmt: skip


def remarks(draft: Draft) -> list[Remark]:
    """Return the remarks on a draft in text order, withdrawn ones left out."""
    held = Remark.objects.filter(draft=draft, withdrawn=False).select_related("by")
    return list(held.order_by("start", "pk"))


def _asked(draft: Draft, remark: Remark) -> Asked:
    text = draft.examination.text
    quote = " ".join(text[remark.start : remark.end].split())
    place = f"第{number_at(text, remark.start)}段" if remark.end else "全文"
    quote = quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
    said, why = words(draft, remark)
    return Asked(place, quote, said, why)


def words(draft: Draft, remark: Remark) -> tuple[str, str]:
    """Return what a remark asks for, and on what it is based."""
    if remark.finding is None:
        return remark.text, ""
    finding = draft.examination.findings[remark.finding - 1]
    fix = f"可以改为：{finding['fix']}。" if finding.get("fix") else ""
    return f"{finding['message']}{fix}{remark.text}", finding.get("why", "")


def for_comments(draft: Draft) -> list[dict[str, Any]]:
    """Return what goes into the author's file as comments; what is about the whole text first."""
    found = []
    for remark in remarks(draft):
        if remark.kind == Remark.Kind.DISMISSED:
            continue
        said, why = words(draft, remark)
        finding = draft.examination.findings[remark.finding - 1] if remark.finding else None
        start, end = (remark.start, remark.end) if remark.end else _first_line(draft)
        found.append(
            {
                "start": start, "end": end, "text": said, "why": why,
                "label": finding["code"] if finding else "审阅意见",
                "severity": finding["severity"] if finding else "warning",
            }
        )  # fmt: skip
    return found


def _first_line(draft: Draft) -> tuple[int, int]:
    text = draft.examination.text
    end = text.find("\n")
    return 0, end if end > 0 else min(len(text), 1)


def _counts(draft: Draft, decision: Decision) -> list[Count]:
    """Return the figures of a draft, each with how it was counted."""
    held = figures_of(draft)
    if held is None:
        return []
    problems, measures = held["problems"], held["measures"]
    concrete = sum(p["concrete"] for p in problems)
    can_act = sum(m["can_act"] for m in measures)
    whole = held["characters"] or 1
    shares = "、".join(
        f"{label}占{100 * held['parts'][kind] / whole:.0f}%"
        for kind, label in (("problem", "问题"), ("cause", "原因"), ("measure", "措施"))
    )
    found = [
        Count("篇幅", f"全文{held['characters']:,}字；{shares}", "按各条要点的字数，不含标题和空格"),
        Count("问题", f"{len(problems)}条，其中写得具体的{concrete}条",
              "写明时间、地点、数量、哪件事之一的算具体"),
        Count("措施", f"{len(measures)}条，其中可以落实的{can_act}条", "责任人、时限、指标都有的算可以落实"),
    ]  # fmt: skip
    return [*found, *_checked(draft), *_shared(draft, whole, decision)]


def _checked(draft: Draft) -> list[Count]:
    findings = draft.examination.findings
    grades = [
        f"{label}{n}条" for key, label in _SEVERE.items()
        if (n := sum(f["severity"] == key for f in findings))
    ]  # fmt: skip
    judged = [r.kind for r in remarks(draft) if r.finding]
    taken = judged.count(Remark.Kind.TAKEN)
    return [
        Count(
            "检查意见", "、".join(grades) or "没有",
            f"程序逐条检查；审阅人采纳{taken}条，不采纳{len(judged) - taken}条",
        )
    ]  # fmt: skip


def _shared(draft: Draft, whole: int, decision: Decision) -> list[Count]:
    """Return what was found before the decision: what came in later is not what it was made on."""
    share = (
        Share.objects.filter(draft=draft, comparison__done_at__lte=decision.at)
        .select_related("comparison").order_by("-comparison").first()
    )  # fmt: skip
    if share is None:
        return []
    done = share.comparison
    on = timezone.localtime(done.done_at)
    return [
        Count(
            "与别处相同", f"{share.characters:,}字，占{100 * share.characters / whole:.0f}%",
            f"{on.year}年{on.month}月{on.day}日与本批{len(done.drafts)}份和参照材料比对，"
            "提纲标题和多数材料都写的话不计",
        )
    ]  # fmt: skip
