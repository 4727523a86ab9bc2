"""A drawn boundary against the hectares of its decision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sokhu.core.boundary import AreaCheck, area_check
from sokhu.kit.wording import worded

HA = Decimal


@pytest.mark.parametrize(
    ("drawn", "decided", "agrees"),
    [
        ("200.99", "200", True),
        ("201.01", "200", False),
        ("198.99", "200", False),
        ("2.05", "2", True),  # a decision in tenths of a hectare
        ("2.06", "2", False),
        ("0.05", "0", True),
        ("10", "0", False),
    ],
)
def test_a_drawing_may_differ_by_its_tolerance_and_never_by_more(drawn: str, decided: str, agrees: bool) -> None:
    assert AreaCheck(HA(drawn), HA(decided)).agrees is agrees
    assert (area_check(HA(drawn), HA(decided)) is None) is agrees


def test_the_finding_says_both_areas_the_difference_and_its_share() -> None:
    finding = area_check(HA("652.7312"), HA("687"), where="KCN Thử")
    assert finding is not None
    assert "KCN Thử đo được 652,73 ha, quyết định ghi 687 ha: lệch -34,27 ha (4,99 %)" in worded(finding, "vi")
    assert "652.73 ha" in worded(finding, "en")


def test_another_tolerance_is_taken_when_it_is_asked_for() -> None:
    assert area_check(HA("210"), HA("200"), HA("0.05")) is None
    assert area_check(HA("210"), HA("200"), HA("0.04")) is not None
