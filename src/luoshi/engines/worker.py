"""The worker process of :mod:`luoshi.engines.bounded`: one task at a time, under limits.

Started by :mod:`luoshi.engines.leash` with nothing open but a channel to the parent and, as
standard input, a lifeline that the parent never writes to.
Replies are frames: one byte for the kind, one for the worker's state, then the content.
Only a frame of kind VALUE holds a pickle, and the parent opens it with a narrow unpickler:
a worker that an evil file has taken over must not be able to hand the evil on.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import fcntl
import importlib
import json
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from luoshi.core import knowledge
from luoshi.core.reading.model import ReadError
from luoshi.engines.garbage import collect_seldom

READY, BROKEN, VALUE, REFUSED, FAILED, MEMORY, LARGE = b"R", b"B", b"V", b"E", b"F", b"M", b"L"
FRESH, WORN = b"+", b"-"
REPLY_BYTES = 512 * 1024 * 1024
"""The largest reply that is sent; the parent accepts no larger one."""

_WRITTEN_BYTES = 256 * 1024 * 1024
_PR_SET_DUMPABLE = 4

Task = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Use:
    """Order: import ``task`` ("module:function") and call it for the items that follow.

    ``tables`` is the knowledge that was imported since the package was made.
    """

    task: str
    options: Mapping[str, Any]
    seconds: float
    tables: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def confine(memory_bytes: int) -> None:
    """Put this process under its limits: memory, file size, no core dump, gone with its parent.

    The limits are soft ones: they stop an honest program that meets an evil file, and
    LibreOffice, which needs more memory, may be started under limits of its own.
    """
    for kind, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _WRITTEN_BYTES),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        hard = resource.getrlimit(kind)[1]
        soft = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        # Some systems (macOS) know no limit of the address space: time limits still hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))
    _refuse_core_dump()
    _die_with_parent()


def _refuse_core_dump() -> None:
    """Tell Linux not to dump this process even to a pipe, which ignores the limit of 0."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _die_with_parent() -> None:
    """Ask for SIGIO, which ends the process, when the far end of the lifeline closes.

    A thread that waits for the end of the pipe would not run during a long call into C, and
    Linux's parent-death signal comes when the *thread* that started us ends, not the process.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def _is_worn(memory_bytes: int) -> bool:
    """Say whether half of the memory is taken even between two items (Linux; else False)."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return False
    return pages * resource.getpagesize() * 2 > memory_bytes


def _load(name: str) -> Task:
    module, _, function = name.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _perform(task: Task, item: object, use: Use) -> tuple[bytes, bytes]:
    """Call the task and return the kind and content of the reply, whatever the file does.

    The timer ends the process with SIGPROF once the call has used ``seconds`` of processor time.
    """
    try:
        signal.setitimer(signal.ITIMER_PROF, use.seconds)
        try:
            content = pickle.dumps(task(item, **use.options), protocol=5)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return (VALUE, content) if len(content) < REPLY_BYTES else (LARGE, b"")
    except ReadError as error:
        return REFUSED, json.dumps([error.code, error.message]).encode()
    except MemoryError:
        return MEMORY, b""
    except Exception:  # noqa: BLE001 - whatever a reader trips over is a verdict on the file
        return FAILED, traceback.format_exc().encode(errors="backslashreplace")


def serve(channel: Connection, memory_bytes: int) -> None:
    """Answer orders until the parent closes the channel: a :class:`Use`, then lists of items."""
    use, task = Use("", {}, 0.0), None
    while True:
        try:
            order = channel.recv()
        except (EOFError, ConnectionError):
            return
        if isinstance(order, Use):
            try:
                knowledge.add(order.tables)
                use, task = order, _load(order.task)
            except Exception:  # noqa: BLE001 - a task that cannot be imported is told to the parent
                channel.send_bytes(BROKEN + FRESH + traceback.format_exc().encode())
                return
            channel.send_bytes(READY + FRESH)
            continue
        assert task is not None, "items before a task"
        for item in order:
            kind, content = _perform(task, item, use)
            state = WORN if kind == MEMORY or _is_worn(memory_bytes) else FRESH
            channel.send_bytes(kind + state + content)


def main() -> None:
    """Run the worker; arguments are the channel's descriptor and the memory in bytes."""
    descriptor, memory_bytes = map(int, sys.argv[1:])
    faulthandler.enable()
    collect_seldom()
    confine(memory_bytes)
    serve(Connection(descriptor), memory_bytes)
