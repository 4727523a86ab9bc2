"""What follows when things of a zone change: its place in the territory, and what its land moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from sokhu.areas.catalogue.actions import put_places
from sokhu.areas.catalogue.queries import newest_tables, territory
from sokhu.areas.catalogue.stored import NEVER, RETIRED, as_json
from sokhu.areas.ledger.models import Cell
from sokhu.areas.zones import land, rules
from sokhu.areas.zones.models import Kind, Lease, OfZone, Plot, Responsibility, Stage, Zone
from sokhu.core.folding import folded
from sokhu.core.land.leases import must_fit
from sokhu.core.place import DAY, Span
from sokhu.kit.registers.actions import hand_over, write
from sokhu.kit.registers.declaration import nothing_follows, register_named
from sokhu.kit.registers.history import sealed_before
from sokhu.kit.registers.values import kept
from sokhu.kit.sealing.actions import OpenBatch

FILE = "territory/zones.toml"
LAND_OF_LEASE = ("plot", "area", "starts", "ends", "ended")
Table = dict[str, Any]


def new_place(zone: Zone) -> None:
    """Gives a new zone its place: an id of its name, which stays when the name changes. Raises as `of_its_board`."""
    rules.of_its_board(zone)
    base = f"zone/{slugify(folded(zone.name))}"[:70].rstrip("-")
    taken = set(Zone.objects.filter(place__startswith=base).values_list("place", flat=True))
    numbers = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    free = (place for place in numbers if place not in taken and place not in territory().places)
    zone.place = next(free)
    if zone.established and zone.established_year is None:
        zone.established_year = zone.established.year


def zones_changed(batch: OpenBatch, zones: Sequence[Zone]) -> None:
    _places_changed(batch, zones)
    land.restate_zones(batch, zones)
    there = [zone.pk for zone in zones]
    _leases_restated(batch, Lease.objects.filter(zone__in=there).values_list("plot", "pk"))
    land.restate_plots(batch, list(Plot.objects.filter(zone__in=there).values_list("pk", flat=True)))


def _places_changed(batch: OpenBatch, zones: Sequence[Zone]) -> None:
    known = newest_tables(FILE, [zone.place for zone in zones])
    boards = _by_zone(Responsibility.objects.filter(zone__in=zones))
    kinds = _by_zone(Kind.objects.filter(zone__in=zones, is_gone=False))
    said = _said_of(zone.place for zone in zones if zone.is_gone)
    put_places(
        batch,
        (
            item
            for zone in zones
            for item in _items(
                zone,
                known.get(zone.place, {}),
                boards.get(zone.pk, []),
                kinds.get(zone.pk, []),
                is_known=zone.place in said,
            )
        ),
    )


def _said_of(places: Iterable[str]) -> set[str]:
    """Those of which somebody said a figure: they stay in totals of the days before."""
    wanted = set(places)
    return set(Cell.objects.filter(place__in=wanted).values_list("place", flat=True)) if wanted else set()


def _by_zone(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows.order_by("starts", "pk"):
        found.setdefault(row.zone_id, []).append(row)
    return found


def of_zones_changed(batch: OpenBatch, things: Sequence[OfZone]) -> None:
    """Kinds are part of the place."""
    _places_changed(batch, _zones_of(things))


def boards_changed(batch: OpenBatch, things: Sequence[Responsibility]) -> None:
    """Responsible boards are part of the place, and whose book the zone is in: today's board keeps all of it."""
    zones = _zones_of(things)
    _places_changed(batch, zones)
    boards, by_owner = _boards_today(zones), dict[str, list[Zone]]()
    for zone in zones:
        now = boards.get(zone.pk, zone.owner)
        if now != zone.owner:
            by_owner.setdefault(now, []).append(zone)
    for owner, some in by_owner.items():
        hand_over(batch, register_named("zones"), some, owner)


def _boards_today(zones: Sequence[Zone]) -> dict[UUID, str]:
    """By zone, the board that is responsible for it today, or what that has become; only where it is said."""
    today = timezone.localdate()
    rows = Responsibility.objects.filter(zone__in=[zone.pk for zone in zones], is_gone=False)
    held = {row.zone_id: row.board for row in rows if Span(row.starts, row.ends).holds(today)}
    return {zone: next(iter(territory().successors(board, today)), board) for zone, board in held.items()}


def stages_changed(batch: OpenBatch, things: Sequence[Stage]) -> None:
    """What a zone counts as, and its status as it is read: that of the stage it is in today."""
    zones = _zones_of(things)
    begun = Stage.objects.filter(zone__in=zones, is_gone=False, starts__lte=timezone.localdate())
    newest = {one.zone_id: one.stage for one in begun.order_by("starts", "pk")}
    for zone in zones:
        zone.stage = newest.get(zone.pk, zone.stage)
    write(batch, replace(register_named("zones"), follow=nothing_follows), zones)
    land.restate_zones(batch, zones)


def land_changed(batch: OpenBatch, things: Sequence[OfZone]) -> None:
    """Decisions, plans, phases and stages say how large a zone is and what it counts as."""
    land.restate_zones(batch, _zones_of(things))


