"""What a reader chose to see, read from an address and written back to it: one choice has one address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, territory
from sokhu.areas.ledger.shown import Asked
from sokhu.areas.territory.queries import known_place
from sokhu.core.folding import folded
from sokhu.core.grouping import in_order, places_by
from sokhu.core.period import Kind, Period, parse, parts
from sokhu.core.place import GROUPINGS, PlaceKind
from sokhu.core.problems import Problem
from sokhu.core.table import CONVERTED_INTO, TableQuestion
from sokhu.kit.sealing.queries import moment_named

Columns = Literal["bon", "ky", "noi", "chi-tieu"]  # the trade's four columns, periods, places, indicators

# Words of addresses and what they mean.
KIND_OF_PLACE: Mapping[str, PlaceKind] = {
    "vung": "region",
    "nhom": "group",
    "tinh": "province",
    "ban": "board",
    "khoi": "block",
    "khu": "zone",
}
BY_ZONE_KIND = "loai-khu"
BY = ("", *KIND_OF_PLACE, BY_ZONE_KIND)
SPLITS: Mapping[str, Kind] = {"nam": "year", "nua-nam": "half", "quy": "quarter", "thang": "month"}
OWNERSHIPS: Mapping[str, tuple[str, ...]] = {"": ("",), "FDI": ("FDI",), "DDI": ("DDI",), "tach": ("FDI", "DDI", "")}
COLUMNS: tuple[Columns, ...] = ("bon", "ky", "noi", "chi-tieu")
PICTURES = ("", "bieu-do", "ban-do")  # none, a chart, a map
BESIDE = ("", "cung-ky", "ke-hoach")
KINDS = ("result", "plan")
# What may be typed for no day and no moment: the map of the figures' own days, all that is known now.
AS_IT_WAS, NOW = "luc-do", "nay"


@dataclass(frozen=True, slots=True)
class View:
    """One table. places: those shown, or with `by` (a word of BY) those whose members are shown with them as a total.

    split: each period cut into columns of this length (a word of SPLITS), itself kept as their total. zone_kind: only
    zones of this kind. beside: what stands under each number where the columns are not the trade's four. picture: a
    word of PICTURES; drawn: the indicator that it is of, the first with figures where not said.
    """

    indicators: tuple[str, ...]
    places: tuple[str, ...]
    periods: tuple[Period, ...]
    by: str = ""
    split: str = ""
    ownership: str = ""
    zone_kind: str = ""
    kind: str = "result"
    columns: Columns = "bon"
    beside: str = ""
    map_day: date | None = None
    at: int | None = None
    currency: str = ""
    rate_day: date | None = None
    picture: str = ""
    drawn: str = ""

    @property
    def asked(self) -> Asked:
        """What goes with the link of every figure."""
        return Asked(self.map_day, self.at, self.currency, self.rate_day if self.currency else None)

    @property
    def address(self) -> str:
        """The query of its address, without what is left as usual."""
        chosen = {
            "chi-tieu": ",".join(self.indicators),
            "noi": ",".join(self.places),
            "theo": self.by,
            "ky": ",".join(period.name for period in self.periods),
            "chia": self.split,
            "cot": "" if self.columns == "bon" else self.columns,
            "hinh-thuc": self.ownership,
            "loai-khu": self.zone_kind,
            "loai": "" if self.kind == "result" else self.kind,
            "so": self.beside,
            "ban-do": self.map_day.isoformat() if self.map_day else "",
            "luc": str(self.at) if self.at is not None else "",
            "quy-doi": self.currency,
            "ty-gia": self.rate_day.isoformat() if self.rate_day else "",
            "hinh": self.picture,
            "ve": self.drawn,
        }
        return urlencode({name: value for name, value in chosen.items() if value}, safe=",/")


def view_of(query: QueryDict) -> View:
    """The view in an address.

    Raises the Problem of what it does not know: catalogue.no_such_indicator, territory.no_such_place, period.*,
    moment.*, table.unknown_choice, table.no_indicators, table.no_places, table.no_periods.
    """
    view = View(
        indicators=tuple(known_indicator(code) for code in _listed(query, "chi-tieu")),
        places=tuple(known_place(place) for place in _listed(query, "noi")),
        periods=tuple(dict.fromkeys(parse(text) for text in _listed(query, "ky"))),
        by=one_of(query, "theo", BY),
        split=one_of(query, "chia", ("", *SPLITS)),
        ownership=one_of(query, "hinh-thuc", OWNERSHIPS),
        zone_kind=one_of(query, "loai-khu", ("", *dimensions().dimensions["zone_kind"].words)),
        kind=one_of(query, "loai", KINDS),
        columns=cast(Columns, one_of(query, "cot", COLUMNS)),
        beside=one_of(query, "so", BESIDE),
        map_day=day_in(query, "ban-do-ngay") or day_in(query, "ban-do"),
        at=moment_in(query),
        currency=one_of(query, "quy-doi", ("", *CONVERTED_INTO)),
        rate_day=day_in(query, "ty-gia"),
        picture=one_of(query, "hinh", PICTURES),
        drawn=known_indicator(typed(query, "ve")) if typed(query, "ve") else "",
    )
    for chosen, code in (
        (view.indicators, "table.no_indicators"),
        (view.places, "table.no_places"),
        (view.periods, "table.no_periods"),
    ):
        if not chosen:
            raise Problem(code)
    return view


def understood(query: QueryDict, otherwise: View) -> View:
    """A view with everything in an address that can be understood, the rest of it from another view."""
    kept = QueryDict(otherwise.address, mutable=True)
    for name in query:
        tried = kept.copy()
        tried.setlist(name, query.getlist(name))
        with suppress(Problem):
            view_of(tried)
            kept = tried
    return view_of(kept)


def with_words(query: QueryDict, otherwise: View) -> QueryDict:
    """The address of a view with the words of another one put in; what is empty there says nothing."""
    made = QueryDict(otherwise.address, mutable=True)
    for name, said in query.lists():
        if any(one.strip() for one in said):
            made.setlist(name, said)
    return made


def known_indicator(code: str) -> str:
    """The code itself when the catalogue has it. Raises Problem("catalogue.no_such_indicator", found)."""
    if code not in indicators():
        raise Problem("catalogue.no_such_indicator", found=code)
    return code


def day_in(query: QueryDict, name: str) -> date | None:
    """The day in a field. Raises Problem("table.not_a_day", found)."""
    text = typed(query, name)
    if not text or _is(text, AS_IT_WAS, _("lúc đó")):
        return None
    try:
        period = parse(text)
    except Problem as wrong:
        raise Problem("table.not_a_day", found=text) from wrong
    if period.first != period.last:
        raise Problem("table.not_a_day", found=text)
    return period.first


def moment_in(query: QueryDict, name: str = "luc") -> int | None:
    """The batch in a field, a number or a day: right after it. Raises the Problems of `moment_named`."""
    text = typed(query, name)
    return moment_named(text) if text and not _is(text, NOW, _("nay")) else None


def _is(text: str, word: str, said: str) -> bool:
    """Whether a word of addresses was typed, as it stands there or as it is said."""
    return folded(text) in (word, folded(word.replace("-", " ")), folded(said))


def typed(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\x00", "").strip()


def _listed(query: QueryDict, name: str) -> Iterable[str]:
    """Every value of a field that is repeated or holds several with commas, each once."""
    found = (one.replace("\x00", "").strip() for text in query.getlist(name) for one in text.split(","))
    return dict.fromkeys(one for one in found if one)


def one_of(query: QueryDict, name: str, known: Iterable[str]) -> str:
    """The value of a field that has a few; the first of them where nothing is said."""
    choices = list(known)
    found = typed(query, name) or choices[0]
    if found not in choices:
        raise Problem("table.unknown_choice", found=found, name=name, known=", ".join(filter(None, choices)))
    return found


def columns_of_time(view: View) -> tuple[Period, ...]:
    """The periods of the table: each cut into its parts, if so chosen, and itself after them.

    Raises Problem("period.no_parts") for a period that does not consist of whole ones.
    """
    if not view.split:
        return view.periods
    cut = (one for period in view.periods for one in (*parts(period, SPLITS[view.split]), period))
    return tuple(dict.fromkeys(cut))


def places_by_period(view: View) -> dict[Period, tuple[str, ...]]:
    """The places shown in each period: those chosen, or their members on the map asked for.

    Raises Problem("grouping.nobody") where no period has any.
    """
    periods = columns_of_time(view)
    if view.by not in KIND_OF_PLACE:
        return dict.fromkeys(periods, view.places)
    lists = {period: tuple(_members(view, view.map_day or period.last)) for period in periods}
    if not any(lists.values()):
        within = ", ".join(view.places)
        raise Problem("grouping.nobody", by=KIND_OF_PLACE[view.by], within=within, day=periods[-1].last)
    return lists


def _members(view: View, day: date) -> Iterator[str]:
    places, kind = territory(view.at), KIND_OF_PLACE[view.by]
    for place in view.places:
        # Regions, groups and blocks are groupings of the country's provinces and boards, not members of it.
        is_country = places.places[place].kind == "country" and kind in GROUPINGS
        yield from (one for one in places_by(places, kind, day, "" if is_country else place) if one != place)


def questions_of_view(view: View) -> list[TableQuestion]:
    """What to ask for the whole table: one question, or one for each kind of zone."""
    kinds = kinds_shown(view)
    lists = places_by_period(view)
    members = in_order(territory(view.at), lists) if view.by in KIND_OF_PLACE else ()
    places = tuple(dict.fromkeys((*members, *view.places)))
    four = view.columns == "bon"
    return [
        TableQuestion(
            indicators=view.indicators,
            places=places,
            periods=tuple(lists),
            ownerships=OWNERSHIPS[view.ownership],
            kind=view.kind,
            zone_kind=kind,
            with_last_year=four or view.beside == "cung-ky",
            with_plan=(four or view.beside == "ke-hoach") and view.kind != "plan",
            with_cumulative=four,
            map_day=view.map_day,
            at=view.at,
            currency=view.currency,
            rate_mode="fixed_date" if view.rate_day else "period_end",
            rate_day=view.rate_day,
        )
        for kind in kinds
    ]


def kinds_shown(view: View) -> tuple[str, ...]:
    """The kinds of zones that stand in rows of their own, all of them together last; else the one that is chosen."""
    if view.by != BY_ZONE_KIND:
        return (view.zone_kind,)
    day = max(period.last for period in view.periods)
    words = dimensions(view.at).dimensions["zone_kind"].on(day)
    return (*(word.key for word in words if word.parent == view.zone_kind), view.zone_kind)
