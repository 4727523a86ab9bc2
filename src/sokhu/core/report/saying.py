"""How a figure is said in a report: number, unit, how sure; change against last year, share, percent of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sokhu.core.answer import Answer, Question
from sokhu.core.indicator import Indicator
from sokhu.core.measure import unit_of_cell
from sokhu.core.numbers import format_number
from sokhu.core.period import Period, kind, named, printed
from sokhu.core.quantity import display_unit, in_unit
from sokhu.core.report.grammar import FigureField
from sokhu.core.report.words import Words
from sokhu.core.table import change_percent, difference, last_year_of, share_percent
from sokhu.core.units import unit_of

RATIO_PLACES = PERCENT_PLACES = CONVERTED_PLACES = 2
# Of a figure with an ownership the currency that reports write it in; the other one where only that is known.
CURRENCIES = {"FDI": ("USD", "VND"), "DDI": ("VND", "USD"), "": ("USD", "VND")}
GROWTH = "growth_rate"  # what a source says of a change itself, where the year before is in no book
REFUSED = ("territory.not_restatable", "territory.unverified", "answer.members_needed", "rollup.not_over_places")


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a placeholder. is_known: whether a figure stands in them. rests: what they rest on, in order."""

    text: str
    is_known: bool
    rests: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says figures of one place and period in one language, from answers that were asked for beforehand."""

    words: Words
    indicators: Mapping[str, Indicator]
    place: str
    period: Period
    answers: Mapping[Question, Answer]

    def said(self, field: FigureField) -> Said:
        """The words for a placeholder; those for "not known" where there is no figure."""
        match field.how:
            case "change":
                return self._change(field)
            case "share":
                return self._share(field)
            case "of_plan":
                return self._of_plan(field)
            case "day":
                return self._day(field)
            case "name":
                return Said(self.name(field), is_known=True)
            case "plan":
                return self._amount(field, of="plan")
            case "last_year":
                return self._amount(field, back=True)
        return self._amount(field)

    def answers_of(self, field: FigureField, *, of: str = "result", back: bool = False) -> list[Answer]:
        """What is known of a figure: one answer, or one a currency where nobody said in which it is meant."""
        found = [self._found(one) for one in self.questions(field, of=of, back=back)]
        known = [one for one in found if one.amount is not None]
        if not known:
            return found[:1]
        return known if not field.ownership and not field.currency else known[:1]

    def _found(self, question: Question) -> Answer:
        return self.answers.get(question, Answer(question, "missing"))

    def questions(self, field: FigureField, *, of: str = "result", back: bool = False) -> list[Question]:
        one = self.indicators[field.indicator]
        currencies = ("",) if not one.is_money else (field.currency,) if field.currency else CURRENCIES[field.ownership]
        asked = [
            Question(
                field.indicator,
                self.place,
                self.period,
                ownership=field.ownership,
                zone_kind=field.zone_kind,
                other=field.other,
                kind=of,
                currency=currency,
            )
            for currency in currencies
        ]
        return [before for one in asked if (before := last_year_of(one))] if back else asked

    def needed(self, field: FigureField) -> list[Question]:
        """Every question that the words for a placeholder may rest on."""
        asked = self.questions(field)
        if field.how in ("change", "last_year"):
            asked += [*self.questions(field, back=True), self._growth_asked(field)]
        if field.how in ("of_plan", "plan"):
            asked += self.questions(field, of="plan")
        if field.of:
            asked += self.needed(field.of)
        return asked

    def name(self, field: FigureField) -> str:
        """ "Vốn đăng ký cấp mới (FDI)": what a figure is called in a list."""
        name = self.indicators[field.indicator].name(self.words.lang)
        parts = ", ".join(filter(None, (field.ownership, field.zone_kind, field.other, field.currency)))
        return self.words.say("part", name=name, parts=parts) if parts else name

    def listed(self, fields: Iterable[FigureField]) -> list[str]:
        """Names for a list, small, each indicator once: "vốn đăng ký cấp mới (FDI, DDI)"."""
        parts: dict[str, dict[str, None]] = {}
        for one in fields:
            said = ", ".join(filter(None, (one.ownership, one.zone_kind, one.other)))
            parts.setdefault(one.indicator, {})[said] = None
        return [self._listed(code, [one for one in said if one]) for code, said in parts.items()]

    def _listed(self, code: str, parts: list[str]) -> str:
        name = small(self.indicators[code].name(self.words.lang))
        between = "; " if any("," in one for one in parts) else ", "
        return self.words.say("part", name=name, parts=between.join(parts)) if parts else name

    def _amount(self, field: FigureField, *, of: str = "result", back: bool = False) -> Said:
        answers = self.answers_of(field, of=of, back=back)
        if not answers or answers[0].amount is None:
            return self._unknown(answers[0]) if answers else Said(self.words.say("missing"), is_known=False)
        texts = [self.amount(one, places=field.places, bare=field.how == "number") for one in answers]
        text = texts[0] if len(texts) == 1 else self.words.say("and", first=texts[0], second=texts[1])
        return Said(text, is_known=True, rests=tuple(one.question for one in answers))

    def _unknown(self, answer: Answer) -> Said:
        refused = any(caveat.code in REFUSED for caveat in answer.caveats)
        reason = "refused" if refused else answer.emptiness if answer.emptiness in self.words.said else "missing"
        return Said(self.words.say(reason), is_known=False, rests=(answer.question,))

    def amount(self, answer: Answer, *, places: int | None = None, bare: bool = False) -> str:
        """ "ước 61.206,6 triệu USD": the amount as the report writes it, with how sure it is."""
        number, unit = self.number_and_unit(answer, places=places)
        text = number if bare or not unit else number + unit if unit == "%" else f"{number} {unit}"
        if answer.approx:
            text = self.words.say("approx", number=text)
        if answer.maturity != "final":
            text = self.words.say(answer.maturity, number=text)
        return self.words.say("at_least", number=text) if answer.missing and answer.how != "said" else text

    def number_and_unit(self, answer: Answer, *, places: int | None = None) -> tuple[str, str]:
        """("61.206,6", "triệu USD"); of a figure that is not there the unit that it would have."""
        currency = answer.currency or answer.question.currency
        unit = unit_of_cell(self.indicators[answer.question.indicator], currency)
        amount = answer.amount or 0
        shown = display_unit(amount, unit_of(unit))
        value = in_unit(amount, shown.words("vi") if shown.scale.vi else unit)
        if places is None:
            places = {"ratio": RATIO_PLACES, "currencies": CONVERTED_PLACES}.get(answer.how)
        return format_number(value, places=places, lang=self.words.lang), shown.words(self.words.lang, one=value == 1)

    def _change(self, field: FigureField) -> Said:
        """The change by the two figures; where the year before is in no book, as a source said it."""
        before = self.before(field)
        for now, then in zip(self._each(field), self._each(field, back=True), strict=False):
            if (grown := self._growth(now, then)) is not None:
                points = self.indicators[field.indicator].nature == "ratio"
                text = self._grown(grown, before, points=points)
                return Said(text, is_known=True, rests=(now.question, then.question))
        growth = self._found(self._growth_asked(field))
        if growth.amount is not None:
            own = self.answers_of(field)[0].question
            return Said(self._grown(in_unit(growth.amount, "percent"), before), True, (own, growth.question))
        return Said(self.words.say("no_change"), is_known=False, rests=(self.questions(field)[0],))

    def _each(self, field: FigureField, *, of: str = "result", back: bool = False) -> list[Answer]:
        return [self._found(one) for one in self.questions(field, of=of, back=back)]

    def _grown(self, percent: Decimal, before: str, *, points: bool = False) -> str:
        if not percent:
            return self.words.say("level", before=before)
        way = ("points_" if points else "") + ("up" if percent > 0 else "down")
        number = format_number(abs(percent), places=PERCENT_PLACES, lang=self.words.lang) + ("" if points else "%")
        return self.words.say(way, percent=number, before=before)

    def percent_of(self, field: FigureField) -> tuple[Decimal | None, tuple[Question, ...]]:
        """Change or percent of the plan as a number for a table, and what it rests on."""
        of, back = ("plan", False) if field.how == "of_plan" else ("result", True)
        for now, other in zip(self._each(field), self._each(field, of=of, back=back), strict=False):
            percent = share_percent(now, other) if field.how == "of_plan" else self._growth(now, other)
            if percent is not None:
                return percent, (now.question, other.question)
        growth = self._found(self._growth_asked(field))
        if field.how == "of_plan" or growth.amount is None:
            return None, ()
        return in_unit(growth.amount, "percent"), (growth.question,)

    def _growth(self, now: Answer, then: Answer) -> Decimal | None:
        """Growth in percent; of a rate in percentage points."""
        if self.indicators[now.question.indicator].nature != "ratio":
            return change_percent(now, then)
        apart = None if now.missing or then.missing else difference(now, then)
        return None if apart is None else in_unit(apart, "percentage_points")

    def _growth_asked(self, field: FigureField) -> Question:
        own = self.questions(replace(field, how="figure"))[0]
        return replace(own, indicator=GROWTH, other=f"of={field.indicator}", currency="")

    def grew(self, field: FigureField) -> int | None:
        """1 for more than the year before, -1 for less, 0 for the same; None where that is not known."""
        for now, then in zip(self._each(field), self._each(field, back=True), strict=False):
            apart = None if now.missing or then.missing else difference(now, then)
            if apart is not None:
                return (apart > 0) - (apart < 0)
        growth = self._found(self._growth_asked(field)).amount
        return None if growth is None else (growth > 0) - (growth < 0)

    def before(self, field: FigureField | None = None) -> str:
        """What a figure is compared with: "năm 2019" for the flow of a year, else "cùng kỳ năm 2019"; "" for none."""
        earlier = last_year_of(Question("", self.place, self.period))
        if earlier is None:
            return ""
        year = printed(named(str(earlier.period.last.year)), self.words.lang)
        is_flow = field is not None and self.indicators[field.indicator].nature == "flow"
        is_plain = is_flow and kind(self.period) == "year"
        return year if is_plain else self.words.say("same_period", year=year)

    def _share(self, field: FigureField) -> Said:
        assert field.of is not None
        for part, whole in self._pairs(field, field.of):
            percent = None if part.missing or whole.missing else share_percent(part, whole)
            if percent is not None:
                return Said(self._percent(percent, field.places), True, (part.question, whole.question))
        asked = (self.questions(field)[0], self.questions(field.of)[0])
        return Said(self.words.say("no_share"), is_known=False, rests=asked)

    def _pairs(self, part: FigureField, whole: FigureField) -> list[tuple[Answer, Answer]]:
        """Part and whole in the same currency."""
        wholes = {one.currency: one for one in self._each(whole)}
        return [(one, wholes[one.currency]) for one in self._each(part) if one.currency in wholes]

    def _percent(self, value: Decimal, places: int | None) -> str:
        return format_number(value, places=PERCENT_PLACES if places is None else places, lang=self.words.lang) + "%"

    def _of_plan(self, field: FigureField) -> Said:
        for now, plan in zip(self._each(field), self._each(field, of="plan"), strict=True):
            percent = share_percent(now, plan)
            if percent is not None:
                text = self.words.say("of_plan", percent=self._percent(percent, field.places))
                return Said(text, is_known=True, rests=(now.question, plan.question))
        return Said(self.words.say("no_plan"), is_known=False, rests=(self.questions(field, of="plan")[0],))

    def _day(self, field: FigureField) -> Said:
        answer = self.answers_of(field)[0]
        if answer.last is None:
            return Said(self.words.say("no_day"), is_known=False, rests=(answer.question,))
        return Said(self.words.say("day", day=answer.last), is_known=True, rests=(answer.question,))


def small(name: str) -> str:
    """A name inside a sentence: "vốn đăng ký cấp mới"; one that begins with an abbreviation keeps it."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
