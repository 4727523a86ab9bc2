"""A small book with one thing of every kind for every authority, and one person in every role: for `test_rights.py`.

Hải Phòng's board, the board it came out of, another board of its block, a board of no block, the block, the country,
and things that nobody owns. Who stands how to whom is written out here, and asked of no code under test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from factories import HAI_PHONG, QUANG_NGAI, TODAY, a_document, a_figure, a_proposal, said
from register_samples import a_thing
from sokhu.areas.accounts.models import Grant, User
from sokhu.areas.calendar.registry import WORKING_DAYS
from sokhu.areas.findings.actions import explain
from sokhu.areas.findings.models import Finding
from sokhu.areas.findings.queries import visible_findings
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.actions import reject_figure, submit, withdraw
from sokhu.areas.ledger.completeness import declare_complete
from sokhu.areas.publications.actions import issue, register, save_version
from sokhu.areas.publications.models import Build, Issue, Report, Version
from sokhu.areas.publications.queries import visible_reports
from sokhu.areas.reporting.actions import delete_mapping
from sokhu.areas.reporting.models import SavedMapping
from sokhu.areas.reporting.queries import saved_mappings
from sokhu.areas.territory.queries import SYSTEM, Reach, reach_of
from sokhu.areas.zones.registry import LEASES, ZONES
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import change
from sokhu.kit.registers.declaration import Register
from sokhu.kit.registers.queries import visible
from sokhu.kit.sealing.actions import sealed_batch

BLOCK, COUNTRY = "block/dong-bang-song-hong", "country/viet-nam"
OLD, MATE = "board/hai-phong", "board/quang-ninh"
OWNERS = (HAI_PHONG, OLD, MATE, QUANG_NGAI, BLOCK, COUNTRY, "")
NOW = datetime(2026, 11, 23, tzinfo=UTC)

# How an authority stands to an owner, beside "country", which holds for the country's people and everybody's things.
RELATIONS = {
    HAI_PHONG: {HAI_PHONG: "own", OLD: "predecessor", MATE: "block", BLOCK: "block"},
    BLOCK: {BLOCK: "own", HAI_PHONG: "block", OLD: "block", MATE: "block"},
    COUNTRY: {COUNTRY: "own"},
}
PEOPLE = (
    ("officer", HAI_PHONG),
    ("division_head", HAI_PHONG),
    ("head", HAI_PHONG),
    ("auditor", HAI_PHONG),
    ("developer", HAI_PHONG),
    ("enterprise", HAI_PHONG),
    ("administrator", HAI_PHONG),
    ("officer", BLOCK),
    ("block_head", BLOCK),
    ("auditor", BLOCK),
    ("administrator", BLOCK),
    ("ministry", COUNTRY),
    ("auditor", COUNTRY),
    ("administrator", COUNTRY),
    ("", ""),
)


def person(role: str, authority: str) -> User:
    user = User.objects.create(username=f"{role}-{authority.replace('/', '-')}", is_demo=True)
    if role:
        Grant.objects.create(user=user, role=role, authority=authority, starts=date(2020, 1, 1))
    return user


def relations(authority: str, owner: str, to: str) -> set[str]:
    """The scopes in which a thing of this owner, submitted to `to`, stands to the people of an authority."""
    found = {"everyone", RELATIONS.get(authority, {}).get(owner, "")}
    found |= {"addressee"} if to and to == authority else set()
    return found | ({"country"} if authority == COUNTRY else set())


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing of the book. seen: whether a reach reads it; write, issue, declare: does that with it, or raises."""

    thing: str
    owner: str
    seen: Callable[[Reach], bool]
    write: Callable[[Reach], object] | None = None
    issue: Callable[[Reach], object] | None = None
    declare: Callable[[Reach], object] | None = None
    to: str = ""

    @property
    def name(self) -> str:
        return f"{self.thing} of {self.owner or 'nobody'}" + (f" to {self.to}" if self.to else "")


def everything() -> list[Kept]:
    """One of every kind for every owner, and what was submitted to the block and the country."""
    kept = [thing for owner in OWNERS for thing in _of(owner)]
    submitted = ((MATE, BLOCK), (QUANG_NGAI, COUNTRY), (HAI_PHONG, BLOCK), (BLOCK, COUNTRY))
    return kept + [thing for owner, to in submitted for thing in (_proposed(owner, to), _document(owner, to))]


def _of(owner: str) -> Iterator[Kept]:
    yield _figure(owner, is_public=True)
    yield _figure(owner, is_public=False)
    yield _proposed(owner)
    yield _document(owner)
    yield _public_document(owner)
    yield _mapping(owner)
    yield _finding(owner)
    yield _report(owner)
    yield _issued(owner)
    yield _record("open_record", ZONES, owner)
    yield _record("register_record", LEASES, owner)
    yield _record("common_record", WORKING_DAYS, owner)


