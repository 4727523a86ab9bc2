"""Test settings that must stand before Django reads any: a data folder of its own, no secret of the machine."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("SOKHU_DATA", tempfile.mkdtemp(prefix="sokhu-tests-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sokhu.site.settings")
os.environ["SOKHU_DEMO"] = "1"

from hypothesis import settings

# Two cores run two workers and a browser: a slow example is no failure.
settings.register_profile("sokhu", deadline=None)
settings.load_profile("sokhu")
