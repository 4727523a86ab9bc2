"""A workbook's figures on the way of every figure: brought in, proposed with their cells, accepted, found again."""

from __future__ import annotations

import pytest

from factories import HAI_PHONG, a_person, reach
from sokhu.areas.ledger.actions import accept
from sokhu.areas.ledger.models import Observation
from sokhu.areas.reporting import actions, queries
from sokhu.areas.reporting.models import BoardWorkbook
from sokhu.areas.sources.actions import Described
from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.mapping import Says, mapping_of
from workbook_files import Draft, xlsx

pytestmark = pytest.mark.django_db
OWN = Described(stream_kind="return", speaker=HAI_PHONG)
CELLS: dict[tuple[int, int], str | float] = {
    (0, 0): "Kỳ báo cáo: năm 2024",
    (1, 0): "Ban quản lý: Khu kinh tế Hải Phòng",
    (3, 0): "Tên KCN",
    (3, 1): "Công suất thiết kế",
    (3, 2): "Công suất vận hành",
    (4, 0): "KCN Đình Vũ",
    (4, 1): 1000.0,
    (4, 2): "1.234,5",
    (5, 0): "KCN Nomura - Hải Phòng",
    (5, 1): "…",
}


def brought_in(cells: dict[tuple[int, int], str | float] = CELLS, described: Described = OWN) -> BoardWorkbook:
    data = xlsx([Draft("Nước thải", cells)])
    return actions.bring_in(reach("an"), data, "bieu.xlsx", described, by=a_person("an"), owner=HAI_PHONG)


def proposed(stored: BoardWorkbook) -> None:
    workbook = queries.sheets_of(stored)
    says = queries.said_of_all(reach("an"), workbook, forms()["2105"])
    actions.propose(reach("an"), stored, forms()["2105"], says, by=a_person("an"))


def test_an_accepted_figure_says_in_which_cell_it_stands(book: None) -> None:
    stored = brought_in()
    proposed(stored)
    proposal = stored.document.proposal
    accept(reach("an"), proposal, proposal.figures.values_list("pk", flat=True))
    one = Observation.objects.get(cell__indicator="wastewater_flow")
    assert one.locator == "'Nước thải'!C5"
    assert stored.document.text[one.start : one.end] == "1.234,5"
    assert (one.cell.place, one.amount) == ("zone/kcn-dinh-vu-deep-c-hai-phong-i", 1_234_500_000)
    assert one.stream.kind == "return"
    none = Observation.objects.get(cell__place="zone/kcn-nomura-hai-phong")
    assert (none.amount, none.emptiness) == (None, "not_available")


def test_the_workbook_keeps_what_it_was_read_by(book: None) -> None:
    stored = brought_in()
    proposed(stored)
    stored.refresh_from_db()
    assert (stored.place, stored.period) == ("province/hai-phong", "2024")
    assert mapping_of(stored.mapping).name == "2105"


def test_the_same_workbook_again_is_the_one_there_is_and_is_proposed_once(book: None) -> None:
    stored = brought_in()
    proposed(stored)
    assert brought_in().pk == stored.pk
    with pytest.raises(Problem, match=r"workbook\.proposed_already"):
        proposed(brought_in())


def test_a_workbook_of_another_authority_is_neither_seen_nor_proposed(book: None) -> None:
    stored = brought_in()
    with pytest.raises(Problem, match=r"sources\.no_such_document"):
        queries.workbook_for(reach("chi"), stored.pk)
    with pytest.raises(Problem, match=r"access\."):
        actions.propose(reach("chi"), stored, forms()["2105"], Says(), by=a_person("chi"))


def test_nobody_speaks_by_return_for_another_authority(book: None) -> None:
    with pytest.raises(Problem, match=r"access\.not_your_voice"):
        brought_in(described=Described(stream_kind="return", speaker="board/quang-ngai-2025"))


def test_a_workbook_that_gives_nothing_is_not_proposed(book: None) -> None:
    stored = brought_in({(0, 0): "Tên KCN", (0, 1): "Công suất thiết kế", (0, 2): "Công suất vận hành"})
    with pytest.raises(Problem, match=r"workbook\.nothing_taken"):
        actions.propose(reach("an"), stored, forms()["2105"], Says(), by=a_person("an"))


def test_a_workbook_too_large_to_be_shown_is_refused_before_anything_is_kept(book: None) -> None:
    with pytest.raises(Problem, match=r"workbook\.too_large_to_keep"):
        brought_in({(0, 0): 1.0, (30_000, 2): 1.0})
    assert not BoardWorkbook.objects.exists()


def test_a_saved_mapping_is_the_authoritys_own_and_recognised_next_time(book: None) -> None:
    table = {"name": "Biểu riêng", "title_vi": "Biểu riêng", "sheet": [{"name": "S", "column": [
        {"label": "Tên KCN", "role": "place"},
        {"label": "Nước xả", "indicator": "wastewater_flow", "unit": "m3/ngày đêm"},
    ]}]}  # fmt: skip
    saved = actions.save_mapping(reach("an"), mapping_of(table), by=a_person("an"))
    assert actions.save_mapping(reach("an"), mapping_of(table), by=a_person("an")).pk == saved.pk
    stored = brought_in({(2, 1): "Tên KCN", (2, 2): "Nước xả", (3, 1): "KCN Đình Vũ", (3, 2): 5.0})
    workbook = queries.sheets_of(stored)
    assert [one.name for one in queries.fitting_mappings(reach("binh"), workbook)] == ["Biểu riêng"]
    assert not queries.fitting_mappings(reach("chi"), workbook)
    actions.delete_mapping(reach("an"), "Biểu riêng")
    assert not queries.fitting_mappings(reach("an"), workbook)


@pytest.mark.parametrize(("name", "code"), [(" ", "workbook.name_missing"), ("2101", "workbook.name_of_form")])
def test_a_mapping_needs_a_name_that_is_no_forms(book: None, name: str, code: str) -> None:
    table = {"name": name, "title_vi": "m", "sheet": [{"name": "S", "column": []}]}
    with pytest.raises(Problem, match=code.replace(".", r"\.")):
        actions.save_mapping(reach("an"), mapping_of(table), by=None)
