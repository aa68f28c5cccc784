"""The two indexes that the desk asks for are there and are used."""

import pytest
from django.db import connection
from django.db.models import Count, Q

from luoshi.office.desk.trend import _moves
from luoshi.office.ledger import scopes
from luoshi.office.ledger.models import Commitment, Step


@pytest.mark.parametrize(
    ("model", "name"), [(Commitment, "commitment_board"), (Step, "step_moves")]
)
def test_the_index_is_there(db, model, name):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert found[name]["index"]


def test_the_index_is_used(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows there are")
    month = scopes.month_of(scopes.begins(scopes.values.FIRST).date())
    steps = _moves(1, scopes.within(month) & Q(after="watching"))
    assert "step_moves" in steps.explain()
    groups = Commitment.for_office(1).order_by().values("unit", "state").annotate(n=Count("*"))
    assert "COVERING INDEX commitment_board" in groups.explain()
