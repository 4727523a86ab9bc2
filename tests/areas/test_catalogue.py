"""The running catalogue: an upgrade adds what changed and overwrites nothing, every moment keeps its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import a_person
from sokhu.areas.catalogue import actions, queries
from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.stored import RETIRED, as_json, files_of, from_json, items_of, shipped_items
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head, verify

pytestmark = pytest.mark.usefixtures("book")
FILE = "indicators/investment.toml"


@pytest.fixture(autouse=True)
def fresh_moments() -> Iterator[None]:
    """A test's batches are rolled back, and the next test's have their numbers again."""
    queries._catalogue.cache_clear()
    yield
    queries._catalogue.cache_clear()


def ship(monkeypatch: pytest.MonkeyPatch, change: Any) -> actions.Loaded:
    """An upgrade: the shipped items after `change`, which takes and returns a dict (file, key) -> data."""
    items = {(path, key): data for path, key, data in shipped_items()}
    changed = change(items) or items
    monkeypatch.setattr(actions, "shipped_items", lambda: iter([(*name, data) for name, data in changed.items()]))
    return load_shipped()


def renamed(data: str, name: str) -> str:
    return as_json(from_json(data) | {"name_vi": name})


def edited_by_a_person(key: str, name: str) -> None:
    entry = queries.newest_entries().get(kind=FILE, key=key)
    with sealed_batch("catalogue", author=a_person("giang").pk) as batch:
        new = {"kind": FILE, "key": key, "order": entry.order, "data": renamed(entry.data, name)}
        batch.add(Entry(id=uuid4(), **new))


def test_bringing_the_same_catalogue_in_again_changes_nothing() -> None:
    before = head()
    loaded = load_shipped()
    assert (loaded.added, loaded.kept) == ([], [])
    assert loaded.same == Entry.objects.count()
    assert head() == before


def test_an_upgrade_adds_only_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Entry.objects.count()

    def change(items: dict[tuple[str, str], str]) -> None:
        items[FILE, "capital_new"] = renamed(items[FILE, "capital_new"], "Vốn cấp mới (tên khác)")

    loaded = ship(monkeypatch, change)
    assert (len(loaded.added), loaded.kept) == (1, [])
    assert Entry.objects.count() == before + 1
    assert queries.indicators()["capital_new"].name_vi == "Vốn cấp mới (tên khác)"
    assert verify().broken is None


def test_the_catalogue_is_known_as_it_was_at_a_past_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, digest = head()[0], queries.catalogue_digest()

    def change(items: dict[tuple[str, str], str]) -> None:
        items[FILE, "capital_new"] = renamed(items[FILE, "capital_new"], "Tên khác")

    ship(monkeypatch, change)
    assert queries.indicators(moment)["capital_new"].name_vi == "Vốn đăng ký cấp mới"
    assert queries.catalogue_digest(moment) == digest != queries.catalogue_digest()
    assert queries.moment_of(moment) == moment


def test_an_upgrade_keeps_and_names_what_people_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    edited_by_a_person("capital_new", "Tên của bộ")

    def change(items: dict[tuple[str, str], str]) -> None:
        items[FILE, "capital_new"] = renamed(items[FILE, "capital_new"], "Tên của bản mới")

    loaded = ship(monkeypatch, change)
    assert loaded.kept == [f"{FILE}: capital_new"]
    assert loaded.added == []
    assert queries.indicators()["capital_new"].name_vi == "Tên của bộ"


def test_an_upgrade_that_ships_what_people_wrote_is_no_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    edited_by_a_person("capital_new", "Tên chung")

    def change(items: dict[tuple[str, str], str]) -> None:
        items[FILE, "capital_new"] = renamed(items[FILE, "capital_new"], "Tên chung")

    assert ship(monkeypatch, change).kept == []


def test_an_item_that_is_no_longer_shipped_is_retired_and_still_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = head()[0]

    def change(items: dict[tuple[str, str], str]) -> None:
        del items[FILE, "capital_mou"]

    assert len(ship(monkeypatch, change).added) == 1
    assert queries.indicators()["capital_mou"].retired == timezone.localdate()
    assert "capital_mou" not in {one.code for one in queries.indicators_in_use()}
    assert queries.indicators(moment)["capital_mou"].retired is None
    assert queries.newest_entries().get(key="capital_mou").data == RETIRED
    assert ship(monkeypatch, change).added == []


def test_a_retired_item_that_is_shipped_again_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(items: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        return {name: data for name, data in items.items() if name[1] != "capital_mou"}

    with monkeypatch.context() as patch:
        ship(patch, without)
    load_shipped()
    assert queries.indicators()["capital_mou"].retired is None


def test_an_item_that_people_changed_is_not_retired_by_an_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    edited_by_a_person("capital_mou", "Vốn ghi nhớ")

    def change(items: dict[tuple[str, str], str]) -> None:
        del items[FILE, "capital_mou"]

    assert ship(monkeypatch, change).kept == [f"{FILE}: capital_mou"]
    assert queries.indicators()["capital_mou"].retired is None


def test_two_upgrades_with_the_same_content_give_the_same_order_of_retirement(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(items: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        dropped = {"capital_mou", "capital_contributions", "capital_mobilised"}
        return {name: data for name, data in items.items() if name[1] not in dropped}

    ship(monkeypatch, change)
    retired = Entry.objects.filter(data=RETIRED).order_by("order").values_list("key", flat=True)
    assert list(retired) == ["capital_contributions", "capital_mobilised", "capital_mou"]


def test_a_request_that_pinned_a_moment_asks_for_the_catalogue_once() -> None:
    moment = queries.moment_of()
    queries.indicators()
    with pinned_catalogue(moment), CaptureQueriesContext(connection) as asked:
        assert queries.indicators()
        assert queries.territory()
        assert queries.dimensions()
        assert queries.moment_of() == moment
    assert len(asked) == 0


def test_a_past_moment_is_the_same_inside_a_request_that_pinned_another() -> None:
    with pinned_catalogue(head()[0]):
        assert queries.moment_of(0) == 0
        assert queries.newest_moment() == head()[0]


def test_stored_items_make_up_the_files_again() -> None:
    tables = {"a": {"x": 1}, "b": [{"id": "one"}, {"y": 2}]}
    assert files_of(list(items_of("f.toml", tables))) == {"f.toml": tables}


def test_a_catalogue_item_holds_only_what_toml_has() -> None:
    with pytest.raises(TypeError):
        as_json({"a": {1, 2}})
