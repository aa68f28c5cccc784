"""Commitments in any state, made quickly: rows as the actions would have left them.

``commitment(world, "published")`` has everything that closing asks for (an independent reading
and piece of evidence, a verification on the facts of now, a publication that has ended), so a
test takes one thing away and sees it refused. Everything happened in the past; ``days`` ago is
relative to the office's today.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone
from tests.office.make import World, days_ago, save

from luoshi.office.examinations.models import Examination, Link, Point, StoredFile
from luoshi.office.ledger import collect
from luoshi.office.ledger.models import (
    Application,
    CauseLink,
    Change,
    Commitment,
    Duty,
    Evidence,
    ItemAccess,
    ProblemLink,
    Publication,
    Reading,
    Relapse,
    Verification,
)

TEXT = (
    "三、存在的问题\n"
    "1.背街小巷占道经营问题长期没有解决。居民反映强烈。\n"
    "2.会议偏多，基层填表负担重。\n"
    "四、原因分析\n"
    "1.日常督导不够。全靠年末考核。\n"
    "五、整改措施\n"
    "1.整治背街小巷占道经营。2026年12月31日前，将占道经营点由30处减少到5处，由城管科牵头。\n"
    "2.坚持定期走访。每季度到社区走访一次。\n"
)
_numbers = count(1)


def noon(day: date) -> datetime:
    """Return noon of a day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def examination(world: World, text: str = TEXT) -> Examination:
    """Make a material with two problems, a cause and two measures; the first ones are linked."""
    office = world.office
    file = save(
        StoredFile(office=office, sha256=f"{next(_numbers):064d}", size=len(text.encode()),
                   media="text/plain", name="对照检查材料.txt")
    )  # fmt: skip
    material = save(
        Examination(office=office, file=file, title="2025年度对照检查材料", outline="general",
                    text=text, imported_by=world.clerk, imported_on=days_ago(60))
    )  # fmt: skip
    part, points = "", {}
    kinds = {"三": Point.Kind.PROBLEM, "四": Point.Kind.CAUSE, "五": Point.Kind.MEASURE}
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        if line[0] in kinds:
            part = line[0]
        elif part:
            words = start + 2
            stop = text.find("。", words, end) + 1 or end
            points[part + line[0]] = save(
                Point(office=office, examination=material, kind=kinds[part], path=f"{part}/{line[0]}",
                      start=start, words=words, heading_end=stop, end=end)
            )  # fmt: skip
        start += len(line)
    for target in ("三1", "四1"):
        save(Link(office=office, examination=material, source=points["五1"], target=points[target],
                  kind="answers", strength="strong", score=800))  # fmt: skip
    return material


def point(material: Examination, kind: str, number: int = 1) -> Point:
    """Return the n-th point of a kind."""
    return list(material.points.filter(kind=kind).order_by("start"))[number - 1]


def commitment(
    world: World, state: str = "working", *, created: int = 40, owner=None, co_owners=(),
    material: Examination | None = None, **columns,
) -> Commitment:  # fmt: skip
    """Make a commitment in a state, with what led there. ``columns`` override its own."""
    owner = owner or world.owner
    material = material or examination(world)
    source = point(material, "measure")
    agreed = state != "draft"
    values = {
        "office": world.office, "number": f"T-{next(_numbers):05d}", "examination": material,
        "point": source, "source_text": material.text[source.start : source.end],
        "title": "整治背街小巷占道经营", "state": state, "owner": owner, "unit": world.city,
        "deadline": days_ago(-60), "time_class": "short", "indicator_kind": "number",
        "indicator": "占道经营点", "measure_unit": "处", "baseline": Decimal(30),
        "target": Decimal(5), "reading_source": "民政科现场清点", "created_by": world.clerk,
        "created_on": days_ago(created), "proposed_on": days_ago(created) if agreed else None,
        "activated_on": days_ago(created - 1) if agreed else None,
    }  # fmt: skip
    if state == "standing" or columns.get("time_class") == "standing":
        values |= {"time_class": "standing", "deadline": None, "check_days": 90,
                   "next_check": days_ago(-30)}  # fmt: skip
    if state == "suspended":
        values |= {"suspended_from": "working", "returns_on": days_ago(-20)}
    item = save(Commitment(**(values | columns)))
    _duty(item, owner, "owner")
    for person in co_owners:
        _duty(item, person, "co")
    save(ProblemLink(office=item.office, commitment=item, point=point(material, "problem")))
    save(CauseLink(office=item.office, commitment=item, point=point(material, "cause")))
    _led_to(world, item)
    return item


def _duty(item: Commitment, person, kind: str) -> None:
    save(Duty(office=item.office, commitment=item, person=person, kind=kind,
              starts=item.created_on))  # fmt: skip


