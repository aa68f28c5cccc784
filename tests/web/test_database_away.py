"""The database cannot be reached: a page says so and what to do, instead of a bare error."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection


@contextmanager
def away():
    def refuse(*_):
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("address", ["/", "/ledger", "/accounts/login/", "/nowhere"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_asks_is_told_to_wait(address, method, world, client_of):
    client = client_of(world.clerk)
    client.raise_request_exception = False
    with away():
        answer = getattr(client, method)(address)
    assert answer.status_code == 503
    assert "数据库" in answer.content.decode()
