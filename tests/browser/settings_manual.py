"""Settings of the server that the manual's pictures are taken from: always the same day.

The year that is played ends on that day, so the office, its slips and its figures are the same
whenever the pictures are taken. The clock runs on from there.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from luoshi.office.journal import clock
from luoshi.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
_MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def _begun() -> datetime:
    """Return when the home was first used, by whichever process that was."""
    file = Path(os.environ["LUOSHI_HOME"]) / "begun"
    if not file.exists():
        file.write_text(datetime.now(UTC).isoformat())
    return datetime.fromisoformat(file.read_text())


def now() -> datetime:
    return clock._played[-1] if clock._played else _MORNING + (datetime.now(UTC) - _begun())


clock.now = now
