"""What registers say of themselves that does not fit becomes a finding; why they and a report differ is named."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from documents.geo import SQUARE, geojson
from factories import HAI_PHONG, a_document, a_figure, a_person, reach, said
from registers import NOMURA, certificate, declare, moved, state
from sokhu.areas.findings.actions import explain, refresh_for
from sokhu.areas.findings.models import Finding
from sokhu.areas.findings.statements import of_derived, of_observations
from sokhu.areas.findings.wording import stored_sentence
from sokhu.areas.ledger.queries import standing
from sokhu.areas.zones import boundaries
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.registry import DECISIONS, LEASES, PLOTS, ZONES
from sokhu.documents.geo.reading import shapes_in
from sokhu.kit.registers.actions import change, create, new_thing, write
from sokhu.kit.sealing.actions import sealed_batch
from sokhu.kit.sealing.queries import head

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
HA = 1_000_000


def made(register: Any, **values: Any) -> Any:
    return create(register, reach("an"), values, reason="thử")


def a_zone(name: str, **values: Any) -> Zone:
    zone: Zone = made(ZONES, name=name, kind="KCN", province="province/hai-phong-2025", **values)
    return zone


def drawn(zone: Zone, east: float = 0.0) -> None:
    (shape,) = shapes_in(geojson([[(lon + east, lat) for lon, lat in SQUARE]]))
    boundaries.keep(
        reach("an"), zone, {None: shape}, starts=date(2020, 1, 1), decision=None, file=("ranh", b""), reason="thử"
    )


def let_twice(zone: Zone) -> Any:
    """Two leases of a file that take the whole of one plot each."""
    plot = made(PLOTS, zone=zone, code="A1", area=10 * HA)
    given = {"zone": zone, "plot": plot, "lessee": "Bên thuê", "area": 10 * HA}
    leases = [
        new_thing(LEASES, reach("an"), given | {"contract": f"HĐ{month}", "starts": date(2024, month, 1)})
        for month in (3, 4)
    ]
    with sealed_batch("register", author=None, reason="thử") as batch:
        write(batch, LEASES, leases)
    return plot


def found(zone: Zone) -> dict[str, Finding]:
    refresh_for(zone.owner)
    return {one.code: one for one in Finding.objects.filter(authority=zone.owner, place=zone.place)}


def test_what_does_not_fit_in_a_zones_registers_is_a_finding_until_it_is_put_right() -> None:
    zone = a_zone("KCN Không Khớp", area=100 * HA)
    made(DECISIONS, zone=zone, kind="establish", number="1/QĐ", day=date(2020, 1, 1), area=90 * HA)
    plot = let_twice(zone)
    drawn(zone)
    first = found(zone)
    assert {code: one.severity for code, one in first.items()} == {
        "zone_area_differs": "warning", "boundary_area_differs": "warning", "plot_let_twice": "error",
    }  # fmt: skip
    assert "Lô A1 có 10 ha nhưng từ ngày 01/04/2024 cho thuê 20 ha" in stored_sentence(first["plot_let_twice"], "vi")
    explain(reach("an"), first["plot_let_twice"].pk, "Hợp đồng HĐ4 chưa ký.", by=a_person("an"))
    change(ZONES, reach("an"), zone.pk, {"area": 90 * HA}, reason="theo quyết định")
    changed, second = head()[0], found(zone)
    assert (second["zone_area_differs"].state, second["zone_area_differs"].solved_by) == ("corrected", changed)
    assert second["plot_let_twice"].state == "explained"
    change(PLOTS, reach("an"), plot.pk, {"area": 12 * HA}, reason="đo lại")
    assert found(zone)["plot_let_twice"].state == "open"


def test_zones_that_share_land_are_a_finding_and_a_park_in_its_economic_zone_is_none() -> None:
    whole = made(ZONES, name="KKT Ven Biển", kind="KKT", province="province/hai-phong-2025")
    other, park = a_zone("KCN Một"), a_zone("KCN Trong", inside=whole)
    drawn(whole)
    drawn(park)
    drawn(other, 0.01)
    refresh_for(whole.owner)
    overlaps = Finding.objects.filter(code="boundaries_overlap")
    assert {frozenset((one.place, one.subject.rpartition("|")[2])) for one in overlaps} == {
        frozenset((other.place, whole.place)), frozenset((other.place, park.place)),
    }  # fmt: skip
    assert "230,5" in stored_sentence(overlaps[0], "vi")


def test_a_report_that_the_register_overtook_names_what_was_entered_after_it() -> None:
    declare(["board/hai-phong-2025"])
    state({uuid4(): certificate(NOMURA, date(2024, 3, 5), 20)})
    said(reach("an"), a_figure("20", place=NOMURA), a_document(HAI_PHONG, ("report", HAI_PHONG)))
    state({uuid4(): certificate(NOMURA, date(2024, 6, 1), 3)})
    refresh_for("board/hai-phong-2025")
    one = Finding.objects.get(code="streams_differ")
    assert "biến động của kỳ ghi vào sổ bộ sau báo cáo: 3 triệu USD" in stored_sentence(one, "vi")


def test_nobody_is_asked_for_a_movement_that_the_register_has() -> None:
    declare([HAI_PHONG])
    went = date(2026, 9, 1)
    left = [moved("projects_moved", NOMURA, went, -1), moved("projects_valid", NOMURA, went, -1)]
    state({uuid4(): certificate(NOMURA, date(2025, 9, 1), 5) + left})
    document = a_document(stream=("report", HAI_PHONG))
    said(reach("an"), a_figure("0", "projects", indicator="projects_new", place=NOMURA, period="2026-Q3"), document)
    told = list(of_observations(standing(reach("an")).select_related("cell", "stream")))
    derived = {one.cell.indicator: one.amount for one in of_derived(reach("an"), [NOMURA], told)}
    assert derived == {"projects_new": 0, "projects_moved": -(10**6)}