def _led_to(world: World, item: Commitment) -> None:
    """Add what must have happened for an item to be in its state."""
    if item.state == "relapsed":
        save(Relapse(office=item.office, commitment=item, by=world.reviewer,
                     happened_on=days_ago(2), reason="又有摊点占道", added_at=noon(days_ago(2))))  # fmt: skip
    if item.state == "returned":
        prove(world, item)
        verification(world, item, application(item, withdrawn=True), result="returned",
                     reason="东侧路段还没有清理")  # fmt: skip
    if item.state not in {"applied", "verifying", "published", "watching", "confirmed"}:
        return
    prove(world, item)
    applied = application(item)
    if item.state == "applied":
        return
    result = "" if item.state == "verifying" else "passed"
    checked = verification(world, item, applied, result=result)
    if item.state == "verifying":
        return
    publication(item, checked, ended=item.state != "published")
    if item.state in {"watching", "confirmed"} and item.watch_ends is None:
        item.watch_ends = days_ago(1)
        save(item)


def reading(item: Commitment, author, value=5, days: int = 8) -> Reading:
    """Make a reading."""
    return save(
        Reading(office=item.office, commitment=item, author=author, value=Decimal(value),
                read_on=days_ago(days), source="现场清点", added_at=noon(days_ago(days)))
    )  # fmt: skip


def evidence(item: Commitment, author, days: int = 8, **columns) -> Evidence:
    """Make a piece of evidence without a file."""
    values = {
        "office": item.office, "commitment": item, "author": author, "kind": "photo",
        "title": "现场照片", "note": f"东堤路全段已无摊点（{item.number}）。", "dated": days_ago(days), "declared": 3,
        "added_at": noon(days_ago(days)),
    }  # fmt: skip
    return save(Evidence(**(values | columns)))


def file(office, content: str = "a", name: str = "照片.jpg") -> StoredFile:
    """Make the row of a stored file; ``content`` stands for its hash."""
    return save(StoredFile(office=office, sha256=content.ljust(64, "0"), size=3,
                           media="image/jpeg", name=name))  # fmt: skip


def prove(world: World, item: Commitment) -> None:
    """Add a reading that reaches the target and a photo, both by somebody of another section."""
    if item.indicator_kind == "number":
        reading(item, world.witness, item.target)
    evidence(item, world.witness)


def application(item: Commitment, done: int = 10, **columns) -> Application:
    """Make the owner's application: done ten days ago."""
    values = {
        "office": item.office, "commitment": item, "by": item.owner, "at": noon(days_ago(9)),
        "done_on": days_ago(done), "statement": "东堤路等背街小巷占道经营点已清理到5处。",
    }  # fmt: skip
    return save(Application(**(values | columns)))


def verification(
    world: World, item: Commitment, applied: Application, result: str = "passed", **columns
) -> Verification:
    """Make a verification by the verifier of another section, decided unless ``result`` is open."""
    values = {
        "office": item.office, "commitment": item, "application": applied,
        "verifier": world.verifier, "assigned_by": world.clerk, "assigned_at": noon(days_ago(8)),
        "result": result,
    }  # fmt: skip
    if result:
        values |= {
            "seen": "沿东堤路走了全程，只剩五处摊点，均在划定区域内。", "place": "东堤路",
            "seen_on": days_ago(7), "criterion_met": True, "decided_at": noon(days_ago(7)),
            "basis": collect.item(item).fingerprint(),
        }  # fmt: skip
    return save(Verification(**(values | columns)))


def publication(item: Commitment, checked: Verification, ended: bool = False) -> Publication:
    """Make a publication from seven days ago until yesterday; it may be closed today."""
    return save(
        Publication(office=item.office, commitment=item, verification=checked, starts=days_ago(7),
                    ends=days_ago(1), place="街道公告栏", ended=ended)
    )  # fmt: skip


def access(world: World, item: Commitment, person=None) -> ItemAccess:
    """Open an item to an outside verifier."""
    return save(
        ItemAccess(office=item.office, commitment=item, person=person or world.outsider,
                   granted_by=world.clerk, granted_at=noon(days_ago(5)))
    )  # fmt: skip


def change(item: Commitment, kind: str, old: dict, new: dict, **columns) -> Change:
    """Make a request of the owner that nobody has decided yet."""
    values = {
        "office": item.office, "commitment": item, "kind": kind, "old": old, "new": new,
        "reason": "拆迁工期推迟，摊点暂时无法迁入市场", "version": item.version,
        "asked_by": item.owner, "asked_at": noon(days_ago(1)),
    }  # fmt: skip
    return save(Change(**(values | columns)))


def later(monkeypatch, days: int) -> None:
    """Let the clock of the shell run some days ahead for the rest of the test."""
    from luoshi.office.journal import clock

    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(days=days))
