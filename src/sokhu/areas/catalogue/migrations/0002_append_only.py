from django.db import migrations

from sokhu.kit.sealing.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_first"), ("sealing", "0002_append_only")]
    operations = [append_only("catalogue_entry")]
