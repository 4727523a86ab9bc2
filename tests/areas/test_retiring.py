"""An upgrade that drops what figures stand on: it stays readable, takes nothing new, conflicts are refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from factories import a_document, a_figure, a_proposal, accept_all, ids_of, reach, said
from sokhu.areas.catalogue import queries as catalogue
from sokhu.areas.catalogue.models import Entry
from sokhu.areas.catalogue.stored import RETIRED, Version, as_json, from_json, last_known
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.actions import correct
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.entering import Entry as Typed
from sokhu.areas.ledger.entering import figure_from, zone_kinds_of
from sokhu.areas.ledger.pages.edit import edit_form
from sokhu.areas.territory.queries import SYSTEM, addressees_for, members_of, name_of, place_choices
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.core.problems import Problems
from sokhu.kit.sealing.queries import head, verify
from sokhu.kit.wording import all_worded
from upgrades import Files, edited_by_a_person, ship, without

pytestmark = pytest.mark.usefixtures("book")
MILLION = 1_000_000
INVESTMENT = "indicators/investment.toml"
QUANG_NINH = ("province/quang-ninh", "board/quang-ninh")
BLOCK = "block/dong-bang-song-hong"


@pytest.fixture(autouse=True)
def fresh_moments() -> Iterator[None]:
    catalogue._catalogue.cache_clear()
    yield
    catalogue._catalogue.cache_clear()


def total(indicator: str = "capital_new", place: str = "province/hai-phong", period: str = "2024") -> int | None:
    return answer(SYSTEM, Question(indicator, place, named(period), currency="USD")).amount


def mark() -> str:
    return f"(ngừng dùng từ {timezone.localdate():%d/%m/%Y})"


def refused_codes(figure: dict[str, object]) -> list[str]:
    proposal = a_proposal(figure, document=a_document(""))
    return [problem.code for _, problem in accept_all(SYSTEM, proposal).refused]


# --- an indicator ---------------------------------------------------------------------------------------------------


def test_a_figure_of_a_retired_indicator_keeps_its_name_and_definition_with_the_mark() -> None:
    said(SYSTEM, a_figure("100", indicator="capital_mou"), a_document(""))
    before = catalogue.indicators()["capital_mou"]
    ship(without("capital_mou"))
    after = catalogue.indicators()["capital_mou"]
    assert after.definition_vi == before.definition_vi
    assert after.retired == timezone.localdate()
    assert shown.indicator_name("capital_mou") == f"{before.name_vi} {mark()}"


def test_a_retired_indicator_takes_no_new_figure_and_is_no_choice() -> None:
    proposal = a_proposal(a_figure("100", indicator="capital_mou"), document=a_document(""))
    ship(without("capital_mou"))
    ((_, problem),) = accept_all(SYSTEM, proposal).refused
    assert problem.code == "ledger.indicator_retired"
    choices = edit_form(proposal.figures.get(pk=ids_of(proposal)[0]), {}, {})["selects"][0]["options"]
    assert "capital_new" in {one["value"] for one in choices}
    assert "capital_mou" not in {one["value"] for one in choices}


def test_a_figure_that_stands_may_be_corrected_after_its_indicator_was_retired() -> None:
    first = said(SYSTEM, a_figure("100", indicator="capital_mou"), a_document(""))
    ship(without("capital_mou"))
    correct(SYSTEM, first.pk, "150 triệu USD", "sửa")
    assert total("capital_mou") == 150 * MILLION


def test_totals_of_a_retired_formula_and_of_its_parts_are_still_answered() -> None:
    for indicator, value in (("capital_new", "100"), ("capital_added", "50")):
        said(SYSTEM, a_figure(value, indicator=indicator), a_document(""))
    ship(without("capital_new_and_added"))
    assert total("capital_new_and_added") == 150 * MILLION
    ship(without("capital_new_and_added", "capital_added"))
    assert total("capital_new_and_added") == 150 * MILLION


def test_an_indicator_that_moves_to_another_file_is_in_use() -> None:
    def move(files: Files) -> None:
        files["indicators/capital.toml"]["capital_mou"] = files[INVESTMENT].pop("capital_mou")

    assert len(ship(move).added) == 2
    assert catalogue.indicators()["capital_mou"].retired is None
    assert catalogue.indicators()["capital_mou"].group == "capital"


def test_what_is_retired_keeps_the_day_on_which_it_was() -> None:
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    lists = [{"x": {"values": {"a": {"vi": "a"}}}}, {"x": {}}, {"x": {"vi": "x"}}]
    versions = [Version(as_json(data), day, 1, 1) for data, day in zip(lists, days, strict=True)]
    known = from_json(last_known("dimensions/main.toml", versions))
    assert known["x"]["values"]["a"] == {"vi": "a", "retired": days[1]}
    item = [Version(as_json({"vi": "a"}), days[0], 1, 1), Version(RETIRED, days[1], 2, 1)]
    assert from_json(last_known("indicators/a.toml", item)) == {"vi": "a", "retired": days[1]}


def test_a_retired_indicator_place_or_value_cannot_be_entered_by_hand() -> None:
    typed = {"indicator": "zones_established", "place": "province/hai-phong", "period": "2024", "as_written": "5 khu"}

    def change(files: Files) -> None:
        without("capital_mou", "province/quang-ninh", "board/quang-ninh")(files)
        del files["dimensions/main.toml"]["dimension"]["zone_kind"]["values"]["KCX"]

    assert "KCX" in zone_kinds_of(catalogue.indicators()["zones_established"])
    ship(change)
    for field, value in (("indicator", "capital_mou"), ("place", "province/quang-ninh"), ("zone_kind", "KCX")):
        with pytest.raises(Problems) as caught:
            figure_from(Typed(**typed | {field: value}), "theo điện thoại")
        assert [problem.where for problem in caught.value.problems] == [field]


# --- a dimension value ----------------------------------------------------------------------------------------------


def test_a_value_that_is_dropped_stays_known_with_the_mark_and_takes_no_new_figure() -> None:
    one = said(SYSTEM, a_figure("7", "khu", indicator="zones_established", zone_kind="KCX"), a_document(""))

    def change(files: Files) -> None:
        del files["dimensions/main.toml"]["dimension"]["zone_kind"]["values"]["KCX"]

    ship(change)
    word = catalogue.dimensions().dimensions["zone_kind"].words["KCX"]
    assert (word.vi, word.retired) == ("khu chế xuất", timezone.localdate())
    assert shown.value_words("zone_kind", one.cell.zone_kind) == f"KCX {mark()}"
    again = a_figure("8", "khu", indicator="zones_established", zone_kind="KCX")
    assert refused_codes(again) == ["ledger.value_retired"]
    assert word not in catalogue.dimensions().dimensions["zone_kind"].on(date(2024, 1, 1))


def test_a_dimension_that_is_dropped_stays_known_and_no_indicator_may_name_it() -> None:
    def change(files: Files) -> None:
        del files["dimensions/main.toml"]["dimension"]["zone_kind"]

    with pytest.raises(Problems, match=r"catalogue.unknown_dimension at indicators/.*\.toml: \w+\.dimensions"):
        ship(change)


# --- a place --------------------------------------------------------------------------------------------------------


def test_a_figure_of_a_retired_place_keeps_its_name_with_the_mark() -> None:
    said(SYSTEM, a_figure("50", place="province/quang-ninh"), a_document(""))
    ship(without(*QUANG_NINH))
    assert name_of("province/quang-ninh") == f"Quảng Ninh {mark()}"
    assert total(place="province/quang-ninh") == 50 * MILLION


def test_a_retired_place_takes_no_new_figure_and_is_no_choice() -> None:
    assert "province/quang-ninh" in dict(place_choices())
    ship(without(*QUANG_NINH))
    assert refused_codes(a_figure("5", place="province/quang-ninh")) == ["ledger.place_retired"]
    assert "province/quang-ninh" not in dict(place_choices())
    assert catalogue.territory().find("province", "Quảng Ninh", date(2024, 1, 1)) is None
    assert "province/quang-ninh" not in {
        one.id for one in catalogue.territory().places_on("province", date(2024, 1, 1))
    }


@pytest.mark.parametrize("whole", [BLOCK, "region/dong-bang-song-hong", "country/viet-nam"])
def test_totals_of_the_days_before_still_count_a_retired_place(whole: str) -> None:
    for place, value in (("province/hai-phong", "100"), ("province/quang-ninh", "50")):
        said(SYSTEM, a_figure(value, place=place), a_document(""))
    before = total(place=whole)
    ship(without(*QUANG_NINH))
    assert total(place=whole) == before == 150 * MILLION
    assert not set(QUANG_NINH) & set(members_of(whole, named("2031")))


def test_a_retired_merger_still_adds_up_its_parts() -> None:
    for place, value in (("province/hai-phong", "100"), ("province/hai-duong", "50")):
        said(SYSTEM, a_figure(value, place=place), a_document(""))
    gone = ("province/hai-phong-2025", "province/hai-phong", "province/hai-duong")
    ship(without(*gone, "board/hai-phong-2025", "board/hai-phong", "board/hai-duong"))
    assert total(place="province/hai-phong-2025") == 150 * MILLION


def test_people_of_a_retired_authority_still_see_their_book() -> None:
    one = said(reach("an"), a_figure("100"))
    ship(without("board/hai-phong-2025", "board/hai-phong", "board/hai-duong"))
    assert one.owner in reach("an").own
    assert answer(reach("an"), Question("capital_new", "province/hai-phong", named("2024"))).amount == 100 * MILLION


def test_nothing_is_submitted_to_a_retired_block() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    block = next(one for one in addressees_for("board/bac-ninh-2025", tomorrow) if one.startswith("block/"))
    ship(without(block))
    assert block not in addressees_for("board/bac-ninh-2025", tomorrow)


# --- conflicts ------------------------------------------------------------------------------------------------------


def conflicts(change: object, *parts: str) -> None:
    """The upgrade is refused as a whole: nothing sealed, the catalogue of before answers."""
    before, digest, count = head(), catalogue.catalogue_digest(), Entry.objects.count()
    with pytest.raises(Problems) as caught:
        ship(change)  # type: ignore[arg-type]
    told = all_worded(caught.value, "vi")
    assert all(any(part in sentence for sentence in told) for part in parts), told
    assert (head(), catalogue.catalogue_digest(), Entry.objects.count()) == (before, digest, count)
    assert verify().broken is None


def test_an_upgrade_that_drops_what_a_kept_formula_needs_is_refused_as_a_whole() -> None:
    edited_by_a_person(INVESTMENT, "capital_new_and_added", name_vi="Vốn của bộ")
    dropped = without("capital_added")

    def change(files: Files) -> None:
        dropped(files)
        files[INVESTMENT]["capital_new"]["name_vi"] = "Tên của bản mới"

    conflicts(change, f"{INVESTMENT}: capital_new_and_added.plus: ", "capital_added", "ngừng dùng")
    assert catalogue.indicators()["capital_new"].name_vi == "Vốn đăng ký cấp mới"
    assert catalogue.indicators()["capital_added"].retired is None


def test_a_kept_unit_that_does_not_fit_a_formula_of_the_new_version_is_refused() -> None:
    edited_by_a_person(INVESTMENT, "capital_mou", unit="person", dimensions=[])

    def change(files: Files) -> None:
        files[INVESTMENT]["capital_new_and_added"]["plus"].append("capital_mou")

    conflicts(change, f"{INVESTMENT}: capital_new_and_added.plus: ", "capital_mou")


def test_an_upgrade_that_drops_a_place_which_a_kept_zone_names_is_refused() -> None:
    key = "zone/kcn-thang-long"
    edited_by_a_person("territory/zones.toml", key, province="province/quang-ninh", note="đã sửa")
    conflicts(without(*QUANG_NINH), f"territory/zones.toml: {key}", "province/quang-ninh", "ngừng dùng")


def test_every_conflict_is_told_at_once() -> None:
    edited_by_a_person(INVESTMENT, "capital_new_and_added", name_vi="Vốn của bộ")
    conflicts(without("capital_added", "capital_new"), "capital_added", "capital_new,")


def test_an_upgrade_that_adds_a_kind_of_stream_puts_it_into_the_order_and_retires_the_old_one() -> None:
    def change(files: Files) -> None:
        words = files["dimensions/words.toml"]
        words["list"]["stream"]["values"]["newswire"] = {"vi": "hãng tin", "en": "news agency"}
        for one in words["precedence"]:
            one["order"] = [*one["order"], "newswire"]

    ship(change)
    assert catalogue.dimensions().precedence_on(date(2026, 1, 1))[-1] == "newswire"
