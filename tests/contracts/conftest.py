"""The office of the tests, for the promises that pages keep."""

from tests.office.conftest import client_of, elsewhere, world

__all__ = ["client_of", "elsewhere", "world"]
