"""The names a figure may have: indicators and units of the reading contract."""

from __future__ import annotations

_INDICATORS = """
    projects_new projects_adjusted projects_attracted projects_reduced projects_revoked projects_started_operation
    projects_mou capital_new capital_added capital_new_and_added capital_reduced capital_revoked capital_mobilised
    capital_contributions capital_mou project_capital_added plan_value investor_meetings
    projects_valid projects_operating projects_under_construction projects_delayed projects_not_started
    projects_infrastructure capital_registered_total capital_disbursed disbursement_rate capital_infrastructure
    source_countries investment_density
    zones_planned zones_established zones_operating zones_under_construction zones_land_quota zones_full
    zones_eco_proposed zones_count zone_area industrial_land_area land_leased factory_leased occupancy_rate
    wastewater_plants
    revenue industrial_output export_value import_value budget_payment enterprises_count enterprises_new
    enterprises_new_capital jobs_total jobs_created jobs_local jobs_domestic jobs_female jobs_foreign avg_income
    procedures_total procedures_online procedures_postal enterprises_inspected enterprises_fined fines
    growth_rate yoy_ratio plan_completion plan_excess share ratio_times jobs_net_change
"""
INDICATORS = frozenset(_INDICATORS.split())

MONEY = frozenset({"USD", "VND"})

# Units by how the name of an indicator begins; the first that fits holds.
UNITS_BY_BEGINNING = (
    ("projects_adjusted", {"projects", "adjustments"}),
    ("project_capital", MONEY),
    ("projects_", {"projects"}),
    ("capital_", MONEY),
    ("zone_area", {"ha"}),
    ("zones_", {"zones"}),
    ("wastewater_plants", {"zones"}),
    ("industrial_land_area", {"ha"}),
    ("land_leased", {"ha"}),
    ("jobs_", {"workers"}),
    ("procedures_", {"procedures"}),
    ("source_countries", {"countries"}),
    ("enterprises_new_capital", MONEY),
    ("enterprises_", {"enterprises"}),
    ("ratio_times", {"times"}),
    ("investment_density", {"USD/ha"}),
    *((name, {"percent"}) for name in ("growth_rate", "disbursement_rate", "occupancy_rate", "share")),
    *((name, MONEY) for name in ("revenue", "industrial_output", "export_value", "import_value", "budget_payment")),
)


def units_of(indicator: str) -> frozenset[str]:
    """The units an indicator of the sourced book can be told in; empty for one the book has no figure of."""
    for beginning, units in UNITS_BY_BEGINNING:
        if indicator.startswith(beginning):
            return frozenset(units)
    return frozenset()
