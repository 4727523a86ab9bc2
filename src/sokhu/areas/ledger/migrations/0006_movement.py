from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_locator"),
    ]

    operations = [
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("thing", models.UUIDField()),
                ("source", models.UUIDField()),
                ("indicator", models.CharField(max_length=60)),
                ("place", models.CharField(max_length=80)),
                ("owner", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("ownership", models.CharField(blank=True, max_length=8)),
                ("country", models.CharField(blank=True, max_length=8)),
                ("sector", models.CharField(blank=True, max_length=16)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("since", models.BigIntegerField()),
                ("until", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place", "indicator", "day"], name="ledger_movement_place"),
                    models.Index(fields=["thing", "register"], name="ledger_movement_thing"),
                    models.Index(fields=["since"], name="ledger_movement_since"),
                    models.Index(fields=["until"], name="ledger_movement_until"),
                ],
            },
        ),
    ]
