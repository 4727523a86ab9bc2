"""What happens to findings: they are found, explained, corrected, and close by themselves when their cause is gone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of, territory
from sokhu.areas.findings.causes import with_causes
from sokhu.areas.findings.models import Checked, Finding, FindingEvent, FindingState
from sokhu.areas.findings.of_registers import have_changed, matters_of, zone_changed_in
from sokhu.areas.findings.queries import LIVE, visible_findings
from sokhu.areas.findings.statements import book_of, of_derived, of_observations
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.derived_in_copies import moves_after
from sokhu.areas.ledger.models import Completeness, Observation, Withdrawal
from sokhu.areas.territory.queries import Reach, places_answered_for, reach_for
from sokhu.core.checks import finding as found
from sokhu.core.checks.registers import OF_REGISTERS
from sokhu.core.checks.run import findings, load_checks, most_telling
from sokhu.core.checks.statement import Statement
from sokhu.core.place import PlaceKind
from sokhu.core.problems import Problem
from sokhu.kit.sealing.queries import head

ANSWER_WITHIN = timedelta(days=14)  # the day by which an authority is asked to answer
AUTHORITY_KINDS: tuple[PlaceKind, ...] = ("board", "block", "country")


class Seen(NamedTuple):
    """What checks see now. left_off: how many oddities are not among the findings."""

    findings: list[found.Finding]
    left_off: int


def refresh() -> int:
    """Checks every authority whose figures changed since its last check; how many were checked."""
    return sum(refresh_for(authority) for authority in authorities())


def authorities() -> list[str]:
    """Who answers for figures: boards, blocks, the central department; those of today."""
    today = timezone.localdate()
    return [place.id for kind in AUTHORITY_KINDS for place in territory().places_on(kind, today)]


def refresh_for(authority: str) -> bool:
    """Brings an authority's findings up to the ledger's head; False where they are.

    It sees what the authority's own people see, so that no finding tells what they may not read. Looking takes a
    minute where there is much: only what was found is written in a transaction, so that others write meanwhile.
    """
    sequence = head()[0]
    checked = Checked.objects.filter(pk=authority).first()
    if checked and checked.sequence == sequence:
        return False
    with pinned_catalogue(moment_of()):
        seen = _seen(authority) if checked is None or _is_touched(authority, checked.sequence) else None
        with transaction.atomic():
            is_newer = not Checked.objects.select_for_update().filter(pk=authority, sequence__gt=sequence).exists()
            if is_newer:
                _keep(authority, seen, sequence)
    return is_newer


def _keep(authority: str, seen: Seen | None, sequence: int) -> None:
    if seen is not None:
        _lay_beside(authority, {one.subject: one for one in seen.findings}, sequence)
    told = {"sequence": sequence, "at": datetime.now(UTC)} | ({} if seen is None else {"left_off": seen.left_off})
    Checked.objects.update_or_create(pk=authority, defaults=told)


def _places(authority: str) -> frozenset[str]:
    return places_answered_for(reach_for(authority, timezone.localdate()).own)


def _is_touched(authority: str, since: int) -> bool:
    """Whether anything was accepted or withdrawn about the authority's places, or changed in the catalogue."""
    places = _places(authority) | _members(authority)
    said = Observation.objects.filter(batch__gt=since, cell__place__in=places)
    gone = Withdrawal.objects.filter(batch__gt=since, observation__cell__place__in=places)
    moved = moves_after(since).filter(place__in=places)
    declared = Completeness.objects.filter(batch__gt=since)
    is_of_register = have_changed(reach_for(authority, timezone.localdate()), since)
    return moment_of() > since or is_of_register or any(rows.exists() for rows in (said, gone, moved, declared))


def _members(authority: str) -> frozenset[str]:
    """What an authority's figures are added from: a block's boards with their provinces; every province there was."""
    if authority.startswith("country/"):
        return frozenset(place.id for place in territory().places.values() if place.kind == "province")
    today = timezone.localdate()
    boards = territory().members(authority, today, kind="board") if authority.startswith("block/") else ()
    return frozenset({place for board in boards for place in (board, *territory().groups_of(board, today))})


def _seen(authority: str) -> Seen:
    places = _places(authority)
    mine = reach_for(authority, timezone.localdate())
    standing = queries.standing(mine).select_related("cell", "stream")
    said = list(of_observations(standing.filter(cell__place__in=places)))
    said += of_derived(mine, places, said)
    around = of_observations(standing.filter(_around(authority, said)).exclude(cell__place__in=places))
    book = book_of([*said, *around], matters_of(mine, timezone.localdate()))
    own = with_causes(one for one in findings(book, load_checks().checks) if one.thing or one.cell.place in places)
    return Seen(*most_telling(own, load_checks().checks))


