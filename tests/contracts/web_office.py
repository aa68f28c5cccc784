"""Every address of the program, and an office in which each of them has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.office.ledger import make
from tests.office.make import World, days_ago, save
from tests.office.review.review_rows import rows

from luoshi.core.sheets import Grid, understand
from luoshi.core.sheets.understand import record
from luoshi.office.accounts.models import Deputising, Person
from luoshi.office.desk.models import SavedView
from luoshi.office.examinations import storage
from luoshi.office.journal import clock
from luoshi.office.journal.checkpoints import make_checkpoint
from luoshi.office.journal.models import Checkpoint, Entry
from luoshi.office.ledger.models import Handover, Objection, SpecialLedger, SpecialPlace
from luoshi.office.sheets.models import ImportedRow, SheetImport
from luoshi.office.supervision.actions.calendar import digest
from luoshi.office.supervision.models import Feed, Slip, SlipStep, SweepRun


@dataclass(frozen=True)
class Route:
    """An address: its ``name`` for `reverse`, the names of its parts."""

    name: str
    parts: tuple[str, ...]


def routes() -> list[Route]:
    """Return every address of the program."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield Route(space + (one.name or ""), tuple(one.pattern.converters))
        else:
            yield from _walk(one, space + (f"{one.namespace}:" if one.namespace else ""))


#: A ledger in a workbook: a row that is new, one that was imported, a name that nobody has.
TABLE = (
    ("序号", "问题", "整改措施", "责任人", "整改时限", "本单位自设的一栏"),
    (1, "路灯不亮", "更换路灯四十盏；逐盏编号登记", "李四光", "6月底前", "甲"),
    (2, "井盖破损", "更换井盖十五个", "同事", "2027-06-30", "乙"),
    (3, "楼道堆物", "", "同事", "2027-06-30", "丙"),
    ("填表人：", "审核人："),
)


