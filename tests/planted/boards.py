"""The report of one board for one year, as the board knew things at the time."""

from __future__ import annotations

import random
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planted.figures import COUNTED, Figure, Window
from planted.habits import BUSINESS, LICENCES, Habits, counted_on
from planted.telling import Teller, adds_over_ownership, currency_of
from planted.truth import CAPITAL_FLOWS, OWNERSHIPS, PROJECT_FLOWS, Board, Happened, capital, on
from planted.windows import half, month, nine_months, on_day, quarter, year_of

ONE = 10**6
YEARLY = (*LICENCES, *(code for code in (*CAPITAL_FLOWS, *PROJECT_FLOWS) if code not in LICENCES), *BUSINESS)
SELDOM = ("capital_moved", "capital_corrected", "projects_moved", "projects_corrected")
STOCKS = ("capital_registered_total", "projects_valid", "capital_disbursed")
COMPARED = ("projects_new", "capital_new_and_added", "revenue", "export_value")


def flow(known: Board, code: str, ownership: str, window: Window) -> int:
    """Scaled as figures are: a project is a million of them."""
    owners = (ownership,) if ownership else OWNERSHIPS
    total = sum(known.flow(code, owner, window) for owner in owners)
    return total * ONE if code.startswith("projects") else total


def stock(known: Board, code: str, ownership: str, day: date) -> int:
    owners = (ownership,) if ownership else OWNERSHIPS
    total = sum(known.stock(code, owner, day) for owner in owners)
    return total * ONE if code.startswith("projects") else total


def as_guessed(chance: random.Random, known: Board, year: int) -> Board:
    """What was known in mid-December: licences and business of the last weeks are guessed."""
    return _with_more(known, {flow: _guess(chance, told, year) for flow, told in known.flows.items()}, year)


def before_it_was_late(chance: random.Random, known: Board, year: int) -> Board:
    """What was known before a licence came to light that had been left out of the year's report."""
    ownership = chance.choice(OWNERSHIPS)
    amount = min(capital(chance, ownership), known.flow("capital_new", ownership, year_of(year, "calendar")))
    return _with_more(known, {("capital_new", ownership): -amount}, year)


def _guess(chance: random.Random, told: Happened, year: int) -> int:
    window = quarter(year, 4, "calendar")
    return round(told.within(window.first, window.last) * chance.uniform(-0.1, 0.15))


def _with_more(known: Board, more: dict[tuple[str, str], int], year: int) -> Board:
    seen = copy(known)
    seen.flows = dict(known.flows)
    for code, amount in more.items():
        if amount:
            events = [(day, after - before) for day, before, after in _steps(known.flows[code])]
            seen.flows[code] = Happened()
            seen.flows[code].add_all([*events, (date(year, 12, 15), amount)])
    return seen


def _steps(told: Happened) -> list[tuple[date, int, int]]:
    return list(zip(told.days, told.sums, told.sums[1:], strict=False))


def report(
    chance: random.Random, known: Board, habits: Habits, year: int, *, sequence: int, maturity: str
) -> list[Figure]:
    """Flows by year and shorter periods, stocks at its end, rates; without comparisons."""
    teller = Teller(known.place, ("board_report", known.place), habits, sequence)
    regime = habits.regimes[year]
    window = year_of(year, regime)
    _flows(teller, known, YEARLY, window, maturity)
    for shorter, codes in _shorter(habits, year, regime):
        _flows(teller, known, codes, shorter, maturity if shorter.last == window.last else "final")
    days = [counted_on(chance, window.last)]
    if habits.counts_at_half:
        days.append(half(year, 1, regime).last)
        _flows(teller, known, YEARLY, half(year, 1, regime), "final")
        _flows(teller, known, YEARLY, half(year, 2, regime), maturity)
    for day in days:
        _stocks(teller, known, on_day(day, regime), maturity if day >= window.last else "final")
    for topic, tell in ABOUT_THE_DAY.items():
        if topic in habits.tells:
            tell(teller, known, on_day(days[0], regime))
    return teller.told


def _shorter(habits: Habits, year: int, regime: str) -> list[tuple[Window, tuple[str, ...]]]:
    found = [(quarter(year, number, regime), habits.by_quarter) for number in range(1, 5) if habits.by_quarter]
    if habits.by_half:
        found += [(half(year, number, regime), LICENCES) for number in (1, 2)]
    if habits.by_nine_months:
        found.append((nine_months(year, regime), LICENCES))
    if habits.by_month:
        found += [(month(year, number, regime), habits.by_quarter[:2]) for number in range(1, 13)]
    return found


def _flows(teller: Teller, known: Board, codes: tuple[str, ...], window: Window, maturity: str) -> None:
    for code in codes:
        for ownership in (*OWNERSHIPS, "") if adds_over_ownership(code) else OWNERSHIPS:
            exact = flow(known, code, ownership, window)
            if _is_told(teller.habits, code, exact):
                teller.say(
                    code, window, exact, ownership=ownership, currency=currency_of(code, ownership), maturity=maturity
                )


