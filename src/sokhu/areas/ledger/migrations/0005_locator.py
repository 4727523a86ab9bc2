from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_typed_emptiness"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposedfigure",
            name="locator",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="stream",
            name="kind",
            field=models.CharField(
                choices=[
                    ("register", "Sổ bộ"),
                    ("return", "Báo cáo nộp theo biểu"),
                    ("report", "Báo cáo đã ký"),
                    ("national", "Hệ thống quốc gia"),
                    ("other_body", "Cơ quan khác"),
                    ("press", "Báo chí"),
                ],
                max_length=16,
            ),
        ),
    ]
