"""Figures as pages print them: the number in the reader's language, its unit, its mark, the way to its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, name_and_mark
from sokhu.areas.ledger.models import Emptiness, Observation
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.queries import name_of
from sokhu.core.answer import Answer, Question
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.indicator import Indicator
from sokhu.core.measure import unit_of_cell
from sokhu.core.numbers import format_number
from sokhu.core.period import named, printed
from sokhu.core.problems import Problem
from sokhu.core.quantity import display_unit, in_unit
from sokhu.core.table import change_percent
from sokhu.core.units import ScaledUnit, unit_of
from sokhu.kit.wording import lang as lang
from sokhu.kit.wording import worded

RATIO_SHOWN_PLACES = 2
CONVERTED_SHOWN_PLACES = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """How figures were asked for, besides what they are of: it goes with the links to their lineage.

    map_day: the map of that day; at: as known right after that batch; into: converted into this currency, at the rate
    of rate_day or of the period's end.
    """

    map_day: date | None = None
    at: int | None = None
    into: str = ""
    rate_day: date | None = None


AS_USUAL = Asked()


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """What `_figure.html` takes; see there."""

    text: str = ""
    unit: str = ""
    show_unit: bool = False
    url: str = ""
    empty: str = ""
    reason: str = ""
    approx: bool = False
    maturity: str = "final"
    ring: str = "one"
    change: str = ""
    coverage: str = ""
    title: str = ""
    lead: str = ""


def indicator_name(code: str) -> str:
    """The indicator's name in the reader's language; that of a retired one says since when."""
    one = indicators()[code]
    return name_and_mark(one.name(lang()), one.retired)


def nature_words(one: Indicator) -> str:
    return {"flow": _("phát sinh trong kỳ"), "stock": _("tại một ngày"), "ratio": _("tỷ lệ")}[one.nature]


def over_time_words(one: Indicator) -> str:
    return {
        "sum": _("cộng các kỳ"),
        "last": _("số cuối kỳ"),
        "recompute": _("tính lại từ tử và mẫu"),
        "none": _("không cộng"),
    }[one.over_time]


def over_places_words(one: Indicator) -> str:
    return {"sum": _("cộng các nơi"), "recompute": _("tính lại từ tử và mẫu"), "none": _("không cộng")}[one.over_places]


def rule_words(one: Indicator) -> str:
    """What a figure of it is and how it adds up, each rule once: "tại một ngày · số cuối kỳ · cộng các nơi"."""
    return " · ".join(dict.fromkeys((nature_words(one), over_time_words(one), over_places_words(one))))


def formula_words(one: Indicator) -> str:
    """What it is calculated from, "" for one that is only ever reported: "100 × Đất đã thuê ÷ Đất công nghiệp"."""
    if one.numerator:
        factor = f"{one.factor} × " if one.factor != 1 else ""
        return f"{factor}{indicator_name(one.numerator)} ÷ {indicator_name(one.denominator)}"
    return " + ".join(map(indicator_name, one.plus)) + "".join(f" − {indicator_name(code)}" for code in one.minus)


def number_and_unit(
    indicator: str, amount: int, currency: str, *, places: int | None = None, scale: ScaledUnit | None = None
) -> tuple[str, str]:
    """("61.206,6", "triệu USD"): the amount in the reader's language, in a unit of its kind or its customary one."""
    unit = unit_of_cell(indicators()[indicator], currency)
    written = scale or display_unit(amount, unit_of(unit))
    value = in_unit(amount, written.words("vi")) if written.scale.vi else in_unit(amount, unit)
    return format_number(value, places=places, lang=lang()), written.words(lang(), one=value == 1)


def of_observation(one: Observation, *, ring: str = "one", show_unit: bool = True, link: bool = True) -> ShownFigure:
    url = reverse("figure", args=[one.pk]) if link else ""
    if one.amount is None:
        return ShownFigure(empty=one.emptiness, url=url, ring=ring)
    text, unit = number_and_unit(one.cell.indicator, one.amount, one.cell.currency)
    return ShownFigure(text, unit, show_unit, url, approx=one.approx, maturity=one.maturity, ring=ring)


