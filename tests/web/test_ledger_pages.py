"""The pages of the ledger, as people of the office and of another one meet them."""

import pytest
from django.urls import reverse
from tests.office.conftest import client_of, elsewhere, world  # noqa: F401  # fixtures
from tests.office.ledger import make

STATES = [
    "draft", "accepted", "working", "applied", "verifying", "returned", "published", "watching",
    "confirmed", "standing", "suspended", "relapsed", "withdrawn",
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_item_page_in_every_state(world, client_of, state):  # noqa: F811
    item = make.commitment(world, state)
    page = client_of(world.owner).get(reverse("ledger:item", args=[item.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "整治背街小巷占道经营。2026年12月31日前" in text  # the source sentence
    assert item.number in text


def test_list(world, client_of):  # noqa: F811
    for state in STATES:
        make.commitment(world, state)
    page = client_of(world.clerk).get(reverse("ledger:list"))
    assert page.status_code == 200
    assert page.content.decode().count("<tr>") == len(STATES) + 1
