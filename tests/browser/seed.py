"""Fill the database of a test server, in a process of its own; prints what it made as JSON."""

import json
import sys

import django


def main(what: str) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.office.make import world

    made = world()
    people = {p.name: p.accounts.get().username for p in vars(made).values() if hasattr(p, "posts")
              and p._meta.model_name == "person"}  # fmt: skip
    found = {"people": people, "items": items(made) if what == "items" else {}}
    print(json.dumps(found, ensure_ascii=False))


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
    history(world, list(made.values()))
    return {name: item.pk for name, item in made.items()} | {
        "material": material.pk,
        "special": special(world).pk,
    }


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