def of_answer(
    answer: Answer,
    *,
    show_unit: bool = True,
    link: bool = True,
    asked: Asked = AS_USUAL,
    scale: ScaledUnit | None = None,
) -> ShownFigure:
    """An answer as a figure: said ones open their source, made ones open their parts; nothing known is "…"."""
    if answer.how == "missing":
        refused = next((one for one in answer.caveats if one.code in REFUSALS), None)
        if refused is not None:
            return ShownFigure(empty="refused", reason=worded(refused, lang()))
        return ShownFigure(empty=Emptiness.NOT_REPORTED)
    url = _answer_url(answer, asked) if link else ""
    if answer.how == "said":
        return _of_said(answer, show_unit, url, scale)
    assert answer.amount is not None
    places = {"ratio": RATIO_SHOWN_PLACES, "currencies": CONVERTED_SHOWN_PLACES}.get(answer.how)
    text, unit = number_and_unit(answer.question.indicator, answer.amount, answer.currency, places=places, scale=scale)
    return ShownFigure(
        text,
        unit,
        show_unit,
        url,
        approx=answer.approx,
        lead=_("ít nhất") if answer.missing else "",
        maturity=answer.maturity,
        ring="full",
        coverage=coverage_words(answer),
        title=how_words(answer),
    )


def _answer_url(answer: Answer, asked: Asked) -> str:
    is_plain = bool(answer.facts) and asked == AS_USUAL
    return figure_url(answer.facts[0]) if is_plain else total_url(answer.question, asked)


def figure_url(fact: Fact) -> str:
    """The page of a figure: of a derived one by its cell, since it is made anew for every question."""
    if not fact.is_derived:
        return reverse("figure", args=[fact.id])
    cell = fact.cell
    asked = {"chi-tieu": cell.indicator, "noi": cell.place, "ky": cell.period, "hinh-thuc": cell.ownership}
    asked |= {"nuoc": cell.country, "nganh": cell.sector, "tien": cell.currency}
    return f"{reverse('derived_figure')}?{urlencode({key: value for key, value in asked.items() if value})}"


def coverage_words(answer: Answer) -> str:
    """ "31/34" for a total over places in which somebody is missing, else ""."""
    return part_words(answer.have, answer.want)


def part_words(have: int, want: int) -> str:
    """ "31/34" for some of many, "" for all of them."""
    return f"{format_number(have)}/{format_number(want)}" if have < want else ""


def emptiness_words(emptiness: str) -> str:
    """Why there is no figure, "chưa báo cáo"; "" where there is one."""
    return str(Emptiness(emptiness).label) if emptiness else ""


def with_common_unit(figures: Sequence[ShownFigure | None]) -> tuple[list[ShownFigure | None], str]:
    """The figures of a row without their unit, and that unit for the row; unlike units stay with their figures."""
    units = {figure.unit for figure in figures if figure and figure.unit}
    if len(units) != 1:
        return list(figures), ""
    return [replace(figure, show_unit=False) if figure else None for figure in figures], units.pop()


def counted_words(answer: Answer) -> str:
    """ "lũy kế đến 16/01/2021" for a count that was taken after the period asked for, else ""."""
    late = next((caveat for caveat in answer.caveats if caveat.code == "answer.counted_after"), None)
    return _("lũy kế đến %(day)s") % {"day": day_words(late.params["day"])} if late else ""  # type: ignore[arg-type]


# Where parts are another amount than their whole, and what is to be said of several such figures together.
GAPS = {
    "answer.parts_differ": Problem("answer.parts_differ_somewhere"),
    "answer.periods_differ": Problem("answer.periods_differ_somewhere"),
    "answer.places_differ": Problem("answer.places_differ_somewhere"),
    "answer.part_exceeds": Problem("answer.part_exceeds_somewhere"),
}


