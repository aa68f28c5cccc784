"""Fill the database of a test server, in a process of its own; prints what it made as JSON."""

import json
import sys

import django


def main(what: str) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if what == "demonstration":
        print(json.dumps(demonstration(), ensure_ascii=False))
        return
    from tests.office.make import world

    made = world()
    people = {p.name: p.accounts.get().username for p in vars(made).values() if hasattr(p, "posts")
              and p._meta.model_name == "person"}  # fmt: skip
    found = {"people": people, "items": items(made) if what == "items" else {}}
    print(json.dumps(found, ensure_ascii=False))


def demonstration() -> dict[str, dict]:
    """Play the year of the demonstration office; say which of its rows the manual shows."""
    from tests.browser.shown import rows
    from tests.office.make import PASSWORD

    from luoshi.core.journal.demonstration import ORIGIN
    from luoshi.office.demo import people as cast
    from luoshi.office.demo.year import build
    from luoshi.office.home import home

    (home() / "keys").mkdir(mode=0o700, exist_ok=True)
    (home() / "keys" / "origin").write_text(f"{ORIGIN}the manual", "utf-8")
    build(PASSWORD)
    return {"people": {name: name for name in cast.accounts().values()}, "items": rows()}


def items(world) -> dict[str, int]:
    """Make an item in every state, one material behind all of them, and what hangs on them."""
    from tests.office.ledger import make
    from tests.office.make import days_ago

    from luoshi.core.workflow import table

    material = make.examination(world)
    made = {state: make.commitment(world, state, material=material) for state in table.states()}
    made["late"] = make.commitment(
        world, "working", material=material, deadline=days_ago(12),
        title="三号窗口公示办理时限并照此办理", indicator_kind="none", indicator="",
    )  # fmt: skip
    made["of the head"] = make.commitment(
        world, "verifying", owner=world.deputy, material=material,
        title="班子成员每季度到社区接待居民一次",
    )  # fmt: skip
    make.access(world, made["of the head"])
    made["old draft"] = make.commitment(
        world, "draft", material=material, owner=world.colleague, title="加强学习",
        deadline=days_ago(30), proposed_on=days_ago(2),
    )  # fmt: skip
    history(world, list(made.values()))
    return {name: item.pk for name, item in made.items()} | {
        "material": material.pk,
        "special": special(world).pk,
        **years(world),
        **workbooks(world),
        **slips(world, made),
        **reviews(world),
        "handover": handover(world, made["working"], made["verifying"]).pk,
    }


def years(world) -> dict[str, int]:
    """Record three years of one author, with items for problems that were closed or still run."""
    from tests.office.recurrence.years_world import item, third_year, two_years

    oldest = third_year(world)
    last, this = two_years(world)
    item(world, oldest, "服务群众意识不强", "confirmed")
    item(world, last, "服务群众意识不强", "watching")
    item(world, last, "文山会海", "working")
    item(world, last, "年轻干部培训", "confirmed")
    return {"this year": this.pk, "oldest year": oldest.pk}


def slips(world, made) -> dict[str, int]:
    """Sweep, answer a slip, and let a day without a run lie behind it."""
    from tests.office.ledger import make
    from tests.office.make import days_ago, save
    from tests.office.supervision.supervised import active

    from luoshi.office.supervision.actions import answering
    from luoshi.office.supervision.models import SweepRun
    from luoshi.office.supervision.sweep import sweep

    active(world, deadline=days_ago(-3), title="清理东堤小区楼道堆物")
    active(world, created=300, quiet=70, deadline=days_ago(-90), title="每季度公开一次办事时限")
    behind = active(world, created=300, deadline=days_ago(-100), readings=(28, 26))
    for n in range(12):
        item = make.commitment(world, "watching", created=90, title=f"压减报表第{n + 1}项")
        for row in item.evidence_set.all():
            row.author = item.owner
            save(row)
    save(SweepRun(office=world.office, day=days_ago(4), state="done", started_at=make.noon(days_ago(4)),
                  looked=14, served=1))  # fmt: skip
    sweep()
    slip = behind.slips.get()
    answering.answer(by=world.owner, slip=slip.pk, version=slip.version,
                     text="西段管线施工占用路面，已同施工方商定本月底前让出，下月起每周清点一次。")  # fmt: skip
    return {"slip": made["late"].slips.get().pk, "answered slip": slip.pk}


