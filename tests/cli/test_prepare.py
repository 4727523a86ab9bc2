"""`sokhu prepare`: an upgrade that contradicts what people changed says so, and the book goes on serving."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from factories import a_person
from sokhu.areas.catalogue import actions
from sokhu.areas.catalogue.queries import _catalogue, indicators
from sokhu.areas.ledger.models import Observation
from sokhu.cli.book import prepare
from sokhu.core.problems import Problems
from sokhu.kit.sealing.queries import head
from upgrades import edited_by_a_person, shipping, without

pytestmark = pytest.mark.usefixtures("book")
EDITED = ("indicators/investment.toml", "capital_new_and_added")


@pytest.fixture(autouse=True)
def fresh_moments() -> Iterator[None]:
    _catalogue.cache_clear()
    yield
    _catalogue.cache_clear()


def test_a_conflict_is_said_with_file_key_and_what_to_do_and_the_book_serves() -> None:
    edited_by_a_person(*EDITED, name_vi="Vốn của bộ")
    before, lines = head(), list[str]()
    with shipping(without("capital_added")):
        prepare(lines.append)
    told = "\n".join(lines)
    assert "indicators/investment.toml: capital_new_and_added.plus: plus nhắc tới capital_added" in told
    assert "Take capital_added out of the entry" in told
    assert head() == before
    assert Observation.objects.count() == 0  # what goes with the new catalogue waits for it
    client = Client()
    client.force_login(a_person("giang"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("indicator", args=["capital_new_and_added"]))
    assert (page.status_code, "Vốn của bộ" in page.content.decode()) == (200, True)


def test_a_later_version_without_the_conflict_is_loaded() -> None:
    edited_by_a_person(*EDITED, name_vi="Vốn của bộ")
    with shipping(without("capital_added")), pytest.raises(Problems):
        actions.load_shipped()
    with shipping(without("capital_mou")):
        loaded = actions.load_shipped()
    assert loaded.kept == [": ".join(EDITED)]
    assert indicators()["capital_mou"].retired
