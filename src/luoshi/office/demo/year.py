"""The year of the demonstration office, from its first day to this morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from importlib.resources import files
from itertools import count
from typing import Any

from django.db import connection

from luoshi.core.journal.demonstration import ORIGIN
from luoshi.core.knowledge import table
from luoshi.core.supervision import slips
from luoshi.office.accounts import handover
from luoshi.office.accounts.actions import leaving, people
from luoshi.office.accounts.models import Office, Person
from luoshi.office.demo import people as cast
from luoshi.office.demo.matter import Matter
from luoshi.office.demo.stage import DAYS, Stage
from luoshi.office.demo.stories import STORIES
from luoshi.office.examinations import storage
from luoshi.office.examinations.actions.importing import import_material
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.examinations.storage import Stored
from luoshi.office.journal import checkpoints, clock
from luoshi.office.journal.errors import Refused
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import draft, handing, special
from luoshi.office.ledger.models import Handover
from luoshi.office.supervision.actions import answering
from luoshi.office.supervision.models import Slip
from luoshi.office.supervision.sweep import sweep

# The machine was off on a Saturday, for a holiday, and on one working day in autumn.
_OFF = frozenset({300, 201, 200, 66})
_OPENED = time(8, 0)
_ANSWERS = {
    "blue": "已经知道，按时限办理。",
    "yellow": "已同有关科室商定，下周起每周清点一次，读数由其他科室登记。",
    "red": "没有按期完成的原因是施工单位进场晚了，已要求增加班组，现在做到一半，下月底前完成。",
}


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: the office, its entries in the journal, this year's material."""

    office: Office
    entries: int
    material: Examination


def build(password: str) -> Built:
    """Play the year into an empty deployment.

    Raises ``Refused`` where the deployment has an office or a log of another origin: nothing that
    belongs to anybody may be mixed with what is invented.
    """
    if Office.objects.exists() or Entry.objects.exists() or not _of_demonstration():
        raise Refused("演示单位只能建在空的、专供演示的数据文件夹里。")
    today = clock.today()
    # What is invented need not survive a power cut while it is being made.
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    with clock.played(datetime.combine(today - timedelta(days=DAYS + 1), _OPENED, clock.zone())):
        stage = cast.open_office(today, password)
    _rehearse(stage)
    stage.play(sweep, partial(_answer, stage), _OFF)
    material = Examination.objects.order_by("-pk")[0]
    return Built(stage.office, Entry.objects.count(), material)


def _of_demonstration() -> bool:
    return checkpoints.origin().startswith(ORIGIN)


def _rehearse(stage: Stage) -> None:
    """Put everything that is to happen into the calendar."""
    stage.on(DAYS, partial(_import_last_year, stage))
    stage.on(DAYS, partial(_open_special, stage))
    numbers = count()
    for told, name, start in _told(stage):
        matter = Matter(stage, told, next(numbers))
        STORIES[name](matter, start)
    _office_events(stage)
    for ago in range(330, 0, -30):
        stage.on(ago, partial(_checkpoint, stage, ago))
    stage.events.setdefault(0, []).append(partial(_import_this_year, stage))


def _told(stage: Stage) -> Iterator[tuple[dict[str, Any], str, int]]:
    data = table("demo/matters")
    for told in data["matters"]:
        yield told, told["story"], told["start"]
    for told in data["each"]:
        for place, name, start in zip(data["places"], told["stories"], told["starts"], strict=True):
            yield _of_place(stage, told, place), name, start


def _of_place(stage: Stage, told: dict[str, Any], place: str) -> dict[str, Any]:
    named = stage.units[place].name
    found = {**told, "owner": place, "title": told["title"].format(place=named),
             "problem": told["problem"].format(place=named)}  # fmt: skip
    if "looks" in told:
        found["looks"] = [words.format(place=named) for words in told["looks"]]
    return found


# Materials.


def _import_last_year(stage: Stage) -> None:
    stored = _stored(table("demo/people")["last_year"])
    made = import_material(by=stage.people["clerk"], stored=stored)
    problems = count(1)
    for point in Point.objects.filter(examination=made).order_by("start"):
        words = made.text[point.start : point.end]
        if point.kind == Point.Kind.PROBLEM:
            stage.points[f"problem {next(problems)}"] = point
        elif point.kind == Point.Kind.MEASURE:
            for told in table("demo/matters")["matters"]:
                if words.startswith(told.get("measure", "\0")):
                    stage.points[told["measure"]] = point


