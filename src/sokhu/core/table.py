"""The one question that tables, reports, scores and charts ask: indicators by places by periods, with comparisons.

A table question is taken apart into single questions (`core.answer.Question`), which the engine answers in bulk, and is
put together again here: same period last year, plan, change, coverage, one currency. Nothing else calculates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sokhu.core.answer import OWNERSHIPS, Answer, Question
from sokhu.core.indicator import Indicator
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import Period, same_period_last_year, year_to_date
from sokhu.core.problems import Problem
from sokhu.core.quantity import divide
from sokhu.core.rates import Rate, RateMode, converted
from sokhu.core.rollup import weakest

CONVERTED_INTO = ("USD", "VND")  # what a table can be turned into as a whole
EQUIVALENT_PERCENT = 5  # two amounts of one cell that are this near after conversion are one figure said twice
CHANGE_PLACES = 2  # of growth and of shares, in percent
MOST_QUESTIONS = 20_000  # of one table, comparisons included: what a page can answer while somebody waits


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """What a table shows. Order is kept: indicators, then ownerships, then places, then periods.

    ownerships: "" is both together. map_day: the map of that day for every period; None: the map of each period.
    at: as known right after that batch; None: now. currency: "" shows each currency by itself, else all is converted
    at the rate of the period's last day (rate_mode "period_end") or of rate_day ("fixed_date").
    """

    indicators: tuple[str, ...]
    places: tuple[str, ...]
    periods: tuple[Period, ...]
    ownerships: tuple[str, ...] = ("",)
    kind: str = "result"
    zone_kind: str = ""
    country: str = ""
    sector: str = ""
    other: str = ""
    with_last_year: bool = False
    with_plan: bool = False
    with_cumulative: bool = False
    map_day: date | None = None
    at: int | None = None
    currency: str = ""
    rate_mode: RateMode = "period_end"
    rate_day: date | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """One figure of a table. last_year, plan, cumulative: None where not asked for, how="missing" where there is none.

    cumulative: what a flow has run up to (see `cumulative_of`).
    """

    answer: Answer
    last_year: Answer | None = None
    plan: Answer | None = None
    cumulative: Answer | None = None

    @property
    def question(self) -> Question:
        return self.answer.question

    @property
    def change_percent(self) -> Decimal | None:
        """Growth against the same period last year, in percent; None where it has no meaning."""
        return change_percent(self.answer, self.last_year)

    @property
    def plan_percent(self) -> Decimal | None:
        """How much of the plan is reached, in percent; None where result or plan lack parts."""
        if self.answer.missing or (self.plan and self.plan.missing):
            return None
        return share_percent(self.answer, self.plan)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every answer depends on (design, section 2): sequence, catalogue digest, program version."""

    sequence: int
    catalogue: str
    version: str


@dataclass(frozen=True, slots=True)
class Table:
    """cells: in the order of the question; those of a currency in which nothing is known are left out."""

    question: TableQuestion
    cells: tuple[TableCell, ...]
    stamp: Stamp


Answers = Mapping[Question, Answer]


def change_percent(now: Answer, before: Answer | None) -> Decimal | None:
    """By how many percent a figure grew.

    None for unlike currencies, missing parts, nothing before, one same count, or a window that still runs beside a
    whole one.
    """
    if before is None or now.last == before.last or _still_runs(now) != _still_runs(before):
        return None
    return percent_apart(now, before)


def _still_runs(answer: Answer) -> bool:
    """Whether it was counted over less than nine tenths of its period: a year to 14 December is still the year."""
    first, last, period = answer.first, answer.last, answer.question.period
    if first is None or last is None or first == last or last >= period.last:
        return False
    return 10 * (last - first).days < 9 * (period.last - period.first).days


def percent_apart(now: Answer, before: Answer) -> Decimal | None:
    """By how many percent one answer is above another; None for unlike currencies, missing parts, nothing below."""
    if not before.amount or now.amount is None or now.currency != before.currency or now.missing or before.missing:
        return None
    return divide(Decimal((now.amount - before.amount) * 100), abs(before.amount), CHANGE_PLACES)


def share_percent(part: Answer, whole: Answer | None) -> Decimal | None:
    """A figure as percent of another; None for unlike currencies or nothing to compare with."""
    if whole is None or not whole.amount or part.amount is None or part.currency != whole.currency:
        return None
    return divide(Decimal(part.amount * 100), whole.amount, CHANGE_PLACES)


def difference(one: Answer, other: Answer) -> int | None:
    """How far an answer is above another, scaled; None where one is not known or the currencies are unlike."""
    if one.amount is None or other.amount is None or one.currency != other.currency:
        return None
    return one.amount - other.amount


