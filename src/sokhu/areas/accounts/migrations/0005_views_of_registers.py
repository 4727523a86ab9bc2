from typing import Any

from django.db import migrations, models


def take_over(apps: Any, schema_editor: Any) -> None:
    """Lists of registers were kept in a table of their own."""
    saved = apps.get_model("accounts", "SavedView")
    for view in apps.get_model("registers", "View").objects.iterator():
        saved.objects.create(id=view.id, user_id=view.user_id, of=view.register, name=view.name, query=view.query)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_security"),
        ("registers", "0002_search"),
    ]

    operations = [
        migrations.AddField("savedview", "of", models.CharField(default="explorer", max_length=32)),
        migrations.AddIndex("savedview", models.Index(fields=["user", "of"], name="accounts_view_of")),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
