from django.db import migrations


class Migration(migrations.Migration):
    """The indexes on the ledger's tables are the ledger's own: a table made anew keeps them."""

    dependencies = [("desk", "0001_initial"), ("ledger", "0002_indexes")]

    operations = [
        migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop)
        for name in ("desk_board", "desk_moves")
    ]
