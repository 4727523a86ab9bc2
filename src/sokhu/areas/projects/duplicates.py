"""The same firm entered twice: pairs that look alike, offered to a person who merges them or leaves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz

from sokhu.areas.projects.models import TwoFirms
from sokhu.core.company_name import bare_name
from sokhu.kit.registers.declaration import Reader, Register
from sokhu.kit.registers.queries import visible

ALIKE = 90  # of 100: a slip or two in a name of three words
COMMON = 40  # a word that more firms have says nothing
MOST = 200
SAME_CODE, SAME_NAME, NEAR_NAME = "code", "name", "near"
_RANK = {SAME_CODE: 0, SAME_NAME: 1, NEAR_NAME: 2}


@dataclass(frozen=True, slots=True)
class Offer:
    """Two things that may be one. ground: "code", "name" or "near"; likeness: of 100."""

    one: Any
    other: Any
    ground: str
    likeness: int

    @property
    def pair(self) -> tuple[UUID, UUID]:
        one, other = sorted((self.one.pk, self.other.pk))
        return one, other


@dataclass(frozen=True, slots=True)
class _Named:
    thing: Any
    bare: str
    code: str  # of the firm; a branch has three digits more


@dataclass(frozen=True, slots=True)
class Offers:
    """open: pairs that may be one, the surest first, `MOST` at most; apart: those that a person said are two."""

    open: list[Offer]
    apart: list[Offer]


def offers(register: Register, who: Reader) -> Offers:
    """Pairs of things of the reader's own books that look alike: two queries."""
    rows = visible(register, who).order_by("name", "pk")
    rows = rows if who.is_system else rows.filter(owner__in=who.own)
    named = [_Named(thing, bare_name(thing.name), _code(thing)) for thing in rows]
    found = [offer for one, other in _candidates(named) if (offer := _offer(one, other))]
    found.sort(key=lambda offer: (_RANK[offer.ground], -offer.likeness, offer.one.name))
    apart = set(TwoFirms.objects.values_list("one", "other"))
    told = [offer for offer in found if offer.pair in apart]
    return Offers([offer for offer in found if offer.pair not in apart][:MOST], told[:MOST])


def _code(thing: Any) -> str:
    return str(getattr(thing, "tax_code", "") or getattr(thing, "id_number", "")).replace("-", "")[:10]


def _candidates(named: Sequence[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """Pairs that share a code, a name or a word that few have; each once."""
    shelves: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(named):
        for key in {f"={one.bare}", *one.bare.split(), *([f"#{one.code}"] if one.code else [])}:
            shelves[key].append(at)
    groups = [all_of_it for key, all_of_it in shelves.items() if key[0] in "=#" or len(all_of_it) <= COMMON]
    pairs = {pair for group in groups for pair in combinations(group, 2)}
    return ((named[left], named[right]) for left, right in sorted(pairs))


def _offer(one: _Named, other: _Named) -> Offer | None:
    """Firms with two codes are two firms, however they are called."""
    if one.code and other.code:
        return Offer(one.thing, other.thing, SAME_CODE, 100) if one.code == other.code else None
    if one.bare == other.bare:
        return Offer(one.thing, other.thing, SAME_NAME, 100)
    if _numbers(one.bare) != _numbers(other.bare):  # "Hoa Sen 2" is not "Hoa Sen 3" with a slip
        return None
    likeness = round(fuzz.token_sort_ratio(one.bare, other.bare))
    return Offer(one.thing, other.thing, NEAR_NAME, likeness) if likeness >= ALIKE else None


def _numbers(bare: str) -> list[str]:
    return [word for word in bare.split() if word.isdigit()]
