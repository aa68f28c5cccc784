from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_shared_counters"),
        ("examinations", "0001_initial"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="commitment",
            name="commitment_open",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="commitment_indicator",
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["office", "deadline", "id"],
                name="commitment_still",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["office", "indicator_kind", "deadline", "id"],
                name="commitment_blind",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["office", "unit", "state", "deadline", "indicator_kind"],
                name="commitment_board",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("watch_ends__isnull", False)),
                fields=["office", "state", "watch_ends"],
                name="commitment_watch",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["person", "ends", "starts", "commitment"], name="duty_in_hand"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("before", models.F("after")), _negated=True),
                fields=["office", "at", "after", "before", "commitment"],
                name="step_moves",
            ),
        ),
    ]
