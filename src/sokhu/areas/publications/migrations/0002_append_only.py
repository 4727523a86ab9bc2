from django.db import migrations

from sokhu.kit.sealing.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_first"), ("sealing", "0002_append_only")]
    operations = [
        append_only("publications_issue"),
        append_only("publications_registration"),
        append_only("publications_frozen", key="sha256"),
    ]
