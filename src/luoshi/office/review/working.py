"""Starts the process that carries out what waits; without it `luoshi review` does the same."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

from luoshi.office.home import home


def start() -> None:
    """Start `luoshi review` on this deployment, and do not wait for it."""
    if not settings.BACKGROUND:
        return
    command = [sys.executable, "-m", "luoshi.cli.main", "review", "--home", str(home())]
    # Our own program on our own folder.
    subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