class Everything:
    """The rows of one office that addresses name, and what stands in each part of an address."""

    def __init__(self, world: World) -> None:
        self.world = world
        office = world.office
        self.material = make.examination(world)
        self.material.file = self._stored("对照检查材料.txt")
        save(self.material.file, self.material)
        self.item = make.commitment(world, "published", material=self.material)
        self.file = save(self._stored("现场照片.txt"))
        self.evidence = make.evidence(self.item, world.witness, file=self.file)
        self.objection = save(
            Objection(office=office, publication=self.item.publications.get(), text="还有三个摊",
                      received_on=days_ago(2), registered_by=world.clerk)
        )  # fmt: skip
        self.change = make.change(self.item, "deadline", {"deadline": str(self.item.deadline)},
                                  {"deadline": str(days_ago(-90))})  # fmt: skip
        self.handover = save(
            Handover(office=office, person=world.owner, successor=world.colleague,
                     asked_by=world.administrator, asked_at=make.noon(days_ago(1)))
        )  # fmt: skip
        make.change(self.item, "owner", {"owner": world.owner.pk, "unit": world.city.pk},
                    {"owner": world.colleague.pk}, handover=self.handover)  # fmt: skip
        make.access(world, self.item)
        self.special = save(
            SpecialLedger(office=office, name="无物业小区", counts="小区", measure_unit="个",
                          baseline=10, target=0, starts=days_ago(90), deadline=days_ago(-90))
        )  # fmt: skip
        self.place = save(SpecialPlace(office=office, special=self.special, name="东堤小区"))
        self.deputising = save(
            Deputising(office=office, person=world.owner, deputy=world.colleague, reason="出差",
                       starts=days_ago(50), ends=days_ago(-1))
        )  # fmt: skip
        self.sheet = save(self._sheet())
        save(
            ImportedRow(office=office, sheet_import=self.sheet, commitment=self.item,
                        place="整改台账第3行", key="k", base="b", spot="s")
        )  # fmt: skip
        self.slip = self._slip()
        self.review = rows(world)
        reviewed = self.review.returned.examination
        reviewed.file = self._stored("第一稿.txt")
        save(reviewed.file, reviewed)
        self.view = save(
            SavedView(office=office, person=world.head, name="超期的", query="due=overdue")
        )
        self.grant = world.owner.roles.get()
        self.account = world.owner.accounts.get()
        self.post = world.owner.posts.get()

    def _slip(self) -> Slip:
        office, owner = self.world.office, self.world.owner
        slip = save(
            Slip(office=office, number=self.item.pk, subject=f"ledger.commitment:{self.item.pk}",
                 commitment=self.item, reason="stalled", colour="yellow", period="1", since=days_ago(3),
                 words="没有进一步办理", state="served", person=owner, served_on=days_ago(2),
                 answer_by=days_ago(-3), others=["没有佐证"])
        )  # fmt: skip
        save(SlipStep(office=office, slip=slip, at=clock.now(), verb="urge", before="served",
                      after="urged", note="请尽快反馈"))  # fmt: skip
        save(SweepRun(office=office, day=days_ago(SweepRun.for_office(office.pk).count()),
                      state="done", started_at=clock.now(), note="没有运行成"))  # fmt: skip
        self.secret = f"secret-{office.pk}"
        feed = Feed.objects.filter(person=owner).first()
        save(
            feed
            or Feed(office=office, person=owner, secret=digest(self.secret), made_at=clock.now())
        )
        return slip

    def _stored(self, name: str) -> Any:
        content = f"{self.world.office.name}的{name}".encode()
        return storage.store([content], name, evidence=False).row(self.world.office.pk)

    def _sheet(self) -> SheetImport:
        file = save(self._stored("整改台账.xlsx"))
        found = record(understand([Grid("整改台账", TABLE)]))
        return SheetImport(office=self.world.office, file=file, record=found,
                           uploaded_by=self.world.clerk, uploaded_at=make.noon(days_ago(3)))  # fmt: skip

    def parts(self, route: Route) -> dict[str, Any]:
        """Return the parts of an address that name rows of this office."""
        about = {
            "evidence-revise": self.evidence.pk, "evidence-withdraw": self.evidence.pk,
            "access-revoke": self.world.outsider.pk, "objection": self.objection.pk,
            "change-decide": self.change.pk, "change-cancel": self.change.pk,
        }  # fmt: skip
        special = route.name.startswith("ledger:special") and route.name != "ledger:special-link"
        key = self.special.pk if special else self.item.pk
        if route.name.startswith("supervision:"):
            key = self.slip.pk
        if route.name == "ledger:material":
            key = self.material.pk
        if route.name.startswith("ledger:handover"):
            key = self.handover.pk
        person = self.left() if route.name == "accounts:forget" else self.world.owner
        review = self.review
        draft = (review.waiting if route.name == "review:act" else review.returned).pk
        what = {"supervision:act": "answer", "review:act": "judge"}.get(route.name, "drop")
        kind = "measure" if route.name == "ledger:from-measure" else "problem"
        found = {
            "key": key, "about": about.get(route.name.removeprefix("ledger:")),
            "evidence": self.evidence.pk, "point": make.point(self.material, kind, 2).pk,
            "place": self.place.pk, "special": self.special.pk, "person": person.pk, "post": self.post.pk,
            "deputising": self.deputising.pk, "grant": self.grant.pk, "account": self.account.pk,
            "unit": self.world.city.pk, "examination": self.material.pk, "what": what,
            "number": self.entry(), "checkpoint": self.checkpoint(), "sheet": self.sheet.pk,
            "secret": self.secret, "batch": review.batch.pk, "draft": draft, "form": "docx",
            "submission": review.waiting.submission_id, "one": review.waiting.pk,
            "other": review.returned.pk, "template": review.template.pk,
            "view": self.view.pk,
        }  # fmt: skip
        return {name: found[name] for name in route.parts}

    def left(self) -> Person:
        """Return somebody who has left the office."""
        return save(Person(office=self.world.office, name="离岗人员", active=False))

    def entry(self) -> int:
        """Return the number of an entry of this office."""
        rows = Entry.objects.filter(office=str(self.world.office.pk)).order_by("number")
        return int(rows.values_list("number", flat=True).first())

    def checkpoint(self) -> int:
        """Return a checkpoint of the deployment's journal."""
        row = Checkpoint.objects.order_by("pk").first()
        if row is None:
            make_checkpoint(by=self.world.auditor)
            row = Checkpoint.objects.order_by("pk").first()
        return int(row.pk)

    def address(self, route: Route) -> str:
        """Return an address that names rows of this office."""
        return reverse(route.name, kwargs=self.parts(route))

    def persons(self) -> list[Any]:
        """Return everybody, by the part they play."""
        names = (
            "administrator",
            "clerk",
            "owner",
            "head",
            "verifier",
            "auditor",
            "outsider",
            "reviewer",
        )
        return [getattr(self.world, name) for name in names]