def questions_of(
    asked: TableQuestion, indicators: Mapping[str, Indicator], currencies: Sequence[str] = CURRENCIES
) -> list[Question]:
    """Every single question a table needs answered, each once. currencies: those in which anything was said.

    Raises Problem("catalogue.no_such_indicator", found) and Problem("table.too_large", found, limit).
    """
    check_size(asked)
    cells = _cells(asked, indicators, currencies)
    needed = [one for cell in cells for one in _with_comparisons(asked, cell, indicators)]
    return list(dict.fromkeys(needed))


def check_size(*tables: TableQuestion) -> None:
    """Raises Problem("table.too_large", found, limit) for tables that ask for more together than a page can answer."""
    found = sum(
        len(one.indicators) * len(one.ownerships) * len(one.places) * len(one.periods)
        * (1 + one.with_last_year + one.with_plan + one.with_cumulative)
        for one in tables
    )  # fmt: skip
    if found > MOST_QUESTIONS:
        raise Problem("table.too_large", found=found, limit=MOST_QUESTIONS)


def table_of(
    asked: TableQuestion,
    answers: Answers,
    stamp: Stamp,
    *,
    indicators: Mapping[str, Indicator],
    rates: Sequence[Rate],
    currencies: Sequence[str] = CURRENCIES,
) -> Table:
    """The table from the answers to its `questions_of`, of the same currencies.

    A cell that nobody knows stands once, not once a currency. A whole that one of its own parts in the table is above
    says so: they are from unlike sources, or the whole lacks members.
    """
    cells = [_cell(asked, answers, question, indicators) for question in _cells(asked, indicators, currencies)]
    if asked.currency:
        cells = list(_in_one_currency(cells, asked, rates))
    return Table(asked, tuple(_with_excess(list(_told(cells)), indicators)), stamp)


def _with_excess(cells: list[TableCell], indicators: Mapping[str, Indicator]) -> Iterator[TableCell]:
    parts = {cell.question: cell.answer for cell in cells if cell.question.ownership}
    for cell in cells:
        question, whole = cell.question, cell.answer
        if not parts or question.ownership or indicators[question.indicator].over_places != "sum":
            yield cell
            continue
        of_it = (parts.get(replace(question, ownership=ownership)) for ownership in OWNERSHIPS)
        caveats = [_excess(part, whole) for part in of_it if part is not None and _is_above(part, whole)]
        yield replace(cell, answer=replace(whole, caveats=(*whole.caveats, *caveats))) if caveats else cell


def _is_above(part: Answer, whole: Answer) -> bool:
    if part.amount is None or whole.amount is None or part.currency != whole.currency:
        return False
    return part.amount > whole.amount >= 0


def _excess(part: Answer, whole: Answer) -> Problem:
    return Problem(
        "answer.part_exceeds",
        of=part.question.ownership,
        part=part.amount,
        whole=whole.amount,
        indicator=whole.question.indicator,
        currency=whole.currency,
    )


def _cells(asked: TableQuestion, indicators: Mapping[str, Indicator], currencies: Sequence[str]) -> Iterator[Question]:
    for code in asked.indicators:
        if code not in indicators:
            raise Problem("catalogue.no_such_indicator", found=code)
        of_code = currencies if indicators[code].is_money else ("",)
        for ownership in asked.ownerships:
            for place in asked.places:
                for period in asked.periods:
                    for currency in of_code:
                        yield _question(asked, code, ownership, place, period, currency)


def _question(asked: TableQuestion, code: str, ownership: str, place: str, period: Period, currency: str) -> Question:
    return Question(
        indicator=code,
        place=place,
        period=period,
        ownership=ownership,
        zone_kind=asked.zone_kind,
        country=asked.country,
        other=asked.other,
        kind=asked.kind,
        currency=currency,
        sector=asked.sector,
    )


def _with_comparisons(
    asked: TableQuestion, question: Question, indicators: Mapping[str, Indicator]
) -> Iterator[Question]:
    return (one for one in _compared(asked, question, indicators) if one is not None)


def _compared(
    asked: TableQuestion, question: Question, indicators: Mapping[str, Indicator]
) -> tuple[Question, Question | None, Question | None, Question | None]:
    """A question with those of last year, of the plan and of what it runs up to, as far as they are asked for."""
    return (
        question,
        last_year_of(question) if asked.with_last_year else None,
        replace(question, kind="plan") if asked.with_plan else None,
        cumulative_of(question, indicators[question.indicator]) if asked.with_cumulative else None,
    )


def last_year_of(question: Question) -> Question | None:
    """The same question a year earlier; None for a period longer than a year."""
    try:
        return replace(question, period=same_period_last_year(question.period))
    except Problem:
        return None


def cumulative_of(question: Question, indicator: Indicator) -> Question | None:
    """What a flow has run up to: the year to date for a part of a year, else its stock at the period's end.

    Six months of a year are their own year to date, so that their stock stands beside them. None for all else.
    """
    if indicator.nature != "flow":
        return None
    to_date = year_to_date(question.period)
    if to_date.first < question.period.first and indicator.over_time == "sum":
        return replace(question, period=to_date)
    return replace(question, indicator=indicator.cumulative) if indicator.cumulative else None