def _around(authority: str, said: list[Statement]) -> Q:
    """What an authority's own figures are held against: its members' figures of the same kinds, its peers' rates."""
    codes = {one.cell.indicator for one in said}
    rates = {code for code in codes if indicators()[code].nature == "ratio" and not indicators()[code].comparison}
    return Q(cell__place__in=_members(authority), cell__indicator__in=codes) | Q(cell__indicator__in=rates)


def _lay_beside(authority: str, now: dict[str, found.Finding], sequence: int) -> None:
    known = {one.subject: one for one in Finding.objects.select_for_update().filter(authority=authority)}
    for subject, one in now.items():
        if subject in known:
            _seen_again(known[subject], one, sequence)
        else:
            _opened(authority, one, sequence)
    for subject, stored in known.items():
        if subject not in now and stored.state in LIVE:
            _gone(stored, sequence)


def _opened(authority: str, one: found.Finding, sequence: int) -> None:
    at = datetime.now(UTC)
    stored = Finding.objects.create(
        authority=authority,
        subject=one.subject,
        indicator=one.cell.indicator,
        place=one.cell.place,
        period=one.cell.period,
        opened_at=at,
        due=timezone.localdate() + ANSWER_WITHIN,
        opened_by=sequence,
        seen=sequence,
        **_said(one),
    )
    _tell(stored, FindingState.OPEN, sequence)


def _said(one: found.Finding) -> dict[str, Any]:
    """What may change about a finding from one check to the next."""
    cell = {name: value for name, value in asdict(one.cell).items() if name not in ("first", "last")}
    return {
        "code": one.code,
        "severity": one.severity,
        "cell": {**cell, "first": one.cell.first.isoformat(), "last": one.cell.last.isoformat()},
        "terms": {name: list(term) for name, term in one.terms.items()},
        "suggestion": list(one.suggestion) if one.suggestion else None,
        "observations": [str(said.fact.id) for said in one.about],
        "weight": one.weight,
    }


def _seen_again(stored: Finding, one: found.Finding, sequence: int) -> None:
    """An explanation holds while the amounts are those that were explained; what was solved and is back is open."""
    said = _said(one)
    changed = {name: value for name, value in said.items() if getattr(stored, name) != value}
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.seen = sequence
    if stored.state not in LIVE or (stored.state == FindingState.EXPLAINED and "terms" in changed):
        stored.state, stored.solved_by = FindingState.OPEN, None
        stored.due = timezone.localdate() + ANSWER_WITHIN
        _tell(stored, FindingState.OPEN, sequence)
    stored.save()


def _gone(stored: Finding, sequence: int) -> None:
    """Corrected where one of its figures was replaced or taken back since, closed where the cause went otherwise."""
    batch = _batch_that_touched(stored)
    stored.state = FindingState.CORRECTED if batch else FindingState.CLOSED
    stored.solved_by = batch or sequence
    stored.save()
    _tell(stored, stored.state, stored.solved_by)


def _batch_that_touched(stored: Finding) -> int | None:
    cells = Observation.objects.filter(pk__in=stored.observations).values("cell")
    said = Observation.objects.filter(cell__in=cells, batch__gt=stored.seen).order_by("batch_id")
    gone = Withdrawal.objects.filter(observation__cell__in=cells, batch__gt=stored.seen).order_by("batch_id")
    batches = [row for rows in (said, gone) for row in rows.values_list("batch_id", flat=True)[:1]]
    if not batches and stored.code in OF_REGISTERS:
        return zone_changed_in(stored.place, stored.seen)
    return min(batches, default=None) or _batch_that_moved(stored)


def _batch_that_moved(stored: Finding) -> int | None:
    """The first entry since by which the registers move the figure's indicator in its place, or a park of it."""
    inside = {stored.place, *(one.member for one in territory().memberships_in(stored.place, "zone"))}
    moved = moves_after(stored.seen).filter(place__in=inside, indicator=stored.indicator)
    batches = [batch for pair in moved.values_list("since", "until") for batch in pair if batch and batch > stored.seen]
    return min(batches, default=None)


def _tell(stored: Finding, state: str, sequence: int, *, by: User | None = None, words: str = "") -> None:
    FindingEvent.objects.create(
        finding=stored, at=datetime.now(UTC), by=by, state=state, words=words, sequence=sequence
    )


def explain(reach: Reach, finding_id: UUID, words: str, *, by: User | None) -> Finding:
    """Answers a finding with a reason.

    Raises Problem("findings.no_such_finding" | "findings.not_yours" | "findings.no_words" | "findings.solved").
    """
    with transaction.atomic():
        stored = visible_findings(reach).select_for_update().filter(pk=finding_id).first()
        if stored is None:
            raise Problem("findings.no_such_finding")
        if not reach.may_write_for(stored.authority):
            raise Problem("findings.not_yours")
        if not words.strip():
            raise Problem("findings.no_words")
        if stored.state not in LIVE:
            raise Problem("findings.solved")
        stored.state = FindingState.EXPLAINED
        stored.save(update_fields=["state"])
        _tell(stored, FindingState.EXPLAINED, head()[0], by=by, words=words.strip())
    return stored
