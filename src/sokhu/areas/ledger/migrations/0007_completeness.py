import uuid

import django.db.models.deletion
from django.db import migrations, models

from sokhu.kit.sealing.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_movement"),
        ("sealing", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Completeness",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=80)),
                ("register", models.CharField(max_length=40)),
                ("starts", models.DateField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sealing.batch"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        append_only("ledger_completeness"),
    ]
