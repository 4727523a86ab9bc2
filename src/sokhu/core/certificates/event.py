"""One event in the life of an investment certificate, and what the certificate reads after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args
from uuid import UUID

Kind = Literal[
    "issue",  # first issue (cấp mới)
    "review",  # put into or set right in the books without anything having moved (rà soát sổ)
    "adjust",  # adjusted, several contents at once (điều chỉnh)
    "extend",  # the term is extended (gia hạn)
    "suspend",  # ngừng hoạt động
    "resume",  # hoạt động trở lại
    "move",  # another board, zone, ownership or currency (chuyển)
    "land_decided",  # decision on the land (quyết định giao đất, cho thuê đất)
    "handed_over",  # land handed over on the ground (bàn giao trên thực địa)
    "terminate_part",  # chấm dứt một phần
    "terminate",  # chấm dứt toàn bộ
    "revoke",  # thu hồi giấy chứng nhận
]
KINDS: tuple[str, ...] = get_args(Kind)
FIRST = frozenset({"issue", "review"})
ENDING = frozenset({"terminate", "revoke"})
ADJUSTING = frozenset({"adjust", "extend"})
# What an event of each kind may say besides its day and paper: changes of capital, that it is a transfer, fields of
# `Terms`. Anything else on an event of that kind is a mistake of whoever entered it.
_CONTENT = frozenset({"name", "schedule", "objectives", "sector", "address", "land"})
_TERM = frozenset({"term_years", "term_ends"})
_OWNERSHIP = frozenset({"ownership", "ground", "country"})
_CAPITAL = frozenset({"capital_up", "capital_down"})
SAYS: Mapping[Kind, frozenset[str]] = {
    "issue": frozenset({"capital_up"}) | _TERM,
    "review": _CAPITAL | _CONTENT | _TERM | _OWNERSHIP | {"certified"},
    "adjust": _CAPITAL | _CONTENT | _TERM | _OWNERSHIP | {"transfer"},
    "extend": _CAPITAL | _TERM,
    "suspend": frozenset(),
    "resume": frozenset(),
    "move": _CAPITAL | _OWNERSHIP | {"place", "address"},
    "land_decided": frozenset({"land"}),
    "handed_over": frozenset({"land"}),
    "terminate_part": frozenset({"capital_down", "objectives", "land"}),
    "terminate": frozenset(),
    "revoke": frozenset(),
}
WITH_CAPITAL = frozenset(kind for kind, says in SAYS.items() if says & _CAPITAL)
# Kinds that are nothing without a content.
MUST_SAY = ADJUSTING | {"move", "terminate_part"}

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class CapitalChange:
    """By how much the registered capital in one currency rose or fell.

    amount: positive, in whole đồng, dollars …; a decrease is told by its direction.
    total: what the certificate reads afterwards in this currency, None where it was not noted.
    """

    currency: str
    direction: Direction
    amount: int
    total: int | None = None

    @property
    def signed(self) -> int:
        return self.amount if self.direction == "up" else -self.amount


@dataclass(frozen=True, slots=True)
class Terms:
    """What a certificate reads but for its capital; in an event None is "as before".

    place: the zone it lies in; owner: the authority in whose book it is; country: of the largest foreign investor;
    ground: why it counts as FDI or DDI; land: 10**-6 ha; term_ends: the last day, where the certificate names it;
    certified: day of the first certificate, of a project that came into the books later; is_infrastructure: whether it
    builds and runs the infrastructure of its zone.
    """

    name: str | None = None
    investors: tuple[str, ...] | None = None
    place: str | None = None
    owner: str | None = None
    ownership: str | None = None
    ground: str | None = None
    country: str | None = None
    sector: str | None = None
    address: str | None = None
    objectives: str | None = None
    schedule: str | None = None
    land: int | None = None
    term_years: int | None = None
    term_ends: dt.date | None = None
    certified: dt.date | None = None
    is_infrastructure: bool | None = None

    def changed_to(self, after: Terms) -> Terms:
        """These terms with what an event names."""
        named = {one.name: getattr(after, one.name) for one in fields(after)}
        return replace(self, **{name: value for name, value in named.items() if value is not None})


Shares = tuple[tuple[str, int], ...]
# Which content of an adjustment a changed term is. Whether a new investor is a transfer or a new name has to be said.
_CONTENT_OF = {
    "name": "name",
    "address": "address",
    "objectives": "scale",
    "land": "scale",
    "schedule": "schedule",
    "term_years": "term",
    "term_ends": "term",
    "sector": "scale",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event. entered: order among events of one day; said: contents that do not follow from what changed.

    shares: of the capital from then on, by country, in any weights; () for all of it the leading country's, None for
    as before.
    """

    id: UUID
    kind: Kind
    day: dt.date
    entered: int = 0
    capital: tuple[CapitalChange, ...] = ()
    after: Terms = field(default=Terms())
    said: frozenset[str] = frozenset()
    shares: Shares | None = None

    @property
    def contents(self) -> frozenset[str]:
        """What it changes, by the words of the dimension adjustment_kind."""
        capital = {"capital_increase" if one.direction == "up" else "capital_decrease" for one in self.capital}
        changed = {content for name, content in _CONTENT_OF.items() if getattr(self.after, name) is not None}
        return self.said | capital | changed

    @property
    def names_nothing(self) -> bool:
        """Whether no content of it follows from what it changes; it may be told in words all the same."""
        return not self.capital and "transfer" not in self.said and self.after == Terms()

    @property
    def changes_nothing(self) -> bool:
        return not self.contents and self.after == Terms()


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; those of one day as they were entered. An event entered late takes the place of its day."""
    return sorted(events, key=lambda event: (event.day, event.entered))
