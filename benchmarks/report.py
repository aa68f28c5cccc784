"""The measurements as the page docs/benchmarks.md."""

from __future__ import annotations

from typing import Any

WALL_GOAL = 0.3
MEMORY_GOAL = 120
SPEED_GOAL = 1000
_HEAD = """\
# Benchmarks

Written by `make bench`; do not edit. Every figure is a median, taken in one run together with
what it is compared to. Milliseconds belong to one machine and one hour; the **ratios** are the
claims. No test in this project is timed.

{machine}

## One document, whole process

`luoshi split` of the sample docx, from the start of the interpreter to the end of the JSON,
against two programs that only turn the same docx into text, and against an interpreter that
does nothing. {rounds} rounds; within a round the four take turns.

| | wall | × bare | processor | × bare | peak memory | × bare |
|---|---|---|---|---|---|---|
{process}

Goal: at most {wall_goal} s and {memory_goal} MB.

{findings}

## Many documents, one warm process

Each document is another one (numbers and words are exchanged, `benchmarks/corpus.py`), so
nothing can be remembered from the one before. Times are processor time of one thread per
document; *floor* is the least that any program must do with it: unpack and decode it, and
scan its characters once (docx: unzip and parse the body; pdf: let pdfium give the characters).

| format | documents | floor | read | split | read + split | × floor | documents per core and second | peak memory |
|---|---|---|---|---|---|---|---|---|
{warm}

{flat}

Goal: 1,000 documents per core and second, and the same at 10,000 documents as at 10. The pdf
is measured at fewer documents; it differs from one to the next in its bytes only.

{speed}

## A folder

{files} different docx files through the bounded worker processes that `luoshi split` uses for
more than one file, start-up of the workers included, {batch_rounds} rounds taking turns.

| workers | seconds | documents per second | × one worker |
|---|---|---|---|
{batch}

*None* is the same work in one process without protection: what the bounded worker costs.
"""


def markdown(
    machine: dict[str, str],
    process: dict[str, Any],
    warm: list[dict[str, Any]],
    batch: dict[str, Any],
) -> str:
    """Return the page; the arguments are what the benchmarks printed."""
    return _HEAD.format(
        machine=_machine(machine),
        rounds=process["rounds"],
        process="\n".join(_process_rows(process["commands"])),
        wall_goal=WALL_GOAL,
        memory_goal=MEMORY_GOAL,
        findings=_against_goal(process["commands"]),
        warm="\n".join(_warm_row(one["format"], row) for one in warm for row in one["rows"]),
        flat="\n".join(_flat(one["format"], one["rows"]) for one in warm),
        speed="\n".join(_speed(one["format"], one["rows"][-1]) for one in warm),
        files=f"{batch['files']:,}",
        batch_rounds=batch["rounds"],
        batch="\n".join(_batch_rows(batch)),
    )


def _machine(facts: dict[str, str]) -> str:
    return (
        f"Measured with luoshi {facts['luoshi']} (source {facts['source']}), markitdown "
        f"{facts['markitdown']} and docx2python {facts['docx2python']}\n"
        f"on Python {facts['python']}, {facts['system']}, "
        f"{facts['cores']} cores, load {facts['load']} before and {facts['load after']} after "
        "(a load above the number of cores means\nthat others were at work and that wall times "
        "are too long)."
    )


def _process_rows(commands: dict[str, dict[str, float]]) -> list[str]:
    bare = commands["python -c pass"]
    return [
        f"| {name} | {row['wall']:.3f} s | {row['wall'] / bare['wall']:.1f} "
        f"| {row['cpu']:.3f} s | {row['cpu'] / bare['cpu']:.1f} "
        f"| {row['mb']:.0f} MB | {row['mb'] / bare['mb']:.1f} |"
        for name, row in commands.items()
    ]


def _against_goal(commands: dict[str, dict[str, float]]) -> str:
    ours = commands["luoshi split"]
    against = [
        f"{ours['cpu'] / commands[peer]['cpu']:.2f} × the processor time and "
        f"{ours['mb'] / commands[peer]['mb']:.2f} × the memory of {peer}"
        for peer in ("markitdown", "docx2python")
    ]
    met = ours["wall"] <= WALL_GOAL and ours["mb"] <= MEMORY_GOAL
    return (
        f"Measured: {ours['wall']:.2f} s and {ours['mb']:.0f} MB ({'met' if met else 'missed'}); "
        "that is " + ",\n".join(against) + "."
    )


def _warm_row(form: str, row: dict[str, float]) -> str:
    return (
        f"| {form} ({row['characters']:,.0f} characters) | {row['size']:,} "
        f"| {_ms(row['floor'])} | {_ms(row['read'])} | {_ms(row['split'])} | {_ms(row['both'])} "
        f"| {row['both'] / row['floor']:.1f} | {1e6 / row['both']:,.0f} (split alone "
        f"{1e6 / row['split']:,.0f}) | {row['mb']:.0f} MB |"
    )


def _ms(microseconds: float) -> str:
    return f"{microseconds / 1e3:.2f} ms"


def _flat(form: str, rows: list[dict[str, float]]) -> str:
    if len(rows) < 2:
        return ""
    first, last = rows[0], rows[-1]
    return (
        f"* {form}: one of {last['size']:,} costs {last['both'] / first['both']:.2f} × what one of "
        f"{first['size']:,} costs\n  (floor: {last['floor'] / first['floor']:.2f} ×); "
        f"memory grows by {last['mb'] - first['mb']:.1f} MB."
    )


def _speed(form: str, row: dict[str, float]) -> str:
    speed = 1e6 / row["both"]
    verdict = "met" if speed >= SPEED_GOAL else f"missed by a factor of {SPEED_GOAL / speed:.1f}"
    share = row["split"] / (row["read"] + row["split"])
    return f"* {form}: {speed:,.0f} ({verdict}); splitting is {share:.0%} of the time."


def _batch_rows(batch: dict[str, Any]) -> list[str]:
    seconds, files = batch["seconds"], batch["files"]
    return [
        f"| {name} | {taken:.2f} | {files / taken:,.0f} | {seconds['1'] / taken:.2f} |"
        for name, taken in seconds.items()
    ]
