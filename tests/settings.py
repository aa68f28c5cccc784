"""Settings of the tests: a home of their own, quick password hashes."""

import os
from pathlib import Path

os.environ["LUOSHI_HOME"] = str(Path(__file__).resolve().parents[1] / ".tests-home")

(Path(os.environ["LUOSHI_HOME"]) / "static").mkdir(parents=True, exist_ok=True)

from luoshi.web.settings import *  # noqa: F403  # the home comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
