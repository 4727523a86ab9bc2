"""A made report as an official document: nothing is calculated here, everything stands in the canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sokhu.core.numbers import Lang, format_number
from sokhu.core.report.canonical import canonical
from sokhu.core.report.words import Words, words_of
from sokhu.documents.official import Bars, Grid, Heading, Official, Paragraph, Part, Verification
from sokhu.documents.official_text import text_of
from sokhu.kit.book import mark

Table = Mapping[str, Any]
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def official_of(report: Table, verification: Verification | None = None) -> Official:
    """verification: of an issued report; without it the document says that it is a draft."""
    head, words = report["head"], words_of(lang_of(report))
    return Official(
        lang=report["lang"],
        nation=head["nation"],
        motto=head["motto"],
        above=head["above"],
        issuer=head["issuer"],
        number=head["number"],
        dateline=head["dateline"],
        kind=head["kind"],
        about=head["about"],
        parts=tuple(_parts(report, words)),
        recipients_title=head["recipients_title"],
        recipients=tuple(head["recipients"]),
        signer=tuple(head["signer"]),
        notes_title=head["notes_title"],
        notes=tuple(f"{number}. {note}" for number, note in enumerate(report["notes"], 1)),
        day=_day(report["moment"]["at"]),
        mark=mark(report["lang"]),
        draft="" if verification else words.head["draft"],
        verification=verification,
    )


def _day(at: datetime | str) -> date:
    """The day of the report's moment; a frozen report has it as text."""
    return (at if isinstance(at, datetime) else datetime.fromisoformat(at)).date()


def lang_of(report: Table) -> Lang:
    return "en" if report["lang"] == "en" else "vi"


def roman(number: int) -> str:
    """ "IV" for 4: how sections of a report are numbered."""
    told = ""
    for value, sign in ROMAN:
        while number >= value:
            told, number = told + sign, number - value
    return told


def _parts(report: Table, words: Words) -> Iterator[Part]:
    number = 0
    for section in report["sections"]:
        if section["heading"]:
            number += 1
            yield Heading(f"{roman(number)}. {section['heading'].upper()}")
        for block in section["blocks"]:
            yield _part(block, words)
            if block.get("absent"):
                yield Paragraph(((block["absent"], True),))
        if section["missing"]:
            yield Paragraph(((section["missing"], True),))


def _part(block: Table, words: Words) -> Part:
    if block["kind"] == "text":
        return Paragraph(tuple((run["text"], not run["known"]) for run in block["runs"]))
    if block["kind"] == "chart":
        return bars_of(block, words.lang)
    return grid_of_members(block, words) if block["by"] == "members" else grid_of_figures(block, words)


def grid_of_figures(block: Table, words: Words) -> Grid:
    columns = block["columns"]
    rows = tuple(tuple(_cell(row[column]) for column in columns) for row in block["rows"])
    return Grid(block["heading"], "", tuple(words.columns[column] for column in columns), rows, left=2)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else value["text"]


def grid_of_members(block: Table, words: Words) -> Grid:
    names = [f"{one['name']} ({one['unit']})" if one["unit"] else one["name"] for one in block["columns"]]
    rows = [(row["name"], *(cell["text"] for cell in row["cells"])) for row in block["rows"]]
    whole = (words.columns["whole"], *(cell["text"] for cell in block["whole"]))
    head = (words.columns["member"], *names)
    return Grid(block["heading"], "", head, (*rows, whole), left=1, total=True)


def bars_of(block: Table, lang: Lang) -> Bars:
    values = [None if value is None else Decimal(value) for value in block["values"]]
    longest = max((abs(value) for value in values if value is not None), default=Decimal(0)) or Decimal(1)
    return Bars(
        block["heading"],
        block["unit"],
        tuple(block["labels"]),
        tuple(None if value is None else float(max(value, Decimal(0)) / longest) for value in values),
        tuple("…" if value is None else format_number(value, lang=lang) for value in values),
    )


def written_as(wanted: str, report: Table, verification: Verification | None = None) -> bytes:
    """The bytes of a file: "json" (the canonical form), "text", "docx" or "pdf"."""
    document = official_of(report, verification)
    match wanted:
        case "json":
            return canonical(report)
        case "docx":
            from sokhu.documents.official_word import word_of

            return word_of(document)
        case "pdf":
            from sokhu.documents.official_pdf import pdf_of

            return pdf_of(document)
    return text_of(document).encode()
