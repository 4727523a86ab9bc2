"""A small illustrative book, made once for these tests and taken back after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.cli.book import REAL_ZONES, make_demo_accounts
from sokhu.cli.illustrative.fill import Written, illustrate

SEED, SIZE = 7, "small"


@pytest.fixture(scope="package")
def made_book(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Written]:
    folder = tmp_path_factory.mktemp("book")
    elsewhere = override_settings(
        BOOK="illustrative",
        UPLOADS=folder / "uploads",
        ENGINE_FOLDER=folder / "engine",
        STATIC_ROOT=folder,
        ENVIRONMENT=replace(settings.ENVIRONMENT, demo=True),
    )
    with elsewhere, django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()  # moments of another test's book
        load_shipped(left_out=(REAL_ZONES,))
        written = illustrate(SEED, SIZE, lambda _line: None)
        make_demo_accounts(lambda _line: None)
        yield written
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture
def book(made_book: None, db: None) -> None:
    """The illustrative book; what a test writes into it is taken back when the test ends."""
