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


def append_only(table: str, *, key: str = "id", erasable: bool = False) -> RunPython:
    """A migration operation that makes `table`, with its primary key, append-only on SQLite and on PostgreSQL."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        statements = (
            _postgres(table, erasable) if editor.connection.vendor == "postgresql" else _sqlite(table, key, erasable)
        )
        for statement in statements:
            editor.execute(statement, params=None)  # the % of RAISE is no placeholder

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete", "truncate") if on else ("update", "delete", "replace"):
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return RunPython(forwards, backwards)


def _postgres(table: str, erasable: bool) -> list[str]:
    each = f"FOR EACH ROW WHEN (NOT ({ERASING}))" if erasable else "FOR EACH ROW"
    return [
        POSTGRES_FUNCTION,
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {each} EXECUTE FUNCTION sokhu_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION sokhu_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION sokhu_refuse()",
    ]


def _sqlite(table: str, key: str, erasable: bool) -> list[str]:
    when = f"WHEN NOT ({ERASING})" if erasable else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'sokhu: {table} is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE takes the old row away without asking the trigger above.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f'WHEN EXISTS (SELECT 1 FROM {table} WHERE "{key}" = NEW."{key}") {refuse}',
    ]
