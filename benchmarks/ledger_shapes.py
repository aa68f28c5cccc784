"""What an item of an office looks like: a thousand shapes, each with its work and its history.

`ledger_fill` lays them out as often as is asked for. The rows are made by the models, so that a
column that is added later cannot be forgotten; nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.ledger import models as m

SHAPES = 997
ITEMS, PROBLEMS, CAUSES = 20, 12, 8  # of one material
TITLES = (
    "整治背街小巷占道经营", "化解老旧小区物业失管", "清理楼道堆物", "压减会议和报表", "更换老化供水管网",
    "走访独居老人", "规范网格员下沉", "补齐社区养老服务", "整改消防通道堵塞", "清退违规发放的补贴",
)  # fmt: skip
_PATH = (
    "draft",
    "accepted",
    "working",
    "applied",
    "verifying",
    "published",
    "watching",
    "confirmed",
)
_VERBS = ("ledger.propose", "ledger.claim", "ledger.start", "ledger.apply", "ledger.assign",
          "ledger.verify", "ledger.close", "ledger.confirm")  # fmt: skip
# Of a hundred items so many are in this state.
_STATES = (
    *["confirmed"] * 46, *["watching"] * 8, *["working"] * 18, *["accepted"] * 6, *["standing"] * 7,
    *["published"] * 3, *["applied"] * 3, *["verifying"] * 2, *["returned"] * 2, *["relapsed"],
    *["suspended"], *["withdrawn"] * 2, "draft",
)  # fmt: skip
NOTE = "已会同社区逐户走访，清理点位若干处，劝导流动商贩多人次，其余点位列入下周计划，由网格员每日巡查。"


def text() -> tuple[str, list[tuple[str, int, int, int, int]]]:
    """Return a material and its points: kind, start, words, end of the heading, end."""
    found, points = "三、存在的问题\n", []
    for part, (kind, number) in enumerate(
        (("problem", PROBLEMS), ("cause", CAUSES), ("measure", ITEMS))
    ):
        found += ("", "四、原因分析\n", "五、整改措施\n")[part]
        for n in range(number):
            start = len(found)
            mark = f"{n + 1}."
            head = f"{mark}{TITLES[n % len(TITLES)]}方面的第{n + 1}项。"
            found += (
                head + "工作抓得不够紧，督促检查不够经常，居民反映比较集中，需要明确责任和时限。"
            )
            points.append((kind, start, start + len(mark), start + len(head), len(found)))
            found += "\n"
    return found, points


class Shape:
    """The k-th shape of an item of an office."""

    def __init__(self, k: int, office: Any, persons: list[Any], units: list[Any], by: Any) -> None:
        self.k, self.persons, self.by = k, persons, by
        self.office, self.unit = office, units[k * 7 % len(units)]
        self.owner = persons[k * 13 % len(persons)]
        self.state = _STATES[k % len(_STATES)]
        ended = table.states()[self.state].end or self.state == "watching"
        self.created = clock.today() - timedelta(days=(400 if ended else 200) + k * 11 % 700)
        self.standing = self.state == "standing"
        late = k * 17 % 330 - (300 if ended else 40)
        self.deadline = (
            None if self.standing or k % 50 == 0 else clock.today() + timedelta(days=late)
        )

    def _at(self, days: int) -> datetime:
        day = min(self.created + timedelta(days=days), clock.today() - timedelta(days=1))
        return timezone.make_aware(datetime.combine(day, time(10)))

    def item(self) -> Any:
        """Return the item."""
        number = self.k % 5 < 2
        none = self.k % 25 == 4
        kind = "none" if none else "number" if number else "criterion"
        row = m.Commitment(
            office=self.office, number="", title=TITLES[self.k % len(TITLES)], state=self.state,
            owner=self.owner, unit=self.unit, deadline=self.deadline, version=8,
            time_class="standing" if self.standing else ("short", "middle")[self.k % 2],
            indicator_kind=kind, indicator="占道经营点" if number else "", measure_unit="处" if number else "",
            baseline=Decimal(30 + self.k % 90) if number else None,
            target=Decimal(self.k % 5) if number else None,
            reading_source="民政科现场清点" if number else "", looks_who="" if number else "社区网格员",
            looks_where="" if number else "东堤社区", looks_at="" if number else "通道内没有堆物",
            source_text="", created_by=self.by, created_on=self.created, proposed_on=self.created,
            activated_on=self.created, check_days=90 if self.standing else None,
            next_check=clock.today() + timedelta(days=self.k % 90) if self.standing else None,
            suspended_from="working" if self.state == "suspended" else "",
            evidence_kinds=["photo", "visit"] if self.k % 3 else [],
            watch_ends=clock.today() + timedelta(days=30) if self.state == "watching" else None,
        )  # fmt: skip
        row.is_open = table.states()[self.state].open
        return row

    def rows(self) -> Iterator[Any]:
        """Yield what hangs on the item; which item that is, is filled in later."""
        own: dict[str, Any] = {"office": self.office}
        yield m.Duty(**own, person=self.owner, kind="owner", starts=self.created)
        if self.k % 3 == 0:
            other = self.persons[(self.k * 13 + 1) % len(self.persons)]
            yield m.Duty(**own, person=other, kind="co", starts=self.created)
        yield from self._work(own)
        yield from self._history(own)
        if self.k % 8 == 0 and self.deadline:
            old = (self.deadline - timedelta(days=60)).isoformat()
            yield m.Change(
                **own, kind="deadline", old={"deadline": old}, new={"deadline": self.deadline.isoformat()},
                reason="拆迁工期推迟，摊点暂时无法迁入市场", version=4, state="approved", asked_by=self.owner,
                asked_at=self._at(50), decided_by=self.by, decided_at=self._at(52), decision="同意",
            )  # fmt: skip
        if self.state == "relapsed":
            yield m.Relapse(**own, by=self.by, happened_on=self._at(90).date(), reason="又有摊点占道",
                            added_at=self._at(91))  # fmt: skip

    def _work(self, own: dict[str, Any]) -> Iterator[Any]:
        if self.state in {"draft", "accepted"}:
            return
        for n in range(2 + self.k % 4):
            yield m.Progress(**own, author=self.owner, text=f"第{n + 1}次：{NOTE}",
                             happened_on=self._at(20 + n * 15).date(), added_at=self._at(20 + n * 15))  # fmt: skip
        for n in range(1 + self.k % 3):
            day = self._at(30 + n * 20)
            kind = ("photo", "visit", "document")[(self.k + n) % 3]
            yield m.Evidence(**own, author=self.persons[(self.k + n) % len(self.persons)], kind=kind,
                             title=f"现场情况第{n + 1}份", note=f"{NOTE}（{self.k}）", dated=day.date(),
                             declared=2, added_at=day)  # fmt: skip
        if self.k % 5 < 2:
            for n in range(3):
                yield m.Reading(**own, author=self.by, value=Decimal(20 - n * 5),
                                read_on=self._at(25 + n * 25).date(), source="民政科现场清点",
                                added_at=self._at(25 + n * 25))  # fmt: skip

    def _history(self, own: dict[str, Any]) -> Iterator[Any]:
        states = (
            _PATH[: _PATH.index(self.state) + 1]
            if self.state in _PATH
            else (*_PATH[:3], self.state)
        )
        version = 1
        for n, after in enumerate(states[1:]):
            version += 1
            verb = _VERBS[n + 1] if after in _PATH else "ledger.stand"
            yield m.Step(**own, by=self.owner, at=self._at(2 + n * 12), verb=verb, before=states[n],
                         after=after, version=version, note="")  # fmt: skip
            if after == "working":
                for more in range(2 + self.k % 4):
                    version += 1
                    day = self._at(20 + more * 15)
                    yield m.Step(**own, by=self.owner, at=day, verb="ledger.progress", before="working",
                                 after="working", version=version, note=NOTE,
                                 new={"happened_on": day.date().isoformat()})  # fmt: skip

    def closing(self) -> tuple[Any, Any, Any] | None:
        """Return application, verification and publication where the item has got so far."""
        if self.state not in _PATH[5:]:
            return None
        own: dict[str, Any] = {"office": self.office}
        verifier = self.persons[(self.k * 13 + 5) % len(self.persons)]
        return (
            m.Application(**own, by=self.owner, at=self._at(80), done_on=self._at(79).date(), statement=NOTE),
            m.Verification(**own, verifier=verifier, assigned_by=self.by, assigned_at=self._at(82),
                           seen=NOTE, place="东堤社区", seen_on=self._at(84).date(), criterion_met=True,
                           result="passed", decided_at=self._at(85)),
            m.Publication(**own, starts=self._at(85).date(), ends=self._at(90).date(), place="政务公开栏",
                          ended=self.state != "published"),
        )  # fmt: skip
