"""From the words of a report and the ledger to its canonical form: what is asked, in whose eyes, as of which moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from sokhu import __version__
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import catalogue_digest, dimensions, indicators, moment_of, territory
from sokhu.areas.ledger.derived import tells_anything_in
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.territory.queries import authority_name, members_of, name_of, places_answered_for, reach_for
from sokhu.core.answer import Answer, Question
from sokhu.core.numbers import Lang
from sokhu.core.period import Period, parse, printed
from sokhu.core.problems import Problem
from sokhu.core.report.content import Content, Section, as_data, content_of, parsed_content, shipped, shipped_parts
from sokhu.core.report.grammar import FILLED, Sentence, Vocabulary, fields_of, parsed
from sokhu.core.report.making import Scene, made, questions_needed
from sokhu.core.report.notes import Moment
from sokhu.core.report.saying import Speaker
from sokhu.core.report.words import Words, words_of
from sokhu.core.report.writing import Writer
from sokhu.core.table import Stamp
from sokhu.kit.sealing.models import Batch

ASKED_AT_ONCE = 400
MOST_ASKED, MOST_WHILE_WAITING = 60_000, 6_000  # questions of a report, and of an editor that somebody waits for
REPORTED_ON = ("province", "board", "block", "country")  # kinds of places, in the order in which one looks for them
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report it is, about which place and period, in which language."""

    authority: str
    place: str
    period: str
    lang: Lang


def vocabulary(lang: Lang) -> Vocabulary:
    """What placeholders may name: the indicators in use, ownerships, kinds of zones, a few rarer parts."""
    words = dimensions().dimensions
    parts = {value: dimension for dimension in FILLED for value in words[dimension].words}
    return Vocabulary(indicators(), parts | shipped_parts(), words_of(lang))


def kind_of_place(place: str) -> str:
    kind = place.partition("/")[0]
    return kind if kind in ("block", "country") else "local"


def first_content(subject: Subject) -> dict[str, Any]:
    """What a new report begins with: its title, its recipients, the shipped sections."""
    words, scene = words_of(subject.lang), scene_of(subject, {})
    kind = scene.place_kind
    about = words.head.get(f"about_{kind}", words.head["about"]).format(**scene.names)
    recipients = [one.format(place=scene.names["place"]) for one in words.head[f"recipients_{kind}"]]
    sections = [_without_members(one) for one in shipped(subject.lang)] if not scene.members else shipped(subject.lang)
    return {"about": about, "recipients": recipients, "sections": as_data(tuple(sections))}


def _without_members(section: Section) -> Section:
    """What is asked of a place that has no members that report for themselves."""
    return replace(section, blocks=tuple(block for block in section.blocks if block.by != "members"))


def scene_of(subject: Subject, content: Mapping[str, Any]) -> Scene:
    """The report's place, period and people in words of its language, on the map of its period."""
    period, words = parse(subject.period), words_of(subject.lang)
    with override(subject.lang):
        kind = kind_of_place(subject.place)
        members = tuple((one, name_of(one, period.last)) for one in members_of(subject.place, period))
        members = members if kind != "local" else ()
        names = _names(subject, kind, period, words, len(members))
        head = _head(kind, names, words, content)
        return Scene(subject.place, kind, subject.authority, period, members, names, head)


def _names(subject: Subject, kind: str, period: Period, words: Words, members: int) -> dict[str, str]:
    place = words.said["country_name"] if kind == "country" else _ranked(subject.place, period, subject.lang)
    authority = authority_name(subject.authority)
    return {
        "period": printed(period, subject.lang),
        "last_year": words.say("same_period", year=printed(parse(str(period.last.year - 1)), subject.lang)),
        "place": place,
        "short_place": place if kind == "local" else words.said[f"{kind}_short"],
        "area": words.say(f"{kind}_area", place=place) if kind == "local" else words.said[f"{kind}_area"],
        "subject": authority if kind == "local" else words.said[f"{kind}_subject"],
        "authority": authority,
        "members": str(members),
        "last_day": words.say("day", day=period.last),
        "year": str(period.last.year),
        "next_year": str(period.last.year + 1),
    }


def _ranked(place: str, period: Period, lang: Lang) -> str:
    """ "thành phố Hải Phòng": the name of the period's days, in Vietnamese with its rank; of a board its province's."""
    if place.startswith("board/"):
        place = next(iter(territory().groups_of(place, period.last, kind="province")), place)
    names, name = territory().place(place).names, name_of(place, period.last)
    rank = next((one for one in names if one.span.holds(period.last)), names[-1]).rank
    return f"{rank} {name}" if rank and lang == "vi" else name


