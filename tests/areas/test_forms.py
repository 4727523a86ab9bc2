"""Forms filled from the ledger: figures in their unit and cell, what is missing as missing, and read back the same."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from factories import HAI_PHONG, a_document, a_figure, a_person, a_proposal, accept_all, reach, said
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger.models import Observation
from sokhu.areas.projects.registry import ENTERPRISES, EVENTS, PROJECT_ENTERPRISES, PROJECTS
from sokhu.areas.reporting import actions, queries
from sokhu.areas.reporting.filling import FilledForm, filled_form
from sokhu.areas.reporting.models import BoardWorkbook
from sokhu.areas.sources.actions import Described
from sokhu.areas.zones.registry import DECISIONS, ZONES
from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.layout import LaidSheet
from sokhu.documents import read_workbook
from sokhu.kit.registers.actions import create

pytestmark = pytest.mark.django_db
PLACE, DINH_VU = "province/hai-phong", "zone/kcn-dinh-vu-deep-c-hai-phong-i"
OWN = Described(stream_kind="return", speaker=HAI_PHONG)


def texts(sheet: LaidSheet) -> list[str]:
    return [one.content for one in sheet.cells if isinstance(one.content, str)]


def at(sheet: LaidSheet, key: tuple[int, int]) -> object:
    place = sheet.places[key]
    return next(one.content for one in sheet.cells if (one.row, one.column) == place)


def filled(name: str, place: str = PLACE, period: str = "2024") -> FilledForm:
    return filled_form(reach("an"), forms()[name], place, period)


def back(made: FilledForm, described: Described = OWN) -> BoardWorkbook:
    data = made.workbook()
    return actions.bring_in(reach("an"), data, "bieu.xlsx", described, by=a_person("an"), owner=HAI_PHONG)


def proposed(name: str, stored: BoardWorkbook) -> BoardWorkbook:
    workbook = queries.sheets_of(stored)
    says = queries.said_of_all(reach("an"), workbook, forms()[name])
    actions.propose(reach("an"), stored, forms()[name], says, by=a_person("an"))
    return stored


def test_a_figure_stands_in_its_cell_in_the_forms_unit(book: None) -> None:
    document = a_document(stream=("return", HAI_PHONG))
    said(reach("an"), a_figure("145", zone_kind="KCN", ownership="FDI"), document)
    sheet = filled("2101").sheets[0]
    assert at(sheet, (1, 7)) == Decimal(145)
    assert at(sheet, (1, 3)) == at(sheet, (0, 7)) == "chưa có số"
    assert "Kỳ báo cáo: năm 2024" in texts(sheet)
    assert any("Bố cục dựng lại từ mô tả" in text for text in texts(sheet))
    assert any(text.startswith("Tỷ giá: 24.335 đồng/USD") for text in texts(sheet))


def test_nothing_is_written_as_zero(book: None) -> None:
    made = filled("2104")
    assert (made.known, made.asked > 0) == (0, True)
    assert all(isinstance(one.content, str) for sheet in made.sheets for one in sheet.cells)


def test_the_rows_of_a_list_are_the_zones_of_the_place_on_that_map(book: None) -> None:
    sheet = filled("2105").sheets[0]
    labels = [one.content for one in sheet.cells if one.style in ("label", "total") and one.column == 1]
    assert "KCN Đình Vũ (DEEP C Hải Phòng I)" in labels
    assert labels[-1] == "Tổng cộng"
    assert len(labels) == len(set(labels)) > 5


def test_the_total_of_a_list_is_the_ledgers_and_says_who_is_missing(book: None) -> None:
    figure = a_figure("1000", "m3/day", indicator="wastewater_capacity", place=DINH_VU, period="2024-12-31", asof=True)
    said(reach("an"), figure, a_document(stream=("return", HAI_PHONG)))
    sheet = filled("2105").sheets[0]
    total = max(row for row, _column in sheet.places)
    assert at(sheet, (total, 3)) == Decimal(1000)
    assert any(text.startswith("Chưa đủ nơi báo cáo:") for text in texts(sheet))


def test_an_estimate_is_named_under_the_form_and_does_not_make_the_others_estimates(book: None) -> None:
    about = {"zone_kind": "KCN", "ownership": "FDI"}
    early, final = a_figure("145", maturity="estimate", **about), a_figure("7", indicator="capital_added", **about)
    accept_all(reach("an"), a_proposal(early, final, document=a_document(stream=("return", HAI_PHONG))))
    made = filled("2101")
    assert any(text.startswith("Chưa phải số chính thức: H") for text in texts(made.sheets[0]))
    figures = proposed("2101", back(made)).document.proposal.figures
    assert set(figures.values_list("maturity", flat=True)) == {"final"}


def test_a_board_without_one_province_then_is_told(book: None) -> None:
    with pytest.raises(Problem, match=r"workbook\.form_of_no_place"):
        filled("2101", place=HAI_PHONG, period="2019")
    assert "Địa bàn: Hải Phòng" in texts(filled("2101", place=HAI_PHONG, period="2025").sheets[0])


def test_what_registers_know_stands_in_their_columns_with_the_record_it_is_from(book: None) -> None:
    zone = create(ZONES, reach("an"), {
        "name": "KCN Có Hồ Sơ", "kind": "KCN", "province": "province/hai-phong-2025", "developer": "Công ty Hạ tầng",
        "developer_code": "0200000001",
    }, reason="thử")  # fmt: skip
    decision = create(DECISIONS, reach("an"), {
        "zone": zone, "kind": "establish", "number": "1498/QĐ-TTg", "day": date(2021, 5, 4)
    }, reason="thử")  # fmt: skip
    firm = create(ENTERPRISES, reach("an"), {
        "name": "Công ty TNHH Hạ tầng", "tax_code": "0200000001", "form": "limited"
    }, reason="thử")  # fmt: skip
    project = create(PROJECTS, reach("an"), {
        "zone": zone, "name": "Hạ tầng khu", "code": "8700000001", "ownership": "FDI", "country": "JP"
    }, reason="thử")  # fmt: skip
    create(PROJECT_ENTERPRISES, reach("an"), {"project": project, "enterprise": firm}, reason="thử")
    create(EVENTS, reach("an"), {"project": project, "kind": "issue", "day": date(2022, 1, 5)}, reason="thử")

    def told(who: str, name: str = "2103") -> dict[str, str]:
        (table,) = filled_form(reach(who), forms()[name], "province/hai-phong-2025", "2025").tables
        row = table.rows.index("KCN Có Hồ Sơ")
        columns = table.mapped.columns
        return {columns[column].register: one.text for (at, column), one in table.told.items() if at == row}

    open_ones = {"position": "ngoài khu kinh tế", "location": "Hải Phòng", "developer": "Công ty Hạ tầng",
                 "decision": "1498/QĐ-TTg, 04/05/2021"}  # fmt: skip
    own = {"project": "Hạ tầng khu", "certificate": "8700000001", "nationality": "Nhật Bản"}
    assert told("an") == open_ones | own
    assert told("chi") == open_ones  # another board does not read the projects
    create(PROJECTS, reach("an"), {
        "zone": zone, "name": "Hạ tầng mở rộng", "code": "8700000002", "is_infrastructure": True
    }, reason="thử")  # fmt: skip
    assert told("an")["project"] == "Hạ tầng khu; Hạ tầng mở rộng"
    assert told("an", "2105") == {"plant": "chưa có"}
    made = filled_form(reach("an"), forms()["2103"], "province/hai-phong-2025", "2025")
    assert f"Văn bản pháp lý của khu: 1498/QĐ-TTg (mục sổ {decision.version})" in made.sheets[0].remarks.values()


@pytest.mark.parametrize("name", ["2101", "2103", "2104", "2105"])
def test_a_form_written_and_read_back_gives_the_same_figures(book: None, name: str) -> None:
    rng = random.Random(name)
    figures = [one for _key, one in figures_of(name, rng)]
    accept_all(reach("an"), a_proposal(*figures, document=a_document(stream=("return", HAI_PHONG))))
    before = Observation.objects.count()
    assert before == len(figures)
    stored = proposed(name, back(filled(name)))
    result = accept_all(reach("an"), stored.document.proposal)
    assert not result.refused
    assert (result.cited, result.new) == (len(figures), 0)
    assert queries.reading_of(
        read_workbook(filled(name).workbook(), "b.xlsx"), forms()[name], queries.said_of_all(
            reach("an"), queries.sheets_of(stored), forms()[name]
        )
    ).counts()["unknown"] == 0  # fmt: skip


def figures_of(name: str, rng: random.Random) -> list[tuple[str, dict[str, object]]]:
    """A figure for half of the cells that the form takes: by hand from what the form's labels say."""
    found = []
    form = forms()[name]
    zones = [one for one in territory().zones_of(PLACE, date(2024, 12, 31)) if one.startswith("zone/kcn")][:4]
    for sheet in form.sheets:
        for row in sheet.rows or zones:
            for column in sheet.columns:
                if column.role != "figure" or rng.random() < 0.5:
                    continue
                whole = form.says.then(sheet.says)
                says = whole.then(row.says).then(column.says) if sheet.rows else whole.then(column.says)  # type: ignore[union-attr]
                unit = {"dự án": "projects", "lượt": "adjustments", "người": "workers", "%": "percent"}.get(says.unit)
                unit = (
                    unit
                    or {"m3/ngày đêm": "m3/day", "ha": "ha"}.get(says.unit)
                    or ("USD" if "USD" in says.unit else "VND")
                )
                about = {
                    "indicator": says.indicator, "ownership": says.ownership, "zone_kind": says.zone_kind,
                    "other": says.other, "place": PLACE if sheet.rows else row,
                }  # fmt: skip
                found.append((says.indicator, a_figure(str(rng.randrange(1, 10_000)), unit, **about)))
    return found
