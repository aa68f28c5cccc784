"""Sweeps a database of its own until it is killed.

``python sweep_worker.py fill N``: makes an office with N overdue items. ``… sweep``: sweeps in small
transactions and says ``begun`` and ``done``. ``… inside``: stops in the middle of the third
transaction, having said ``inside``. ``… count``: prints what there is, as JSON.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import django

django.setup()

from luoshi.office.supervision import collect, sweep  # noqa: E402  # after the set-up
from luoshi.office.supervision.actions import sweeping  # noqa: E402
from luoshi.office.supervision.models import Slip, SweepRun  # noqa: E402

sweep.BATCH = collect.CHUNK = 7


def fill(number: int) -> None:
    """Make an office with overdue items."""
    from luoshi.cli.deployment import migrate

    migrate()
    from tests.office import make
    from tests.office.supervision.supervised import late

    world = make.world()

    @make.action("test.fill", "测试数据", needs="")
    def items(act, *, by):
        make._open.append(act)
        for _ in range(number):
            late(world)
        make._open.pop()
        act.about(world.office, facts={})

    items(by=make.SYSTEM)


def run(stop: bool) -> None:
    """Sweep once; wait inside the third transaction if asked to."""
    whole, turns = sweeping.Act.create_many, []

    def create_many(act, rows):
        made = whole(act, rows)
        turns.append(len(made))
        if stop and len(turns) == 5:
            print("inside", flush=True)
            time.sleep(60)
        return made

    sweeping.Act.create_many = create_many
    print("begun", flush=True)
    sweep.sweep()
    print("done", flush=True)


def count() -> None:
    """Print the slips by what they are about, the runs, and what the journal says of them."""
    from luoshi.office.journal.verification import verify_database

    slips = list(
        Slip.objects.order_by("number").values_list("subject", "reason", "period", "number")
    )
    runs = list(SweepRun.objects.values_list("state", flat=True))
    bad = [trouble.words for trouble in verify_database().troubles]
    print(json.dumps({"slips": slips, "runs": runs, "bad": bad}))


if __name__ == "__main__":
    what = sys.argv[1]
    if what == "fill":
        fill(int(sys.argv[2]))
    elif what == "count":
        count()
    else:
        run(what == "inside")
