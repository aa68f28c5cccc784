"""The measurements of the ledger as the page docs/benchmarks-ledger.md."""

from __future__ import annotations

from typing import Any

GROWTH_GOAL = 3.0
ONCE = "by deadline, first after the start"  # once a process, without a goal
RATE_GOAL = 1.5
STATEMENTS_GOAL = 10
_HEAD = """\
# Benchmarks of the ledger

Written by `make bench-ledger`; do not edit. Every figure is a median, taken in one run together
with what it is compared to, taking turns. Milliseconds belong to one machine and one hour; the
**ratios** are the claims. No test in this project is timed; that the number of statements does
not grow is a test (`tests/office/ledger/test_statements.py`).

{machine}

SQLite is opened as luoshi opens it (WAL, `synchronous=FULL`), PostgreSQL with its own defaults
(every commit is on the disk). Nothing runs `ANALYZE` on SQLite; PostgreSQL's statistics are those
that its autovacuum makes.

## Lists and items

The server's side of a request (middleware, view, database, template) by Django's test client, as a
clerk, with **100 rows a page** (the program shows 50). The ledgers are laid out by
`benchmarks/ledger_fill.py`: nine tenths of the items belong to the clerk's office, 60 people in 12
units hold them; each has its material, point, links to problem and cause, duties, steps, progress,
evidence, readings, and where it got so far application, verification and publication. What a list counts
(items by state, problems without a measure) stands until somebody does something
(`office/journal/standing.py`), and then goes on from there by what the journal says was changed
(`office/journal/moving.py`): *just after an action* is the page after a real progress note, *first
after the start* the page that counts everything, and is reported without a goal. *Item page* is the median over 25 items of all
ages. Goal: at 100,000 items at most {growth_goal:.0f} × the time at 1,000; at most
{statements_goal} statements for the list's own data (beside them, those of session and sign-in).

{pages}

## Notes a second

A progress note through the real action (permission, lock, rows, history, journal entry with salts
and Merkle tree, all in one transaction) against django-helpdesk's `update_ticket` adding a
follow-up, on the same machine, in the same run, with the same settings of the same databases, the
same Django and drivers. The peer writes no mail (no submitter's address, nobody in copy or
assigned, the follow-up not public). As it comes it commits each of its statements by itself; *one
transaction* wraps it in one, which is kinder to it and what the claim is made against. Goal: at
least {rate_goal} ×.

{rate}

## Verifying the journal

`luoshi journal verify --file` on an export, the whole process; *floor* is a program that reads the
same file, parses each line and hashes it. Memory must not grow with the journal.

{files}

`luoshi journal verify` on a database: every entry, and every row of the ledger against its history.

{database}
"""


def markdown(machine: dict[str, Any], found: dict[str, Any]) -> str:
    """Return the page; ``found`` is what `ledger_run` measured."""
    return _HEAD.format(
        machine=_machine(machine),
        growth_goal=GROWTH_GOAL,
        statements_goal=STATEMENTS_GOAL,
        rate_goal=RATE_GOAL,
        pages="\n\n".join(map(_pages, found["pages"])),
        rate=_rates(found["rate"]),
        files=_files(found["files"]),
        database=_database(found["database"]),
    )


