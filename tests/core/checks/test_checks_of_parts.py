"""Parts against wholes: ownership, formula, time, place, parts of a stock, and what rounding leaves."""

from __future__ import annotations

import pytest

from checks_book import amount, cause, found, only, said

MILLION = 10**6  # one of what is counted, as amounts are scaled


def projects(whole: str, fdi: str, ddi: str, **more: str) -> list:
    return [
        said("projects_new", f"{whole} dự án", **more),
        said("projects_new", f"{fdi} dự án", ownership="FDI", **more),
        said("projects_new", f"{ddi} dự án", ownership="DDI", **more),
    ]


def test_foreign_and_domestic_projects_must_add_up_to_all_projects() -> None:
    finding = only("ownership_parts", *projects("340", "228", "102"))
    assert (finding.severity, amount(finding, "sum"), amount(finding, "gap")) == ("error", 330 * MILLION, 10 * MILLION)
    assert finding.suggestion == finding.terms["sum"]
    assert not found("ownership_parts", *projects("330", "228", "102"))


def test_one_part_alone_says_nothing_of_the_whole() -> None:
    assert not found("ownership_parts", *projects("340", "228", "102")[:2])


@pytest.mark.parametrize(
    ("whole", "likely"),
    [
        ("228", "part_left_out"),
        ("432", "part_twice"),
        ("303", "digits_transposed"),
        ("3.300", "slip_10"),
        ("33.000", "slip_100"),
        ("330.000", "slip_1000"),
        ("3.300.000", "slip_10000"),
        ("330.000.000", "slip_1000000"),
        ("351", "unknown_cause"),
    ],
)
def test_the_amounts_tell_why_a_whole_is_not_its_parts(whole: str, likely: str) -> None:
    assert cause(only("ownership_parts", *projects(whole, "228", "102"))) == likely


def test_digits_that_changed_places_are_next_to_each_other() -> None:
    assert cause(only("ownership_parts", *projects("3.127", "3.000", "172"))) == "digits_transposed"
    assert cause(only("ownership_parts", *projects("2.173", "3.000", "172"))) == "unknown_cause"


def test_rounded_parts_may_miss_a_rounded_whole_by_their_last_digits() -> None:
    figures = [
        said("revenue", "10,3 tỷ đồng"),
        said("revenue", "5,1 tỷ đồng", ownership="FDI"),
        said("revenue", "5,1 tỷ đồng", ownership="DDI"),
    ]
    assert not found("ownership_parts", *figures)
    assert amount(only("rounding_gap", *figures), "gap") == 10**8


def test_no_rounding_gap_where_the_parts_add_up_or_are_wrong() -> None:
    assert not found("rounding_gap", *projects("330", "228", "102"))
    assert not found("rounding_gap", *projects("340", "228", "102"))


def test_attracted_capital_is_new_and_added_capital() -> None:
    new, added = said("capital_new", "100,5 triệu USD"), said("capital_added", "50,2 triệu USD")
    finding = only("formula_parts", said("capital_new_and_added", "105,7 triệu USD"), new, added)
    assert (finding.severity, amount(finding, "sum")) == ("error", 150_700_000)
    assert not found("formula_parts", said("capital_new_and_added", "150,7 triệu USD"), new, added)


def test_what_a_formula_takes_off_is_taken_off() -> None:
    exports, imports = said("export_value", "500 triệu USD"), said("import_value", "300 triệu USD")
    assert not found("formula_parts", said("trade_balance", "200 triệu USD"), exports, imports)
    assert found("formula_parts", said("trade_balance", "800 triệu USD"), exports, imports)


def quarters(*written: str, **more: str) -> list:
    return [said("projects_new", f"{one} dự án", period=f"2020-Q{n}", **more) for n, one in enumerate(written, 1)]


def test_a_year_is_its_quarters_though_no_half_was_told() -> None:
    finding = only("time_parts", said("projects_new", "45 dự án"), *quarters("10", "12", "8", "13"))
    assert (finding.severity, amount(finding, "sum"), finding.terms["parts"].value) == ("error", 43 * MILLION, "4")
    assert not found("time_parts", said("projects_new", "43 dự án"), *quarters("10", "12", "8", "13"))


def test_nine_months_are_their_quarters() -> None:
    whole = said("projects_new", "31 dự án", period="2020-01..2020-09")
    assert found("time_parts", whole, *quarters("10", "12", "8"))
    assert not found("time_parts", whole, *quarters("10", "12", "9"))


def test_a_quarter_that_is_missing_or_only_estimated_contradicts_no_year() -> None:
    year = said("projects_new", "45 dự án")
    assert not found("time_parts", year, *quarters("10", "12", "8"))
    assert not found("time_parts", year, *quarters("10", "12", "8", "13", maturity="estimate"))


def test_a_quarter_that_was_corrected_since_is_a_note_and_no_error() -> None:
    figures = [
        said("projects_new", "45 dự án"),
        *quarters("10", "12", "8"),
    ]
    finding = only("time_parts", *figures, said("projects_new", "14 dự án", period="2020-Q4", sequence=2))
    assert finding.severity == "note"


def test_members_must_add_up_to_their_block_once_all_have_told() -> None:
    whole = said("projects_new", "30 dự án", place="block/x")
    members = [said("projects_new", f"{n} dự án", place=f"board/{name}") for n, name in ((12, "a"), (17, "b"))]
    places = ("board/a", "board/b")
    assert amount(only("place_parts", whole, *members, members=places), "gap") == MILLION
    assert not found("place_parts", whole, *members, members=(*places, "board/c"))
    assert not found("place_parts", said("projects_new", "29 dự án", place="block/x"), *members, members=places)


def test_what_another_voice_tells_is_no_error_but_a_warning() -> None:
    whole = said("projects_new", "30 dự án", place="block/x", speaker="block/x")
    members = [said("projects_new", f"{n} dự án", place=f"board/{name}") for n, name in ((12, "a"), (17, "b"))]
    assert only("place_parts", whole, *members, members=("board/a", "board/b")).severity == "warning"


def test_members_of_other_days_make_a_note() -> None:
    whole = said("projects_new", "30 dự án", place="block/x")
    own = said("projects_new", "12 dự án")
    other = said("projects_new", "17 dự án", place="board/b", regime="to_20_december")
    assert only("place_parts", whole, own, other, members=("board/a", "board/b")).severity == "note"


def test_a_part_of_a_stock_cannot_be_larger_than_it() -> None:
    women, all_jobs = said("jobs_female", "12.500 lao động"), said("jobs_total", "12.050 lao động")
    finding = only("exceeds_whole", women, all_jobs)
    assert (finding.severity, amount(finding, "gap")) == ("error", 450 * MILLION)
    assert not found("exceeds_whole", said("jobs_female", "12.050 lao động"), all_jobs)


def test_a_part_that_only_seems_larger_by_rounding_is_no_finding() -> None:
    assert not found("exceeds_whole", said("land_leased", "100,4 ha"), said("industrial_land_area", "100 ha"))
    assert found("exceeds_whole", said("land_leased", "100,6 ha"), said("industrial_land_area", "100 ha"))


def test_an_approximate_or_estimated_whole_is_contradicted_by_a_warning_at_most() -> None:
    parts = projects("340", "228", "102")[1:]
    assert only("ownership_parts", said("projects_new", "340 dự án", maturity="estimate"), *parts).severity == "warning"
    about = said("projects_new", "400 dự án", approx=True)
    assert only("ownership_parts", about, *parts).severity == "warning"
    assert not found("ownership_parts", said("projects_new", "340 dự án", approx=True), *parts)
