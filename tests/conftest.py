"""Tests run in an environment of their own, however pytest is called: a new data folder, nothing of the machine's.

DATABASE_URL alone is kept: it says on which server the tests run. The settings are named here and not in
pyproject.toml, from where pytest-django would read them before this file.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

import django
import pytest
from django.conf import settings as of_django
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from hypothesis import settings

OF_THE_MACHINE = ("BOOK", "PORT")


def own_environment() -> None:
    for name in [name for name in os.environ if name in OF_THE_MACHINE or name.startswith("SOKHU_")]:
        if name != "SOKHU_CHROMIUM":
            del os.environ[name]
    folder = tempfile.mkdtemp(prefix="sokhu-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(SOKHU_DATA=folder, SOKHU_DEMO="1", DJANGO_SETTINGS_MODULE="sokhu.site.settings")


if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker has the environment of the process that started it
    own_environment()
django.setup()

# What a server does slowly on purpose, or once when it starts, tests would do some thousand times.
PBKDF2PasswordHasher.iterations = 1_000
of_django.WHITENOISE_AUTOREFRESH = True  # looks for a static file when it is asked for, not for all at every start

# Two cores run two workers and a browser: a slow example is no failure.
settings.register_profile("sokhu", deadline=None)
settings.load_profile("sokhu")


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector looks for rubbish among what tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Counts no lines in a test that is marked as unmeasured: being watched makes it three times as slow."""
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
