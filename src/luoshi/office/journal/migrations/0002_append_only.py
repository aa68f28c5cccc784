"""The head of the tree, and triggers that refuse to alter or remove what was recorded.

An opening (facts and salt) may be erased, never altered: that is how a person is forgotten
while every proof still holds. The same for the salt of a row's digest.
"""

from django.db import migrations

WORDS = "journal is append-only"
# Per table: what an UPDATE may do all the same.
ERASABLE = {
    "journal_entry": None,
    "journal_facts": "NEW.salt IS NULL AND NEW.facts IS NULL AND NEW.entry_id = OLD.entry_id",
    "journal_row": (
        "NEW.salt IS NULL AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id "
        'AND NEW."table" = OLD."table" AND NEW.key = OLD.key '
        "AND NEW.operation = OLD.operation AND NEW.digest = OLD.digest"
    ),
}


def _sqlite():
    for table, allowed in ERASABLE.items():
        when = f"WHEN NOT ({allowed})" if allowed else ""
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )
        yield (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )
    yield (
        "CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head "
        f"WHEN NEW.size < OLD.size BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )
    yield (
        "CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head "
        f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )


def _postgresql():
    yield (
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    for table, allowed in ERASABLE.items():
        when = f"WHEN (NOT ({allowed}))" if allowed else ""
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {when} "
            "EXECUTE FUNCTION journal_refuse()"
        )
    for table in (*ERASABLE, "journal_head"):
        yield (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
            "EXECUTE FUNCTION journal_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "EXECUTE FUNCTION journal_refuse()"
        )
    yield (
        "CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head FOR EACH ROW "
        "WHEN (NEW.size < OLD.size) EXECUTE FUNCTION journal_refuse()"
    )


def forwards(apps, schema_editor):
    from luoshi.office.journal import guard

    with guard.opened("migrate"):
        apps.get_model("journal", "Head").objects.create(pk=1)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(forwards)]
