"""Does actions on a database of its own until it is killed, and says each one that is done.

``python kill_worker.py MODE``: in mode ``inside`` it stops between the first write of an action
and COMMIT, having said ``inside``, and waits there; in mode ``run`` it goes on and on.
"""

import sys
import time

import django

django.setup()

from luoshi.office.accounts.models import Office, Unit  # noqa: E402  # after the set-up
from luoshi.office.journal.act import SYSTEM, action  # noqa: E402


@action("test.units", "测试数据", needs="")
def two_units(act, *, by, office, name, wait):
    """Save two rows that belong together."""
    first = act.save(Unit(office_id=office, name=f"{name}甲", kind="section"))
    if wait:
        print("inside", name, flush=True)
        time.sleep(60)
    act.save(Unit(office_id=office, name=f"{name}乙", kind="section"))
    act.about(first, facts={"name": name})


def main() -> None:
    """Work until killed."""
    office = Office.objects.get().pk
    start = time.time_ns()
    for number in range(1_000_000):
        name = f"{start}-{number}"
        wait = sys.argv[1] == "inside" and number == 2
        two_units(by=SYSTEM, office=office, name=name, wait=wait)
        print("done", name, flush=True)


if __name__ == "__main__":
    main()
