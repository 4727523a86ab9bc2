"""A filled book for the pages: the sourced facts and the demo accounts, put in once per worker and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from book_fixtures import as_it_was
from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.cli.book import make_demo_accounts
from sokhu.cli.sourced import fill
from web.steps import OFFICER

Login = Callable[[str], Client]


@pytest.fixture(scope="package")
def filled_book(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("book")
    demo = replace(settings.ENVIRONMENT, demo=True)
    elsewhere = override_settings(
        UPLOADS=folder / "uploads", ENGINE_FOLDER=folder / "engine", STATIC_ROOT=folder, ENVIRONMENT=demo
    )
    with elsewhere, django_db_blocker.unblock(), transaction.atomic():
        _catalogue.cache_clear()  # moments of another test's book
        load_shipped()
        _entered, left = fill()
        assert not left
        make_demo_accounts(lambda _line: None)
        yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture
def book(filled_book: None, db: None) -> Iterator[None]:
    """The filled book; what a test writes into it is taken back when the test ends."""
    yield from as_it_was()


@pytest.fixture
def logged_in(book: None) -> Login:
    def log_in(username: str) -> Client:
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(User.objects.get(username=username), backend=backend)
        return client

    return log_in


@pytest.fixture
def officer(logged_in: Login) -> Client:
    """An: enters data for the board of Hải Phòng."""
    return logged_in(OFFICER)