def told_in_units(problem: Problem) -> Problem:
    """A gap between parts and their whole with both amounts as pages print them."""
    if problem.code not in GAPS:
        return problem
    told = problem.params
    amounts = {
        name: " ".join(number_and_unit(str(told["indicator"]), amount, str(told["currency"])))
        for name in ("sum", "part", "whole")
        if isinstance(amount := told.get(name), int)
    }
    return Problem(problem.code, problem.where, **told | amounts)


def without_amounts(problem: Problem) -> Problem:
    """A caveat as it is said of a whole table, where an amount would be of one figure only."""
    return GAPS.get(problem.code, problem)


REFUSALS = (
    "rollup.mixed_currency",
    "rollup.not_over_places",
    "territory.not_restatable",
    "territory.unverified",
    "answer.members_needed",
)


def refused_in_short(answer: Answer) -> str:
    """Why an answer was refused, in a few words for the cell of a table; the sentence stands in its notes."""
    code = next((one.code for one in answer.caveats if one.code in REFUSALS), "")
    words = {
        "rollup.mixed_currency": _("nhiều đồng tiền"),
        "rollup.not_over_places": _("không cộng được"),
        "territory.unverified": _("chưa xác minh"),
    }
    return words.get(code, _("không quy đổi được"))


def _of_said(answer: Answer, show_unit: bool, url: str, scale: ScaledUnit | None) -> ShownFigure:
    """What was said; a table of thousands comes without who said it, which the total's own page then tells."""
    gap = next((caveat for caveat in answer.caveats if caveat.code == "answer.parts_differ"), None)
    ring = "differs" if gap else _ring_of(answer)
    title = worded(gap, lang()) if gap else _source_words(answer)
    if answer.amount is None:
        return ShownFigure(empty=answer.emptiness, url=url, ring=ring, title=title)
    is_converted = any(caveat.code == "answer.converted" for caveat in answer.caveats)
    text, unit = number_and_unit(
        answer.question.indicator,
        answer.amount,
        answer.currency,
        places=CONVERTED_SHOWN_PLACES if is_converted else None,
        scale=scale,
    )
    return ShownFigure(
        text, unit, show_unit, url, approx=answer.approx, maturity=answer.maturity, ring=ring, title=title
    )


def _ring_of(answer: Answer) -> str:
    """Whether other streams say the same, or otherwise."""
    beside = answer.facts[1:]
    if not beside:
        return "one"
    return "half" if all(fact.amount == answer.facts[0].amount for fact in beside) else "differs"


def _source_words(answer: Answer) -> str:
    if not answer.facts:
        return how_words(answer)
    first = answer.facts[0]
    return f"{speaker_words(first.stream[1])} · {window_words(first.cell)}"


def how_words(answer: Answer) -> str:
    """The rule by which a total was made, as a sentence."""
    return {
        "said": _("như nguồn ghi"),
        "formula": _("cộng, trừ theo công thức của chỉ tiêu"),
        "ratio": _("tính lại từ tử số và mẫu số"),
        "breakdown": _("cộng FDI và DDI"),
        "places": _("cộng các nơi thành viên"),
        "time": _("cộng các kỳ nhỏ hơn"),
        "currencies": _("quy đổi về một đồng tiền rồi cộng"),
        "missing": _("chưa có số"),
    }[answer.how]


def total_url(question: Question, asked: Asked = AS_USUAL) -> str:
    """The address of a total: the same question, asked in the same way, always has the same one."""
    return _address("total", question, asked)


def enter_url(question: Question) -> str:
    """The form that enters a figure, filled in for the cell that a question asks for."""
    return _address("figure_enter", question)


def _address(name: str, question: Question, how: Asked = AS_USUAL) -> str:
    asked = {
        "chi-tieu": question.indicator,
        "noi": question.place,
        "ky": question.period.name,
        "hinh-thuc": question.ownership,
        "loai-khu": question.zone_kind,
        "phan-to": question.other,
        "loai": "" if question.kind == "result" else question.kind,
        "nuoc": question.country,
        "nganh": question.sector,
        "tien": "" if how.into else question.currency,
        "ban-do": how.map_day.isoformat() if how.map_day else "",
        "luc": "" if how.at is None else str(how.at),
        "quy-doi": how.into,
        "ty-gia": how.rate_day.isoformat() if how.rate_day else "",
    }
    return f"{reverse(name)}?{urlencode({key: value for key, value in asked.items() if value})}"


