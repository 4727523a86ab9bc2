"""Overlaps between boundaries, and outlines with fewer points."""

from __future__ import annotations

import math
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.geo import SQUARE
from sokhu.documents.geo.measure import area_ha, overlaps, simplified
from sokhu.documents.geo.shape import Polygon

EAST = 0.01


def moved(east: float = 0.0, north: float = 0.0) -> tuple[Polygon, ...]:
    return ((tuple((lon + east, lat + north) for lon, lat in SQUARE),),)


def circle(radius: float, corners: int) -> tuple[Polygon, ...]:
    angles = [2 * math.pi * n / corners for n in range(corners)]
    ring = [(106.7 + radius * math.cos(angle), 20.8 + radius * math.sin(angle)) for angle in angles]
    return (((*ring, ring[0]),),)


def test_boundaries_that_share_land_are_found_with_the_hectares_they_share() -> None:
    found = overlaps({"a": moved(), "b": moved(EAST), "c": moved(5 * EAST), "d": moved(2 * EAST)})
    assert [(pair.one, pair.other) for pair in found] == [("a", "b"), ("b", "d")]
    assert abs(found[0].area_ha - area_ha(moved()) / 2) < Decimal("0.01")
    assert abs(area_ha(found[0].polygons) - found[0].area_ha) < Decimal("0.001")


def test_neighbours_measured_apart_by_centimetres_do_not_overlap() -> None:
    assert not overlaps({"a": moved(), "b": moved(2 * EAST - 0.00000002)})
    assert overlaps({"a": moved(), "b": moved(2 * EAST - 0.000002)})


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)), min_size=1, max_size=5))
def test_the_order_of_boundaries_changes_no_overlap(steps: list[tuple[float, float]]) -> None:
    shapes = {str(number): moved(*step) for number, step in enumerate(steps)}
    turned = dict(reversed(shapes.items()))
    told = {(frozenset((pair.one, pair.other)), pair.area_ha) for pair in overlaps(shapes)}
    assert told == {(frozenset((pair.one, pair.other)), pair.area_ha) for pair in overlaps(turned)}
    assert all(size <= area_ha(moved()) + Decimal("2") for _, size in told)


def test_a_simpler_outline_has_fewer_points_and_about_the_same_area() -> None:
    whole = circle(0.02, 10_000)
    simple = simplified(whole, 5)
    assert len(simple[0][0]) < 150
    assert abs(area_ha(simple) - area_ha(whole)) / area_ha(whole) < Decimal("0.005")


def test_simplifying_keeps_small_parts() -> None:
    assert len(simplified((*circle(0.0001, 20), *moved()), 50)) == 2
