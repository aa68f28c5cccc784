"""An office whose material, special ledger and items have something of everything."""

from __future__ import annotations

from decimal import Decimal

from tests.office.ledger import make
from tests.office.make import days_ago, save

from luoshi.core.workflow import table
from luoshi.office.ledger.models import (
    Objection,
    Relapse,
    SpecialCount,
    SpecialLedger,
    SpecialPlace,
    StandingCheck,
)


class Rich:
    """An item in every state, one material and one special ledger behind all of them."""

    def __init__(self, world) -> None:
        office = world.office
        self.world, self.material = world, make.examination(world)
        self.special = save(
            SpecialLedger(office=office, name="无物业小区清零", counts="没有物业管理的小区",
                          measure_unit="个", baseline=1471, target=0, starts=days_ago(200),
                          deadline=days_ago(-165))
        )  # fmt: skip
        with_ = {"material": self.material, "special": self.special}
        self.items = {state: make.commitment(world, state, **with_) for state in table.states()}
        self.items["late"] = make.commitment(world, "working", deadline=days_ago(12), **with_)
        self.items["blind"] = make.commitment(
            world,
            "working",
            title="提高站位，强化担当",
            indicator_kind="none",
            indicator="",
            **with_,
        )
        self.items["criterion"] = make.commitment(
            world, "working", indicator_kind="criterion", indicator="", baseline=None, target=None,
            looks_who="民政科", looks_where="三号窗口", looks_when="每月第一个工作日",
            looks_at="办理时限已经公示并照此办理", co_owners=[world.co_owner], **with_,
        )  # fmt: skip
        self._more(office)

    def _more(self, office) -> None:
        world, items = self.world, self.items
        late = items["late"]
        row = make.change(late, "deadline", {"deadline": str(days_ago(40))},
                          {"deadline": str(late.deadline)})  # fmt: skip
        row.state, row.decided_by, row.decided_at = (
            "approved",
            world.deputy,
            make.noon(days_ago(45)),
        )
        row.decision = "同意延期一次"
        save(row)
        make.reading(late, world.owner, Decimal("12.50"), 20)
        make.evidence(late, world.owner, declared=3, title="自拍照片")
        make.evidence(late, world.witness, kind="visit", title="走访王建国")
        save(Objection(office=office, publication=items["published"].publications.get(),
                       text="居民赵大海说还有三个摊", received_on=days_ago(2),
                       registered_by=world.clerk))  # fmt: skip
        save(Relapse(office=office, commitment=items["confirmed"], by=world.reviewer,
                     happened_on=days_ago(30), reason="居民王建国反映又有摊点，电话13812345678",
                     added_at=make.noon(days_ago(30))))  # fmt: skip
        save(StandingCheck(office=office, commitment=items["standing"], by=world.verifier,
                           checked_on=days_ago(5), holds=True, seen="走访记录齐全"))  # fmt: skip
        for ago, value in ((150, 1320), (20, 742)):
            save(SpecialCount(office=office, special=self.special, counted_on=days_ago(ago),
                              value=value, source="房管部门登记系统", author=world.clerk))  # fmt: skip
        for name, done, again in (("东堤小区", 30, 0), ("堤北新村", None, 1)):
            save(SpecialPlace(office=office, special=self.special, name=name, reopened=again,
                              done_on=None if done is None else days_ago(done)))  # fmt: skip
