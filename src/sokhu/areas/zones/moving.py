"""What the registers of zones and leases move in the ledger, and how their movements are made again to be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sokhu.areas.ledger.registers import Gap, MovingRegister
from sokhu.areas.zones.land import as_plot, land_of, lease_movements_of, plot_movements_of, zone_movements
from sokhu.areas.zones.models import LandUse, Lease, OfZone, Plot, Zone
from sokhu.core.movement import Moved

T = TypeVar("T", bound=OfZone)
AREAS = ("zone_area", "industrial_land_area", "land_public", "land_reserved_small", "worker_housing_land")
COUNTS = ("zones_planned", "zones_established", "zones_under_construction", "zones_operating")


def _page(register: str, thing: UUID) -> str:
    return reverse("thing", args=[register, thing])


def _names(zones: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Zone.objects.filter(pk__in=set(zones)).values_list("pk", "name"))


def _contracts(leases: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Lease.objects.filter(pk__in=set(leases)).values_list("pk", "contract"))


def _codes(plots: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Plot.objects.filter(pk__in=set(plots)).values_list("pk", "code"))


def _of_zones() -> Iterator[tuple[UUID, Moved]]:
    for land in land_of(Zone.objects.filter(is_gone=False)).values():
        yield from ((land.zone.pk, one) for one in zone_movements(land))


def _of_leases() -> Iterator[tuple[UUID, Moved]]:
    by_zone = _by_zone(Lease.objects.filter(is_gone=False))
    plots = {plot.pk: as_plot(plot) for plot in Plot.objects.all()}
    for zone in Zone.objects.filter(is_gone=False):
        for lease_id, moves in lease_movements_of(zone, by_zone[zone.pk], plots).items():
            yield from ((lease_id, one) for one in moves)


def _of_plots() -> Iterator[tuple[UUID, Moved]]:
    plots, leases = _by_zone(Plot.objects.filter(is_gone=False)), _by_zone(Lease.objects.filter(is_gone=False))
    for zone in Zone.objects.filter(is_gone=False):
        for plot_id, moves in plot_movements_of(zone, plots[zone.pk], leases[zone.pk]).items():
            yield from ((plot_id, one) for one in moves)


def _by_zone(rows: Iterable[T]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[row.zone_id].append(row)
    return found


def list_without(register: str, child: str, authority: str) -> str:
    """The address of the things of an authority's book to which nothing of another register belongs."""
    return f"{reverse('register', args=[register])}?{urlencode({'thieu': child, 'so-cua': authority})}"


def zones_without(child: str, having: QuerySet[Any, Any], authority: str, words: str) -> Gap:
    """Of the zones of an authority's book those that a register knows nothing of. having: the zones that it knows."""
    zones = Zone.objects.filter(owner=authority, is_gone=False)
    without = zones.exclude(pk__in=having).count()
    return Gap(words, without, zones.count(), list_without("zones", child, authority))


def _gaps_of_zones(authority: str) -> list[Gap]:
    having = LandUse.objects.filter(is_gone=False).values("zone")
    return [zones_without("land-uses", having, authority, gettext("khu chưa có cơ cấu sử dụng đất"))]


def _gaps_of_plots(authority: str) -> list[Gap]:
    having = Plot.objects.filter(is_gone=False).values("zone")
    return [zones_without("plots", having, authority, gettext("khu chưa có lô đất nào"))]


def _gaps_of_leases(authority: str) -> list[Gap]:
    having = Lease.objects.filter(is_gone=False).values("zone")
    return [zones_without("leases", having, authority, gettext("khu chưa có hợp đồng thuê nào"))]


ZONES = MovingRegister(
    "zones",
    _("Khu công nghiệp, khu kinh tế"),
    (*AREAS, *COUNTS, "land_handed_over"),
    partial(_page, "zones"),
    _names,
    _of_zones,
    of_all=frozenset(AREAS),
    gaps=_gaps_of_zones,
)
PLOTS = MovingRegister(
    "plots",
    _("Lô đất"),
    ("land_vacant_ready",),
    partial(_page, "plots"),
    _codes,
    _of_plots,
    gaps=_gaps_of_plots,
)
LEASES = MovingRegister(
    "leases",
    _("Cho thuê đất, nhà xưởng"),
    ("land_leased", "land_leased_change", "factory_leased"),
    partial(_page, "leases"),
    _contracts,
    _of_leases,
    gaps=_gaps_of_leases,
)
