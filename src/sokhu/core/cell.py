"""The cell: what a figure is about. And the rule by which a new figure meets what its stream already says."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from uuid import UUID, uuid5

from sokhu.core.problems import Problem
from sokhu.core.seal import canonical

CELLS = UUID("5f1d3f0e-6f0c-5a42-9c39-0d6c1f0c9a11")
STREAMS = UUID("9a4be7c2-0f3c-5e7e-8f0d-6f5b0a7c2d22")
# Reasons that only say that nobody has the figure yet: one that comes is no contradiction, and answers before them.
AWAITED = frozenset({"not_due", "not_reported", "not_available"})


@dataclass(frozen=True, slots=True)
class CellKey:
    """Indicator, place, period name and window, breakdown, currency, plan or result.

    indicator: catalogue code; place: territory id; first, last: the window, both days included (a stock's window
    is the one day on which it was counted); other dimensions: "" means the whole, never "unknown".
    """

    indicator: str
    place: str
    period: str
    first: date
    last: date
    regime: str = "calendar"
    kind: str = "result"
    ownership: str = ""
    country: str = ""
    sector: str = ""
    zone_kind: str = ""
    currency: str = ""
    other: str = ""

    def values(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def id(self) -> UUID:
        """The same cell has the same id in every book and on every instance."""
        return uuid5(CELLS, canonical(self.values()).decode())


def stream_id(kind: str, speaker: str) -> UUID:
    return uuid5(STREAMS, canonical({"kind": kind, "speaker": speaker}).decode())


@dataclass(frozen=True, slots=True)
class Said:
    """What an observation says: an amount or the reason why there is none, how final, about or exactly."""

    amount: int | None
    emptiness: str = ""
    maturity: str = "final"
    approx: bool = False

    @property
    def is_awaited(self) -> bool:
        return self.emptiness in AWAITED


class Meeting(Enum):
    """How a new figure meets the current one of the same cell and stream."""

    NEW = "new"
    CITES = "cites"
    REVISES = "revises"


def meeting(current: Said | None, new: Said, *, revise: bool = False) -> Meeting:
    """Decides what accepting `new` does to a cell and stream that now says `current`.

    Equal amount, emptiness and maturity: the figure is cited once more. Otherwise it is a revision, which must be
    meant: without `revise` it raises Problem("ledger.contradicts"), so that no figure replaces another unseen.
    An amount where its stream was only waiting for one (`AWAITED`) contradicts nothing.
    """
    if current is None:
        return Meeting.NEW
    if (current.amount, current.emptiness, current.maturity) == (new.amount, new.emptiness, new.maturity):
        return Meeting.CITES
    if not revise and not (current.is_awaited and new.amount is not None):
        raise Problem("ledger.contradicts", current=current.amount, new=new.amount)
    return Meeting.REVISES
