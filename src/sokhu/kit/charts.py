"""Charts of a few dozen values as plain SVG: bars, columns and lines. `docs/decisions/0007-own-charts.md`: why ours.

Places along the page are percentages, so that a chart fills any width while its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from sokhu.core.numbers import format_number
from sokhu.core.round_numbers import ticks
from sokhu.kit.wording import lang

ChartKind = Literal["bar", "column", "line"]

HEIGHT = 200  # of the field of columns and lines, in pixels
ROOM = Decimal("0.82")  # of the width of bars; the rest is for their figures
NAME, BAR, SECOND, PITCH, BETWEEN = (
    21,
    13,
    11,
    16,
    10,
)  # pixels: a name, a bar, what it is compared with, bar to bar, the space after
BAND = Decimal("0.66")  # of a column's place that the columns fill
WIDEST = Decimal(9)  # percent of the width that a column may take
LABELS, LABELS_PHONE = 13, 5  # how many periods fit under a chart


@dataclass(frozen=True, slots=True)
class Series:
    """A line of values, one for each label of the chart; None is a gap and never zero."""

    label: str
    values: tuple[Decimal | int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. "bar": things with names; "column": flows of periods; "line": stocks and rates over time.

    series: the first is drawn in the accent, a second, compared with it, as an outline. unit: of every value.
    """

    kind: ChartKind
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


def drawn(chart: Chart, *, id: str = "chart") -> dict[str, Any]:
    """Context of `_chart.html`. id: another one for each chart of a page. The figures stand in a table beside it."""
    values = [None if value is None else Decimal(value) for one in chart.series for value in one.values]
    known = [value for value in values if value is not None]
    axis = ticks(known)
    ends = (min([Decimal(0), *known]), max([Decimal(0), *known])) if chart.kind == "bar" else (axis[0], axis[-1])
    draw = _Draw(chart, *(ends if ends[0] != ends[1] else (axis[0], axis[-1])))
    return {
        "id": id,
        "kind": chart.kind,
        "title": chart.title,
        "unit": chart.unit,
        "said": draw.said(),
        "series": [one.label for one in chart.series],
        "has_gaps": len(known) < len(values),
    } | (draw.bars() if chart.kind == "bar" else draw.periods(axis))


@dataclass(frozen=True, slots=True)
class _Draw:
    chart: Chart
    low: Decimal
    high: Decimal

    def said(self) -> str:
        """Every value in words, for those who do not see the chart."""
        return "; ".join(
            f"{one.label}: " + ", ".join(map(self._value_said, self.chart.labels, one.values))
            for one in self.chart.series
        )

    def _value_said(self, label: str, value: Decimal | int | None) -> str:
        return f"{label} {_('chưa có số') if value is None else self.words(value)}"

    def words(self, value: Decimal | int) -> str:
        return format_number(value, lang=lang())

    def share(self, value: Decimal | int) -> Decimal:
        """Where a value lies between the ends of the axis, 0 to 1."""
        return (Decimal(value) - self.low) / (self.high - self.low)

    def bars(self) -> dict[str, Any]:
        count = len(self.chart.series)
        row = NAME + PITCH * count + BETWEEN
        rows = [
            {
                "label": label,
                "y": row * index + 14,
                "top": row * index + NAME - 2,
                "bottom": row * index + NAME + PITCH * count,
                "bars": [self._bar(index, place, row) for place in range(count)],
            }
            for index, label in enumerate(self.chart.labels)
        ]
        return {"rows": rows, "zero": percent(self.share(0) * ROOM), "height": row * len(rows)}

    def _bar(self, index: int, place: int, row: int) -> dict[str, Any]:
        value = self.chart.series[place].values[index]
        top = row * index + NAME + PITCH * place
        thick = SECOND if place else BAR
        bar = {"place": place, "y": top, "thick": thick, "middle": top + thick // 2 + 1}
        if value is None:
            return bar | {"x": "", "wide": "", "end": percent(self.share(0) * ROOM), "text": "…"}
        start, end = sorted((self.share(0), self.share(value)))
        shape = {"x": percent(start * ROOM), "wide": percent((end - start) * ROOM), "end": percent(end * ROOM)}
        return bar | shape | {"text": self.words(value)}

    def periods(self, axis: Sequence[Decimal]) -> dict[str, Any]:
        labels, count = self.chart.labels, len(self.chart.labels)
        longest = max(len(self.words(tick)) for tick in axis)
        return {
            "height": HEIGHT,
            "margin": "s" if longest <= 4 else "m" if longest <= 7 else "l",
            "ticks": [{"y": self.y(tick), "text": self.words(tick), "is_zero": tick == 0} for tick in axis],
            "labels": [
                {"x": self.x(index), "text": label, "on_phone": _shown(index, count, LABELS_PHONE)}
                for index, label in enumerate(labels)
                if _shown(index, count, LABELS)
            ],
            "points": [
                self._point(index, place) for place in reversed(range(len(self.chart.series))) for index in range(count)
            ],
        }

    def x(self, index: int) -> str:
        return percent((Decimal(index) + Decimal("0.5")) / len(self.chart.labels))

    def y(self, value: Decimal | int) -> str:
        return f"{HEIGHT * (1 - self.share(value)):.1f}"

    def _point(self, index: int, place: int) -> dict[str, Any]:
        """A column or a point with the line to the next one; a gap says that it is one and ends the line."""
        values, label = self.chart.series[place].values, self.chart.labels[index]
        value, after = values[index], values[index + 1] if index + 1 < len(values) else None
        point: dict[str, Any] = {"place": place, "x": self.x(index), "said": self._value_said(label, value)}
        column = self._column(index, place)
        if value is None:
            return point | {"gap": self.y(0)} | ({"x": column["middle"]} if self.chart.kind == "column" else {})
        top, bottom = sorted((self.share(value), self.share(0)), reverse=True)
        column |= {"tall": f"{HEIGHT * (top - bottom):.1f}", "top": f"{HEIGHT * (1 - top):.1f}"}
        line = {"x2": self.x(index + 1), "y2": self.y(after)} if after is not None else {}
        return point | {"y": self.y(value)} | column | line

    def _column(self, index: int, place: int) -> dict[str, str]:
        """Columns of a period stand side by side around the middle of its place."""
        series, band = len(self.chart.series), Decimal(100) / len(self.chart.labels)
        wide = min(band * BAND / series, WIDEST)
        left = band * (Decimal(index) + Decimal("0.5")) + wide * (place - Decimal(series) / 2)
        return {"left": f"{left:.2f}%", "middle": f"{left + wide / 2:.2f}%", "wide": f"{wide:.2f}%"}


def percent(share: Decimal) -> str:
    return f"{share * 100:.2f}%"


def _shown(index: int, count: int, most: int) -> bool:
    """Every so many labels, counted from the last, which is the newest."""
    return (count - 1 - index) % -(-count // most) == 0
