"""Every label of the corpus is well formed: it quotes its text and speaks the words of the contract."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from gold.score import Row, load_gold, load_text

HERE = Path(__file__).parent
LABELS = sorted(HERE.glob("*read/*.gold.jsonl"))
TEXTS = sorted(HERE.glob("*read/*.txt"))

UNIT_WORDS = """
USD VND ha projects adjustments zones enterprises workers percent procedures km households times
VND/person/month countries m2 USD/ha deals meetings areas provinces rank
"""
INDICATOR_WORDS = """
projects_new projects_adjusted projects_attracted projects_reduced projects_revoked projects_started_operation
projects_mou capital_new capital_added capital_new_and_added capital_reduced capital_revoked capital_mobilised
capital_contributions capital_mou project_capital_added plan_value investor_meetings projects_valid
projects_operating projects_under_construction projects_delayed projects_not_started projects_infrastructure
capital_registered_total capital_disbursed disbursement_rate capital_infrastructure source_countries
investment_density zones_planned zones_established zones_operating zones_under_construction zones_land_quota
zones_full zones_eco_proposed zones_count zone_area industrial_land_area land_leased factory_leased
occupancy_rate wastewater_plants revenue industrial_output export_value import_value budget_payment
enterprises_count enterprises_new enterprises_new_capital jobs_total jobs_created jobs_local jobs_domestic
jobs_female jobs_foreign avg_income procedures_total procedures_online procedures_postal enterprises_inspected
enterprises_fined fines growth_rate yoy_ratio plan_completion plan_excess share ratio_times jobs_net_change
"""
UNITS, INDICATORS = set(UNIT_WORDS.split()), set(INDICATOR_WORDS.split())
DAY = r"\d{4}(-Q[1-4]|-H[12]|-\d{2}(-\d{2})?)?"
PERIOD = re.compile(rf"{DAY}(\.\.{DAY})?")


@pytest.fixture(scope="module", params=LABELS, ids=lambda path: path.name.removesuffix(".gold.jsonl"))
def labelled(request: pytest.FixtureRequest) -> tuple[str, list[Row]]:
    labels: Path = request.param
    return load_text(labels.with_name(labels.name.replace(".gold.jsonl", ".txt"))), load_gold(labels)


def test_every_text_has_its_labels_and_every_label_its_text() -> None:
    named = {path.with_name(path.name.removesuffix(".gold.jsonl") + ".txt") for path in LABELS}
    assert named == set(TEXTS)


def test_each_quote_stands_where_its_label_says(labelled: tuple[str, list[Row]]) -> None:
    text, rows = labelled
    assert [row["quote"] for row in rows] == [text[row["start"] : row["end"]] for row in rows]


def test_labels_speak_the_words_of_the_contract(labelled: tuple[str, list[Row]]) -> None:
    for row in labelled[1]:
        assert row["unit"] in UNITS, row
        assert row["indicator"] in INDICATORS | {None}, row
        assert row["ownership"] in {"FDI", "DDI", None}, row
        assert row["status"] in {"fact", "target", "repeat"}, row
        for period in [row["period"], *row.get("period_or", ())]:
            assert period is None or PERIOD.fullmatch(period), row


def test_values_are_plain_decimals(labelled: tuple[str, list[Row]]) -> None:
    for row in labelled[1]:
        assert f"{Decimal(row['value']):f}" == row["value"], row


def test_no_figure_is_labelled_twice(labelled: tuple[str, list[Row]]) -> None:
    counted = Counter((row["start"], row["value"], row["unit"], row["indicator"]) for row in labelled[1])
    assert [key for key, count in counted.items() if count > 1] == []


def test_the_corpus_holds_every_unit_and_indicator_of_the_contract() -> None:
    rows = [row for path in LABELS for row in load_gold(path)]
    assert INDICATORS - {row["indicator"] for row in rows} == set()
    assert UNITS - {row["unit"] for row in rows} == {"rank"}, "ranks are no figures"
