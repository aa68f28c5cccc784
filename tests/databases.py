"""An empty database for processes that a test starts, of the kind that the tests run on."""

import os
import uuid


def fresh_database():
    """Return the environment variables of a new empty database; none for SQLite, a file in the home."""
    if os.environ.get("LUOSHI_TESTS_ON") != "postgresql":
        return {}
    from tests.settings import SERVER

    name = f"fresh_{uuid.uuid4().hex}"
    SERVER.psql(f"CREATE DATABASE {name};")
    return {"LUOSHI_DATABASE": SERVER.get_uri(database=name)}
