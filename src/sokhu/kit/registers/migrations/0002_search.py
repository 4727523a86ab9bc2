"""The index of words: FTS5 on SQLite, kept by triggers; a GIN index over `to_tsvector` on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sokhu.kit.sealing.triggers import append_only

SQLITE = (
    """CREATE VIRTUAL TABLE registers_found_index USING fts5(
        words, content='registers_found', content_rowid='id', tokenize='unicode61 remove_diacritics 0',
        prefix='2 3 4')""",
    """CREATE TRIGGER registers_found_add AFTER INSERT ON registers_found BEGIN
        INSERT INTO registers_found_index(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER registers_found_drop AFTER DELETE ON registers_found BEGIN
        INSERT INTO registers_found_index(registers_found_index, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER registers_found_change AFTER UPDATE ON registers_found BEGIN
        INSERT INTO registers_found_index(registers_found_index, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO registers_found_index(rowid, words) VALUES (new.id, new.words); END""",
)
POSTGRES = ("CREATE INDEX registers_found_index ON registers_found USING gin (to_tsvector('simple', words))",)


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX registers_found_index")
        return
    for name in ("add", "drop", "change"):
        editor.execute(f"DROP TRIGGER registers_found_{name}")
    editor.execute("DROP TABLE registers_found_index")


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_first"), ("sealing", "0002_append_only")]
    operations = [migrations.RunPython(forwards, backwards), append_only("registers_version")]
