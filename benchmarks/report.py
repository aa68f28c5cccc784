"""The measurements as the page docs/benchmarks.md."""

from __future__ import annotations

from typing import Any

from tables import batch_rows, flat, process_rows, warm_head, warm_rows

WALL_GOAL = 0.3
MEMORY_GOAL = 120
SPEED_GOAL = 1000
FLOOR_GOAL = 10
SHARE_GOAL = 1.8
_HEAD = """\
# Benchmarks

Written by `make bench`; do not edit. Every figure is a median, taken in one run together with
what it is compared to. Milliseconds belong to one machine and one hour; the **ratios** are the
claims. No test in this project is timed.

{machine}

## One document, whole process

From the start of the interpreter to the end of the JSON, for the sample docx, against other
programs and an interpreter that does nothing. {rounds} rounds; within a round all take turns.
Goal of both commands: at most {wall_goal} s and {memory_goal} MB.

### Splitting

The others only turn the same docx into text.

{split_process}

{split_found}

### Checking

The others read no docx and are given its text, ready made. None of them reads it as a reviewer
does: pycorrector looks for misspelt names and set phrases (its statistical and neural correctors
need language models from the network and are not measured), autocorrect-py and zhlint for spaces
and punctuation.

{check_process}

{check_found}

## Many documents, one warm process

Each document is another one (numbers and words are exchanged, `benchmarks/corpus.py`), so
nothing can be remembered from the one before. Times are processor time of one thread per
document. *All* is what luoshi does with it; *floor* is the least that any program must do.

### Splitting

The floor is to unpack and decode the file, and to scan its characters once (docx: unzip and
parse the body; pdf: let pdfium give the characters).

{split_warm}

{split_flat}

Goal: 1,000 documents per core and second, and the same at 10,000 documents as at 10. The pdf
is measured at fewer documents; it differs from one to the next in its bytes only.

{split_speed}

### Checking

The floor is to unpack and decode the file, and to look once, with one automaton, for every word
that any rule looks for.

{check_warm}

{check_flat}

Goal: at most {floor_goal} times the floor, and the same at 10,000 documents as at 10.

{check_speed}

## A folder

{files} different docx files through the bounded worker processes that luoshi uses for more than
one file, start-up of the workers included, {batch_rounds} rounds taking turns. *None* is the same
work in one process without protection: what the bounded worker costs.

{batch}

Goal: two workers at least {share_goal} times as fast as one.

{batch_found}
"""


def markdown(machine: dict[str, str], found: dict[str, list[dict[str, Any]]]) -> str:
    """Return the page; ``found`` is what each benchmark printed, by its name."""
    split, check = found["split_process"][0], found["check_process"][0]
    batches = found["batch"]
    return _HEAD.format(
        machine=_machine(machine),
        rounds=split["rounds"],
        wall_goal=WALL_GOAL,
        memory_goal=MEMORY_GOAL,
        split_process=process_rows(split["commands"]),
        split_found=_against_goal("luoshi split", split["commands"]),
        check_process=process_rows(check["commands"]),
        check_found=_against_goal("luoshi check", check["commands"]),
        split_warm=_warm(found["split_warm"]),
        split_flat=_lines(flat, found["split_warm"]),
        split_speed=_lines(_speed, found["split_warm"]),
        check_warm=_warm(found["check_warm"]),
        check_flat=_lines(flat, found["check_warm"]),
        floor_goal=FLOOR_GOAL,
        check_speed=_lines(_times_floor, found["check_warm"]),
        files=f"{batches[0]['files']:,}",
        batch_rounds=batches[0]["rounds"],
        batch=batch_rows(batches),
        share_goal=SHARE_GOAL,
        batch_found="\n".join(map(_shared, batches)),
    )


def _machine(facts: dict[str, str]) -> str:
    peers = ", ".join(f"{name} {version}" for name, version in facts["peers"].items())
    return (
        f"Measured with luoshi {facts['luoshi']} (source {facts['source']}), {peers}\n"
        f"on Python {facts['python']}, {facts['system']}, "
        f"{facts['cores']} cores, load {facts['load']} before and {facts['load after']} after "
        "(a load above the number of cores means\nthat others were at work and that wall times "
        "are too long)."
    )


def _against_goal(name: str, commands: dict[str, dict[str, float]]) -> str:
    ours = commands[name]
    peers = [peer for peer in commands if peer != name and not peer.startswith("python ")]
    against = [
        f"{ours['cpu'] / commands[peer]['cpu']:.2f} × the processor time and "
        f"{ours['mb'] / commands[peer]['mb']:.2f} × the memory of {peer}"
        for peer in peers
    ]
    met = ours["wall"] <= WALL_GOAL and ours["mb"] <= MEMORY_GOAL
    return (
        f"Measured: {ours['wall']:.2f} s and {ours['mb']:.0f} MB ({'met' if met else 'missed'}); "
        "that is " + ",\n".join(against) + "."
    )


def _warm(benchmarks: list[dict[str, Any]]) -> str:
    rows = [row for one in benchmarks for row in warm_rows(one)]
    return "\n".join([*warm_head(benchmarks[0]["steps"]), *rows])


def _lines(line: Any, benchmarks: list[dict[str, Any]]) -> str:
    return "\n".join(filter(None, (line(one["form"], one["rows"]) for one in benchmarks)))


def _speed(form: str, rows: list[dict[str, float]]) -> str:
    row = rows[-1]
    speed = 1e6 / row["all"]
    verdict = "met" if speed >= SPEED_GOAL else f"missed by a factor of {SPEED_GOAL / speed:.1f}"
    share = row["split"] / (row["read"] + row["split"])
    return f"* {form}: {speed:,.0f} ({verdict}); splitting is {share:.0%} of the time."


def _times_floor(form: str, rows: list[dict[str, float]]) -> str:
    row = rows[-1]
    times = row["all"] / row["floor"]
    verdict = "met" if times <= FLOOR_GOAL else f"missed by a factor of {times / FLOOR_GOAL:.1f}"
    share = row["check"] / (row["read"] + row["split"] + row["check"])
    return (
        f"* {form}: {times:.1f} × the floor ({verdict}), {1e6 / row['all']:,.0f} documents per core "
        f"and second; the rules take {share:.0%} of the time."
    )


def _shared(batch: dict[str, Any]) -> str:
    share = batch["seconds"]["1"] / batch["seconds"]["2"]
    return f"* {batch['task']}: {share:.2f} ({'met' if share >= SHARE_GOAL else 'missed'})."
