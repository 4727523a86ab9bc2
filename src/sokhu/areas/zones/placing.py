"""Where zones, plots and boundaries lie today, for the maps of their lists."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.zones.models import Boundary, Plot, Zone
from sokhu.areas.zones.outlines import degrees
from sokhu.kit.registers.declaration import Placed


def placed_zones(zones: QuerySet[Zone]) -> Iterator[Placed]:
    """By the boundary in force, else by where the territory marks it; without either it is on no map."""
    rows = list(zones)
    outlined = {one.zone_id: one for one in _in_force(Boundary.objects.filter(zone__in=rows, plot=None))}
    places = territory().places
    for zone in rows:
        place = places.get(zone.place)
        if (one := outlined.get(zone.pk)) is not None:
            yield _placed(zone.pk, one)
        elif place and place.position:
            yield Placed(zone.pk, (float(place.position.lat), float(place.position.lon)))


def placed_plots(plots: QuerySet[Plot]) -> Iterator[Placed]:
    for one in _in_force(Boundary.objects.filter(plot__in=list(plots))):
        assert one.plot_id is not None
        yield _placed(one.plot_id, one)


def placed_boundaries(boundaries: QuerySet[Boundary]) -> Iterator[Placed]:
    return (_placed(one.pk, one) for one in boundaries)


def _in_force(rows: QuerySet[Boundary]) -> list[Boundary]:
    """Of each zone and plot the one that started last."""
    begun = rows.filter(is_gone=False, starts__lte=timezone.localdate()).order_by("starts", "pk")
    return list({(one.zone_id, one.plot_id): one for one in begun}.values())


def _placed(thing: UUID, one: Boundary) -> Placed:
    return Placed(thing, (degrees((one.south + one.north) // 2), degrees((one.west + one.east) // 2)), one.geometry)
