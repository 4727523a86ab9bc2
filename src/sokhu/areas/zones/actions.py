"""Filling the register of zones from the territory that comes with the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from sokhu.areas.catalogue.queries import dimensions, newest_tables, territory
from sokhu.areas.territory.queries import COUNTRY
from sokhu.areas.zones.follow import FILE
from sokhu.areas.zones.land import restate_zones
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import ZONES
from sokhu.core.place import Place
from sokhu.core.quantity import scaled
from sokhu.kit.registers.actions import KIND, write
from sokhu.kit.sealing.actions import sealed_batch

REASON = "Khu trong địa bàn đi kèm phần mềm, theo nguồn ghi ở từng khu"
WORDS_LIMIT = 300


def take_over_places() -> int:
    """Registers the zones of the territory that the register lacks, with what their source says; how many.

    Economic zones come first: parks inside them point at them.
    """
    known = {zone.place: zone for zone in Zone.objects.all()}
    tables = newest_tables(FILE)
    missing = (one for one in territory().in_use("zone") if one.id not in known)
    new = sorted(missing, key=lambda one: "economic_zone" in tables[one.id])
    with sealed_batch(KIND, author=None, reason=REASON) as batch:
        zones = [known.setdefault(place.id, _zone(place, tables[place.id], known)) for place in new]
        write(batch, replace(ZONES, follow=restate_zones), zones)  # the territory has their places already
    return len(zones)


def _zone(place: Place, table: Mapping[str, Any], known: Mapping[str, Zone]) -> Zone:
    details = place.details
    stages = dimensions().dimensions["zone_status"].words
    status = details.get("status", "")
    return Zone(
        owner=_board(place),
        place=place.id,
        name=place.names[-1].vi,
        name_en=place.names[-1].en,
        kind=place.kinds[-1].kind if place.kinds else "KCN",
        stage=status if status in stages else "",
        province=table.get("province", ""),
        inside=known.get(table.get("economic_zone", "")),
        developer=details.get("developer", ""),
        area=_hectares(details.get("area_ha")),
        industrial_land=_hectares(details.get("industrial_land_ha")),
        established_year=_year(details.get("year")),
        source=place.source[:WORDS_LIMIT],
        evidence=place.evidence,
        note="\n".join(_rest(place, status if status not in stages else "")),
    )


def _board(place: Place) -> str:
    """The board that is responsible today; the central department for a zone of none."""
    boards = territory().groups_of(place.id, timezone.localdate(), kind="board")
    return next(iter(boards), COUNTRY)


def _hectares(text: str | None) -> int | None:
    return scaled(Decimal(text), "ha") if text else None


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _rest(place: Place, status: str) -> list[str]:
    """What the source says besides, in its words: the catalogue's details that have no field of their own."""
    labels = {"decision": "Văn bản", "eco_status": "Sinh thái", "occupancy": "Tỷ lệ lấp đầy"}
    said: list[Any] = [f"{labels[name]}: {text}" for name, text in place.details.items() if name in labels]
    return [*said, *([status] if status else []), *([place.note] if place.note else [])]
