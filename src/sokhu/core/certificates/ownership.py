"""Whether a project is foreign or domestic investment, by the rule in force on a day; proposed, decided by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from sokhu.core.certificates.event import Shares
from sokhu.core.data import load_toml
from sokhu.core.problems import Problem

HOME = "VN"
Measure = Literal["any_foreign", "share_above", "share_at_least"]


@dataclass(frozen=True, slots=True)
class Stake:
    """What one investor puts in. country: of the investor; treated_as_foreign: a domestic firm that foreigners control.

    amount: in one unit for all investors of a project; None where it is not known.
    """

    country: str
    amount: int | None = None
    treated_as_foreign: bool = False

    @property
    def is_foreign(self) -> bool:
        return self.country != HOME or self.treated_as_foreign


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """What makes a project foreign from a day on. percent: of share_above and share_at_least."""

    starts: dt.date
    measure: Measure
    source: str
    evidence: str
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Classified:
    """ground: any_foreign, share, no_foreign or share_below; share: the foreign part in percent, None if not known."""

    ownership: Literal["FDI", "DDI"]
    ground: str
    share: Fraction | None
    rule: OwnershipRule


@cache
def ownership_rules() -> tuple[OwnershipRule, ...]:
    """The shipped rules, `catalogue/certificates/ownership.toml`, the oldest first."""
    return ownership_rules_of(load_toml("certificates/ownership.toml"))


def ownership_rules_of(tables: dict[str, Any]) -> tuple[OwnershipRule, ...]:
    """Rules from their tables. Raises Problem("certificates.table", where) for a table that is none."""
    try:
        found = [OwnershipRule(**table) for table in tables["rule"]]
    except (KeyError, TypeError) as error:
        raise Problem("certificates.table", where="ownership.toml", found=str(error)) from error
    return tuple(sorted(found, key=lambda rule: rule.starts))


def classified(
    stakes: Sequence[Stake], day: dt.date, rules: Sequence[OwnershipRule] | None = None
) -> Classified | None:
    """How a project with these investors counts under the rule of a day; None where that cannot be told.

    Raises Problem("certificates.no_rule", day) before the first rule.
    """
    in_force = [rule for rule in (ownership_rules() if rules is None else rules) if rule.starts <= day]
    if not in_force:
        raise Problem("certificates.no_rule", day=day)
    rule, share = in_force[-1], foreign_share(stakes)
    if not stakes:
        return None
    if not any(stake.is_foreign for stake in stakes):
        return Classified("DDI", "no_foreign", share, rule)
    if rule.measure == "any_foreign":
        return Classified("FDI", "any_foreign", share, rule)
    return None if share is None else _by_share(share, rule)


def _by_share(share: Fraction, rule: OwnershipRule) -> Classified:
    is_enough = share > rule.percent or (share == rule.percent and rule.measure == "share_at_least")
    return Classified("FDI" if is_enough else "DDI", "share" if is_enough else "share_below", share, rule)


def foreign_share(stakes: Sequence[Stake]) -> Fraction | None:
    """The foreign part of what is put in, in percent; None while an amount is missing or nothing is put in."""
    amounts = [stake.amount for stake in stakes]
    whole = sum(amount or 0 for amount in amounts)
    if None in amounts or not whole:
        return None
    return Fraction(100 * sum(stake.amount or 0 for stake in stakes if stake.is_foreign), whole)


def shares_by_country(stakes: Sequence[Stake]) -> Shares:
    """Whose the capital is, the largest first, the first named of equal ones; () while an amount is missing.

    No rule of law says how a joint venture counts by country: capital goes by share, the project with the largest.
    """
    if any(not stake.amount for stake in stakes):
        return ()
    found: dict[str, int] = {}
    for stake in stakes:
        found[stake.country] = found.get(stake.country, 0) + (stake.amount or 0)
    return tuple(sorted(found.items(), key=lambda one: -one[1]))


def leading_country(stakes: Sequence[Stake]) -> str:
    """The country of the largest foreign investor, the first named of equal ones; "" where all are domestic."""
    foreign = [stake for stake in stakes if stake.country != HOME]
    return max(foreign, key=lambda stake: stake.amount or 0).country if foreign else ""
