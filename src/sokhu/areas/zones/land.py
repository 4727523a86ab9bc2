"""The land of zones out of their registers: plans, plots and leases as `core.land` has them, and what they move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sokhu.areas.ledger.movements import restate
from sokhu.areas.zones.models import Decision, LandUse, OfZone, Phase, PlotStatus, Stage, Zone
from sokhu.areas.zones.models import Lease as LeaseRow
from sokhu.areas.zones.models import Plot as PlotRow
from sokhu.core.land.balance import LandPlan, balance_finding, ha, use_total
from sokhu.core.land.leases import Lease, LeasedPart, Plot, what_is_wrong
from sokhu.core.land.life import ENDED, Step, life_movements
from sokhu.core.land.moves import Level, handover_movements, lease_movements, level_movements, vacancy_movements
from sokhu.core.land.occupancy import Occupancy, occupancy, occupancy_findings
from sokhu.core.movement import Moved
from sokhu.core.problems import Problem
from sokhu.kit.sealing.actions import OpenBatch

DAY = timedelta(days=1)
T = TypeVar("T", bound=OfZone)


@dataclass(slots=True)
class ZoneLand:
    """What the registers say of one zone's land and life."""

    zone: Zone
    decisions: list[Decision] = field(default_factory=list)
    lines: dict[UUID, dict[str, int]] = field(default_factory=dict)  # decision -> use -> amount
    stages: list[Stage] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    plots: dict[UUID, Plot] = field(default_factory=dict)
    ready: dict[UUID, date] = field(default_factory=dict)  # plots that can be let -> from when on
    leases: list[Lease] = field(default_factory=list)

    @property
    def plans(self) -> list[LandPlan]:
        """Decisions with lines of land. A plan that says no total has what its lines come to."""
        return [
            LandPlan(one.pk, one.day, one.area or sum(self.lines[one.pk].values()), self.lines[one.pk], one.number)
            for one in self.decisions
            if one.pk in self.lines
        ]

    def deciding(self, day: date) -> Decision | None:
        """The newest decision by a day that says how large the zone is."""
        return next((one for one in reversed(self.decisions) if one.area and one.day <= day), None)

    def changed_on(self, day: date) -> date:
        """The last day up to this one on which land came, went or was planned otherwise: since then it is as it is."""
        days = [*(one.starts for one in self.plans), *(one.starts for one in self.leases)]
        days += [one.ends + DAY for one in self.leases if one.ends] + [on for on, _amount, _source in self.handovers]
        return max((one for one in days if one <= day), default=day)

    @property
    def handovers(self) -> list[tuple[date, int, UUID]]:
        return [
            (one.handed_over_on, one.handed_over, one.pk)
            for one in self.phases
            if one.handed_over and one.handed_over_on
        ]


def land_of(zones: Iterable[Zone]) -> dict[UUID, ZoneLand]:
    """By zone; six queries for however many."""
    found = {zone.pk: ZoneLand(zone) for zone in zones}
    for decision in _of(Decision, found).order_by("day", "number", "pk"):
        found[decision.zone_id].decisions.append(decision)
    for line in _of(LandUse, found):
        uses = found[line.zone_id].lines.setdefault(line.plan_id, defaultdict(int))
        uses[line.use] += line.area
    for stage in _of(Stage, found):
        found[stage.zone_id].stages.append(stage)
    for phase in _of(Phase, found):
        found[phase.zone_id].phases.append(phase)
    for plot in _of(PlotRow, found):
        found[plot.zone_id].plots[plot.pk] = as_plot(plot)
        found[plot.zone_id].ready |= ready_of([plot])
    for lease in _of(LeaseRow, found):
        found[lease.zone_id].leases.append(as_lease(lease))
    return found


def as_plot(row: PlotRow) -> Plot:
    return Plot(row.pk, row.code, row.area, row.use or "industrial")


