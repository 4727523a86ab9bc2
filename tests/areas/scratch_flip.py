"""Changes one stored value past the triggers, as somebody with the database's own keys would; prints its entry."""

from __future__ import annotations

import sys

import scratch  # noqa: F401 - Django first
from django.db import connection, transaction

what = sys.argv[1]
STATEMENTS = {
    "amount": "UPDATE ledger_observation SET amount = amount {} 1 "
    "WHERE id = (SELECT id FROM ledger_observation WHERE replaces_id IS NOT NULL ORDER BY batch_id LIMIT 1)",
    "head": "UPDATE sealing_chainhead SET sequence = sequence {} 1",
}
ON, OFF = {"amount": ("+", "-"), "head": ("-", "+")}[what]
statement = STATEMENTS[what].format(ON if sys.argv[2] == "on" else OFF)
with transaction.atomic(), connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
    else:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_update'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
        assert cursor.rowcount == 1
        for _name, sql in triggers:
            cursor.execute(sql)
