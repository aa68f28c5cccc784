"""One file in this process, many files in bounded workers: the same records either way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from luoshi.core.material.outline import UnknownOutlineError, load
from luoshi.core.reading.model import ReadError
from luoshi.engines.files import Chosen, expand

MOST_JOBS = 64

Record = dict[str, Any]
Records = Iterator[tuple[Path, Record | ReadError]]


class FileProblemError(click.ClickException):
    """A file could not be read: the message says which and what to do. Exit code 2."""

    exit_code = 2


def chosen_files(arguments: tuple[str, ...]) -> Chosen:
    """Return the files meant by paths, folders and globs, and what led to none.

    Exits with 2 when there are no files at all.
    """
    chosen = expand(arguments)
    if not chosen.files:
        raise FileProblemError(
            "\n".join(f"{name or '（空）'}：{why.message}" for name, why in chosen.nothing)
        )
    return chosen


def known_outline(outline: str | None) -> str | None:
    """Return the outline's id unchanged; exits with 2 when there is no such outline."""
    if outline is not None:
        try:
            load(outline)
        except UnknownOutlineError as error:
            known = "\n".join(f"  {name}  {load(name).name}" for name in error.known)
            raise click.UsageError(f"没有“{outline}”这个提纲。已有的提纲：\n{known}") from None
    return outline


def _jobs(_: click.Context, __: click.Parameter, value: int) -> int:
    if not 1 <= value <= MOST_JOBS:
        raise click.BadParameter(f"请写 1 到 {MOST_JOBS} 的整数。")
    return value


jobs_option = click.option(
    "--jobs", type=int, default=min(os.cpu_count() or 1, MOST_JOBS), metavar="数",
    callback=_jobs, help=f"多份材料时同时处理几份（1 到 {MOST_JOBS}）。",
)  # fmt: skip


def records(
    task: Callable[..., Record],
    paths: list[Path],
    workers: int,
    options: Record,
    label: str | None,
) -> Records:
    """Yield what ``task`` makes of each file, or why it could not be read, in order.

    ``task`` is a function of a module, called with a path and ``options``. ``label`` names
    the work on a progress bar; None where there may be no bar, because the terminal shows
    something else meanwhile.
    """
    if len(paths) == 1:
        try:
            yield paths[0], task(paths[0], **options)
        except ReadError as error:
            yield paths[0], error
        return
    from luoshi.engines.bounded import BoundedPool

    name = f"{task.__module__}:{task.__qualname__}"
    with BoundedPool(workers=workers) as pool, _progress(len(paths), label) as advance:
        for result in pool.map(name, paths, options):
            advance()
            yield result.item, result.error or result.value


def _progress(total: int, label: str | None) -> Any:
    if label is None or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    return _Bar(total, label)


class _Bar:
    """A progress bar on the error stream; callable once per file."""

    def __init__(self, total: int, label: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        self._progress = Progress(
            label, BarColumn(), MofNCompleteColumn(), "剩余", TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self) -> None:
        self._progress.advance(self._task)