def _stored(told: list[str]) -> Stored:
    path, name = told
    return storage.store([(files("luoshi") / "data" / path).read_bytes()], name, evidence=False)


def _import_this_year(stage: Stage) -> None:
    stored = _stored(table("demo/people")["this_year"])
    by = stage.people["clerk"]
    made = import_material(by=by, stored=stored)
    measures = Point.objects.filter(examination=made, kind=Point.Kind.MEASURE).order_by("start")
    for point in measures[1:3]:
        draft.from_measure(by=by, point=point.pk)


# The office.


def _open_special(stage: Stage) -> None:
    clerk = stage.people["clerk"]
    row = special.create(
        by=clerk, name="无物业小区清零", counts="没有物业管理的小区", measure_unit="个",
        baseline=23, target=0, starts=clock.today(), deadline=stage.day(-40),
    )  # fmt: skip
    stage.special = row
    names = [
        "砚池路1号院",
        "听澜里",
        "北岭新村",
        "柳岸家属院",
        "石埠南区",
        "望山里东院",
        "纺机宿舍",
        "河埠头小区",
    ]
    places = special.add_places(by=clerk, special=row.pk, names=names)
    build = stage.people["build"]
    for ago, value in zip(range(330, 10, -32), (23, 22, 20, 18, 18, 15, 12, 13, 9, 7), strict=True):
        stage.on(ago, partial(_count, stage, row.pk, value))
    for place, ago in zip(places, (280, 240, 200, 150, 90), strict=False):
        stage.on(ago, partial(_place_done, build, place.pk))
    stage.on(120, partial(special.place_undone, by=build, place=places[2].pk,
                          reason="接管的物业公司撤出，又没有人管了"))  # fmt: skip


def _count(stage: Stage, key: int, value: int) -> None:
    special.add_count(by=stage.people["service"], special=key, counted_on=clock.today(), value=value,
                      source="各社区月底核实")  # fmt: skip


def _place_done(by: Person, key: int) -> None:
    special.place_done(by=by, place=key, done_on=clock.today())


def _office_events(stage: Stage) -> None:
    admin, all_ = stage.people["administrator"], stage.people
    stage.on(170, lambda: people.start_deputising(
        by=admin, person=all_["social"].pk, deputy=all_["service"].pk, reason="外出培训",
        starts=clock.today(), ends=stage.day(156),
    ))  # fmt: skip
    stage.on(62, lambda: leaving.hand_over(
        by=admin, person=all_["leaving"].pk, successor=all_["city"].pk))  # fmt: skip
    stage.on(60, lambda: handing.decide(
        by=all_["deputy"], handover=Handover.objects.get(person=all_["leaving"]).pk, approve=True,
        decision="同意，由城市管理科科长接手。"))  # fmt: skip
    stage.on(58, partial(_leave, admin, all_["leaving"], all_["city"]))


def _leave(admin: Person, who: Person, successor: Person) -> None:
    if handover.in_hand(who):  # what was served since the handover
        leaving.hand_over(by=admin, person=who.pk, successor=successor.pk)
    leaving.leave(by=admin, person=who.pk, day=clock.today())


def _checkpoint(stage: Stage, ago: int) -> None:
    auditor = stage.people["auditor"]
    made = checkpoints.make_checkpoint(by=auditor)
    if ago % 60:
        checkpoints.lodge(by=auditor, checkpoint=made.pk, body="区审计局", day=clock.today())


# Slips.


def _answer(stage: Stage) -> None:
    """Let people answer slips after a few days, most of them, and the clerk close what is answered."""
    for row in Slip.objects.filter(is_open=True, colour__in=("red", "yellow")).order_by("pk"):
        waited = (clock.today() - row.served_on).days
        if slips.target("answer", row.state) and row.pk % 5 and waited >= 2 + row.pk % 3:
            answering.answer(
                by=row.person, slip=row.pk, version=row.version, text=_ANSWERS[row.colour]
            )
        elif slips.target("close", row.state) and waited >= 6 and row.pk % 7:
            answering.close(by=stage.people["clerk"], slip=row.pk, version=row.version,
                            reason="情况属实，已列入下周抽查。")  # fmt: skip
