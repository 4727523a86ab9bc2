from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sokhu.core.seal import GENESIS
from sokhu.kit.sealing.triggers import append_only


def place_head(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("sealing", "ChainHead").objects.create(pk=1, sequence=0, digest=GENESIS)


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_first")]
    operations = [
        migrations.RunPython(place_head, migrations.RunPython.noop),
        append_only("sealing_batch", key="sequence"),
        append_only("sealing_words", key="digest", erasable=True),
    ]
