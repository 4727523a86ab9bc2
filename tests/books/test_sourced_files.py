"""The sourced book's files: they parse, they say where every figure is from, and what must add up adds up."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from books.sourced import DOCUMENTS, about, gold_of, only, sources, text_of
from sokhu.core.indicator import load_indicators
from sokhu.core.measure import amount_in_cell
from sokhu.core.period import named

INDICATORS = load_indicators()
GOLD = [(document, figure) for document in DOCUMENTS for figure in gold_of(document)]
AGGREGATES = [(source, figure) for source in sources() for figure in source["figures"]]
EVERY = [figure for _, figure in GOLD] + [figure for _, figure in AGGREGATES]

HAI_PHONG_2021, BLOCK_2020, MID_2024 = (gold_of(document) for document in DOCUMENTS)


def aggregates(source_id: str) -> list[dict[str, Any]]:
    [found] = [source["figures"] for source in sources() if source["id"] == source_id]
    return list(found)


def told(number: str, thousands: str, point: str) -> list[str]:
    """The significant digits of every number in a passage: '2.628,33 triệu' -> ['262833']."""
    found = re.findall(r"\d[\d.,]*", number)
    plain = [one.strip(".,").replace(thousands, "").replace(point, ".") for one in found]
    return [significant(one) for one in plain]


def significant(number: str) -> str:
    digits = number.rstrip("0") if "." in number else number
    return digits.replace(".", "").strip("0")


# ---------------------------------------------------------------- documents


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_says_on_its_first_line_what_it_is_a_summary_of(document: str) -> None:
    first = text_of(document).splitlines()[0]
    source = about(document)
    assert first.startswith("Bản tóm lược do Sổ Khu viết lại từ: ")
    assert source["publisher"] in first
    assert source["original"]["title"] in first
    assert source["published"].strftime("%d/%m/%Y") in first


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_its_stream_its_places_and_its_licence(document: str) -> None:
    source = about(document)
    assert isinstance(source["published"], dt.date)
    assert source["stream"]["kind"] in {"press", "report"}
    assert source["stream"]["speaker"]
    assert source["language"] == "vi"
    assert source["evidence"] in {"FOUND", "BK"}
    assert source["licence"]["text"] == "Apache-2.0"
    assert {place["kind"] for place in source["about"]} <= {"province", "block", "zone"}
    assert {figure["scope"] for figure in gold_of(document)} == {place["name"] for place in source["about"]}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_composed_text_with_plain_line_ends(document: str) -> None:
    text = text_of(document)
    assert unicodedata.normalize("NFC", text) == text
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert text.endswith("\n")


@pytest.mark.parametrize(("document", "figure"), GOLD)
def test_a_label_quotes_the_text_at_its_place(document: str, figure: dict[str, Any]) -> None:
    assert figure["article"] == document
    assert text_of(document)[figure["start"] : figure["end"]] == figure["quote"]


@pytest.mark.parametrize(("document", "figure"), GOLD)
def test_a_label_has_the_digits_of_its_quote(document: str, figure: dict[str, Any]) -> None:
    assert significant(figure["value"]) in told(figure["quote"], ".", ",")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_labels_come_in_reading_order_and_once_each(document: str) -> None:
    labels = [(one["start"], one["end"], one["indicator"]) for one in gold_of(document)]
    assert [label[0] for label in labels] == sorted(label[0] for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_refinement_names_one_label(document: str) -> None:
    quotes = Counter(figure["quote"] for figure in gold_of(document))
    for refine in about(document).get("refine", []):
        assert quotes[refine["quote"]] == 1, refine
        assert set(refine) - {"quote"} <= {"zone_kind", "sector", "other"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_two_labels_tell_the_same_cell(document: str) -> None:
    refined = {refine["quote"]: tuple(sorted(refine.items())) for refine in about(document).get("refine", [])}
    cells = Counter(
        (one["indicator"], one["ownership"], one["scope"], one["period"], one["unit"], refined.get(one["quote"]))
        for one in gold_of(document)
        if one["unit"] not in {"percent", "times"}
    )
    assert [cell for cell, count in cells.items() if count > 1] == []


# ---------------------------------------------------------------- aggregates


@pytest.mark.parametrize("source", sources(), ids=lambda source: source["id"])
def test_a_source_says_who_speaks_about_what(source: dict[str, Any]) -> None:
    assert source["publisher"]
    assert source["speaker"]
    assert source["kind"] in {"press", "report"}
    assert source["evidence"] in {"FOUND", "BK"}
    assert isinstance(source.get("published", dt.date.min), dt.date)
    assert source["place"]["name"]
    assert source["figures"]


@pytest.mark.parametrize("source", sources(), ids=lambda source: source["id"])
def test_a_province_says_on_which_map_it_lies_and_the_map_fits_the_dates(source: dict[str, Any]) -> None:
    place = source["place"]
    assert place["kind"] in {"country", "province", "zone"}
    assert ("map" in place) == (place["kind"] == "province")
    maps = {
        "after-2025-07-01" if named(one["period"]).last >= dt.date(2025, 7, 1) else "before-2025-07-01"
        for one in source["figures"]
        if one.get("status") != "target"  # a plan for 2025 was made on the map of its day
    }
    assert place["kind"] != "province" or maps == {place["map"]}


def test_a_source_has_one_name_of_its_own() -> None:
    names = Counter(source["id"] for source in sources())
    assert max(names.values()) == 1


def test_a_hundred_figures_and_more_are_sourced() -> None:
    assert len(AGGREGATES) >= 100


@pytest.mark.parametrize(("source", "figure"), AGGREGATES)
def test_a_figure_has_the_digits_it_was_written_with(source: dict[str, Any], figure: dict[str, Any]) -> None:
    written = figure["as_written"]
    assert significant(figure["value"]) in told(written, ",", ".") + told(written, ".", ",")


def test_no_speaker_says_two_things_about_one_cell() -> None:
    cells = Counter(
        (source["speaker"], source["place"]["name"], source["place"].get("map"), *cell_of(figure))
        for source, figure in AGGREGATES
    )
    assert [cell for cell, count in cells.items() if count > 1] == []


def cell_of(figure: dict[str, Any]) -> tuple[object, ...]:
    keys = ("indicator", "ownership", "period", "unit", "zone_kind", "other", "status")
    return tuple(figure.get(key, "") for key in keys)


def test_figures_have_only_known_keys() -> None:
    required = {"indicator", "ownership", "period", "asof", "value", "unit", "as_written"}
    optional = {"approx", "status", "zone_kind", "other", "maturity", "evidence", "note"}
    for _, figure in AGGREGATES:
        assert required <= set(figure) <= required | optional, figure


# ---------------------------------------------------------------- both


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: f"{figure['indicator']}-{figure['value']}")
def test_a_figure_is_told_in_the_words_of_the_catalogue(figure: dict[str, Any]) -> None:
    indicator = INDICATORS[figure["indicator"]]
    amount, _currency = amount_in_cell(indicator, Decimal(figure["value"]), figure["unit"])  # in a unit of its own
    assert amount > 0
    assert figure["ownership"] in {"FDI", "DDI", "", None}
    assert figure.get("status", "fact") in {"fact", "target"}
    assert str(Decimal(figure["value"])) == figure["value"]
    assert figure["period"] is None or named(figure["period"]).name == figure["period"]


# ---------------------------------------------------------------- what must hold


@pytest.mark.parametrize(
    ("indicator", "whole", "unit"),
    [("projects_new", 330, "projects"), ("projects_adjusted", 459, "adjustments")],
)
def test_foreign_and_domestic_projects_of_the_block_make_the_whole(indicator: str, whole: int, unit: str) -> None:
    parts = [only(BLOCK_2020, indicator=indicator, ownership=kind, unit=unit) for kind in ("FDI", "DDI")]
    assert sum(parts) == only(BLOCK_2020, indicator=indicator, ownership=None, unit=unit) == whole


@pytest.mark.parametrize(("ownership", "rate"), [("FDI", "62.96"), ("DDI", "73.75")])
def test_the_blocks_disbursement_rate_is_disbursed_over_registered(ownership: str, rate: str) -> None:
    disbursed = only(BLOCK_2020, indicator="capital_disbursed", ownership=ownership)
    registered = only(BLOCK_2020, indicator="capital_registered_total", ownership=ownership)
    assert round(100 * disbursed / registered, 2) == Decimal(rate)
    assert only(BLOCK_2020, indicator="disbursement_rate", ownership=ownership) == Decimal(rate)


def test_foreign_and_domestic_projects_of_hai_phong_make_the_whole_in_2024() -> None:
    parts = [only(MID_2024, indicator="projects_valid", ownership=kind, scope="Hải Phòng") for kind in ("FDI", "DDI")]
    assert sum(parts) == only(MID_2024, indicator="projects_valid", ownership=None, scope="Hải Phòng") == 784


def test_hai_phong_offers_eighteen_of_twenty_six_procedures_online() -> None:
    online = only(HAI_PHONG_2021, indicator="procedures_online")
    total = only(HAI_PHONG_2021, indicator="procedures_total")
    assert (online, total) == (18, 26)
    assert round(100 * online / total, 1) == Decimal("69.2")


def test_new_and_added_capital_of_hai_phong_make_what_the_worked_checks_say() -> None:
    def attracted(ownership: str) -> Decimal:
        return sum(
            (only(HAI_PHONG_2021, indicator=name, ownership=ownership) for name in ("capital_new", "capital_added")),
            Decimal(0),
        )

    assert attracted("FDI") == Decimal("2955.78") * 10**6
    assert attracted("DDI") == 135_547 * 10**9
    assert attracted("DDI") == only(
        aggregates("hai-phong-2021"), indicator="capital_new_and_added", ownership="DDI", period="2021"
    )


def test_two_papers_tell_the_same_of_hai_phong_in_2021() -> None:
    other = aggregates("hai-phong-2021")
    for figure in HAI_PHONG_2021[:8]:
        cell = {key: figure[key] for key in ("indicator", "ownership", "period", "unit")}
        assert only(other, **cell) == Decimal(figure["value"])


@pytest.mark.parametrize("source_id", ["hai-phong-2021-06", "bac-giang-2023", "ha-nam-2022-12", "quang-ngai-2023-02"])
def test_foreign_and_domestic_projects_of_a_province_make_the_whole(source_id: str) -> None:
    figures = aggregates(source_id)
    parts = [only(figures, indicator="projects_valid", ownership=kind) for kind in ("FDI", "DDI")]
    assert sum(parts) == only(figures, indicator="projects_valid", ownership="")


def test_foreign_and_domestic_capital_of_quang_ngai_make_the_whole() -> None:
    figures = aggregates("quang-ngai-2023-02")
    parts = [only(figures, indicator="capital_registered_total", ownership=kind) for kind in ("FDI", "DDI")]
    assert sum(parts) == only(figures, indicator="capital_registered_total", ownership="")


@pytest.mark.parametrize("source_id", ["viet-nam-2024-06", "viet-nam-2017-06"])
def test_zones_of_the_country_operate_or_are_being_built(source_id: str) -> None:
    figures = aggregates(source_id)
    parts = [only(figures, indicator=name) for name in ("zones_operating", "zones_under_construction")]
    assert sum(parts) == only(figures, indicator="zones_established")


@pytest.mark.parametrize(
    ("source_id", "computed", "printed"),
    [("dai-an-2021-10", "87.85", "87.86"), ("ha-nam-2022-12", "80.65", "80.6")],
)
def test_an_occupancy_rate_that_its_parts_do_not_make_is_kept_as_printed(
    source_id: str, computed: str, printed: str
) -> None:
    figures = aggregates(source_id)
    leased, land = (only(figures, indicator=name) for name in ("land_leased", "industrial_land_area"))
    assert round(100 * leased / land, 2) == Decimal(computed)
    assert only(figures, indicator="occupancy_rate") == Decimal(printed)


@pytest.mark.parametrize(("source_id", "rate"), [("bac-ninh-2019", "66.98"), ("vinh-phuc-2022-11", "56.57")])
def test_an_occupancy_rate_left_out_follows_from_its_parts(source_id: str, rate: str) -> None:
    figures = aggregates(source_id)
    leased, land = (only(figures, indicator=name) for name in ("land_leased", "industrial_land_area"))
    assert round(100 * leased / land, 2) == Decimal(rate)
    assert not [one for one in figures if one["indicator"] == "occupancy_rate"]
