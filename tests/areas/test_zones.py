"""Zones in their registers: what follows in the territory, in totals, and in whose book they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from factories import a_document, a_figure, reach, said
from register_samples import a_thing
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.territory.queries import SYSTEM, name_of
from sokhu.areas.zones.models import Lease, Zone
from sokhu.areas.zones.registry import DECISIONS, LEASES, PLOTS, RESPONSIBILITIES, STAGES, ZONES
from sokhu.core.answer import Question
from sokhu.core.period import named
from sokhu.core.problems import Problem, Problems
from sokhu.core.workbook.grid import Sheet
from sokhu.kit.registers.actions import Doubtful, bring_back, change, create, remove
from sokhu.kit.registers.importing import look
from sokhu.kit.sealing.queries import verify

HA = 1_000_000
pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def zone(book: None) -> Zone:
    made: Zone = a_thing(ZONES, reach("an"), name="KCN Cửa Sông", kind="KCN", province="province/hai-phong-2025")
    return made


def test_a_new_zone_is_a_place_of_the_territory_at_once(zone: Zone) -> None:
    place = territory().places[zone.place]
    assert zone.place == "zone/kcn-cua-song"
    assert place.names[-1].vi == "KCN Cửa Sông"
    assert zone.place in territory().zones_of("province/hai-phong-2025", date(2026, 1, 1))
    assert zone.place in territory().zones_of("board/hai-phong-2025", date(2026, 1, 1))


def test_a_renamed_zone_keeps_its_place(zone: Zone) -> None:
    change(ZONES, reach("an"), zone.pk, {"name": "KCN Cửa Sông Mới"}, reason="đổi tên")
    assert territory().places[zone.place].names[-1].vi == "KCN Cửa Sông Mới"


def test_two_zones_of_one_name_in_two_books_are_two_places(zone: Zone) -> None:
    other = a_thing(ZONES, reach("chi"), name="KCN Cửa Sông", kind="KCN", province="province/quang-ngai-2025")
    assert other.place == "zone/kcn-cua-song-2"


def test_a_removed_zone_takes_no_new_figures(zone: Zone) -> None:
    remove(ZONES, reach("an"), zone.pk, reason="ghi nhầm")
    assert zone.place not in {one.id for one in territory().in_use("zone")}
    assert verify().broken is None


def test_a_zone_entered_by_mistake_is_in_no_total_of_any_day_once_it_is_removed(zone: Zone) -> None:
    declare_complete(reach("binh"), "board/hai-phong-2025", "projects", date(2026, 1, 1), "đã đối chiếu xong")
    question = Question("projects_new", "province/hai-phong-2025", named("2026-01"))
    before, day = answer(SYSTEM, question), date(2026, 1, 31)
    mistaken = a_thing(ZONES, reach("an"), name="KCN Nhầm", kind="KCN", province="province/hai-phong-2025")
    assert mistaken.place in territory().zones_of("province/hai-phong-2025", day)
    remove(ZONES, reach("an"), mistaken.pk, reason="ghi nhầm")
    after = answer(SYSTEM, question)
    assert (after.amount, after.missing, after.have, after.want) == (
        before.amount, before.missing, before.have, before.want,
    )  # fmt: skip
    assert not territory().places[mistaken.place].is_used_on(day)
    assert name_of(mistaken.place) == "KCN Nhầm (đã bỏ khỏi sổ bộ)"
    assert verify().broken is None
    bring_back(ZONES, reach("an"), mistaken.pk, reason="không nhầm")
    assert territory().places[mistaken.place].is_used_on(day)


def test_a_removed_zone_of_which_figures_were_said_stays_in_totals_of_the_days_before(zone: Zone) -> None:
    said(SYSTEM, a_figure("7", "projects", indicator="projects_new", place=zone.place), a_document(""))
    remove(ZONES, reach("an"), zone.pk, reason="giải thể")
    place = territory().places[zone.place]
    assert place.is_used_on(date(2024, 12, 31))
    assert not place.is_used_on(timezone.localdate())


def test_a_zone_of_a_province_with_a_board_is_for_that_board_to_enter() -> None:
    with pytest.raises(Problem) as told:
        a_thing(ZONES, reach("giang"), name="KCN Của Bộ", kind="KCN", province="province/hai-phong-2025")
    assert told.value.code == "zones.of_its_board"
    assert "Hải Phòng" in told.value.params["found"]


def test_a_zone_stands_in_the_stage_it_is_in_today(zone: Zone) -> None:
    an = reach("an")
    a_thing(STAGES, an, zone=zone, stage="under_construction", starts=date(2022, 1, 1))
    a_thing(STAGES, an, zone=zone, stage="operating", starts=date(2024, 1, 1))
    a_thing(STAGES, an, zone=zone, stage="relocating", starts=date(2099, 1, 1))
    zone.refresh_from_db()
    assert zone.stage == "operating"


def test_a_zone_given_to_another_board_is_in_its_book_with_all_that_belongs_to_it(zone: Zone) -> None:
    an = reach("an")
    decision = a_thing(DECISIONS, an, zone=zone)
    lease = a_thing(LEASES, an, zone=zone)
    a_thing(RESPONSIBILITIES, an, zone=zone, board="board/quang-ngai-2025", starts=date(2026, 1, 1))
    for thing in (zone, decision, lease):
        thing.refresh_from_db()
        assert thing.owner == "board/quang-ngai-2025"
    assert zone.place in territory().zones_of("board/quang-ngai-2025", date(2026, 6, 1))


def test_a_lease_larger_than_its_plot_is_refused(zone: Zone) -> None:
    an = reach("an")
    plot = a_thing(PLOTS, an, zone=zone, area=5_000_000)
    with pytest.raises(Problem) as told:
        a_thing(LEASES, an, zone=zone, plot=plot, area=6_000_000)
    assert told.value.code == "zones.lease_over_plot"
    assert not Lease.objects.filter(zone=zone).exists()


def test_a_park_lies_in_an_economic_zone_only(zone: Zone) -> None:
    park: dict[str, Any] = {"kind": "KCN", "province": "province/hai-phong-2025"}
    with pytest.raises(Problem) as told:
        a_thing(ZONES, reach("an"), inside=zone, **park)
    assert told.value.code == "zones.inside_no_economic_zone"


def test_a_zone_of_before_a_merger_is_of_the_province_and_board_of_then(book: None) -> None:
    then: dict[str, Any] = {"kind": "KCN", "province": "province/hai-phong", "established": date(2023, 3, 15)}
    zone = a_thing(ZONES, reach("an"), name="KCN Bến Cũ", **then)
    day = date(2024, 1, 1)
    assert territory().groups_of(zone.place, day, kind="province") == ("province/hai-phong",)
    assert territory().groups_of(zone.place, day, kind="board") == ("board/hai-phong",)
    assert territory().groups_of(zone.place, date(2026, 1, 1), kind="board") == ("board/hai-phong-2025",)
    assert zone.established_year == 2023


def test_which_province_of_then_is_asked_where_it_is_not_said(book: None) -> None:
    now: dict[str, Any] = {"kind": "KCN", "province": "province/hai-phong-2025", "established": date(2023, 3, 15)}
    with pytest.raises(Problem) as told:
        a_thing(ZONES, reach("an"), name="KCN Bến Cũ", **now)
    assert told.value.code == "zones.province_of_then"
    choices = set(told.value.params["choices"])  # type: ignore[call-overload]
    assert choices == {"Hải Phòng cũ (nay Hải Phòng)", "Hải Dương cũ (nay Hải Phòng)"}
    assert choices < set(ZONES.field("province").words().values())  # type: ignore[attr-defined]


def test_a_zone_with_two_faults_is_told_both(zone: Zone) -> None:
    values = {"area": HA, "industrial_land": 2 * HA, "established": date(2026, 1, 1), "established_year": 2020}
    with pytest.raises(Problems) as told:
        change(ZONES, reach("an"), zone.pk, values, reason="thử")
    assert {one.code for one in told.value.problems} == {"zones.part_over_whole", "zones.two_years"}


def test_a_row_of_a_workbook_is_told_all_its_faults(zone: Zone) -> None:
    heads = ("name", "kind", "province", "area", "industrial_land", "established", "established_year", "term_years")
    rows = [
        ["KCN Hai Lỗi", "KCN", "province/hai-phong-2025", "một trăm", "7", "31/02/2026", "2020", "50"],
        ["KCN Lẫn Lộn", "KCN", "province/hai-phong-2025", "5", "7", "01/01/2026", "2020", "năm mươi"],
        ["KCN Luật", "KCN", "province/hai-phong-2025", "5", "7", "01/01/2026", "2020", "50"],
    ]
    looked = look(ZONES, reach("an"), Sheet("Trang 1", [heads, *rows]))
    assert [(one.code, one.where.partition(" ")[0]) for one in looked.faults] == [
        ("register.not_a_number", "D2"),
        ("register.not_a_day", "F2"),
        ("register.not_a_number", "H3"),
        ("zones.part_over_whole", "3"),
        ("zones.two_years", "3"),
        ("zones.part_over_whole", "4"),
        ("zones.two_years", "4"),
    ]
    assert looked.rows == []


def test_a_plot_that_is_ready_and_not_let_is_vacant_land_of_the_register(zone: Zone) -> None:
    an = reach("an")
    plot = create(PLOTS, an, {"zone": zone, "code": "A1", "area": 10_000_000, "ready": date(2026, 2, 1)})
    create(PLOTS, an, {"zone": zone, "code": "A2", "area": 4_000_000, "ready": date(2026, 2, 1), "status": "cleared"})
    for register in ("plots", "leases"):
        declare_complete(reach("binh"), "board/hai-phong-2025", register, date(2026, 1, 1), "đã nhập đủ")

    def vacant(month: int) -> int | None:
        amount = answer(an, Question("land_vacant_ready", zone.place, named(f"2026-{month:02}"))).amount
        return None if amount is None else amount // 10**6

    assert [vacant(month) for month in (1, 2, 3)] == [0, 10, 10]
    terms = {"zone": zone, "plot": plot, "contract": "01", "lessee": "Công ty", "area": 7_000_000}
    lease = create(LEASES, an, terms | {"starts": date(2026, 3, 5)})
    assert [vacant(month) for month in (2, 3, 4)] == [10, 3, 3]
    change(LEASES, an, lease.pk, {"ended": date(2026, 4, 10)}, reason="trả đất")
    assert [vacant(month) for month in (3, 4)] == [3, 10]
    change(PLOTS, an, plot.pk, {"area": 8_000_000}, reason="đo lại")
    assert [vacant(month) for month in (3, 4)] == [1, 8]
    assert list(movements_checked()) == []
    remove(LEASES, an, lease.pk, reason="nhập nhầm")
    remove(PLOTS, an, plot.pk, reason="nhập nhầm")
    assert vacant(4) == 0


def test_a_plot_larger_than_its_zone_and_a_lease_of_another_time_are_asked_about(zone: Zone) -> None:
    an = reach("an")
    Zone.objects.filter(pk=zone.pk).update(area=50 * HA, established=date(2015, 5, 4))
    large = {"zone": Zone.objects.get(pk=zone.pk), "code": "A9", "area": 500 * HA}
    with pytest.raises(Doubtful, match=r"projects\.land_over_zone"):
        create(PLOTS, an, large, is_sure=False)
    plot = create(PLOTS, an, large | {"area": 5 * HA}, is_sure=False)
    terms = {"zone": plot.zone, "plot": plot, "contract": "01", "lessee": "Công ty", "area": HA}
    for day, code in ((date(2010, 1, 1), "lease_before_zone"), (date(2190, 1, 1), "lease_ahead")):
        with pytest.raises(Doubtful, match=rf"zones\.{code}"):
            create(LEASES, an, terms | {"starts": day}, is_sure=False)
    create(LEASES, an, terms | {"starts": date(2020, 1, 1)}, is_sure=False)
