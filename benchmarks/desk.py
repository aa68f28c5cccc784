"""Measure the working screens over a short and a long ledger; print the table.

python benchmarks/desk.py            a minute or two, SQLite; writes docs/benchmarks-desk.md
python benchmarks/desk.py --quick    fewer turns; prints only

Times are of the server's side, as in `ledger_pages`. "first": nothing has been counted yet; "after
an action": somebody has added a progress note; "again": nobody has done anything since.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from ledger_turns import Worker, answer, environment, machine_words

TARGET = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-desk.md"
LOOKED = 10_000  # `office/desk/finding.py`, which needs Django to be read
Found = dict[int, dict[str, dict[str, float]]]
SIZES = (1_000, 100_000)
TIMES = 11
PAGES = {
    "home of the clerk": ("经办人", "/"),
    "home of an owner": ("承办人7", "/"),
    "home of the head": ("主任", "/"),
    "home of a verifier": ("核验人", "/"),
    "board": ("审阅人", "/board"),
    "trend, 12 months": ("审阅人", "/trend"),
    "wall": ("审阅人", "/wall"),
    "search: a common word": ("经办人", "/search?q=占道经营"),
    "search: nothing found": ("经办人", "/search?q=没有这样的事项"),
}


def worker() -> None:
    """Answer questions about one database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    import ledger_act
    from luoshi.office.accounts.models import Person

    settings.ALLOWED_HOSTS = ["testserver"]
    clients: dict[str, Any] = {}

    def client(name: str) -> Any:
        if name not in clients:
            person = Person.objects.get(name=name, office__name="柳河街道办事处")
            clients[name] = Client()
            clients[name].force_login(
                person.accounts.get(),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        return clients[name]

    def ask(who: str, url: str) -> float:
        begin = time.perf_counter()
        found = client(who).get(url)
        if found.status_code != 200:
            raise SystemExit(f"{url}: {found.status_code}")
        return (time.perf_counter() - begin) * 1000

    def measure(name: str) -> dict[str, float]:
        who, url = PAGES[name]
        client(who)
        ledger_act.start_again()
        first = ask(who, url)
        ledger_act.note()
        return {"first": first, "afresh": ask(who, url), "again": ask(who, url)}

    answer(measure=measure)


_PAGE = """\
# Benchmarks of the working screens

Written by `make bench-desk`; do not edit. SQLite, two ledgers of 1,000 and 100,000 items
(`ledger_fill`, nine tenths of them one office's), each page asked for {times} times in turns on both,
medians of the server's side by Django's test client. The **ratios** are the claims; the goal is at
most {goal:.0f} times. *After an action*: somebody has just added a progress note; *again*: nobody has
done anything since; *first*: nothing has been counted since the program's start.

{machine}

{table}

After an action, 100,000 against 1,000: {verdict}.

After an action only what it touched is counted again (`office/journal/moving.py`), and a person's
items are gone through once for all of their figures. Search goes through at most {looked:,} rows of a
kind, so that a longer ledger does not make it slower than this. The first trend after the program
starts goes through the whole history once; months that are over are then kept.
"""
GOAL = 3.0


def main() -> None:
    """Fill two databases, measure every page on both, print the page and write it."""
    quick = "--quick" in sys.argv[1:]
    found = _measured(3 if quick else TIMES)
    table = _table(found)
    small, large = (found[size] for size in SIZES)
    growth = {name: large[name]["afresh"] / small[name]["afresh"] for name in PAGES}
    over = [f"{name} ({times:.1f})" for name, times in growth.items() if times > GOAL]
    text = _PAGE.format(
        times=TIMES, goal=GOAL, table=table, machine=machine_words(),
        verdict=f"missed by {', '.join(over)}" if over else "met by every page",
        looked=LOOKED,
    )  # fmt: skip
    print(text)
    if not quick:
        TARGET.write_text(text, encoding="utf-8", newline="\n")


def _measured(times: int) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        workers = {size: _filled(Path(folder) / str(size), size) for size in SIZES}
        found: Found = {size: {} for size in SIZES}
        for name in ("board", *PAGES):  # the first page of a process loads the program
            rounds: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
            for _ in range(times + 1):
                # In turns, so that what else the machine does falls on both.
                for size, worker_ in workers.items():
                    rounds[size].append(worker_.ask(do="measure", name=name))
            for size, held in rounds.items():
                found[size][name] = {
                    key: median(r[key] for r in held[1:]) for key in ("first", "afresh", "again")
                }
        for worker_ in workers.values():
            worker_.stop()
    return found


def _filled(folder: Path, size: int) -> Worker:
    home = environment(folder)
    filler = Worker("ledger_fill", **home)
    filler.ask(do="fill", items=size)
    filler.stop()
    return Worker("desk", "worker", **home)


def _table(found: Found) -> str:
    small, large = (found[size] for size in SIZES)
    lines = [
        "| page | after an action: 1,000 | 100,000 | times | again: 1,000 | 100,000 | first after the start: 100,000 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in PAGES:
        one, many = small[name], large[name]
        lines.append(
            f"| {name} | {one['afresh']:.0f} ms | {many['afresh']:.0f} ms "
            f"| {many['afresh'] / one['afresh']:.1f} | {one['again']:.0f} ms "
            f"| {many['again']:.0f} ms | {many['first']:.0f} ms |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["worker"] else main()
