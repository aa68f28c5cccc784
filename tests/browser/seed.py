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
    return {name: item.pk for name, item in made.items()} | {"material": material.pk}


if __name__ == "__main__":
    main(sys.argv[1])
