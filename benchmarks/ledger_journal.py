"""A worker that makes journals to be verified: a file through the core, and a database.

The file's entries are what a progress note leaves: three rows, facts of a sentence. The database's
are made by the real write path (`Act`), many in one transaction, since only verifying is measured;
not all in one, since PostgreSQL then keeps every version that the journal's head has had.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger_turns import answer

TOGETHER = 500
NOTE = "已会同东堤社区逐户走访，清理占道摊点3处，劝导流动商贩6人次，其余点位下周继续整治。"


def file(path: str, entries: int) -> int:
    """Write the export of a journal with so many entries; return its bytes."""
    from luoshi.core.journal.canonical import canonical, commitment
    from luoshi.core.journal.entry import Entry, RowChange, rows_hash
    from luoshi.core.journal.export import to_line
    from luoshi.core.journal.merkle import leaf_hash
    from luoshi.core.journal.verify import Held

    start = datetime(2026, 1, 1, tzinfo=UTC)
    with Path(path).open("w", encoding="utf-8") as out:
        for number in range(entries):
            salt = hashlib.sha256(b"%d" % number).digest()
            facts = {
                "progress": number,
                "text": f"第{number}次：{NOTE}",
                "happened_on": "2026-11-20",
            }
            rows = tuple(
                RowChange(table, str(number), operation, salt.hex())
                for table, operation in (
                    ("ledger_progress", "insert"), ("ledger_commitment", "update"), ("ledger_step", "insert"),
                )
            )  # fmt: skip
            moment = (start + timedelta(seconds=number)).isoformat(timespec="microseconds")
            columns = {
                "time": moment.replace("+00:00", "Z"), "office": "1", "verb": "ledger.progress",
                "subject": f"ledger.commitment:{number % 9999}", "actor": salt.hex(),
            }  # fmt: skip
            entry = Entry(number, facts=commitment(salt, facts), rows=rows_hash(rows), **columns)  # type: ignore[arg-type]
            data = entry.to_bytes()
            held = Held(
                number, data, leaf_hash(data), columns, salt, canonical(facts).decode(), rows
            )  # type: ignore[arg-type]
            out.write(to_line(held) + "\n")
    return Path(path).stat().st_size


def database(entries: int) -> float:
    """Make tables, an office and so many entries, each with its rows; return the seconds."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django

    django.setup()
    from django.db import transaction

    import ledger_rate
    from luoshi.office.accounts.models import Person
    from luoshi.office.journal import clock, guard
    from luoshi.office.journal.act import VERBS, Act
    from luoshi.office.ledger.models import Commitment, Progress

    ledger_rate.prepare(50)
    by, items, day = (
        Person.objects.get(name="责任人"),
        list(Commitment.objects.all()),
        clock.today(),
    )
    begin = time.perf_counter()
    for first in range(0, entries, TOGETHER):
        with transaction.atomic(), guard.opened("bench"):
            for number in range(first, min(first + TOGETHER, entries)):
                act, item = Act(VERBS["ledger.progress"], by), items[number % len(items)]
                act.save(Progress(office_id=item.office_id, commitment=item, author=by, text=NOTE,
                                  happened_on=day, added_at=act.time))  # fmt: skip
                act.about(item, facts={"text": NOTE})
                act.close()
    return time.perf_counter() - begin


if __name__ == "__main__":
    answer(file=file, database=database)
