"""Invented firms and investors: most have one project, some have several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random

from sokhu.areas.projects.models import Enterprise, Investor
from sokhu.cli.illustrative.chance import Chance, around
from sokhu.cli.illustrative.names import firm_name, investor_name, some_words

AGAIN = 0.12  # of projects are of a firm, or of an investor, that has one already
_NO_PROVINCE = 99  # no tax code begins so: the first digits name the province


@dataclass(slots=True)
class Firms:
    """Who was invented so far. words: what a firm is called by, also by its projects."""

    chance: Chance
    rng: Random
    enterprises: list[Enterprise] = field(default_factory=list)
    investors: list[Investor] = field(default_factory=list)
    words: dict[str, tuple[str, int]] = field(default_factory=dict)
    _of: dict[tuple[str, str], list[Enterprise]] = field(default_factory=lambda: defaultdict(list))
    _from: dict[tuple[str, str], list[Investor]] = field(default_factory=lambda: defaultdict(list))

    def enterprise(self, owner: str, ownership: str, sector: str, day: date) -> Enterprise:
        known = self._of[owner, ownership]
        if known and self.rng.random() < AGAIN:
            return self.rng.choice(known)
        made = self._new_enterprise(owner, sector, day)
        known.append(made)
        self.enterprises.append(made)
        return made

    def _new_enterprise(self, owner: str, sector: str, day: date) -> Enterprise:
        number, words = len(self.enterprises) + 1, some_words(self.rng)
        form = "limited" if self.rng.random() < 0.75 else "stock"
        made = self._made(number, owner, firm_name(form, words, number), form, sector, day)
        made.short_name = f"Minh Họa {words} {number}"
        self.words[made.tax_code] = words, number
        return made

    def developer(self, owner: str, name: str, sector: str, day: date) -> Enterprise:
        """A firm of that name, of its own."""
        made = self._made(len(self.enterprises) + 1, owner, name, "stock", sector, day)
        self.enterprises.append(made)
        return made

    def _made(self, number: int, owner: str, name: str, form: str, sector: str, day: date) -> Enterprise:
        return Enterprise(
            id=self.chance.id("enterprise", number),
            owner=owner,
            name=name,
            tax_code=f"{_NO_PROVINCE}{number:08}",
            form=form,
            sector=sector,
            registered=day,
            registered_by="cơ quan minh họa",
        )

    def investor(self, owner: str, country: str) -> Investor:
        """country: "VN" for a domestic one."""
        known = self._from[owner, country]
        if known and self.rng.random() < AGAIN:
            return self.rng.choice(known)
        number = len(self.investors) + 1
        made = Investor(
            id=self.chance.id("investor", number),
            owner=owner,
            name=investor_name(some_words(self.rng), number, is_foreign=country != "VN"),
            country=country,
        )
        known.append(made)
        self.investors.append(made)
        return made


def capital(rng: Random, ownership: str) -> tuple[str, int]:
    """Currency and registered capital: tens of thousands of dollars, or millions of đồng."""
    if ownership == "FDI":
        return "usd", rounded("usd", around(rng, 6.5e6, 1.25, 1e5, 3e9))
    return "vnd", rounded("vnd", around(rng, 1.7e11, 1.2, 5e9, 3e13))


def rounded(currency: str, amount: float) -> int:
    step = 10_000 if currency == "usd" else 1_000_000
    return max(round(amount / step), 1) * step
