from django.db import migrations

from sokhu.kit.sealing.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first"), ("sealing", "0002_append_only")]
    operations = [
        append_only("ledger_cell"),
        append_only("ledger_stream"),
        append_only("ledger_observation"),
        append_only("ledger_citation"),
        append_only("ledger_withdrawal"),
    ]
