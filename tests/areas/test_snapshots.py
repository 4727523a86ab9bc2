"""What a report used of the registers stays as it was on its day, beside the figures of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from factories import a_person, reach
from registers import DAI_AN, NOMURA, certificate, declare, state, two_registers
from sokhu.areas.ledger.answers import answer
from sokhu.areas.ledger.models import Observation
from sokhu.areas.publications import actions
from sokhu.areas.publications.assembling import Subject
from sokhu.areas.publications.issued import corrections
from sokhu.areas.publications.models import Issue
from sokhu.areas.publications.pages.touched import touched_panel
from sokhu.areas.publications.queries import newest_version
from sokhu.areas.publications.snapshot import moved_since, reports_touched
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.answer import Answer, Question
from sokhu.core.period import named
from sokhu.kit.sealing.queries import verify

BEFORE, MERGED, PROVINCE = "board/hai-phong", "board/hai-phong-2025", "province/hai-phong"
MILLION = 10**6
THING = uuid4()


@pytest.fixture(autouse=True)
def registers(book: None, settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.UPLOADS = tmp_path
    with two_registers():
        declare([BEFORE])
        state({THING: certificate(NOMURA, date(2024, 3, 5), 40)})
        yield


def an_issued_report(period: str = "2024") -> Issue:
    head = reach("binh")
    report = actions.begin(head, Subject(MERGED, PROVINCE, period, "vi"), by=None)
    return actions.issue(head, actions.build(report, newest_version(report), by=None))


def now(place: str = NOMURA) -> Answer:
    return answer(SYSTEM, Question("capital_new", place, named("2024"), ownership="FDI", currency="USD"))


def entered() -> dict[tuple[str, str], list[int | None]]:
    """By place and period, what reports say of new FDI in dollars, the oldest first."""
    found: dict[tuple[str, str], list[int | None]] = {}
    rows = Observation.objects.filter(cell__indicator="capital_new", cell__currency="USD", cell__ownership="FDI")
    for one in rows.select_related("cell").order_by("batch_id"):
        found.setdefault((one.cell.place, one.cell.period), []).append(one.amount)
    return found


def test_what_a_report_used_is_what_it_said_and_the_live_figure_stands_beside_it() -> None:
    issued = an_issued_report()
    assert entered()[NOMURA, "2024"] == [40 * MILLION]
    assert set(Observation.objects.values_list("stream__kind", "stream__speaker", "batch", "locator")) == {
        ("report", MERGED, issued.batch_id, f"báo cáo {issued.code}")
    }
    state({uuid4(): certificate(NOMURA, date(2024, 11, 2), 3)})
    found = now()
    assert (found.amount, [(fact.stream[0], fact.amount) for fact in found.facts]) == (
        43 * MILLION, [("register", 43 * MILLION), ("report", 40 * MILLION)],
    )  # fmt: skip
    assert now(PROVINCE).amount == 43 * MILLION
    assert verify().broken is None


def test_a_report_is_made_again_to_the_same_bytes_after_the_register_moved() -> None:
    issued = an_issued_report()
    text = actions.made_again(issued)
    state({THING: certificate(NOMURA, date(2023, 3, 5), 40)})
    assert actions.made_again(issued) == text


def test_a_later_report_revises_what_an_earlier_one_said_and_repeats_nothing() -> None:
    an_issued_report()
    count = Observation.objects.count()
    an_issued_report()
    assert Observation.objects.count() == count
    state({THING: certificate(NOMURA, date(2024, 3, 5), 41)})
    an_issued_report()
    assert entered()[NOMURA, "2024"] == [40 * MILLION, 41 * MILLION]
    revised = Observation.objects.get(
        amount=41 * MILLION, cell__indicator="capital_new", cell__ownership="FDI", cell__period="2024"
    )
    assert revised.replaces is not None


def test_a_late_event_names_the_reports_it_touches_and_a_report_the_things_that_moved_since() -> None:
    issued = an_issued_report()
    assert (moved_since(issued), corrections(issued), reports_touched(reach("an"), "projects", THING)) == ([], [], [])
    late = uuid4()
    sequence = state({late: certificate(NOMURA, date(2024, 6, 1), 5)})
    state({uuid4(): certificate(NOMURA, date(2025, 6, 1), 5), uuid4(): certificate(DAI_AN, date(2024, 6, 1), 5)})
    assert [(one.thing, one.url, one.sequence) for one in moved_since(issued)] == [(late, f"/thing/{late}/", sequence)]
    assert corrections(issued)
    assert touched_by(late) == [(issued.pk, sequence)]
    assert touched_by(THING) == []


def test_the_page_of_a_thing_lists_the_reports_it_touches() -> None:
    issued = an_issued_report()
    state({THING: certificate(NOMURA, date(2024, 3, 5), 41)})
    asked = RequestFactory().get("/")
    asked.user = a_person("an")  # type: ignore[attr-defined]
    piece = touched_panel("projects", asked, SimpleNamespace(pk=THING))
    assert f'href="/bao-cao/{issued.report_id}/"' in piece
    assert touched_panel("projects", asked, SimpleNamespace(pk=uuid4())) == ""


def touched_by(thing: UUID) -> list[tuple[UUID, int]]:
    return [(one.issued.pk, one.sequence) for one in reports_touched(reach("an"), "projects", thing)]


def test_a_report_about_figures_that_were_said_enters_nothing() -> None:
    declare([BEFORE], starts=None)
    an_issued_report()
    assert not Observation.objects.exists()
