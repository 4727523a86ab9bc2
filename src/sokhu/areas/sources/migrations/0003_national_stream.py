from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_addressees"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="stream_kind",
            field=models.CharField(
                choices=[
                    ("register", "Sổ bộ"),
                    ("return", "Báo cáo nộp theo biểu"),
                    ("report", "Báo cáo đã ký"),
                    ("national", "Hệ thống quốc gia"),
                    ("other_body", "Cơ quan khác"),
                    ("press", "Báo chí"),
                ],
                default="press",
                max_length=16,
            ),
        ),
    ]
