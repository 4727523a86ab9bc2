"""Asking a copy: totals by their keys, as answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sokhu.core.answer import Answer, How, Question
from sokhu.core.indicator import Indicator
from sokhu.core.problems import Problem
from sokhu.core.rollup import WEAKEST_FIRST, ratio_of
from sokhu.engine.adapters import DuckDB, Row
from sokhu.engine.keys import EMPTINESSES, OWNERSHIPS, Measure

# Amounts come as whole numbers: Python takes thousands of decimals five times as long.
FIELDS: Final = (
    "measure, place, ownership, period, CAST(amount AS BIGINT) AS amount, CAST(below AS BIGINT) AS below, emptiness,"
    " maturity, approx, unlike, late, spread, differs, gap, first_day, last_day, have, want, whole, made"
)
_HOW: Final[tuple[How, ...]] = ("said", "time", "breakdown", "places", "formula", "ratio")
Numbers = tuple[int, int, int, int]  # measure, place, ownership, period


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a copy. needs_words: other streams or its parts say something else, which only the ledger can tell."""

    answer: Answer
    needs_words: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """A copy's totals with its numbers for words."""

    adapter: DuckDB
    measures: Mapping[Measure, int]
    places: Mapping[str, int]
    periods: Mapping[str, int]  # those whose totals are held
    indicators: Mapping[str, Indicator]

    def count(self) -> int:
        return int(self.adapter.rows("SELECT COUNT(*) FROM total")[0][0])

    def holds(self, question: Question) -> bool:
        """Whether a question is of a kind that the copy has the totals of, if there are any."""
        indicator = self.indicators.get(question.indicator)
        if indicator is None or (indicator.is_money and not question.currency):
            return False
        is_known = not question.zone_kind or measure_asked(question) in self.measures
        return is_known and question.period.name in self.periods and question.period.regime == "calendar"

    def numbers(self, question: Question) -> Numbers | None:
        """The key of a question's total; None where the copy cannot have one, since nobody said anything like it."""
        measure, place = self.measures.get(measure_asked(question)), self.places.get(question.place)
        if measure is None or place is None or question.ownership not in OWNERSHIPS:
            return None
        return measure, place, OWNERSHIPS.index(question.ownership), self.periods[question.period.name]

    def of(self, questions: Iterable[Question]) -> dict[Question, Total]:
        """The totals there are for these questions; the others have none."""
        asked: dict[Numbers, list[Question]] = defaultdict(list)
        for question in questions:
            if (key := self.numbers(question)) is not None:
                asked[key].append(question)
        return {
            question: total
            for row in self._rows(asked)
            for question in asked.get((row[0], row[1], row[2], row[3]), ())
            for total in (self._total(row, question),)
        }

    def _rows(self, asked: Iterable[Numbers]) -> Iterator[Row]:
        """Rows of these keys and maybe of others: keys are asked for measure by measure, as a box around them."""
        boxes: dict[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]], list[int]] = defaultdict(list)
        by_measure: dict[int, tuple[set[int], set[int], set[int]]] = defaultdict(lambda: (set(), set(), set()))
        for measure, *rest in asked:
            for seen, number in zip(by_measure[measure], rest, strict=True):
                seen.add(number)
        for measure, (places, ownerships, periods) in by_measure.items():
            boxes[tuple(sorted(places)), tuple(sorted(ownerships)), tuple(sorted(periods))].append(measure)
        for (places_in, ownerships_in, periods_in), measures in boxes.items():
            yield from self.adapter.rows(*query(measures, places_in, ownerships_in, periods_in))

    def _total(self, row: Row, question: Question) -> Total:
        (_m, _p, _o, _t, amount, below, emptiness, maturity, approx, unlike, late, spread, differs, gap) = row[:14]
        first_day, last_day, have, want, whole, made = row[14:]
        indicator = self.indicators[question.indicator]
        value: int | None = amount
        currency = question.currency
        if below is not None and value is not None:
            value = ratio_of(indicator, value, below)
        if indicator.nature == "ratio" and not indicator.is_money:
            currency = ""
        first, last = date.fromordinal(first_day), date.fromordinal(last_day)
        caveats = []
        if unlike:
            caveats.append(Problem("answer.unlike_window", first=first, last=last))
        if late:
            caveats.append(Problem("answer.counted_after", day=last))
        if spread:
            names = {"found": indicator.code, "name_vi": indicator.name_vi, "name_en": indicator.name_en}
            caveats.append(Problem("rollup.unlike_windows", **names))
        return Total(
            Answer(
                question,
                _HOW[made],
                amount=value,
                currency=currency,
                maturity=WEAKEST_FIRST[maturity],
                approx=bool(approx),
                emptiness=EMPTINESSES[emptiness],
                missing=() if whole or not want else (SOME,),
                caveats=tuple(caveats),
                first=first,
                last=last,
                have=have,
                want=want,
            ),
            needs_words=bool(differs or gap),
            is_whole=bool(whole),
        )


_FEW, _LOOKED_THROUGH = 8, 100  # runs of numbers that follow each other; numbers
SOME: Final = "…"  # members are missing, and have not been looked up yet


def measure_asked(question: Question) -> Measure:
    return Measure(
        question.indicator,
        question.kind,
        question.country,
        question.sector,
        question.zone_kind,
        question.other,
        question.currency,
    )


def query(
    measures: Sequence[int],
    places: Sequence[int],
    ownerships: Sequence[int],
    periods: Sequence[int],
    fields: str = FIELDS,
) -> tuple[str, list[object]]:
    """The one query and its parameters."""
    chosen = {"ownership": ownerships, "measure": measures, "period": periods, "place": places}
    parameters: list[object] = []
    conditions = [_condition(name, numbers, parameters) for name, numbers in chosen.items()]
    return f"SELECT {fields} FROM total WHERE {' AND '.join(conditions)}", parameters


def _condition(name: str, numbers: Sequence[int], parameters: list[object]) -> str:
    """That a number is one of these. What stands in the text tells the engine beforehand which rows to pass over.

    A long list is bound, for it takes longer to read than to answer; a join for it is made only where it is so long
    that looking through it costs more.
    """
    numbers = sorted(set(numbers))
    runs = _runs(numbers)
    if len(runs) <= _FEW:
        return f"({' OR '.join(_within(name, first, last) for first, last in runs) or '1 = 0'})"
    parameters.append(numbers)
    if len(numbers) <= _LOOKED_THROUGH:
        return f"{name} BETWEEN {numbers[0]} AND {numbers[-1]} AND LIST_CONTAINS(CAST(? AS INTEGER[]), {name})"
    return f"{name} IN (SELECT UNNEST(CAST(? AS INTEGER[])))"


def _within(name: str, first: int, last: int) -> str:
    return f"{name} = {first}" if first == last else f"{name} BETWEEN {first} AND {last}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each run of numbers that follow each other; they come in order."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
