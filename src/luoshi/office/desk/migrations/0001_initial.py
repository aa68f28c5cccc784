import django.db.models.deletion
from django.db import migrations, models

# Two indexes on tables of the ledger that only the board and the trend ask for: the board counts
# by unit and state from the first alone, the trend goes through one month of the second (whose
# condition is worded as Django words `exclude`: SQLite uses the index for these words alone).
INDEXES = {
    "desk_board": (
        'ledger_commitment ("office_id", "unit_id", "state", "deadline", "indicator_kind")'
    ),
    "desk_moves": (
        'ledger_step ("office_id", "at", "after", "before", "commitment_id")'
        ' WHERE NOT ("before" = "after")'
    ),
}


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial"), ("ledger", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=400, verbose_name="条件")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.office"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="saved_view_name_once")
                ],
            },
        ),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {on}", f"DROP INDEX {name}")
            for name, on in INDEXES.items()
        ),
    ]
