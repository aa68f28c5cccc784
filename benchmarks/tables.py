"""The tables of docs/benchmarks.md: what one benchmark printed, as lines of Markdown."""

from __future__ import annotations

from typing import Any

from process import BARE


def process_rows(commands: dict[str, dict[str, float]]) -> str:
    """Return the table of whole processes, each beside the bare interpreter."""
    bare = commands[BARE]
    rows = [
        "| | wall | × bare | processor | × bare | peak memory | × bare |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {name} | {row['wall']:.3f} s | {row['wall'] / bare['wall']:.1f} "
        f"| {row['cpu']:.3f} s | {row['cpu'] / bare['cpu']:.1f} "
        f"| {row['mb']:.0f} MB | {row['mb'] / bare['mb']:.1f} |"
        for name, row in commands.items()
    ]
    return "\n".join(rows)


def warm_head(steps: list[str]) -> list[str]:
    """Return the head of the table of a warm process with these steps."""
    titles = (
        *("format", "documents", "floor", *steps, "all", "× floor"),
        *("documents per core and second", "peak memory"),
    )
    return [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]


def warm_rows(benchmark: dict[str, Any]) -> list[str]:
    """Return the rows of one format."""
    return [_warm_row(benchmark["form"], benchmark["steps"], row) for row in benchmark["rows"]]


def _warm_row(form: str, steps: list[str], row: dict[str, float]) -> str:
    times = " | ".join(f"{row[step] / 1e3:.2f} ms" for step in ("floor", *steps, "all"))
    return (
        f"| {form} ({row['characters']:,.0f} characters) | {row['size']:,} | {times} "
        f"| {row['all'] / row['floor']:.1f} | {1e6 / row['all']:,.0f} | {row['mb']:.0f} MB |"
    )


def flat(form: str, rows: list[dict[str, float]]) -> str:
    """Return what the last size costs beside the first; nothing where there is only one."""
    if len(rows) < 2:
        return ""
    first, last = rows[0], rows[-1]
    return (
        f"* {form}: one of {last['size']:,} costs {last['all'] / first['all']:.2f} × what one of "
        f"{first['size']:,} costs\n  (floor: {last['floor'] / first['floor']:.2f} ×); "
        f"memory grows by {last['mb'] - first['mb']:.1f} MB."
    )


def batch_rows(batches: list[dict[str, Any]]) -> str:
    """Return the table of folders: each task with no, one and two workers."""
    rows = [
        "| | workers | seconds | documents per second | × one worker |",
        "|---|---|---|---|---|",
    ]
    for batch in batches:
        seconds, files = batch["seconds"], batch["files"]
        rows += [
            f"| {batch['task']} | {workers} | {taken:.2f} | {files / taken:,.0f} "
            f"| {seconds['1'] / taken:.2f} |"
            for workers, taken in seconds.items()
        ]
    return "\n".join(rows)
