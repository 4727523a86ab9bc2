from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0002_search"),
        ("accounts", "0005_views_of_registers"),  # takes them over
    ]

    operations = [
        migrations.DeleteModel("View"),
    ]