def _head(kind: str, names: Mapping[str, str], words: Words, content: Mapping[str, Any]) -> dict[str, Any]:
    """The lines of the official layout."""
    head = words.head
    fixed = ("nation", "motto", "number", "dateline", "kind", "recipients_title", "notes_title")
    above = head["above_local"].format(place=names["place"].upper()) if kind == "local" else ""
    return {key: head[key] for key in fixed} | {
        "above": _in_lines(above, head["breaks"]),
        "issuer": _in_lines(names["authority"].upper(), head["breaks"]),
        "about": content.get("about", ""),
        "recipients": list(content.get("recipients", ())),
        "signer": list(head[f"signer_{kind}"]),
    }


def _in_lines(name: str, breaks: Iterable[str]) -> str:
    """The name with the break that officials make in it: BAN QUẢN LÝ / KHU KINH TẾ HẢI PHÒNG."""
    first = max((one for one in breaks if name.startswith(f"{one} ")), key=len, default="")
    return f"{first}\n{name[len(first) + 1 :]}" if first else name


def report_made(
    subject: Subject, content: Mapping[str, Any], *, at: int, progress: Progress | None = None
) -> dict[str, Any]:
    """The report with the figures of a moment, as its authority may see them.

    Raises Problems of the grammar and Problem("report.asks_too_much", found, limit).
    """
    with pinned_catalogue(moment_of(at)), override(subject.lang):
        batch = Batch.objects.get(pk=at)
        sections = parsed_content(content_of(content["sections"]), vocabulary(subject.lang))
        scene = scene_of(subject, content)
        speaker = Speaker(words_of(subject.lang), indicators(), subject.place, scene.period, {})
        asked = questions_needed(sections, scene, speaker)
        if len(asked) > MOST_ASKED:
            raise Problem("report.asks_too_much", found=len(asked), limit=MOST_ASKED)
        speaker = replace(speaker, answers=_answered(subject.authority, asked, at, batch, progress))
        stamp = Stamp(at, catalogue_digest(), __version__)
        return made(sections, scene, Moment(stamp, batch.at, batch.digest, scene.period.last), speaker)


def texts_now(subject: Subject, content: Mapping[str, Any]) -> dict[str, str]:
    """How each paragraph reads with the figures of now, by "section.block".

    One that cannot be read is left out; all are, where they ask for more than somebody waits for.
    """
    with override(subject.lang):
        known, scene = vocabulary(subject.lang), scene_of(subject, content)
        speaker = Speaker(known.words, known.indicators, subject.place, scene.period, {})
        sentences = dict(_sentences(content_of(content["sections"]), known))
        asked = [one for text in sentences.values() for field in fields_of(text) for one in speaker.needed(field)]
        if len(asked) > MOST_WHILE_WAITING:
            return {}
        reach = reach_for(subject.authority, timezone.localdate())
        speaker = replace(speaker, answers=answer_all(reach, worth_asking(asked)))
        writer = Writer(speaker, scene.names, scene.place_kind)
        return {where: writer.written(text).text for where, text in sentences.items()}


def _sentences(content: Content, known: Vocabulary) -> Iterator[tuple[str, Sentence]]:
    for number, section in enumerate(content, 1):
        for order, block in enumerate(section.blocks, 1):
            if block.kind == "text":
                with suppress(Problem):
                    yield f"{number}.{order}", parsed(block.text, known)


def _answered(
    authority: str, asked: list[Question], at: int, batch: Batch, progress: Progress | None
) -> dict[Question, Answer]:
    """The answers, asked for in lots so that somebody who waits sees how far it is."""
    reach, asked = reach_for(authority, batch.at.date()), worth_asking(asked, at)
    found: dict[Question, Answer] = {}
    for start in range(0, len(asked), ASKED_AT_ONCE):
        found |= answer_all(reach, asked[start : start + ASKED_AT_ONCE], at=at)
        if progress:
            progress(min(start + ASKED_AT_ONCE, len(asked)), len(asked))
    return found


def worth_asking(asked: Iterable[Question], at: int | None = None) -> list[Question]:
    """The questions about periods in which anything was said: of the others every answer is that there is none."""
    by_period: dict[Period, list[Question]] = defaultdict(list)
    for one in asked:
        by_period[one.period].append(one)
    return [one for period, of in by_period.items() if tells_anything_in(period.first, period.last, at) for one in of]


def authority_for(place: str, day: date) -> str:
    """Whose report about a place it is where nobody says it: its board's of that day; a block's own, the country's."""
    if kind_of_place(place) != "local" or place.startswith("board/"):
        return place
    boards = territory().members(place, day, kind="board") or territory().members(place, date.max, kind="board")
    if not boards:
        raise Problem("report.no_authority", place=place)
    return boards[0]


def places_to_report(own: Iterable[str]) -> list[str]:
    """Places that people of these authorities write reports about, in the order in which one would look for them."""
    found = [one for one in places_answered_for(frozenset(own)) if is_reported_on(one)]
    return sorted(found, key=lambda one: (REPORTED_ON.index(one.partition("/")[0]), one))


def is_reported_on(place: str) -> bool:
    return place.partition("/")[0] in REPORTED_ON