def _machine(facts: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    return (
        f"Measured with {versions} (source of luoshi {facts['source']})\n"
        f"on Python {facts['python']}, {facts['system']}, {facts['cores']} cores, load "
        f"{facts['load']} before and {facts['load after']} after (a load above the number of cores\n"
        "means that others were at work and that times are too long)."
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _pages(measured: dict[str, Any]) -> str:
    sizes = list(measured["rows"][0]["ms"])
    first = sizes[0]
    head = ["", *(f"{size:,}" for size in sizes), *(f"{size:,} × {first:,}" for size in sizes[1:]),
            "own statements", "sign-in"]  # fmt: skip
    rows = []
    for row in measured["rows"]:
        own = [str(asked["own"]) for asked in row["asked"]]
        rows.append([
            row["name"], *(f"{ms:.1f} ms" for ms in row["ms"].values()),
            *(f"{row['ms'][size] / row['ms'][first]:.1f}" for size in sizes[1:]),
            " / ".join(own) if len(set(own)) > 1 else own[0], str(row["asked"][-1]["sign-in"]),
        ])  # fmt: skip
    growth = {
        row["name"]: row["ms"][sizes[1]] / row["ms"][first]
        for row in measured["rows"]
        if row["name"] != ONCE
    }
    over = [f"{name} ({times:.1f})" for name, times in growth.items() if times > GROWTH_GOAL]
    lists = [row for row in measured["rows"] if row["name"] != "item page"]
    most = max(asked["own"] for row in lists for asked in row["asked"])
    filled = ", ".join(f"{size:,} in {taken:.0f} s" for size, taken in measured["filled"].items())
    verdict = f"missed by {', '.join(over)}" if over else "met by every page"
    told = "met" if most <= STATEMENTS_GOAL else "missed"
    return (
        f"### {measured['kind']}\n\n{_table(head, rows)}\n\n"
        f"* {sizes[1]:,} against {first:,}: {verdict}.\n"
        f"* A list issues at most {most} statements of its own ({told}).\n"
        f"* Laying out: {filled}."
    )


def _rates(measured: list[dict[str, Any]]) -> str:
    names = list(measured[0]["rate"])
    ours, kind_peer, peer = names
    head = ["", "writers", *(f"{name}" for name in names), f"× {kind_peer}", f"× {peer}"]
    rows, lines = [], []
    for one in measured:
        rate = one["rate"]
        against = rate[ours] / rate[kind_peer]
        rows.append([
            one["kind"], str(one["writers"]), *(f"{rate[name]:,.0f} / s" for name in names),
            f"**{against:.2f}**", f"{rate[ours] / rate[peer]:.2f}",
        ])  # fmt: skip
        verdict = "met" if against >= RATE_GOAL else "missed"
        lines.append(f"* {one['kind']}, {one['writers']}: {against:.2f} × ({verdict}).")
    asked = measured[0]["asked"]
    said = (
        f"Statements, BEGIN and COMMIT included: {asked['ledger_rate']} for a note, "
        f"{asked['ledger_peer']} for an update of the peer (without BEGIN and COMMIT)."
    )
    return f"{_table(head, rows)}\n\n" + "\n".join(lines) + f"\n\n{said}"


def _files(measured: list[dict[str, Any]]) -> str:
    head = [
        "entries",
        "file",
        "verified in",
        "µs an entry",
        "floor",
        "× floor",
        "peak memory",
        "floor's",
    ]
    rows = [
        [
            f"{one['entries']:,}", f"{one['bytes'] / 1e6:,.0f} MB", f"{one['ours_wall']:.1f} s",
            f"{one['ours_wall'] / one['entries'] * 1e6:.0f}", f"{one['floor_wall']:.1f} s",
            f"{one['ours_wall'] / one['floor_wall']:.1f}", f"{one['ours_mb']:.0f} MB", f"{one['floor_mb']:.0f} MB",
        ]
        for one in measured
    ]  # fmt: skip
    first, last = measured[0], measured[-1]
    grown = last["ours_mb"] - first["ours_mb"]
    return (
        f"{_table(head, rows)}\n\n* {last['entries']:,} entries take {grown:.1f} MB more than "
        f"{first['entries']:,}."
    )


def _database(measured: list[dict[str, Any]]) -> str:
    head = ["", "entries", "verified in", "µs an entry", "peak memory"]
    rows = [
        [one["kind"], f"{row['entries']:,}", f"{row['wall']:.1f} s",
         f"{row['wall'] / row['entries'] * 1e6:.0f}", f"{row['mb']:.0f} MB"]
        for one in measured
        for row in one["rows"]
    ]  # fmt: skip
    return _table(head, rows)