def _figure(owner: str, *, is_public: bool) -> Kept:
    one = said(SYSTEM, a_figure(), a_document(owner, ("press", f"Báo {owner} {is_public}"), is_public=is_public))
    return Kept(
        "public_figure" if is_public else "accepted_figure",
        owner,
        lambda mine: queries.visible_observations(mine).filter(pk=one.pk).exists(),
        None if is_public else lambda mine: withdraw(mine, one.pk, "thử"),
    )


def _proposed(owner: str, to: str = "") -> Kept:
    figure = a_proposal(a_figure(), document=a_document(owner, to=[to] if to else [])).figures.get()
    return Kept(
        "proposed_figure",
        owner,
        lambda mine: queries.proposed_figures(mine).filter(pk=figure.pk).exists(),
        lambda mine: reject_figure(mine, figure.pk),
        to=to,
    )


def _document(owner: str, to: str = "") -> Kept:
    document = a_document(owner, to=[to] if to else [])
    a_proposal(a_figure(), document=document)

    def seen(mine: Reach) -> bool:
        found = queries.visible_documents(mine).filter(pk=document.pk).exists()
        assert found == queries.reads_whole(mine, document)
        return found

    return Kept("document", owner, seen, lambda mine: submit(mine, document, []), to=to)


def _public_document(owner: str) -> Kept:
    document = a_document(owner, is_public=True)
    return Kept("public_document", owner, lambda mine: queries.visible_documents(mine).filter(pk=document.pk).exists())


def _mapping(owner: str) -> Kept:
    name = f"Cách đọc của {owner or 'không ai'}"
    one = SavedMapping.objects.create(name=name, owner=owner, content={}, made_at=NOW)

    def take_away(mine: Reach) -> None:
        delete_mapping(mine, name)
        if SavedMapping.objects.filter(pk=one.pk).exists():
            raise Problem("access.not_your_authority", owner=owner)  # the page of others' mappings has no such button

    return Kept("mapping", owner, lambda mine: saved_mappings(mine).filter(pk=one.pk).exists(), take_away)


def _finding(owner: str) -> Kept:
    one = Finding.objects.create(
        authority=owner, subject=str(uuid4()), code="continuity", severity="error", indicator="capital_new",
        place="province/hai-phong", period="2024", cell={}, terms={}, observations=[], opened_at=NOW, due=TODAY,
        opened_by=1, seen=1,
    )  # fmt: skip
    return Kept(
        "finding",
        owner,
        lambda mine: visible_findings(mine).filter(pk=one.pk).exists(),
        lambda mine: explain(mine, one.pk, "vì thế", by=None),
    )


CONTENT: dict[str, Any] = {"about": "Báo cáo", "recipients": [], "sections": []}


def _draft(owner: str) -> tuple[Report, Build]:
    report = Report.objects.create(authority=owner, place="province/hai-phong", period="2021", begun_at=NOW)
    version = Version.objects.create(report=report, number=1, content=CONTENT, change="begin", saved_at=NOW)
    sha256 = uuid4().hex * 2
    return report, Build.objects.create(
        version=version, moment=1, canonical='{"figures": []}', sha256=sha256, made_at=NOW
    )


def _report(owner: str) -> Kept:
    report, made = _draft(owner)
    return Kept(
        "report_draft",
        owner,
        lambda mine: visible_reports(mine).filter(pk=report.pk).exists(),
        lambda mine: save_version(mine, report, CONTENT, "edit", base=1, by=None),
        lambda mine: issue(mine, made),
    )


def _issued(owner: str) -> Kept:
    report, made = _draft(owner)
    with sealed_batch("issue", author=None) as batch:
        one = Issue(
            report=report, authority=owner, place=report.place, period=report.period, lang="vi", moment=1,
            sha256=made.sha256, code=uuid4().hex[:20], pdf_sha256="", docx_sha256="",
        )  # fmt: skip
        batch.add(one)
    return Kept(
        "issued_report",
        owner,
        lambda mine: visible_reports(mine).filter(pk=report.pk).exists(),
        lambda mine: register(mine, one, number="1", symbol="BC", day=TODAY, signed=None),
    )


def _record(thing: str, register: Register, owner: str) -> Kept:
    one = a_thing(register, replace(SYSTEM, home=owner))
    return Kept(
        thing,
        owner,
        lambda mine: visible(register, mine).filter(pk=one.pk).exists(),
        lambda mine: change(register, mine, one.pk, {"note": "thử"}, reason="thử"),
        declare=None if register.is_open else lambda mine: declare_complete(mine, owner, "zones", TODAY, "thử"),
    )


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


REFUSED = re.compile(r"access\.\w+|\w+\.no_such_\w+|findings\.not_yours")


def runs(act: Callable[[], object]) -> bool:
    """Whether an action ran; whoever may not do it hears of access, or that there is no such thing."""
    with taken_back():
        try:
            act()
        except Problem as refused:
            if not REFUSED.fullmatch(refused.code):
                raise
            return False
    return True


def mine_as(role: str, authority: str) -> Reach:
    return reach_of(person(role, authority), TODAY)