def _is_told(habits: Habits, code: str, exact: int) -> bool:
    if code in BUSINESS and code not in habits.tells:
        return False
    if code in SELDOM and habits.movements == "some":
        return False
    return bool(exact) or habits.movements == "all" or code in LICENCES


def _stocks(teller: Teller, known: Board, day: Window, maturity: str) -> None:
    for code in STOCKS if "capital_disbursed" in teller.habits.tells else STOCKS[:2]:
        for ownership in (*OWNERSHIPS, "") if adds_over_ownership(code) else OWNERSHIPS:
            exact = stock(known, code, ownership, day.last)
            teller.say(code, day, exact, ownership=ownership, currency=currency_of(code, ownership), maturity=maturity)
    for ownership in OWNERSHIPS if "capital_disbursed" in teller.habits.tells else ():
        top, bottom = (stock(known, code, ownership, day.last) for code in ("capital_disbursed", STOCKS[0]))
        teller.percent(
            "disbursement_rate", day, Fraction(top), Fraction(bottom), ownership=ownership, maturity=maturity
        )


def _people(teller: Teller, known: Board, day: Window) -> None:
    jobs = on(known.jobs, day.last)
    total = teller.say("jobs_total", day, jobs * ONE)
    if teller.habits.approx_jobs:
        teller.told[-1] = about(total)
    teller.say("jobs_female", day, int(jobs * known.female) * ONE)


def _land(teller: Teller, known: Board, day: Window) -> None:
    land = round(known.land * ONE)
    leased = min(on(known.land_leased, day.last) * 100, land * 98 // 100)
    areas = {
        "zone_area": land * 3 // 2,
        "industrial_land_area": land,
        "land_handed_over": leased + (land - leased) * 2 // 5,
        "land_leased": leased,
    }
    for code, exact in areas.items():
        teller.say(code, day, exact)
    teller.percent("occupancy_rate", day, Fraction(leased), Fraction(land))


def _zones(teller: Teller, known: Board, day: Window) -> None:
    operating = operating_zones(known)
    teller.say("zones_established", day, known.zones * ONE)
    teller.say("zones_operating", day, operating * ONE)
    teller.say("zones_under_construction", day, (known.zones - operating) * ONE)
    teller.say("zones_full", day, operating // 2 * ONE)


ABOUT_THE_DAY = {"jobs": _people, "land": _land, "zones": _zones}


def operating_zones(known: Board) -> int:
    return max(1, known.zones * 2 // 3)


def about(figure: Figure) -> Figure:
    """Khoảng 20.000: two digits and zeros."""
    assert figure.words in COUNTED
    digits = max(len(str(int(figure.value))) - 2, 0)
    return replace(figure, value=Decimal(round(int(figure.value), -digits)), approx=True)


def comparisons(
    chance: random.Random, now: Board, before: Board | None, habits: Habits, year: int, *, sequence: int
) -> list[Figure]:
    """Growth and plans of a year, as its report said them; what it was compared with may be corrected later."""
    teller = Teller(now.place, ("board_report", now.place), habits, sequence)
    window = year_of(year, habits.regimes[year])
    for code in COMPARED:
        if code in BUSINESS and code not in habits.tells:
            continue
        ownership = "" if adds_over_ownership(code) else "FDI"
        reached = Fraction(flow(now, code, ownership, window))
        if before:
            base = Fraction(flow(before, code, ownership, year_of(year - 1, habits.regimes[year - 1])))
            teller.growth(code, window, reached, base, ownership=ownership)
        if code != "export_value" and reached > 0:
            _plan(chance, teller, code, window, reached, ownership)
    if before:
        _growth_of_stock(teller, now, before, year)
    return teller.told


def _plan(chance: random.Random, teller: Teller, code: str, window: Window, reached: Fraction, ownership: str) -> None:
    """A plan in round numbers, and how much of it was reached."""
    currency = currency_of(code, ownership)
    aimed = Fraction(reached * round(chance.lognormvariate(0, 0.25) * 1000), 1000)
    plan = teller.say(code, window, _round_number(aimed), ownership=ownership, currency=currency, kind="plan")
    if plan.amount:
        more = {"ownership": ownership, "other": f"of={code}"}
        teller.percent("plan_completion", window, reached, Fraction(plan.amount), **more)


def _round_number(amount: Fraction) -> int:
    digits = max(len(str(int(amount))) - 2, 6)
    return max(round(int(amount), -digits), 10**digits)


def _growth_of_stock(teller: Teller, now: Board, before: Board, year: int) -> None:
    """Of valid projects, on the last day of either year; counts may have been told of other days."""
    regimes = teller.habits.regimes
    window, base = year_of(year, regimes[year]), year_of(year - 1, regimes[year - 1])
    ends = [
        Fraction(stock(*pair))
        for pair in ((now, "projects_valid", "", window.last), (before, "projects_valid", "", base.last))
    ]
    teller.growth("projects_valid", window, *ends)
