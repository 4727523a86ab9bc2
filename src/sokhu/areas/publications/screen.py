"""A made report on screen: its texts, tables and charts with the path of every figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sokhu.areas.publications.issued import figure_urls
from sokhu.areas.publications.laid_out import lang_of, roman
from sokhu.core.report.words import Words, words_of
from sokhu.kit.charts import Chart, Series, drawn

Table = Mapping[str, Any]


def on_screen(report: Table) -> dict[str, Any]:
    """What `publications/_report.html` takes."""
    return _Screen(report).context()


class _Screen:
    def __init__(self, report: Table) -> None:
        self.report = report
        self.urls = figure_urls(report)
        self.figures = {one["number"]: one for one in report["figures"]}
        self.words: Words = words_of(lang_of(report))
        self.charts = 0

    def context(self) -> dict[str, Any]:
        return {
            "lang": self.report["lang"],
            "head": self.report["head"],
            "sections": list(self.sections()),
            "notes": self.report["notes"],
        }

    def sections(self) -> Iterator[dict[str, Any]]:
        number = 0
        for section in self.report["sections"]:
            number += bool(section["heading"])
            yield {
                "heading": f"{roman(number)}. {section['heading']}" if section["heading"] else "",
                "blocks": [self.block(block) for block in section["blocks"]],
                "missing": section["missing"],
            }

    def block(self, block: Table) -> dict[str, Any]:
        match block["kind"]:
            case "text":
                return {"kind": "text", "runs": [self.run(run) for run in block["runs"]]}
            case "chart":
                return {"kind": "chart", "chart": self.chart(block)}
        return {"kind": "table", "heading": block["heading"], **self.table(block)}

    def run(self, run: Table) -> dict[str, Any]:
        return {
            "text": run["text"],
            "url": self.url(run["figures"]),
            "ring": self.ring(run["figures"]),
            "known": run["known"],
        }

    def url(self, numbers: Iterable[int]) -> str:
        """The path of a figure; of a comparison of two figures of one indicator, why they differ."""
        found = [number for number in numbers if number in self.urls]
        if not found:
            return ""
        if len(found) == 2 and self.figures[found[0]]["indicator"] == self.figures[found[1]]["indicator"]:
            now, then = (self.urls[number].partition("?")[2] for number in found)
            return f"{reverse('explain')}?{urlencode({'trai': then, 'phai': now})}"
        return self.urls[found[0]]

    def ring(self, numbers: Iterable[int]) -> str:
        """Whether it is one figure that was said, or made from others."""
        found = list(numbers)
        return "one" if len(found) == 1 and self.figures[found[0]]["how"] == "said" else "full"

    def table(self, block: Table) -> dict[str, Any]:
        if block["by"] == "members":
            names = [f"{one['name']}, {one['unit']}" if one["unit"] else one["name"] for one in block["columns"]]
            rows = [{"name": row["name"], "cells": self.cells(row["cells"])} for row in block["rows"]]
            whole = {"name": self.words.columns["whole"], "cells": self.cells(block["whole"]), "is_whole": True}
            head = [self.words.columns["member"], *names]
            return {"head": head, "first": 1, "rows": [*rows, whole], "absent": block["absent"]}
        columns = block["columns"]
        rows = [
            {"name": row["name"], "cells": self.cells(row[column] for column in columns[1:])} for row in block["rows"]
        ]
        return {"head": [self.words.columns[column] for column in columns], "first": 2, "rows": rows}

    def cells(self, cells: Iterable[Any]) -> list[dict[str, Any]]:
        return [{"text": cell, "is_words": True} if isinstance(cell, str) else self.run(cell) for cell in cells]

    def chart(self, block: Table) -> dict[str, Any]:
        self.charts += 1
        values = tuple(None if value is None else Decimal(value) for value in block["values"])
        kind = "column" if block["by"] == "years" else "bar"
        series = (Series(block["heading"], values),)
        chart = Chart(
            "column" if kind == "column" else "bar", block["heading"], block["unit"], tuple(block["labels"]), series
        )
        return drawn(chart, id=f"report-chart-{self.charts}")
