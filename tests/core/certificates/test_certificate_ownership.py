from datetime import date

import pytest

from sokhu.core.certificates.ownership import (
    OwnershipRule,
    Stake,
    classified,
    leading_country,
    ownership_rules,
    ownership_rules_of,
    shares_by_country,
)
from sokhu.core.certificates.term import term_limits_of
from sokhu.core.problems import Problem

DAY = date(2024, 3, 1)
HOME, JAPAN = Stake("VN", 90), Stake("JP", 10)
MAJORITY = (OwnershipRule(date(2000, 1, 1), "share_above", "x", "BK-low", 50),)
HALF = (OwnershipRule(date(2000, 1, 1), "share_at_least", "x", "BK-low", 50),)


def test_one_foreign_investor_makes_a_project_foreign_under_the_rule_in_force():
    found = classified([HOME, JAPAN], DAY)
    assert (found.ownership, found.ground, found.share) == ("FDI", "any_foreign", 10)


def test_a_project_of_domestic_investors_is_domestic():
    found = classified([HOME], DAY)
    assert (found.ownership, found.ground) == ("DDI", "no_foreign")


def test_a_domestic_firm_that_foreigners_control_counts_as_foreign():
    assert classified([Stake("VN", 10, treated_as_foreign=True)], DAY).ownership == "FDI"


@pytest.mark.parametrize(("foreign", "above", "at_least"), [(49, "DDI", "DDI"), (50, "DDI", "FDI"), (51, "FDI", "FDI")])
def test_a_rule_by_share_looks_at_what_is_put_in(foreign: int, above: str, at_least: str):
    stakes = [Stake("VN", 100 - foreign), Stake("KR", foreign)]
    assert classified(stakes, DAY, MAJORITY).ownership == above
    assert classified(stakes, DAY, HALF).ownership == at_least


def test_a_rule_by_share_proposes_nothing_while_a_share_is_unknown():
    assert classified([Stake("VN"), Stake("KR", 3)], DAY, MAJORITY) is None
    assert classified([], DAY) is None


def test_a_day_without_a_rule_is_told():
    with pytest.raises(Problem, match=r"certificates\.no_rule"):
        classified([HOME], date(1970, 1, 1))


def test_the_country_is_that_of_the_largest_foreign_investor():
    assert leading_country([HOME, JAPAN, Stake("KR", 30)]) == "KR"
    assert leading_country([HOME]) == ""


def test_rules_say_their_law_and_how_sure_it_is():
    for rule in ownership_rules():
        assert rule.source
        assert rule.evidence in {"FOUND", "BK-high", "BK-medium", "BK-low"}


def test_capital_goes_by_country_the_largest_first_and_stakes_of_one_country_are_one():
    stakes = [Stake("VN", 30), Stake("JP", 20), Stake("KR", 40), Stake("JP", 20)]
    assert shares_by_country(stakes) == (("JP", 40), ("KR", 40), ("VN", 30))


@pytest.mark.parametrize("amount", [None, 0])
def test_no_share_is_told_while_an_amount_is_missing(amount: int | None):
    assert shares_by_country([Stake("JP", 20), Stake("KR", amount)]) == ()


@pytest.mark.parametrize(
    "tables", [{}, {name: [{"starts": DAY}] for name in ("rule", "limit")}, {"rule": [{"x": 1}], "limit": [{"x": 1}]}]
)
def test_a_table_that_holds_no_rules_or_limits_is_refused_with_its_place(tables: dict[str, list[dict[str, object]]]):
    for read, name in ((ownership_rules_of, "ownership.toml"), (term_limits_of, "terms.toml")):
        with pytest.raises(Problem) as told:
            read(tables)
        assert (told.value.code, told.value.where) == ("certificates.table", name)


def test_the_oldest_rule_stands_first_in_whatever_order_they_are_written():
    common = {"measure": "any_foreign", "source": "x", "evidence": "BK-low"}
    tables = {"rule": [{"starts": date(year, 1, 1), **common} for year in (2021, 2015)]}
    assert [rule.starts.year for rule in ownership_rules_of(tables)] == [2015, 2021]
