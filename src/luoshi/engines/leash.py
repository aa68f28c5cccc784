"""The parent's hold on one worker process: start it, feed it, hear from it, end it."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Generic, TypeVar

from luoshi.engines.worker import REPLY_BYTES, Use

Item = TypeVar("Item", bound=Path | bytes)

START_SECONDS = 120.0
"""How long a worker may take to start and import its task before it counts as unable to."""

_PASSED_ON = (
    *("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ"),
    *("LD_LIBRARY_PATH", "PYTHONHOME"),
)
_LOG_TAIL = 4096
_GRACE_SECONDS = 1.0
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a worker ended: ``timeout``, ``memory`` or ``damaged``, and its last words."""

    code: str
    details: str


def _environment() -> dict[str, str]:
    """Return the little a worker may know: no passwords of the server, and where modules are."""
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    known["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if os.path.isabs(path))
    return known


class Leash(Generic[Item]):
    """One worker process in a session of its own, with the items it was given.

    ``pending`` holds what it has not answered for, the first being the one it works at;
    ``served`` counts its answers; ``fed`` is when it got its last batch and ``deadline`` when
    it counts as stuck, in seconds of the monotonic clock.
    """

    def __init__(self, memory_bytes: int) -> None:
        self.pending: deque[tuple[int, Item]] = deque()
        self.served = 0
        self.ready = False
        self.use: Use | None = None
        self.fed = self.deadline = 0.0
        self._memory_bytes = memory_bytes
        self._hung_up = False
        # A child begins with the peak of its parent on its account.
        self._floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self.channel, theirs = connection.Pipe()
        # -P keeps the working folder, which may be the folder of evil files, out of sys.path.
        program = [sys.executable, "-P", "-c", "from luoshi.engines.worker import main; main()"]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                [*program, str(theirs.fileno()), str(memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=_environment(),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        finally:
            theirs.close()

    @property
    def idle(self) -> bool:
        """Whether the worker can take items now."""
        return self.ready and not self.pending

    def prepare(self, use: Use) -> bool:
        """Have the worker import a task; False when it is already gone."""
        self.use, self.ready = use, False
        self.deadline = time.monotonic() + START_SECONDS
        return self._send(use)

    def feed(self, batch: Sequence[tuple[int, Item]], seconds: float) -> bool:
        """Hand over items, each to be answered within ``seconds``; False when it is gone."""
        self.pending.extend(batch)
        self.fed = time.monotonic()
        self.deadline = self.fed + seconds
        return self._send([item for _, item in batch])

    def answered(self, seconds: float) -> tuple[int, Item]:
        """Take off the item just answered for; the next one has ``seconds`` from now."""
        self.served += 1
        self.deadline = time.monotonic() + seconds
        return self.pending.popleft()

    def _send(self, order: object) -> bool:
        try:
            self.channel.send(order)
        except OSError:
            return False
        return True

    def receive(self) -> bytes | None:
        """Return the next frame, waiting for it; None when the worker died or broke the rules."""
        try:
            return self.channel.recv_bytes(REPLY_BYTES + 2) or None
        except (EOFError, OSError):
            self._hung_up = True
            return None

    def end(self, *, expired: bool = False) -> Ending:
        """Kill the worker with all its children, wait for it and say why it had to go."""
        pid = self._process.pid
        by_itself = self._died_itself()
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        self.channel.close()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            _, status, usage = os.wait4(pid, 0)
        except ChildProcessError:  # the server around us collects every child itself
            returncode, peak = 0, 0
        else:
            returncode, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss
        self._process.returncode = returncode
        with self._log:
            self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - _LOG_TAIL))
            words = self._log.read().decode(errors="replace")
        code = "timeout" if expired else self._judge(returncode if by_itself else 0, peak)
        return Ending(code, f"worker ended with {returncode}\n{words}")

    def _died_itself(self) -> bool:
        """Say whether the worker is dead already; one that has hung up is given time for it."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        patience = time.monotonic() + (_GRACE_SECONDS if self._hung_up else 0)
        with contextlib.suppress(ChildProcessError):
            while os.waitid(os.P_PID, self._process.pid, flags) is None:
                if time.monotonic() >= patience:
                    return False
                time.sleep(0.005)
        return True

    def _judge(self, returncode: int, peak: int) -> str:
        """Say what a death means; a library out of memory often just crashes, so size tells."""
        if returncode in (-signal.SIGPROF, -signal.SIGXCPU):
            return "timeout"
        grown = peak > self._floor and 2 * peak * _RSS_UNIT > self._memory_bytes
        if grown or returncode == -signal.SIGKILL:
            return "memory"
        return "damaged"
