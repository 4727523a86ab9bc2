"""An official document as its writers take it: lines of the head, body, recipients, signature, verification.

The layout is that of Decree 30/2020/NĐ-CP, appendix I. Number, symbol, place and day are the clerk's: they stand blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """pieces: the text in pieces, each with whether it is slanted (what is missing is)."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _slanted in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption, the column heads, rows of texts. left: how many columns from the left hold words, not numbers.

    total: whether the last row is the whole of the others.
    """

    caption: str
    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1
    total: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: a bar a label. shares: its length as a share of the longest, None for a gap; texts: its figure."""

    caption: str
    unit: str
    labels: tuple[str, ...]
    shares: tuple[float | None, ...]
    texts: tuple[str, ...]


Part = Heading | Paragraph | Grid | Bars


@dataclass(frozen=True, slots=True)
class Verification:
    """How a reader checks the document: our code, the address of its page, what the code stands for."""

    code: str
    address: str
    words: str

    def qr_svg(self) -> str:
        """The code for the address as a picture that stands alone."""
        made = BytesIO()
        segno.make(self.address, error="m", micro=False).save(made, kind="svg", xmldecl=False, border=1, scale=4)
        return made.getvalue().decode()

    def qr_png(self) -> bytes:
        made = BytesIO()
        segno.make(self.address, error="m", micro=False).save(made, kind="png", border=1, scale=8)
        return made.getvalue()


@dataclass(frozen=True, slots=True)
class Official:
    """above: the authority over the issuing body, "" for none. about: what the report is on, under the word REPORT.

    number, dateline: blank lines for the clerk. signer: lines over the signature. notes: small print after the end.
    """

    lang: str
    nation: str
    motto: str
    above: str
    issuer: str
    number: str
    dateline: str
    kind: str
    about: str
    parts: tuple[Part, ...]
    recipients_title: str
    recipients: tuple[str, ...]
    signer: tuple[str, ...]
    notes_title: str
    notes: tuple[str, ...]
    day: date  # of the figures: the files say they are of it
    draft: str = ""
    mark: str = ""
    verification: Verification | None = None