def reviews(world) -> dict[str, int]:
    """Make a batch whose materials were returned, mended and passed, and one with nothing in it."""
    from tests.office.review.story import story

    return story(world)


def workbooks(world) -> dict[str, int]:
    """Upload ledgers: one that waits, one that is imported, and the same with a row changed."""
    from tests.ledger_sheets import ledger

    from luoshi.office.examinations import storage
    from luoshi.office.sheets import plan as plans
    from luoshi.office.sheets.actions import importing

    def upload(name: str, title: str):
        stored = storage.store([ledger(name)], title, evidence=False)
        return importing.upload(by=world.clerk, stored=stored)

    done = upload("many_measures", "2026年整改台账.xlsx")
    seen = plans.build(done.office_id, done.record).digest
    first, *_ = importing.confirm(
        by=world.clerk, sheet_import=done.pk, choices=importing.Choices(seen)
    )
    waiting = [
        upload("gaps", "各科室报来的台账.xlsx"),
        upload("many_measures_later", "2026年整改台账（更新）.xlsx"),
    ]
    return {
        "imported-item": first.pk,
        "imported": done.pk,
        "import": waiting[0].pk,
        "import-again": waiting[1].pk,
    }


def handover(world, *given):
    """Ask for a handover of some items."""
    from tests.office.ledger import make
    from tests.office.make import days_ago, save

    from luoshi.office.ledger.models import Handover

    whole = save(Handover(office=world.office, person=world.owner, successor=world.colleague,
                          asked_by=world.administrator, asked_at=make.noon(days_ago(1))))  # fmt: skip
    for item in given:
        make.change(item, "owner", {"owner": world.owner.pk}, {"owner": world.colleague.pk},
                    asked_by=world.administrator, handover=whole)  # fmt: skip
    return whole


def history(world, items) -> None:
    """Give the office a year in which items were taken on, closed and came back."""
    from tests.office.ledger import make
    from tests.office.make import days_ago, save

    from luoshi.office.ledger.models import Step

    moves = (
        [("draft", "accepted")] * 3 + [("published", "watching")] * 2 + [("watching", "relapsed")]
    )
    for ago in range(340, 0, -15):
        for n, (before, after) in enumerate(moves):
            if (ago // 15 + n) % 4:
                save(
                    Step(
                        office=world.office, commitment=items[(ago + n) % len(items)], by=world.clerk,
                        at=make.noon(days_ago(ago)), verb="ledger.claim", before=before, after=after,
                        version=1,
                    )
                )  # fmt: skip


def special(world):
    """Make a special ledger with counts and places."""
    from tests.office.make import days_ago, save

    from luoshi.office.ledger.models import SpecialCount, SpecialLedger, SpecialPlace

    row = save(
        SpecialLedger(
            office=world.office, name="无物业小区清零", counts="没有物业管理的小区",
            measure_unit="个", baseline=1471, target=0, starts=days_ago(200), deadline=days_ago(-165),
        )
    )  # fmt: skip
    for ago, value in ((150, 1320), (100, 1106), (60, 1131), (20, 742)):
        save(
            SpecialCount(
                office=world.office, special=row, counted_on=days_ago(ago), value=value,
                source="房管部门登记系统", author=world.clerk,
            )
        )  # fmt: skip
    for name, done, reopened in (
        ("东堤小区", 30, 0),
        ("堤北新村", None, 1),
        ("纺织家属院", None, 0),
    ):
        save(
            SpecialPlace(
                office=world.office, special=row, name=name, reopened=reopened,
                done_on=None if done is None else days_ago(done),
                reason="物业公司撤出，又没有人管了" if reopened else "",
            )
        )  # fmt: skip
    return row


if __name__ == "__main__":
    main(sys.argv[1])
