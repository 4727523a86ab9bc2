"""Workbooks and forms with the book: what its people saved, proposing, filling, comparing with the national system."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.utils import timezone, translation

from sokhu.areas.accounts.models import User
from sokhu.areas.accounts.queries import user_named
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.answers import key_of
from sokhu.areas.reporting import actions, queries
from sokhu.areas.reporting.differences import Compared, compared_with_national
from sokhu.areas.reporting.filling import filled_form
from sokhu.areas.sources.actions import Described
from sokhu.areas.territory.queries import SYSTEM, Reach, known_place, name_of, reach_of
from sokhu.cli.cells import bytes_of, mapping_for, told
from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.mapping import Mapping, Says
from sokhu.documents import read_workbook


def _who(options: argparse.Namespace) -> tuple[User | None, Reach]:
    user = user_named(options.user) if options.user else None
    return user, reach_of(user, timezone.localdate()) if user else SYSTEM


def read_with_the_book(options: argparse.Namespace) -> int:
    """Reads a workbook by what the user's authority saved as well; with --propose puts its figures up for review."""
    user, mine = _who(options)
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        data = bytes_of(options.file)
        workbook = read_workbook(data, options.file.name)
        mapping = mapping_for(workbook, queries.mappings_for(mine), options.mapping)
        place = known_place(options.place) if options.place else ""
        says = queries.said_of_all(mine, workbook, mapping, place, options.period)
        if options.propose:
            _propose(options, data, mapping, says, user, mine)
        return told(queries.reading_of(workbook, mapping, says), says, options)


def _propose(
    options: argparse.Namespace, data: bytes, mapping: Mapping, says: Says, user: User | None, mine: Reach
) -> None:
    speaker = options.speaker or {"return": mine.home, "national": actions.NATIONAL_SYSTEM}.get(options.stream, "")
    if not speaker:
        raise Problem("sources.speaker_missing", kind=options.stream)
    described = Described(stream_kind=options.stream, speaker=speaker)
    stored = actions.bring_in(mine, data, options.file.name, described, by=user, owner=mine.home)
    proposal = actions.propose(mine, stored, mapping, says, by=user)
    if not options.json:
        print(f"{stored.pk}: {proposal.figures.count()} số chờ duyệt | figures up for review")


def write_form(options: argparse.Namespace) -> int:
    """Writes a filled form; says how many of its cells the ledger knew."""
    _user, mine = _who(options)
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        if options.form not in forms():
            raise Problem("workbook.no_mapping", found=options.form, known=", ".join(forms()))
        made = filled_form(mine, forms()[options.form], options.place, options.period)
        options.out.write_bytes(made.workbook())
        print(f"{options.out}: {made.known} / {made.asked} ô có số | cells with a figure")
    return 0


def print_differences(options: argparse.Namespace) -> int:
    """Prints what differs, or everything that was compared; 1 when something differs."""
    _user, mine = _who(options)
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        found = compared_with_national(mine)
        for one in found:
            if options.all or one.state == "differs":
                print(json.dumps(_as_json(one), ensure_ascii=False) if options.json else _line(one))
    return 1 if any(one.state == "differs" for one in found) else 0


def _as_json(one: Compared) -> dict[str, Any]:
    cell, other = one.national.cell, one.other
    return {
        "state": one.state,
        "indicator": cell.indicator,
        "place": cell.place,
        "period": cell.period,
        "ownership": cell.ownership,
        "zone_kind": cell.zone_kind,
        "other": cell.other,
        "currency": cell.currency,
        "national": one.national.amount,
        "ledger": other.amount if other else None,
        "stream": f"{other.stream.kind}:{other.stream.speaker}" if other else "",
        "where": one.national.locator,
    }


def _line(one: Compared) -> str:
    key, other = key_of(one.national.cell), one.other
    parts = [shown.indicator_name(key.indicator), *(value for _label, value in shown.breakdown_words(key))]
    about = " · ".join([*parts, name_of(key.place, key.last), shown.period_words(key)])
    figures = [shown.of_observation(row).text for row in (one.national, other) if row]
    gap = shown.difference_words(key.indicator, one.national.amount, other.amount if other else None, key.currency)
    return f"{one.state:<8} {' | '.join(figures):<32} {gap:<20} {about} · {one.national.locator}"
