"""Charts: a gap is a gap, figures are written in the reader's language, nothing needs inline styles or scripts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from sokhu.kit.charts import Chart, ChartKind, Series, drawn

YEARS = ("2020", "2021", "2022", "2023")
WITH_GAP = Series("Hải Phòng", (Decimal("5056.1"), None, Decimal("61206.6"), Decimal(0)))
PLAN = Series("Kế hoạch", (Decimal(5000), Decimal(5000), Decimal(60000), Decimal(60000)))
KINDS: tuple[ChartKind, ...] = ("bar", "column", "line")


def rendered(kind: ChartKind, *series: Series) -> str:
    chart = Chart(kind, "Vốn đăng ký", "triệu USD", YEARS, series)
    return render_to_string("_chart.html", {"chart": drawn(chart, id="von")})


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_says_every_value_and_every_gap_in_words(kind: ChartKind) -> None:
    found = rendered(kind, WITH_GAP)
    said = re.search(r"<desc[^>]*>([^<]*)</desc>", found)
    assert said
    assert said[1] == "Hải Phòng: 2020 5.056,1, 2021 chưa có số, 2022 61.206,6, 2023 0"
    assert 'role="img" aria-labelledby="von-title von-said"' in found


def test_a_gap_has_no_column_and_zero_has_one_of_no_height() -> None:
    found = rendered("column", WITH_GAP)
    assert len(re.findall(r"<rect x=", found)) == 3
    assert 'height="0.0"' in found
    assert found.count(">…</text>") == 1


def test_a_line_ends_at_a_gap_and_begins_again_after_it() -> None:
    found = drawn(Chart("line", "Vốn", "triệu USD", YEARS, (WITH_GAP,)))
    assert [("x2" in point, "gap" in point) for point in found["points"]] == [
        (False, False),
        (False, True),
        (True, False),
        (False, False),
    ]


def test_a_bar_is_as_long_as_its_value_and_a_gap_is_no_bar() -> None:
    bars = [row["bars"][0] for row in drawn(Chart("bar", "Vốn", "triệu USD", YEARS, (WITH_GAP,)))["rows"]]
    wide = [float(bar["wide"].rstrip("%") or "nan") for bar in bars]
    assert wide[0] / wide[2] == pytest.approx(5056.1 / 61206.6, abs=0.001)
    assert (bars[1]["x"], bars[1]["text"]) == ("", "…")


def test_bars_below_zero_lie_on_the_other_side_of_zero() -> None:
    change = Series("Tăng, giảm", (Decimal("8.11"), Decimal("-4.86"), None, None))
    rows = drawn(Chart("bar", "So cùng kỳ", "%", YEARS, (change,)))
    up, down = rows["rows"][0]["bars"][0], rows["rows"][1]["bars"][0]
    assert up["x"] == down["end"] == rows["zero"]
    assert down["x"] == "0.00%"


@pytest.mark.parametrize("kind", ["column", "line"])
def test_the_axis_has_round_numbers_in_the_readers_language(kind: ChartKind) -> None:
    assert all(f">{tick}</text>" in rendered(kind, WITH_GAP) for tick in ("0", "20.000", "40.000", "60.000", "80.000"))
    with override("en"):
        assert ">20,000</text>" in rendered(kind, WITH_GAP)


@pytest.mark.parametrize("kind", KINDS)
def test_two_series_are_told_apart_in_words_and_the_first_is_drawn_over_the_second(kind: ChartKind) -> None:
    found = rendered(kind, WITH_GAP, PLAN)
    assert "Hải Phòng</li>" in found
    assert "Kế hoạch</li>" in found
    if kind != "bar":
        assert found.rindex('<g class="p1">') < found.index('<g class="p0">')


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("series", [WITH_GAP, Series("Trống", (None, None, None, None))], ids=["filled", "empty"])
def test_a_chart_needs_no_inline_style_and_no_decimal_comma_in_its_places(kind: ChartKind, series: Series) -> None:
    found = rendered(kind, series)
    assert not re.search(r"style=|<style|<script", found)
    places = re.findall(r'\b(?:[xy][12]?|width|height|cx|cy)="([^"]*)"', found)
    assert places
    assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", one) for one in places)


def test_of_many_periods_the_newest_is_always_named() -> None:
    months = tuple(f"{month:02}/2024" for month in range(1, 37))
    shown = drawn(Chart("line", "Vốn", "tỷ đồng", months, (Series("x", tuple(range(36))),)))["labels"]
    assert len(shown) <= 13
    assert shown[-1] == {"x": "98.61%", "text": "36/2024", "on_phone": True}
    assert sum(one["on_phone"] for one in shown) <= 5
