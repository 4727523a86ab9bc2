"""What the import contracts cannot see: the core's standard library, pages that write nothing, one way to the rows."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src/sokhu"
CORE = sorted((PACKAGE / "core").rglob("*.py"))
PAGES = sorted([*(PACKAGE / "areas").glob("*/pages/*.py"), *(PACKAGE / "web/pages").rglob("*.py")])
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
READERS = {"Observation", "ProposedFigure", "Citation", "Withdrawal"}  # rows that not everybody may see


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), str(path))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole path"
            yield node.module or ""


@pytest.mark.parametrize("path", CORE, ids=names(CORE))
def test_the_core_imports_the_standard_library_and_itself(path: Path) -> None:
    foreign = {
        name
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("sokhu.core.")
    }
    assert not foreign


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_pages_write_nothing_to_the_database(path: Path) -> None:
    written = [
        f"{node.lineno}: .{node.func.attr}("
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if not _is_set_of_python(node.func)
    ]
    assert not written


def _is_set_of_python(called: ast.Attribute) -> bool:
    """`self.seen.update(…)`: a set or dict, not a table."""
    return called.attr == "update" and isinstance(called.value, ast.Attribute | ast.Name)


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_pages_take_rows_only_by_who_may_see_them(path: Path) -> None:
    taken = [
        f"{node.lineno}: {node.value.id}.objects"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
        if isinstance(node.value, ast.Name) and node.value.id in READERS
    ]
    assert not taken


def test_there_are_files_to_look_at() -> None:
    assert len(CORE) > 20
    assert len(PAGES) > 8


def test_a_write_in_a_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text("def page(request):\n    Zone.objects.filter(pk=1).update(name='')\n    Zone(name='').save()\n")
    with pytest.raises(AssertionError):
        test_pages_write_nothing_to_the_database(page)


def test_a_foreign_import_in_the_core_is_found(tmp_path: Path) -> None:
    module = tmp_path / "core.py"
    module.write_text("from django.db import models\n")
    with pytest.raises(AssertionError):
        test_the_core_imports_the_standard_library_and_itself(module)