def as_lease(row: LeaseRow) -> Lease:
    """A lease as it runs: through its last day, or the day on which it was ended before that."""
    ends = min((day for day in (row.ends, row.ended) if day), default=None)
    part = LeasedPart(row.plot_id, row.area)
    return Lease(row.pk, row.contract, row.starts, ends, (part,), ownership=row.ownership)


def occupancy_of(land: ZoneLand, day: date) -> Occupancy:
    """Of one zone on a day. Without a plan by uses the industrial land is what decisions, else the zone itself, say."""
    handed_over = [(on, amount) for on, amount, _source in land.handovers]
    found = occupancy(day, land.plans, land.plots, land.leases, handed_over)
    if found.industrial is not None:
        return found
    told = [amount for on, amount, _source in _industrial_levels(land) if on <= day]
    industrial = told[-1] if told else land.zone.industrial_land
    return Occupancy(found.leased, industrial, found.handed_over)


def findings_of(land: ZoneLand, day: date) -> list[Problem]:
    """What of a zone's land does not fit together: its own area, plans that do not close, leases, more let than is."""
    plans = [problem for plan in land.plans if (problem := _told(plan))]
    beyond = occupancy_findings(occupancy_of(land, day), where=land.zone.name, day=land.changed_on(day))
    return [*_area_differs(land, day), *plans, *what_is_wrong(land.leases, land.plots), *beyond]


def _area_differs(land: ZoneLand, day: date) -> Iterator[Problem]:
    """The zone's own area beside that of its decision."""
    decision, area = land.deciding(day), land.zone.area
    if decision is not None and decision.area and area and decision.area != area:
        yield Problem("zones.area_differs", found=ha(area), decision=decision.number, told=ha(decision.area))


def restate_zones(batch: OpenBatch, zones: Sequence[Zone]) -> None:
    """Makes what zones' areas and lives move follow from the registers as they are now."""
    restate(batch.sequence, "zones", {one.zone.pk: zone_movements(one) for one in land_of(zones).values()})


def restate_leases(batch: OpenBatch, plots: Collection[UUID], leases: Iterable[UUID] = ()) -> None:
    """The same for the leases of these plots, which share their land. leases: that changed, those that went as well."""
    by_zone: dict[UUID, list[LeaseRow]] = defaultdict(list)
    for row in LeaseRow.objects.filter(plot__in=set(plots), is_gone=False):
        by_zone[row.zone_id].append(row)
    known = {plot.pk: as_plot(plot) for plot in PlotRow.objects.filter(pk__in=set(plots))}
    moves: dict[UUID, Sequence[Moved]] = dict.fromkeys(leases, ())
    for zone in Zone.objects.filter(pk__in=by_zone, is_gone=False):
        moves |= lease_movements_of(zone, by_zone[zone.pk], known)
    restate(batch.sequence, "leases", moves)


def restate_plots(batch: OpenBatch, plots: Collection[UUID]) -> None:
    """What of these plots can be let and is not. plots: those that went as well."""
    by_zone: dict[Zone, list[PlotRow]] = defaultdict(list)
    for row in PlotRow.objects.filter(pk__in=set(plots), is_gone=False).select_related("zone"):
        by_zone[row.zone].append(row)
    leases: dict[UUID, list[LeaseRow]] = defaultdict(list)
    for lease in LeaseRow.objects.filter(plot__in=set(plots), is_gone=False):
        leases[lease.zone_id].append(lease)
    moves: dict[UUID, Sequence[Moved]] = dict.fromkeys(plots, ())
    for zone, rows in by_zone.items():
        moves |= plot_movements_of(zone, rows, leases[zone.pk])
    restate(batch.sequence, "plots", moves)


def plot_movements_of(zone: Zone, plots: Iterable[PlotRow], leases: Iterable[LeaseRow]) -> dict[UUID, list[Moved]]:
    """What plots of one zone move, by plot; nothing in a zone that was removed. leases: that lie on them."""
    if zone.is_gone:
        return {}
    rows = {row.pk: row for row in plots}
    known = {pk: as_plot(row) for pk, row in rows.items()}
    return vacancy_movements(zone.place, zone.owner, [as_lease(row) for row in leases], known, ready_of(rows.values()))


