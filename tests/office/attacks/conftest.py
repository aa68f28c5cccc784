"""No provider of facts outlives its test."""

import pytest
from tests.office.attacks.spoils import PROVIDER

from luoshi.office.ledger import facts


@pytest.fixture(autouse=True)
def no_provider():
    yield
    facts.unregister(PROVIDER)