def plots_changed(batch: OpenBatch, plots: Sequence[Plot]) -> None:
    changed = [plot.pk for plot in plots]
    _leases_restated(batch, Lease.objects.filter(plot__in=changed).values_list("plot", "pk"))
    land.restate_plots(batch, changed)


def leases_changed(batch: OpenBatch, leases: Sequence[Lease]) -> None:
    """Also what else lies on the plots that they lay on before: land given back is let by who waited.

    One lease that takes land of another is refused; of many that come by file it is a finding.
    """
    known = sealed_before(batch, leases)
    if len(leases) == 1 and not leases[0].is_gone and not (known and _lies_as_before(leases[0], known[-1])):
        _must_fit(leases[0])
    was = {UUID(one["plot"]) for one in known}
    plots = {lease.plot_id for lease in leases} | was
    land.restate_leases(batch, plots, (lease.pk for lease in leases))
    land.restate_plots(batch, plots)


def _lies_as_before(lease: Lease, before: Mapping[str, Any]) -> bool:
    """Whether only what is written of a lease changed, or whose book it is in."""
    return all(kept(getattr(lease, f"{name}_id" if name == "plot" else name)) == before[name] for name in LAND_OF_LEASE)


def _must_fit(lease: Lease) -> None:
    others = Lease.objects.filter(plot=lease.plot_id, is_gone=False).exclude(pk=lease.pk)
    must_fit(land.as_lease(lease), map(land.as_lease, others), {lease.plot_id: land.as_plot(lease.plot)})


def _leases_restated(batch: OpenBatch, rows: Iterable[tuple[UUID, UUID]]) -> None:
    known = list(rows)
    land.restate_leases(batch, {plot for plot, _lease in known}, [lease for _plot, lease in known])


def _zones_of(things: Sequence[OfZone]) -> list[Zone]:
    return list(Zone.objects.filter(pk__in={thing.zone_id for thing in things}).select_related("inside"))


def _items(
    zone: Zone, known: Table, boards: Sequence[Responsibility], kinds: Sequence[Kind], *, is_known: bool
) -> Iterator[tuple[str, str, str]]:
    """The catalogue's items of a zone: its place, and a membership for each board that was responsible for it.

    is_known: whether anything was said of it; a zone of which nothing was, entered by mistake, never was.
    """
    table = _place(zone, known, kinds, has_boards=bool(boards))
    if zone.is_gone and is_known:
        yield FILE, zone.place, RETIRED
    else:
        yield FILE, zone.place, as_json(table | {"retired": NEVER} if zone.is_gone else table)
    for one in boards:
        for number, table in enumerate(_memberships(zone, one)):
            gone = zone.is_gone or one.is_gone
            yield FILE, f"membership[{one.pk}.{number}]", RETIRED if gone else as_json(table)


def _place(zone: Zone, known: Table, kinds: Sequence[Kind], *, has_boards: bool) -> Table:
    name = {"vi": zone.name, "en": zone.name_en or zone.name}
    table: Table = known | {
        "names": [*[one for one in known.get("names", []) if "ends" in one], name],
        "province": zone.province,
        "source": known.get("source") or zone.source or "Sổ bộ khu của ban quản lý",
        "evidence": known.get("evidence") or zone.evidence or "FOUND",
    }
    if kinds:
        table["kinds"] = [_with_days({"kind": one.kind}, one) for one in kinds]
    elif zone.kind not in [one["kind"] for one in known.get("kinds", [])]:
        table["kinds"] = [{"kind": zone.kind}]
    if zone.inside is not None:
        table["economic_zone"] = zone.inside.place
    else:
        table.pop("economic_zone", None)
    if has_boards:
        table.pop("board", None)
    elif zone.owner.startswith("board/"):
        table.setdefault("board", _first_board(zone))
    return table


def _first_board(zone: Zone) -> str:
    """The board that the zone began with: of a province that is no more, the one there that is today's board now."""
    places, today = territory(), timezone.localdate()
    ended = places.place(zone.province).span.ends
    if ended is None:
        return zone.owner
    boards = places.members(zone.province, ended, kind="board")
    return next((one for one in boards if zone.owner in places.successors(one, today)), zone.owner)


def _memberships(zone: Zone, one: Responsibility) -> Iterator[dict[str, Any]]:
    """A membership of the board, and of those it became while it was responsible: each as long as it lives."""
    places = territory()
    board: str | None = one.board
    while board is not None:
        span = places.place(board).span.within(Span(one.starts, one.ends))
        if span is not None:
            source = one.ground or "Sổ bộ khu của ban quản lý"
            table = {"grouping": board, "members": [zone.place], "source": source, "evidence": "FOUND"}
            yield _with_days(table, span)
        ends = places.place(board).span.ends
        after = places.successors(board, ends + DAY) if ends else ()
        board = after[0] if after and after[0] != board else None


def _with_days(table: dict[str, Any], thing: Any) -> dict[str, Any]:
    return table | {name: day for name in ("starts", "ends") if (day := getattr(thing, name))}
