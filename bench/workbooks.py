"""Reading 100,000 rows of 20 columns, validation included, beside openpyxl, which only reads them."""

from __future__ import annotations

import random
import resource
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import xlsxwriter
from output import write_part

from sokhu.core.indicator import load_indicators
from sokhu.core.territory_file import load_territory
from sokhu.core.workbook.mapping import Says, mapping_of
from sokhu.core.workbook.places import place_finder
from sokhu.core.workbook.reading import About, read_by
from sokhu.documents import Limits, read_workbook

ROWS, COLUMNS = 100_000, 18  # of figures; two more name the zone and the month
UNIT, INDICATOR = "triệu USD", "revenue"
PROMISED = 5
TEXT = """Made by `make bench-workbooks` in this checkout. Quote the ratio, not the times: seconds of the processor, the
reading process included.

## A workbook of 100,000 rows by 20 columns ({size:.1f} MB)

| what | s | ratio |
|---|---|---|
| `documents.read_workbook` and `core.workbook`: {taken:,} figures taken, every cell accounted for | {ours:.1f} | 1 |
| openpyxl, the whole workbook, values only, nothing validated | {theirs:.1f} | {ratio:.1f} |
"""


def main() -> int:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bang.xlsx"
        _write(file)
        size = file.stat().st_size / 1e6
        ours, counts = _ours(file)
        theirs = _openpyxl(file)
    text = TEXT.format(size=size, taken=counts["taken"], ours=ours, theirs=theirs, ratio=theirs / ours)
    print(text)
    write_part("workbooks", text)
    return 0 if theirs >= PROMISED * ours and counts["taken"] == ROWS * COLUMNS and not counts["unknown"] else 1


def _write(file: Path) -> None:
    """Zones by months: each pair once."""
    rng = random.Random(1)
    zones = [place.names[-1].vi for place in load_territory().in_use("zone")]
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Tháng")
        sheet.write_row(0, 0, ["Khu", "Kỳ", *(f"Số {number}" for number in range(COLUMNS))])
        for row in range(ROWS):
            month, zone = divmod(row, len(zones))
            period = f"Tháng {month % 12 + 1}/{1985 + month // 12}"
            sheet.write_row(row + 1, 0, [zones[zone], period, *(rng.randrange(1, 10**7) / 100 for _ in range(COLUMNS))])


def _ours(file: Path) -> tuple[float, dict[str, int]]:
    columns = [{"label": "Khu", "role": "place"}, {"label": "Kỳ", "role": "period"}]
    figures = [{"label": f"Số {number}", "indicator": INDICATOR, "unit": UNIT} for number in range(COLUMNS)]
    mapping = mapping_of(
        {"name": "bench", "title_vi": "bench", "sheet": [{"name": "Tháng", "column": columns + figures}]}
    )
    territory = load_territory()
    about = About(load_indicators(), place_finder(territory, territory.events[-1].day), Says())
    start = _spent()
    reading = read_by(read_workbook(file.read_bytes(), file.name, Limits(seconds=300)), mapping, about)
    taken = _spent() - start
    return taken, dict(reading.counts())


def _openpyxl(file: Path) -> float:
    start = _spent()
    book = openpyxl.load_workbook(BytesIO(file.read_bytes()), data_only=True)
    cells = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) for value in row if value is not None)
    assert cells == (ROWS + 1) * (COLUMNS + 2)
    return _spent() - start


def _spent() -> float:
    """Seconds of the processor, the reading process included: others on the machine do not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main())