def period_words(cell: CellKey) -> str:
    return printed(named(cell.period, regime=cell.regime), lang()) if cell.period else ""


def window_words(cell: CellKey) -> str:
    """The first and last day, "01/01/2021–31/12/2021", or the one day of a count."""
    if cell.first == cell.last:
        return day_words(cell.last)
    return f"{day_words(cell.first)}–{day_words(cell.last)}"


def day_words(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def map_words(map_day: date | None) -> str:
    return day_words(map_day) if map_day else _("của thời điểm số liệu")


def moment_words(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"


def breakdown_words(cell: CellKey) -> list[tuple[str, str]]:
    """The dimensions of a cell that are not the whole, each with its name."""
    said = [
        (_("Hình thức đầu tư"), value_words("ownership", cell.ownership)),
        (_("Nước đầu tư"), value_words("country", cell.country)),
        (_("Ngành"), value_words("sector", cell.sector)),
        (_("Loại khu"), value_words("zone_kind", cell.zone_kind)),
        (_("Phần"), other_words(cell.other)),
    ]
    return [(label, value) for label, value in said if value]


def value_words(key: str, value: str) -> str:
    """A dimension's value as it is written in figures, with the day where it was retired."""
    dimension = dimensions().dimensions.get(key)
    word = dimension.words.get(value) if dimension else None
    return name_and_mark(value, word.retired) if word else value


def other_words(other: str) -> str:
    name, _equals, value = other.partition("=")
    if name == "of" and value in indicators():
        return _("của: %(name)s") % {"name": indicator_name(value)}
    dimension = dimensions().dimensions.get(name)
    word = dimension.words.get(value) if dimension else None
    if word:
        return word.en if lang() == "en" else word.vi
    return value or other


def stream_words(stream_kind: str) -> str:
    return str(StreamKind(stream_kind).label)


def speaker_words(speaker: str) -> str:
    return name_of(speaker) if "/" in speaker else speaker


def difference_words(indicator: str, one: int | None, other: int | None, currency: str) -> str:
    """How far two amounts are apart, "" when they are equal: "464,6 triệu USD"."""
    if one is None or other is None or one == other:
        return ""
    return " ".join(number_and_unit(indicator, abs(one - other), currency))


def change_words(now: Answer, before: Answer | None) -> str:
    """Growth against another answer, "+8,11 %"; "" where it has no meaning."""
    return signed_percent(change_percent(now, before))


def signed_percent(value: Decimal | None) -> str:
    return "" if value is None else f"{'+' if value > 0 else ''}{format_number(value, places=2, lang=lang())} %"


def percent_words(value: Decimal | None) -> str:
    return "" if value is None else f"{format_number(value, lang=lang())} %"


def group_words(group: str) -> str:
    return {
        "administration": _("Nhiệm vụ, thi đua, báo cáo"),
        "business": _("Sản xuất, kinh doanh"),
        "capital": _("Vốn thực hiện"),
        "comparisons": _("So sánh"),
        "environment": _("Môi trường, sinh thái, năng lượng"),
        "investment": _("Thu hút đầu tư"),
        "labour": _("Lao động, nhà ở"),
        "land": _("Khu, đất, hạ tầng"),
        "procedures": _("Thủ tục hành chính"),
        "promotion": _("Xúc tiến đầu tư"),
        "supervision": _("Thanh tra, kiến nghị, giải phóng mặt bằng"),
    }.get(group, group)


def book_name() -> str:
    return {"sourced": _("Sổ dẫn nguồn"), "illustrative": _("Sổ minh họa")}.get(settings.BOOK, settings.BOOK)
