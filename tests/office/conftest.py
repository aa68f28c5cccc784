"""An office with everybody in it, another office just like it, and signed-in browsers."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.office import make


@pytest.fixture
def world(db):
    cache.clear()  # wrong passwords of one test are not those of the next: names are the same
    return make.world()


@pytest.fixture
def elsewhere(db):
    return make.world("云岭街道办事处")


@pytest.fixture
def client_of():
    """Return a signed-in client for a person."""

    def sign_in(person):
        client = Client()
        client.force_login(
            person.accounts.get(), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in
