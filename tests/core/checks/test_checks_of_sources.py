"""Unlike sets, two sources in one cell, one text that says two things."""

from __future__ import annotations

import pytest

from checks_book import amount, cause, found, only, said
from sokhu.core.checks.statement import Statement

M = 10**6


def plants(passage: str) -> list[Statement]:
    return [
        said("zones_wastewater_compliant", "71 khu", passage=passage),
        said("zones_operating", "83 khu", passage="83 KCN, KCX đang hoạt động"),
    ]


def test_a_count_with_economic_zones_makes_no_rate_with_one_without() -> None:
    finding = only("unlike_sets", *plants("71 KCN, KCX, KKT đạt chuẩn"))
    assert (finding.severity, finding.terms["part_kinds"].value) == ("warning", "KCN KCX KKT")
    assert finding.terms["whole_kinds"].value == "KCN KCX"


@pytest.mark.parametrize("passage", ["71 KCX, KCN đạt chuẩn", "71 khu đạt chuẩn", ""])
def test_the_same_kinds_in_any_order_or_none_are_no_unlike_sets(passage: str) -> None:
    assert not found("unlike_sets", *plants(passage))


def test_a_count_without_its_whole_is_no_unlike_set() -> None:
    assert not found("unlike_sets", *plants("71 KCN, KCX, KKT đạt chuẩn")[:1])


def voices(one: str, other: str, **more: str) -> list[Statement]:
    return [said("revenue", one, sequence=2), said("revenue", other, speaker="block/x", **more)]


def test_two_sources_that_differ_in_one_cell_are_told_with_the_gap() -> None:
    finding = only("streams_differ", *voices("500 tỷ đồng", "520 tỷ đồng"))
    assert (finding.severity, amount(finding, "gap"), cause(finding)) == ("warning", -20 * 10**9, "two_books")


def test_two_sources_a_power_of_ten_apart_are_told_as_a_slip() -> None:
    assert cause(only("streams_differ", *voices("500 tỷ đồng", "500 triệu đồng"))) == "slip_1000"


def test_an_estimate_beside_a_final_figure_is_a_note() -> None:
    assert only("streams_differ", *voices("500 tỷ đồng", "520 tỷ đồng", maturity="estimate")).severity == "note"


def test_two_sources_that_round_differently_agree() -> None:
    assert not found("streams_differ", *voices("500 tỷ đồng", "0,5 nghìn tỷ đồng"))
    assert not found("streams_differ", *voices("504 tỷ đồng", "0,5 nghìn tỷ đồng"))


def test_two_sources_of_other_days_or_one_source_alone_do_not_differ() -> None:
    assert not found("streams_differ", said("revenue", "5 tỷ đồng"), said("revenue", "6 tỷ đồng", period="2019"))
    assert not found("streams_differ", said("revenue", "5 tỷ đồng"), said("revenue", "6 tỷ đồng", sequence=2))


def test_each_source_is_told_once() -> None:
    third = said("revenue", "530 tỷ đồng", speaker="board/c")
    assert len(found("streams_differ", *voices("500 tỷ đồng", "520 tỷ đồng"), third)) == 1, "one finding per cell"


def twice(*written: str, passage: str = "") -> list[Statement]:
    return [
        said("projects_new", one, is_draft=True, sequence=number, passage=passage if number > 1 else "")
        for number, one in enumerate(written, 1)
    ]


def test_a_text_says_one_figure_once() -> None:
    finding = only("said_twice", *twice("330 dự án", "303 dự án"))
    assert (finding.severity, amount(finding, "one"), amount(finding, "other")) == ("warning", 330 * M, 303 * M)
    assert not found("said_twice", *twice("330 dự án", "330 dự án"))


def test_figures_too_far_apart_or_a_part_are_not_one_figure_said_twice() -> None:
    assert not found("said_twice", *twice("330 dự án", "30 dự án"))
    assert not found("said_twice", *twice("330 dự án", "303 dự án", passage="trong đó 303 dự án"))
    assert found("said_twice", *twice("330 dự án", "33.000 dự án")), "a power of ten apart is one figure gone wrong"


def test_a_figure_said_three_ways_is_a_note() -> None:
    assert {one.severity for one in found("said_twice", *twice("330 dự án", "303 dự án", "313 dự án"))} == {"note"}


def test_the_ledger_may_say_otherwise_than_before() -> None:
    assert not found("said_twice", said("projects_new", "330 dự án"), said("projects_new", "303 dự án", sequence=2))
