"""Findings in the reader's language: amounts with their units, codes by name, likely causes in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.findings.models import Finding as StoredFinding
from sokhu.areas.ledger.shown import other_words
from sokhu.areas.territory.queries import authority_name, name_of, short_name_of
from sokhu.core.cell import CellKey
from sokhu.core.checks.finding import Finding, Term
from sokhu.core.checks.run import load_checks
from sokhu.core.numbers import Lang, format_number
from sokhu.core.period import named, printed
from sokhu.core.quantity import display_unit, in_unit, shown
from sokhu.core.units import unit_of

MOST_PLACES = 2  # decimals of a calculated amount; what was written keeps its own


def worded(finding: Finding, lang: Lang) -> str:
    """The sentence of a finding, beginning with what it is about."""
    check = load_checks().checks[finding.code]
    sentence = filled(check.vi if lang == "vi" else check.en, dict(finding.terms), lang)
    return f"{subject(finding.cell, lang)}: {sentence}".strip()


def subject(cell: CellKey, lang: Lang) -> str:
    """Indicator, ownership, place and period, as short as a list needs them."""
    return f"{indicators()[cell.indicator].name(lang)}, {about(cell, lang)}"


def about(cell: CellKey, lang: Lang) -> str:
    """Breakdown, place and period of a cell."""
    part_of = [cell.ownership, cell.country, cell.zone_kind, other_words(cell.other)]
    parts = [*part_of, _place(cell), printed(named(cell.period, regime=cell.regime), lang)]
    return ", ".join(part for part in parts if part)


def cell_of(stored: dict[str, str]) -> CellKey:
    """A cell as a finding keeps it."""
    days = {name: date.fromisoformat(stored[name]) for name in ("first", "last")}
    return CellKey(**{**stored, **days})  # type: ignore[arg-type]


def stored_sentence(one: StoredFinding, lang: Lang) -> str:
    """What a kept finding says; what it is about stands beside it."""
    check = load_checks().checks[one.code]
    terms = {name: Term(*term) for name, term in one.terms.items()}
    sentence = filled(check.vi if lang == "vi" else check.en, terms, lang)
    return sentence[:1].upper() + sentence[1:]


def stored_suggestion(one: StoredFinding, lang: Lang) -> str:
    return in_words(Term(*one.suggestion), lang) if one.suggestion else ""


def _place(cell: CellKey) -> str:
    """A block by the shortest thing it is called: its full name is a sentence."""
    return short_name_of(cell.place) if cell.place.startswith("block/") else name_of(cell.place, cell.last)


def reason(code: str, lang: Lang) -> str:
    check = load_checks().checks[code]
    return check.reason_vi if lang == "vi" else check.reason_en


def filled(sentence: str, terms: dict[str, Term], lang: Lang) -> str:
    said = {name: in_words(term, lang) for name, term in terms.items() if term.kind != "words"}
    causes = {
        name: load_checks().words[term.value][lang].format(**said)
        for name, term in terms.items()
        if term.kind == "words"
    }
    return sentence.format(**said, **causes).strip()


def in_words(term: Term, lang: Lang) -> str:
    match term.kind:
        case "amount":
            return _amount(int(term.value), term.unit, lang)
        case "bounds":
            low, high = map(int, term.value.split())
            return _interval(low, high, term.unit, lang)
        case "number":
            return format_number(int(term.value), lang=lang)
        case "indicator":
            return indicators()[term.value].name(lang)
        case "indicators":
            return "; ".join(indicators()[code].name(lang).lower() for code in term.value.split())
        case "place":
            return authority_name(term.value) if "/" in term.value else term.value
        case "period":
            return printed(named(term.value), lang)
        case "day":
            return f"{date.fromisoformat(term.value):%d/%m/%Y}"
        case "text":
            return term.value
        case _:
            return ", ".join(term.value.split())


def _amount(amount: int, unit: str, lang: Lang) -> str:
    """With every digit that was written, and at most two decimals of what was calculated."""
    written = display_unit(amount, unit_of(unit))
    value = in_unit(amount, written.words("vi"))
    exponent = value.normalize().as_tuple().exponent
    return shown(amount, unit, lang, places=MOST_PLACES if int(exponent) < -MOST_PLACES else None)


def _interval(low: int, high: int, unit: str, lang: Lang) -> str:
    """462,0-467,2: both ends in the scale of the larger one, with one decimal."""
    written = display_unit(max(abs(low), abs(high)), unit_of(unit))
    ends: list[Decimal] = [in_unit(end, written.words("vi")) for end in (low, high)]
    return "–".join(format_number(end, places=1, lang=lang) for end in ends)
