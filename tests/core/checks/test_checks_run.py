"""What written digits leave open, the list of checks, the order of findings and how many oddities are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checks_book import book, check_of, found, only, said, years
from sokhu.core.checks.bounds import Bounds, bounds_of, exactly
from sokhu.core.checks.check import RULES
from sokhu.core.checks.run import NOTES_SHOWN, checked_checks, findings, load_checks, most_telling
from sokhu.core.problems import Problems

M = 10**6


@pytest.mark.parametrize(
    ("amount", "written", "half"),
    [
        (5_056_100_000, "5.056,1 triệu USD", 50_000),
        (5_056_000_000, "5.056 triệu USD", 500_000),
        (453_287_500_000_000, "453.287,5 tỷ", 50_000_000),
        (62_960_000, "62,96%", 5_000),
        (5_056_100_000, "", 0),
        (5_056_100_000, "5.056 đến 5.057", 0),
        (0, "0,0", 0),
        (5_000_000, "1.2.3", 0),
        (5_000_000, "0", 0),
    ],
)
def test_a_written_figure_stands_for_half_of_its_last_digit_either_way(amount: int, written: str, half: int) -> None:
    assert bounds_of(amount, written, is_counted=False) == Bounds(Fraction(amount - half), Fraction(amount + half))


def test_what_is_counted_one_by_one_is_exact_unless_it_is_told_in_thousands() -> None:
    assert bounds_of(330 * M, "330 dự án", is_counted=True) == exactly(330 * M)
    assert bounds_of(300_000 * M, "300 nghìn lao động", is_counted=True) == Bounds(
        Fraction(299_500 * M), Fraction(300_500 * M)
    )


def test_an_approximate_figure_leaves_a_twentieth_open() -> None:
    assert bounds_of(20_000 * M, "20.000", is_counted=True, approx=True) == Bounds(
        Fraction(19_000 * M), Fraction(21_000 * M)
    )


def test_bounds_are_added_taken_off_and_divided_end_by_end() -> None:
    one, other = Bounds(Fraction(1), Fraction(3)), Bounds(Fraction(2), Fraction(4))
    assert one + other == Bounds(Fraction(3), Fraction(7))
    assert one - other == Bounds(Fraction(-3), Fraction(1))
    assert one.over(other) == Bounds(Fraction(1, 4), Fraction(3, 2))
    assert one.over(Bounds(Fraction(-1), Fraction(1))) is None


def test_bounds_are_apart_by_their_nearest_ends() -> None:
    one, other = Bounds(Fraction(1), Fraction(3)), Bounds(Fraction(5), Fraction(6))
    assert (one.meets(other), one.apart(other), other.apart(one)) == (False, 2, 2)
    assert (one.meets(exactly(3)), one.apart(exactly(3))) == (True, 0)


def test_every_check_of_the_list_has_its_rule_and_every_rule_its_entry() -> None:
    assert set(load_checks().checks) == set(RULES)


def test_only_arithmetic_makes_errors() -> None:
    errors = {code for code, check in load_checks().checks.items() if check.severity == "error"}
    assert errors == {
        "ownership_parts", "formula_parts", "time_parts", "place_parts", "exceeds_whole", "ratio_recomputed",
        "comparison_recomputed", "continuity", "land_not_closed", "lease_beyond_plot", "plot_let_twice",
    }  # fmt: skip
    assert not any(check_of(code).oddity for code in errors)


def test_an_entry_without_a_rule_is_told_with_its_place() -> None:
    entry = """[check.no_such_rule]
severity = "note"
vi = "x"
en = "x"
reason_vi = "x"
reason_en = "x"
source = "x"
evidence = "FOUND"
"""
    with pytest.raises(Problems) as raised:
        checked_checks({"checks/more.toml": entry.encode()})
    (problem,) = raised.value.problems
    assert (problem.code, problem.params["found"]) == ("checks.no_rule", "no_such_rule")


def test_serious_findings_come_first() -> None:
    errors = [said("jobs_female", "12.500 lao động"), said("jobs_total", "12.050 lao động")]
    slip = [*years("revenue", ("100 tỷ đồng",) * 5), said("revenue", "1.000 tỷ đồng")]
    told = findings(book(*slip, *errors), {code: check_of(code) for code in ("scale_slip", "exceeds_whole")})
    assert [one.severity for one in told] == ["error", "warning"]


def test_a_finding_keeps_its_subject_when_its_amounts_change() -> None:
    def subject(women: str) -> str:
        return only("exceeds_whole", said("jobs_female", women), said("jobs_total", "12.050 lao động")).subject

    assert subject("12.500 lao động") == subject("13.000 lao động")


def test_of_one_report_only_the_most_telling_oddities_are_shown() -> None:
    steady = ("100 tỷ đồng",) * 6
    told = [one for n in range(5) for one in years("revenue", steady, place=f"board/b{n}")]
    odd = [said("revenue", f"{500 + 50 * n} tỷ đồng", place=f"board/b{n}") for n in range(5)]
    all_of_them = found("off_its_past", *told, *odd)
    kept, left_off = most_telling(all_of_them, load_checks().checks)
    assert (len(all_of_them), len(kept), left_off) == (5, NOTES_SHOWN, 2)
    assert min(one.weight for one in kept) >= max(one.weight for one in all_of_them if one not in kept)
