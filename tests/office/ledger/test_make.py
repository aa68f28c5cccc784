"""The rows that other tests build on are such as closing accepts."""

import pytest
from tests.office.ledger import make

from luoshi.core.workflow import table
from luoshi.office.ledger.actions import closing
from luoshi.office.ledger.models import Commitment


@pytest.mark.parametrize("state", table.states())
def test_every_state(world, state):
    assert make.commitment(world, state).state == state


def test_a_published_one_can_be_closed(world):
    item = make.commitment(world, "published")
    closing.close(by=world.clerk, commitment=item.pk, version=item.version)
    assert Commitment.objects.get(pk=item.pk).state == "watching"


def test_every_step_is_kept(world):
    item = make.commitment(world, "published")
    closing.void(by=world.clerk, commitment=item.pk, version=item.version, reason="指标有新读数")
    step = item.steps.get()
    assert (step.before, step.after, step.note) == ("published", "applied", "指标有新读数")
    assert step.by == world.clerk
    assert step.version == item.version + 1
