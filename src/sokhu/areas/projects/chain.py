"""The events of projects as the core reads them, and what follows from them: a project's standing and its movements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sokhu.areas.ledger.movements import restate
from sokhu.areas.projects.models import CertificateEvent, Project, ProjectInvestor, Status
from sokhu.areas.zones.models import Zone
from sokhu.core.certificates.chain import Step, history
from sokhu.core.certificates.event import FIRST, CapitalChange, Event, Terms, in_order
from sokhu.core.certificates.movements import moved_by
from sokhu.core.certificates.ownership import Stake, shares_by_country
from sokhu.core.certificates.state import State
from sokhu.core.movement import Moved
from sokhu.core.place import Span
from sokhu.core.problems import Problem, Problems

CURRENCIES = ("USD", "VND")
# Terms that an event names in a field of the same name; "" and None are "as before".
_SAME_NAME = (
    "name",
    "ownership",
    "ground",
    "country",
    "sector",
    "address",
    "objectives",
    "schedule",
    "land",
    "term_years",
    "term_ends",
    "certified",
)
_OF_PROJECT = (*(name for name in _SAME_NAME if name not in ("term_ends", "certified")), "is_infrastructure")

Rows = Mapping[UUID, Sequence[CertificateEvent]]


def rows_of(projects: Iterable[UUID]) -> Rows:
    """The events of projects, with the zones they move to and the investors' shares on their days: two queries.

    Events and investors that were removed are left out.
    """
    found: dict[UUID, list[CertificateEvent]] = {project: [] for project in projects}
    rows = CertificateEvent.objects.filter(project__in=found, is_gone=False).select_related("zone")
    for row in rows.order_by("day", "entered", "pk"):
        found[row.project_id].append(row)
    roles: dict[UUID, list[ProjectInvestor]] = defaultdict(list)
    told = ProjectInvestor.objects.filter(project__in=found, is_gone=False).select_related("investor")
    for role in told.order_by("starts", "pk"):
        roles[role.project_id].append(role)
    for project, own in roles.items():
        put_shares(found[project], own)
    return found


def put_shares(rows: Iterable[CertificateEvent], roles: Sequence[ProjectInvestor]) -> None:
    """Tells each event whose the capital is by the investors of its day; as before where there is none that day."""
    for row in rows:
        there = [one for one in roles if Span(one.starts, one.ends).holds(row.day)]
        row.shares = shares_by_country([_stake(one, there) for one in there]) if there else None


def _stake(role: ProjectInvestor, beside: Sequence[ProjectInvestor]) -> Stake:
    """What an investor puts in, in what is known of all of them: the share, else dollars, else đồng."""
    known = next((name for name in ("share", "usd", "vnd") if all(getattr(one, name) for one in beside)), None)
    return Stake(role.investor.country, getattr(role, known) if known else None)


def steps_of(project: Project, rows: Sequence[CertificateEvent]) -> list[Step]:
    """A project's life. Raises Problems, `where` the day of the event that cannot be."""
    events = events_of(project, rows)
    try:
        return history(events)
    except Problems as told:
        names = {str(event.id): f"{project.code or project.name} · {event.day:%d/%m/%Y}" for event in events}
        problems = [Problem(one.code, names[one.where], **one.params) for one in told.problems]
        raise Problems(problems) from None


def events_of(project: Project, rows: Sequence[CertificateEvent]) -> list[Event]:
    """Events for the core, in order; the first one reads what the project says, but for what it names itself."""
    events = in_order(event_of(row) for row in rows)
    for at, event in enumerate(events):
        if event.kind in FIRST:
            first = _first_terms(project).changed_to(event.after)
            if event.shares and not first.country:
                first = replace(first, country=event.shares[0][0])
            events[at] = replace(event, after=first)
            break
    return events


def is_favoured(project: Project) -> bool:
    """Whether the place has the longer term: an economic zone."""
    return (project.zone_now or project.zone).kind.startswith("KKT")


def _first_terms(project: Project) -> Terms:
    named = {name: getattr(project, name) or None for name in _OF_PROJECT}
    return Terms(place=project.zone.place, owner=project.zone.owner, **named)


def event_of(row: CertificateEvent) -> Event:
    named = {name: getattr(row, name) or None for name in _SAME_NAME}
    terms = Terms(place=row.zone.place if row.zone else None, owner=row.zone.owner if row.zone else None, **named)
    said = {"transfer"} if row.is_transfer else set()
    # An adjustment whose content is told in words only is one all the same.
    said |= {"other"} if row.summary or row.number else set()
    capital, contents = tuple(_capital(row)), frozenset(said)
    return Event(row.pk, row.kind, row.day, row.entered, capital, terms, contents, row.shares)  # type: ignore[arg-type]


def _capital(row: CertificateEvent) -> Iterator[CapitalChange]:
    for currency in CURRENCIES:
        up, down, total = (getattr(row, f"{currency.lower()}_{name}") for name in ("up", "down", "total"))
        if down:
            yield CapitalChange(currency, "down", down, None if up else total)
        if up:
            yield CapitalChange(currency, "up", up, total)


def settle(project: Project, steps: Sequence[Step], rows: Sequence[CertificateEvent]) -> None:
    """Sets what a project reads now, out of its life and the rows of its events.

    The end of a term that lies ahead is a day of its own, not a status.
    """
    told = [step for step in steps if step.event]
    state = told[-1].after if told else None
    terms = state.terms if state else _first_terms(project)
    project.name_now = terms.name or project.name
    project.zone_now = _zone(project, terms.place, rows)
    project.ownership_now = terms.ownership or ""
    project.country_now = terms.country or ""
    project.sector_now = terms.sector or ""
    project.status = state.status if state else Status.NONE
    project.capital_usd = _held(state, "USD")
    project.capital_vnd = _held(state, "VND")
    project.began = (terms.certified or told[0].day) if told else None
    project.term_ends = state.term_ends if state else None
    project.last_event = told[-1].day if told else None


def _zone(project: Project, place: str | None, rows: Sequence[CertificateEvent]) -> Zone:
    """The zone that an event moved it to, else that of its first certificate."""
    return next((row.zone for row in rows if row.zone and row.zone.place == place), project.zone)


def _held(state: State | None, currency: str) -> int | None:
    return state.capital.get(currency) if state else None


def restate_projects(sequence: int, projects: Sequence[Project], lives: Mapping[UUID, Sequence[Step]]) -> None:
    """Makes the movements of projects be what their lives say; of a project that was removed there are none."""
    moved: dict[UUID, list[Moved]] = defaultdict(list)
    for project in projects:
        moved[project.pk] = [] if project.is_gone else [one for step in lives[project.pk] for one in moved_by(step)]
    restate(sequence, "projects", moved)