def ready_of(plots: Iterable[PlotRow]) -> dict[UUID, date]:
    """The plots that are cleared and have their infrastructure, and from when on they can be let."""
    return {row.pk: row.ready for row in plots if row.ready and row.status == PlotStatus.SERVICED}


def vacant_of(land: ZoneLand, day: date) -> int:
    """What of a zone's land can be let on a day and is not, as its plots move land_vacant_ready."""
    moves = vacancy_movements(land.zone.place, land.zone.owner, land.leases, land.plots, land.ready)
    return sum(one.amount for of_one in moves.values() for one in of_one if one.day <= day)


def lease_movements_of(zone: Zone, leases: Iterable[LeaseRow], plots: Mapping[UUID, Plot]) -> dict[UUID, list[Moved]]:
    """What leases of one zone move, by lease. plots: those they lie on, and any others."""
    return lease_movements(zone.place, zone.owner, [as_lease(row) for row in leases], plots)


def zone_movements(land: ZoneLand) -> list[Moved]:
    """Areas by decision, land handed over, and the counts that the zone's life puts it in."""
    zone = land.zone
    if zone.is_gone:
        return []
    at = (zone.place, zone.owner)
    return [
        *level_movements("zone_area", *at, _area_levels(land)),
        *level_movements("industrial_land_area", *at, _industrial_levels(land)),
        *level_movements("land_public", *at, _levels_of_plans(land, "public")),
        *level_movements("land_reserved_small", *at, _levels_of_plans(land, "reserved_small")),
        *level_movements("worker_housing_land", *at, _levels_of_use(land, "worker_housing")),
        *handover_movements(*at, land.handovers),
        *life_movements(*at, _steps(land)),
    ]


def _area_levels(land: ZoneLand) -> list[Level]:
    """From decision to decision; the zone's own figure from its establishment where no decision says one."""
    told = [(one.day, one.area, one.pk) for one in land.decisions if one.area is not None]
    return told or _since_established(land.zone, land.zone.area)


def _industrial_levels(land: ZoneLand) -> list[Level]:
    """A plan by uses goes before the figure of the decision itself."""
    plans = {plan.id: use_total(plan, "industrial") for plan in land.plans}
    amounts = [(one.day, plans.get(one.pk, one.industrial_land), one.pk) for one in land.decisions]
    told = [(day, amount, source) for day, amount, source in amounts if amount is not None]
    return told or _since_established(land.zone, land.zone.industrial_land)


def _levels_of_plans(land: ZoneLand, counts: Any) -> list[Level]:
    return [(plan.starts, use_total(plan, counts), plan.id) for plan in land.plans]


def _levels_of_use(land: ZoneLand, use: str) -> list[Level]:
    return [(plan.starts, plan.lines.get(use, 0), plan.id) for plan in land.plans]


def _since_established(zone: Zone, amount: int | None) -> list[Level]:
    day = _established(zone)
    return [(day, amount, zone.pk)] if day and amount is not None else []


def _established(zone: Zone) -> date | None:
    """The day; of a zone with only its year the year's last, by which it was there."""
    return zone.established or (date(zone.established_year, 12, 31) if zone.established_year else None)


def _steps(land: ZoneLand) -> list[Step]:
    """The zone's stages; where none is told, that it was established. What nothing follows comes to an end."""
    steps = [Step(one.starts, one.stage, one.pk) for one in land.stages]
    if not steps:
        day = _established(land.zone)
        return [Step(day, "established", land.zone.pk)] if day and land.zone.stage != "planned" else []
    last = max(land.stages, key=lambda one: one.starts)
    return [*steps, Step(last.ends + DAY, ENDED, last.pk)] if last.ends else steps


def _told(plan: LandPlan) -> Problem | None:
    try:
        return balance_finding(plan)
    except Problem as problem:
        return problem


def _of(model: type[T], found: Mapping[UUID, ZoneLand]) -> Any:
    return model._default_manager.filter(zone__in=list(found), is_gone=False)
