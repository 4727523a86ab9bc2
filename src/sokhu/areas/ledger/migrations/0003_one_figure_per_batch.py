from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.RemoveIndex("observation", "ledger_observation_chain"),
        migrations.AddConstraint(
            "observation",
            models.UniqueConstraint("cell", "stream", "batch", name="ledger_one_figure_per_batch"),
        ),
    ]
