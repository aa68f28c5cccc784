"""Untrusted files are read in worker processes that may use so much memory and time, no more.

A file that crashes a library, fills the memory or never ends costs its own result only: the
worker is killed and replaced, and the other files that it had been given are done again.
The worker has no password of the server in its environment, no open files of it, and its answers
are opened as values only.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from luoshi.core import knowledge
from luoshi.core.reading.model import DEFAULT_LIMITS, Document, Limits
from luoshi.engines.leash import Leash
from luoshi.engines.outcome import FaultError, Item, Result
from luoshi.engines.schedule import Run
from luoshi.engines.worker import Use

__all__ = ["GIB", "BoundedPool", "FaultError", "Result", "read_bounded"]

GIB = 1024**3

_turns = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))


class BoundedPool:
    """Worker processes for untrusted files; a context manager, used by one thread at a time.

    Each of ``workers`` processes may use ``memory_bytes`` of address space. Each file may use
    ``seconds`` of processor time and, because the machine may be busy, three times that by the
    clock.
    """

    def __init__(self, workers: int = 1, memory_bytes: int = GIB, seconds: float = 30.0) -> None:
        if workers < 1 or memory_bytes < 1 or seconds <= 0:
            raise ValueError("workers, memory and seconds must be positive")
        self._workers = workers
        self._memory_bytes = memory_bytes
        self._seconds = seconds
        self._leashes: list[Leash[Any]] = []
        self._state = "new"

    def __enter__(self) -> BoundedPool:
        self._state = "open"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._state = "closed"
        while self._leashes:
            self._leashes.pop().end()

    def map(
        self, task: str, items: Iterable[Item], options: Mapping[str, Any] | None = None
    ) -> Iterator[Result[Item]]:
        """Yield ``task(item, **options)`` for each item, in their order, holding few at a time.

        ``task`` is "module:function", imported in the worker; what it returns must be made of
        built-in values, dates, paths and luoshi's data classes. A :class:`ReadError` of the task
        is the item's error; whatever else befalls the item becomes a :class:`FaultError`.

        Raises ``RuntimeError`` when a worker cannot start or cannot import the task, or when the
        pool is not open or already at work; ``pickle.UnpicklingError`` for other kinds of values.
        """
        if self._state != "open":
            raise RuntimeError(f"the pool is {self._state}, not open")
        self._state = "busy"
        use = Use(task, dict(options or {}), self._seconds, knowledge.added())
        try:
            yield from Run(self._leashes, self._workers, self._memory_bytes, use, items).results()
        finally:
            for leash in [each for each in self._leashes if not each.idle]:
                self._leashes.remove(leash)
                leash.end()
            if self._state == "busy":
                self._state = "open"


def read_bounded(
    source: Path | bytes,
    name: str = "",
    limits: Limits = DEFAULT_LIMITS,
    *,
    memory_bytes: int = GIB,
    seconds: float = 30.0,
) -> Document:
    """Read one untrusted file, given as its path or its bytes, in a process of its own.

    ``name`` is the file's name as the user knows it, for bytes. May be called from many threads
    of a server: no more files are read at a time than there are processors.

    Raises :class:`ReadError`; as :class:`FaultError` when the file brought the reader down.
    """
    task = "luoshi.engines.files:read_path"
    options: dict[str, Any] = {"limits": limits}
    if isinstance(source, bytes):
        task = "luoshi.engines.files:read_data"
        options["name"] = name
    with _turns, BoundedPool(1, memory_bytes, seconds) as pool:
        result = next(pool.map(task, [source], options))
    if result.error is not None:
        raise result.error
    document: Document = result.value
    return document
