"""Investors told by their country: a company from Singapore, Japan first of all, 43 countries together."""

from __future__ import annotations

import re

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.source import Token

_COUNTRY_OWNED = ("công ty", "nhà đầu tư", "tập đoàn", "doanh nghiệp", "dự án", "tnhh")
_BEHIND = re.compile(
    r"(?:của|(?:có )?vốn (?:đầu tư )?(?:từ|của)) "
    r"(?:(?:các |một )?(?:nhà đầu tư|doanh nghiệp|tập đoàn|công ty) (?:đến từ |từ )?)?(.+)"
)
_COMPARED = any_of("so với")
_DEVELOPER = any_of("làm chủ đầu tư")
_RANKING = ("đứng", "dẫn đầu", "kế đến", "tiếp", "lần lượt", "nhiều nhất", "sau đó", "rồi đến", "lớn nhất", "gồm")


def of_foreign_investor(passage: Passage, spot: Spot) -> bool:
    """A company or investor of a named foreign country stands in the figure's label: "một nhà đầu tư Singapore"."""
    if passage.says(_COMPARED, spot.left, spot.amount.first):
        return False
    if _after_countries(passage, spot) or _of_country(passage, spot) or _of_project_before(passage, spot):
        return True
    names = passage.vocabulary.countries
    if not passage.says(passage.vocabulary.country_openings, spot.left, spot.amount.first):
        return False
    text = _without_names(passage, spot)
    if any(word in text for word in _COUNTRY_OWNED):
        return any(f" {name}" in f" {text}" for name in names)
    return any(_ranked(text, name) for name in names)


def _of_country(passage: Passage, spot: Spot) -> bool:
    """ "vốn đầu tư 611 triệu USD của Thái Lan", "30 dự án có vốn đầu tư từ Nhật Bản": the country stands behind."""
    start, end = spot.amount.last, spot.amount.last + 8
    if not passage.says(passage.vocabulary.country_openings, start, end):
        return False
    owner = _BEHIND.match(passage.text(start, end))
    return owner is not None and any(
        owner[1].startswith(name) for name in passage.vocabulary.countries if len(name) > len("pháp")
    )


def _of_project_before(passage: Passage, spot: Spot) -> bool:
    """ "... do Công ty A (Hàn Quốc) làm chủ đầu tư. Dự án có tổng vốn 177 triệu USD": its investor was just named."""
    here = passage.sentence(spot)
    if passage.source.words[here.start] != "dự" or not spot.sentence:
        return False
    before = passage.layout.sentences[spot.sentence - 1]
    opens = passage.text(here.start, here.start + 3) in ("dự án có", "dự án này", "dự án được")
    if not opens or before.paragraph != here.paragraph:
        return False
    named = passage.says(passage.vocabulary.country_openings, before.start, before.end)
    return named and passage.says(_DEVELOPER, before.start, before.end)


def _without_names(passage: Passage, spot: Spot) -> str:
    """The label without countries of one syllable inside another name or word: "cảng Mỹ Thủy", "pháp luật"."""
    tokens, short = passage.source.tokens, {name for name in passage.vocabulary.countries if " " not in name}
    kept = []
    for at in range(spot.left, spot.amount.first):
        named = tokens[at].text in short and tokens[at].text.isalpha()
        beside = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
        other = not tokens[at].capital or any(_capital(token) for token in beside)  # "pháp luật", "cảng Mỹ Thủy"
        kept.append("-" if named and other else tokens[at].text)
    return " ".join(kept)


def _capital(token: Token) -> bool:
    return token.capital and token.text.isalpha()


def _after_countries(passage: Passage, spot: Spot) -> bool:
    """The sentence opens with the countries that invest: "Có 43 quốc gia đầu tư vào tỉnh với 1.153 dự án"."""
    row = passage.spots[max(0, spot.index - 2) : spot.index]
    if all(earlier.amount.unit != "countries" for earlier in row):
        return False
    row = [earlier for earlier in row if earlier.sentence == spot.sentence]
    if not row or row[0].amount.unit != "countries" or ";" in passage.words(row[0].amount.last, spot.amount.first):
        return False
    opens = row[0].index == 0 or passage.spots[row[0].index - 1].sentence != spot.sentence
    return opens and len(row) == 1 and "đầu tư" in passage.text(row[0].amount.last, spot.amount.first)


def _ranked(text: str, name: str) -> bool:
    """The country itself stands as an investor: "Nhật Bản đứng đầu với 41 dự án", "kế đến Hàn Quốc (24 dự án ...)"."""
    before, found, after = f" {text} ".rpartition(f" {name} ")
    if not found or before.rstrip().endswith(("-", "–")):
        return False
    leads = any(word in f"{before} {after}" for word in _RANKING) or not before.strip(" ,;()và")
    return leads and (after.strip() == "(" or "với" in after.split() or "có" in after.split())
