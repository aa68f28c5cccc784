"""No provider of facts outlives its test."""

import pytest
from tests.office.attacks.spoils import PROVIDER
from tests.office.make import person

from luoshi.office.ledger import facts


@pytest.fixture(autouse=True)
def no_provider():
    yield
    facts.unregister(PROVIDER)


@pytest.fixture
def second_clerk(world):
    return person(world.office, "经办人二", world.general, roles=["clerk"], superior=world.head)
