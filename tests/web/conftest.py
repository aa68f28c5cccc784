"""The same office, the other one, and the signed-in clients as in tests/office."""

from tests.office.conftest import client_of, elsewhere, world

__all__ = ["client_of", "elsewhere", "world"]
