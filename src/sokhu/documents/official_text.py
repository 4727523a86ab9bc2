"""An official document as plain text, for a terminal or a message."""

from __future__ import annotations

from sokhu.documents.official import Grid, Heading, Official, Paragraph, Part


def text_of(document: Official) -> str:
    head = [document.mark, document.above, document.issuer, document.kind, document.about]
    lines = [line for line in head if line]
    for part in document.parts:
        lines += ["", *_lines(part)]
    lines += ["", document.notes_title, *document.notes]
    if document.verification:
        lines += ["", document.verification.words, document.verification.code, document.verification.address]
    return "\n".join(lines) + "\n"


def _lines(part: Part) -> list[str]:
    if isinstance(part, Heading | Paragraph):
        return [part.text]
    if isinstance(part, Grid):
        return [part.caption, *_columns((part.head, *part.rows), part.left)]
    bars = tuple(zip(part.labels, part.texts, strict=True))
    return [f"{part.caption} ({part.unit})", *_columns(bars, 1)]


def _columns(rows: tuple[tuple[str, ...], ...], left: int) -> list[str]:
    """Rows with their columns under each other, words to the left and numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
