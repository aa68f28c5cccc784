"""The sweep inside ``luoshi serve``: once a day, and at the start when a day was missed.

It stands in the process that starts the workers, so there is one however many workers there are,
and runs `luoshi sweep` as a process of its own: its memory goes back to the machine, and stopping
the server stops it too. A sweep may be killed at any moment.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import click

#: The clock may be set, the machine may sleep: it is looked at this often (seconds).
LOOK = 300.0
#: The first look comes when the workers are up (seconds).
FIRST = 5.0
#: After a sweep that could not run, it is tried again after so long (seconds).
AGAIN = 900.0


class DailySweep:
    """A thread that waits for the hour and starts the sweep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweep", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to wait."""
        self._thread.start()

    def stop(self) -> None:
        """Stop waiting, and a sweep that is under way."""
        self._stop.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        # The workers are forked first: a fork in the middle of a statement would copy its locks.
        wait = FIRST
        while not self._stop.wait(wait):
            left = seconds_left()
            wait = min(max(left, 1.0), LOOK)
            if left <= 0:
                wait = LOOK if self._sweep() else AGAIN

    def _sweep(self) -> bool:
        command = [sys.executable, "-m", "luoshi.cli.main", "sweep", "--home", str(self.folder)]
        # Our own program on our own folder.
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        good = self._process.wait() == 0
        if not good and not self._stop.is_set():
            click.echo("巡查没有运行成，原因见上，稍后再试。", err=True)
        return good


def seconds_left() -> float:
    """Return how long until the next sweep is due; 0 when it is."""
    from django.db import DatabaseError, connection
    from django.utils import timezone

    from luoshi.core.supervision.schedule import seconds_until
    from luoshi.core.supervision.thresholds import defaults
    from luoshi.office.accounts.models import Office
    from luoshi.office.journal import clock
    from luoshi.office.supervision.limits import limits_of
    from luoshi.office.supervision.sweep import last_day

    try:
        offices = list(Office.objects.values_list("pk", "name"))
        now = timezone.localtime(clock.now())
        if not offices:
            return LOOK
        days = [last_day(key) for key, _ in offices]
        try:
            hour = min(limits_of(key, name)["hour"] for key, name in offices)
        except ValueError:
            hour = defaults()["hour"]  # the sweep itself says what is wrong with the file
        last = None if None in days else min(day for day in days if day is not None)
        return seconds_until(now, hour, last)
    except DatabaseError:
        return LOOK
    finally:
        connection.close()
