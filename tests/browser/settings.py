"""Settings of the server that the browser tests drive: quick passwords, a clock that can be moved.

The home comes from LUOSHI_HOME; ``clock`` in it holds how many days ahead the server's clock is.
Only this module moves it: the program itself reads no such file and no such variable.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from luoshi.office.journal import clock
from luoshi.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False


def _ahead() -> timedelta:
    file = Path(os.environ["LUOSHI_HOME"]) / "clock"
    return timedelta(days=int(file.read_text())) if file.exists() else timedelta()


def now() -> datetime:
    return datetime.now(UTC) + _ahead()


clock.now = now
