from datetime import date

import pytest

from sokhu.core.data import load_toml
from sokhu.core.period import named, under
from sokhu.core.problems import Problem
from sokhu.core.regimes import Regime, regime_of, regimes, regimes_of


@pytest.mark.parametrize(
    ("regime", "name", "first", "last"),
    [
        # Decree 09/2019/NĐ-CP, article 12
        ("administrative", "2024-03", "2024-02-15", "2024-03-14"),
        ("administrative", "2024-01", "2023-12-15", "2024-01-14"),
        ("administrative", "2024-Q2", "2024-03-15", "2024-06-14"),
        ("administrative", "2024-H1", "2023-12-15", "2024-06-14"),
        ("administrative", "2024-H2", "2024-06-15", "2024-12-14"),
        ("administrative", "2024-01..2024-09", "2023-12-15", "2024-09-14"),
        ("administrative", "2024", "2023-12-15", "2024-12-14"),
        ("administrative", "2021..2025", "2020-12-15", "2025-12-14"),
        ("administrative", "2024-03-20", "2024-03-20", "2024-03-20"),
        ("labour", "2024", "2023-12-15", "2024-12-14"),
        ("to_20_december", "2020", "2020-01-01", "2020-12-20"),
        ("to_20_december", "2020-12", "2020-11-21", "2020-12-20"),
        ("to_20_december", "2020-H1", "2020-01-01", "2020-06-20"),
        ("calendar", "2020", "2020-01-01", "2020-12-31"),
    ],
)
def test_a_regime_decides_on_the_days_of_a_name(regime: str, name: str, first: str, last: str):
    period = named(name, regime=regime)
    assert (period.name, period.regime) == (name, regime)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_regime_is_refused_for_periods_before_it_was_in_force():
    assert named("2019", regime="administrative").first == date(2018, 12, 15)
    with pytest.raises(Problem) as caught:
        under(named("2018"), "administrative")
    assert caught.value.code == "period.regime_not_in_force"
    assert caught.value.params == {
        "found": "2018",
        "regime": "administrative",
        "since": date(2019, 3, 12),
        "until": "…",
    }


def test_a_regime_that_ended_is_in_force_to_its_last_day():
    ended = Regime(
        code="x", name_vi="x", name_en="x", source="x", evidence="BK-low", evidence_source="x",
        year_starts="january_first", valid_to=date(2020, 6, 30),
    )  # fmt: skip
    assert ended.in_force(date(2020, 6, 30), date(2020, 7, 31))
    assert not ended.in_force(date(2020, 7, 1), date(2020, 7, 31))


def test_an_unknown_regime_is_told_with_the_known_ones():
    with pytest.raises(Problem) as caught:
        regime_of("lunar")
    assert (caught.value.code, caught.value.params["found"]) == ("period.regime_unknown", "lunar")
    assert "calendar" in str(caught.value.params["known"])


def test_a_table_that_is_no_regime_is_told_by_its_name():
    with pytest.raises(Problem) as caught:
        regimes_of({"wrong": {"name_vi": "x", "colour": "blue"}})
    assert (caught.value.code, caught.value.where) == ("period.regime_table", "wrong")


def test_the_months_of_a_regime_are_found_by_their_first_and_last_days():
    administrative = regime_of("administrative")
    assert administrative.month_starting(date(2023, 12, 15)) == (2024, 1)
    assert administrative.month_starting(date(2024, 6, 15)) == (2024, 7)
    assert administrative.month_starting(date(2024, 6, 1)) is None
    assert administrative.month_ending(date(2024, 12, 14)) == (2024, 12)
    assert administrative.month_ending(date(2024, 12, 31)) is None
    assert regime_of("calendar").month_starting(date(2024, 6, 1)) == (2024, 6)


def test_every_regime_says_its_source_and_how_sure_we_are():
    assert set(regimes()) == {"calendar", "administrative", "labour", "to_20_december"}
    for regime in regimes().values():
        assert regime.name_vi
        assert regime.name_en
        assert regime.source
        assert regime.evidence_source
        assert regime.evidence in {"FOUND", "BK-high", "BK-medium", "BK-low"}
        assert regime.year_starts in {"after_cutoff", "january_first"}
        assert regime.cutoff_day is None or 1 <= regime.cutoff_day <= 28
    assert set(load_toml("regimes.toml")) == set(regimes())