def _cell(asked: TableQuestion, answers: Answers, question: Question, indicators: Mapping[str, Indicator]) -> TableCell:
    own, *beside = _compared(asked, question, indicators)
    return TableCell(answers[own], *(answers[one] if one else None for one in beside))


def _told(cells: Iterable[TableCell]) -> Iterator[TableCell]:
    """Of the cells that differ in currency only, those that say something; one empty cell where none does.

    Where the whole is known in one currency, what a few members said in another is no total of it.
    """
    for group in _by_currency(cells):
        telling = [cell for cell in group if any(map(_says, (cell.answer, cell.last_year, cell.plan, cell.cumulative)))]
        whole = [cell for cell in telling if cell.answer.is_complete]
        yield from whole or telling or group[:1]


def _by_currency(cells: Iterable[TableCell]) -> Iterable[list[TableCell]]:
    groups: dict[tuple[str, str, str, Period], list[TableCell]] = {}
    for cell in cells:
        one = cell.question
        groups.setdefault((one.indicator, one.ownership, one.place, one.period), []).append(cell)
    return groups.values()


def _says(answer: Answer | None) -> bool:
    return answer is not None and (answer.how != "missing" or bool(answer.caveats))


def _in_one_currency(cells: Iterable[TableCell], asked: TableQuestion, rates: Sequence[Rate]) -> Iterator[TableCell]:
    def told(answers: Iterable[Answer | None]) -> Answer | None:
        found = [answer for answer in answers if answer is not None]
        return together(found, asked, rates) if found else None

    for group in _by_currency(cells):
        answer = together([cell.answer for cell in group], asked, rates)
        beside = [told(getattr(cell, name) for cell in group) for name in ("last_year", "plan", "cumulative")]
        yield TableCell(answer, *beside)


def together(answers: Sequence[Answer], asked: TableQuestion, rates: Sequence[Rate]) -> Answer:
    """The figures of several currencies as one in `asked.currency`, each converted once, with the rate as a caveat.

    A rate that is missing leaves no amount, and says so: what is left would look like the whole. A figure that was said
    in both currencies counts once.
    """
    known = [answer for answer in answers if answer.amount is not None]
    if not known or not answers[0].question.currency:
        return replace(answers[0], question=replace(answers[0].question, currency=asked.currency))
    question = replace(known[0].question, currency=asked.currency)
    try:
        parts = [_converted(answer, asked, rates) for answer in known]
    except Problem as refusal:
        return Answer(question, "missing", parts=tuple(known), caveats=(refusal,))
    if twin := _said_twice(parts, asked.currency):
        return replace(twin, question=question)
    if len(parts) == 1 and parts[0] is known[0]:
        return replace(parts[0], question=question)
    caveats = [caveat for part in parts for caveat in part.caveats]
    totals = [part for part in parts if part.want]  # what was said is whole, and over no places
    return replace(
        parts[0],
        question=question,
        how="currencies",
        amount=sum(part.amount or 0 for part in parts),
        maturity=weakest(part.maturity for part in parts),
        approx=any(part.approx for part in parts),
        facts=(),
        parts=tuple(known),
        missing=tuple(dict.fromkeys(place for part in parts for place in part.missing)),
        caveats=tuple({str(caveat): caveat for caveat in caveats}.values()),
        have=min((part.have for part in totals), default=0),
        want=max((part.want for part in totals), default=0),
    )


def _converted(answer: Answer, asked: TableQuestion, rates: Sequence[Rate]) -> Answer:
    """An answer in the currency asked for, with the rate that was used told. Raises what `rates.converted` raises."""
    if answer.amount is None or answer.currency == asked.currency:
        return answer
    day = asked.rate_day if asked.rate_mode == "fixed_date" and asked.rate_day else answer.question.period.last
    made = converted(answer.amount, answer.currency, asked.currency, rates=rates, day=day, mode=asked.rate_mode)
    used = made.rate
    told = Problem(
        "answer.converted", currency=answer.currency, rate=used.per_unit_vnd, day=used.day, source=used.source
    )
    return replace(answer, amount=made.amount, currency=asked.currency, caveats=(*answer.caveats, told))


def _said_twice(parts: Sequence[Answer], currency: str) -> Answer | None:
    """Of a figure that was said with its equivalent ("7,3 tỷ USD, tương đương 170 nghìn tỷ đồng"), the asked one."""
    if len(parts) != 2 or any(part.how != "said" for part in parts):
        return None
    own = next((part for part in parts if not any(one.code == "answer.converted" for one in part.caveats)), None)
    other = next(part for part in parts if part is not own)
    if own is None or not own.amount or other.amount is None:
        return None
    return own if abs(other.amount - own.amount) * 100 <= abs(own.amount) * EQUIVALENT_PERCENT else None
