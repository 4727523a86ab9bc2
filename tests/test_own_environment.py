"""Tests touch no book of the machine, with make or without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).parent.parent


def test_the_settings_are_those_of_a_new_folder() -> None:
    assert settings.ENVIRONMENT.data.parent.name.startswith("sokhu-tests-")
    assert settings.UPLOADS.is_relative_to(settings.ENVIRONMENT.data)
    assert (settings.BOOK, settings.DEBUG, settings.ENVIRONMENT.https, settings.ENVIRONMENT.demo) == (
        "sourced",
        False,
        False,
        True,
    )


def test_pytest_called_bare_leaves_the_book_of_the_machine_alone(tmp_path: Path) -> None:
    book = tmp_path / "var"
    wrong = {"SOKHU_DATA": str(book), "SOKHU_HTTPS": "1", "SOKHU_DEBUG": "1", "SOKHU_DEMO": "0", "BOOK": "none"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOKHU_", "PYTEST_", "DJANGO_"))}
    this = f"{__file__}::{test_the_settings_are_those_of_a_new_folder.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:cov", this]
    done = subprocess.run(command, cwd=ROOT, env={**kept, **wrong}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert not book.exists()
