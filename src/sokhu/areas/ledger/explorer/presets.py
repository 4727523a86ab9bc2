"""The questions that people ask every month, each for the reader's own board, its block, or the country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sokhu.areas.ledger.explorer.view import Columns, View
from sokhu.areas.ledger.shown import indicator_name
from sokhu.areas.territory.queries import COUNTRY, Reach, home_block, home_places, short_name_of
from sokhu.core.period import Period

Where = Literal["own", "block", "country"]


@dataclass(frozen=True, slots=True)
class Preset:
    """where: whose figures."""

    label: Promise | str
    indicators: tuple[str, ...]
    where: Where = "own"
    by: str = ""
    columns: Columns = "bon"
    ownership: str = ""


ATTRACTED = (
    "projects_new",
    "capital_new",
    "projects_adjusted",
    "capital_added",
    "capital_new_and_added",
    "capital_disbursed_in_period",
    "disbursement_rate",
)
LAND = (
    "zones_count",
    "zones_established",
    "zones_operating",
    "zone_area",
    "industrial_land_area",
    "land_leased",
    "occupancy_rate",
    "land_vacant_ready",
)
PRESETS = (
    Preset(_("Thu hút đầu tư"), ATTRACTED, ownership="tach"),
    Preset(_("Đất và tỷ lệ lấp đầy"), LAND),
    Preset(_("Lao động"), ("jobs_total", "jobs_domestic", "jobs_foreign", "jobs_female", "jobs_created", "avg_income")),
    Preset(
        _("Sản xuất, kinh doanh"),
        ("revenue", "industrial_output", "export_value", "import_value", "budget_payment", "enterprises_count"),
        ownership="tach",
    ),
    Preset(
        _("Từng khu"),
        ("zone_area", "industrial_land_area", "land_leased", "occupancy_rate", "projects_valid", "jobs_total"),
        by="khu",
        columns="chi-tieu",
    ),
    Preset(_("Các ban trong khối"), ("capital_new_and_added", "projects_new"), where="block", by="ban"),
    Preset(
        _("Toàn quốc theo vùng"),
        (
            "zones_established",
            "zone_area",
            "occupancy_rate",
            "projects_valid",
            "capital_registered_total",
            "jobs_total",
        ),
        where="country",
        by="vung",
        columns="chi-tieu",
    ),
    Preset(
        _("Toàn quốc theo tỉnh"),
        ("zones_established", "zone_area", "occupancy_rate", "projects_valid", "capital_registered_total"),
        where="country",
        by="tinh",
        columns="chi-tieu",
    ),
)


def view_of_preset(preset: Preset, mine: Reach, periods: tuple[Period, ...], place: str = "") -> View:
    """The preset for a reader. place: whose figures to show where the preset is about one's own."""
    return View(
        indicators=preset.indicators,
        places=(_place_of(preset, mine, place),),
        periods=periods,
        by=preset.by,
        ownership=preset.ownership,
        columns=preset.columns,
    )


def _place_of(preset: Preset, mine: Reach, place: str) -> str:
    if preset.where == "own":
        return place or home_places(mine)[0]
    return COUNTRY if preset.where == "country" else home_block(mine)


def views_offered(mine: Reach, now: View) -> Iterator[tuple[Preset, View]]:
    """Every preset as a view that keeps the periods, the map and the moment of what is shown now.

    What is about one's own is about the place shown, where that is a single one.
    """
    place = now.places[0] if len(now.places) == 1 and not now.by else ""
    for preset in PRESETS:
        made = view_of_preset(preset, mine, now.periods, place)
        yield (
            preset,
            replace(made, map_day=now.map_day, at=now.at, currency=now.currency, rate_day=now.rate_day),
        )


def preset_of(view: View) -> Preset | None:
    """The preset whose indicators a view shows for members of the same kind."""
    return next((one for one in PRESETS if (one.indicators, one.by) == (view.indicators, view.by)), None)


def title_of_preset(view: View) -> str:
    """What a view that is a preset of the country or a block is called; "" for all others."""
    preset = preset_of(view)
    if preset is None or preset.where == "own" or len(view.places) > 1:
        return ""
    place = "" if view.places == (COUNTRY,) else f", {short_name_of(view.places[0])}"
    return f"{preset.label}{place}"


def indicators_title(view: View) -> str:
    """What a table is about: its one indicator, the name of a preset, or how many indicators."""
    if len(view.indicators) == 1:
        return indicator_name(view.indicators[0])
    own = (one for one in PRESETS if one.indicators == view.indicators and one.where == "own" and not one.by)
    preset = next(own, None)
    return str(preset.label) if preset else str(_("%(count)s chỉ tiêu")) % {"count": len(view.indicators)}
