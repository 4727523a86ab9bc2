"""Append-only tables: the database itself refuses to change or drop a sealed row, whoever asks."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION sokhu_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'sokhu: % is append-only (% refused)', TG_TABLE_NAME, TG_OP;
END $$
"""

# Erasing is the one change allowed, and only of words: salt and text become null, the digest stays.
ERASING = "NEW.digest = OLD.digest AND NEW.salt IS NULL AND NEW.text IS NULL"


def append_only(table: str, *, erasable: bool = False) -> RunPython:
    """A migration operation that makes `table` append-only on SQLite and on PostgreSQL."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        statements = (
            _postgres(table, erasable) if editor.connection.vendor == "postgresql" else _sqlite(table, erasable)
        )
        for statement in statements:
            editor.execute(statement, params=None)  # the % of RAISE is no placeholder

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete", "truncate") if on else ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return RunPython(forwards, backwards)


def _postgres(table: str, erasable: bool) -> list[str]:
    when = f"WHEN (NOT ({ERASING}))" if erasable else ""
    return [
        POSTGRES_FUNCTION,
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {when} EXECUTE FUNCTION sokhu_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION sokhu_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION sokhu_refuse()",
    ]


def _sqlite(table: str, erasable: bool) -> list[str]:
    when = f"WHEN NOT ({ERASING})" if erasable else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'sokhu: {table} is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
    ]
