"""Who is at work on a deployment: many may serve, one may change the tables, never both."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from luoshi.engines.keeping.errors import KeepingError
from luoshi.office.home import home

try:
    import fcntl
except ImportError:  # not on Windows, where the program is only tried out
    fcntl = None  # type: ignore[assignment]

_BUSY = "这套系统正在运行（{}）。请先停止服务，再试一次。"


@contextmanager
def held(*, alone: bool) -> Iterator[None]:
    """Hold the deployment while the block runs: alone, or together with others who serve.

    The lock goes with the process, however it ends. Raises ``KeepingError`` when somebody else
    stands in the way.
    """
    path = home() / "lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise KeepingError(_BUSY.format(home())) from error
        yield
    finally:
        os.close(descriptor)
