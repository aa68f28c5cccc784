from luoshi.office.journal.models import Entry


def test_world(world, elsewhere):
    assert world.owner.office_id != elsewhere.owner.office_id
    assert Entry.objects.count() == 2
