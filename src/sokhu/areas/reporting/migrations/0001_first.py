import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sources", "0003_national_stream"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardWorkbook",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="workbook",
                        serialize=False,
                        to="sources.document",
                    ),
                ),
                ("grid", models.JSONField()),
                ("mapping", models.JSONField(null=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("period", models.CharField(blank=True, max_length=24)),
            ],
        ),
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("owner", models.CharField(max_length=80)),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="reporting_one_mapping_per_name")
                ],
            },
        ),
    ]
