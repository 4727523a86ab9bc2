"""The life of a finding: found, answered, corrected, gone, back again; and for whom it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from factories import HAI_PHONG, QUANG_NGAI, a_document, a_figure, a_person, reach, said
from sokhu.areas.findings import actions as checked
from sokhu.areas.findings.actions import explain, refresh, refresh_for
from sokhu.areas.findings.models import Checked, Finding, FindingState
from sokhu.areas.findings.queries import SERIOUS_FIRST, open_count, visible_findings
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.ledger.models import Observation
from sokhu.areas.territory.queries import makeup_of
from sokhu.core.period import named
from sokhu.core.problems import Problem

pytestmark = pytest.mark.usefixtures("book")

REPORT = ("report", HAI_PHONG)
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def told(value: str, ownership: str = "", **fields: Any) -> Observation:
    """A number of projects in Hải Phòng in 2024, in the board's own report."""
    figure = a_figure(value, "projects", indicator="projects_new", ownership=ownership, **fields)
    return said(reach("an"), figure, a_document(stream=REPORT))


def a_contradiction() -> Observation:
    """FDI and DDI say 30, the whole says 33."""
    told("20", "FDI")
    told("10", "DDI")
    return told("33")


def found() -> Finding:
    refresh_for(HAI_PHONG)
    return Finding.objects.get(code="ownership_parts")


def states(one: Finding) -> list[str]:
    return list(one.events.values_list("state", flat=True))


def test_a_contradiction_in_the_ledger_is_found_once_with_its_amounts_and_figures():
    whole = a_contradiction()
    one = found()
    assert (one.severity, one.state, one.authority) == ("error", FindingState.OPEN, HAI_PHONG)
    assert one.terms["gap"] == ["amount", "3000000", "projects"]
    assert one.observations[0] == str(whole.pk)
    refresh_for(HAI_PHONG)
    assert Finding.objects.count() == 1


def test_where_nothing_changed_nothing_is_checked_again():
    a_contradiction()
    assert refresh_for(HAI_PHONG)
    assert not refresh_for(HAI_PHONG)


def test_nobody_who_writes_waits_while_a_check_looks(monkeypatch: pytest.MonkeyPatch):
    a_contradiction()
    looked: list[list[str]] = []
    looks = checked.findings

    def look(*args: Any) -> Any:
        looked.append(list(connection.savepoint_ids))
        return looks(*args)

    monkeypatch.setattr(checked, "findings", look)
    held = list(connection.savepoint_ids)
    assert refresh_for(HAI_PHONG)
    assert looked == [held]


def test_what_was_checked_later_is_not_written_over(monkeypatch: pytest.MonkeyPatch):
    a_contradiction()
    looks = checked.findings

    def look(*args: Any) -> Any:
        seen = list(looks(*args))
        Checked.objects.update_or_create(pk=HAI_PHONG, defaults={"sequence": 10**6, "at": NOW})
        return seen

    monkeypatch.setattr(checked, "findings", look)
    assert not refresh_for(HAI_PHONG)
    assert not Finding.objects.exists()
    assert Checked.objects.get(pk=HAI_PHONG).sequence == 10**6


def test_a_corrected_figure_solves_the_finding_and_names_the_entry():
    whole = a_contradiction()
    one = found()
    corrected = correct(reach("an"), whole.pk, "30 dự án", reason="cộng lại")
    refresh_for(HAI_PHONG)
    one.refresh_from_db()
    assert (one.state, one.solved_by) == (FindingState.CORRECTED, corrected.batch_id)
    assert states(one) == ["open", "corrected"]


def test_a_withdrawn_figure_solves_the_finding_as_well():
    whole = a_contradiction()
    one = found()
    withdraw(reach("an"), whole.pk, reason="nhầm")
    refresh_for(HAI_PHONG)
    one.refresh_from_db()
    assert one.state == FindingState.CORRECTED


def test_an_explanation_holds_while_the_amounts_are_those_that_were_explained():
    whole = a_contradiction()
    one = found()
    explain(reach("an"), one.pk, "Ba dự án hợp doanh tính riêng.", by=a_person("an"))
    told("5", "FDI", period="2023")  # something else
    refresh_for(HAI_PHONG)
    one.refresh_from_db()
    assert one.state == FindingState.EXPLAINED
    correct(reach("an"), whole.pk, "34 dự án", reason="thêm một")
    refresh_for(HAI_PHONG)
    one.refresh_from_db()
    assert one.state == FindingState.OPEN
    assert states(one) == ["open", "explained", "open"]


def test_a_finding_that_comes_back_is_open_again():
    whole = a_contradiction()
    one = found()
    right = correct(reach("an"), whole.pk, "30 dự án", reason="cộng lại")
    refresh_for(HAI_PHONG)
    withdraw(reach("an"), right.pk, reason="vẫn là 33")
    refresh_for(HAI_PHONG)
    one.refresh_from_db()
    assert states(one) == ["open", "corrected", "open"]
    assert one.solved_by is None


@pytest.mark.parametrize(("words", "code"), [("", "findings.no_words"), ("  ", "findings.no_words")])
def test_an_answer_needs_words(words: str, code: str):
    a_contradiction()
    with pytest.raises(Problem) as refused:
        explain(reach("an"), found().pk, words, by=None)
    assert refused.value.code == code


def test_a_finding_is_its_authoritys_and_the_ministrys_and_nobody_elses():
    a_contradiction()
    one = found()
    seen = {name: visible_findings(reach(name)).filter(pk=one.pk).exists() for name in ("an", "binh", "giang")}
    hidden = {name: visible_findings(reach(name)).filter(pk=one.pk).exists() for name in ("chi", "dung", "nga")}
    assert all(seen.values())
    assert not any(hidden.values())


def test_the_ministry_reads_a_boards_finding_and_does_not_answer_it():
    a_contradiction()
    with pytest.raises(Problem) as refused:
        explain(reach("giang"), found().pk, "lý do", by=a_person("giang"))
    assert refused.value.code == "findings.not_yours"


def test_a_strangers_finding_does_not_exist_for_who_may_not_see_it():
    a_contradiction()
    with pytest.raises(Problem) as refused:
        explain(reach("chi"), found().pk, "lý do", by=a_person("chi"))
    assert refused.value.code == "findings.no_such_finding"


def test_no_authority_is_told_of_figures_that_it_may_not_read():
    """Quảng Ngãi is in no block with Hải Phòng: what it accepts is not held against what it cannot see."""
    told("20", "FDI")
    figure = a_figure("25", "projects", indicator="projects_new", ownership="FDI")
    said(reach("chi"), figure, a_document(QUANG_NGAI, ("press", "Báo Quảng Ngãi")))
    refresh()
    assert not Finding.objects.filter(authority__in=(HAI_PHONG, QUANG_NGAI), code="streams_differ").exists()


def test_what_waits_for_an_answer_is_counted_for_the_rail():
    a_contradiction()
    found()
    assert (open_count(reach("an")), open_count(reach("chi"))) == (1, 0)


def test_errors_come_before_warnings_and_warnings_before_notes():
    a_contradiction()
    one = found()
    for severity in ("note", "warning"):
        Finding.objects.create(**{**values_of(one), "subject": severity, "severity": severity})
    ordered = Finding.objects.filter(subject__in=("note", "warning", one.subject)).order_by(SERIOUS_FIRST)
    assert [each.severity for each in ordered] == ["error", "warning", "note"]


def values_of(one: Finding) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in Finding._meta.fields if field.name != "id"}


def test_the_whole_book_is_checked_and_then_only_what_changed():
    a_contradiction()
    assert refresh() > 30
    assert refresh() == 0


def test_a_region_is_held_against_its_provinces_by_the_ministry():
    """Every province of the region told its projects; the ministry's own total of the region says one more."""
    region = "region/dong-nam-bo"
    members = makeup_of(region, named("2024")).members
    for member in members:
        figure = a_figure("10", "projects", indicator="projects_new", place=member)
        said(reach("giang"), figure, a_document("country/viet-nam", ("other_body", "Cục Thống kê")))
    whole = a_figure(str(10 * len(members) + 1), "projects", indicator="projects_new", place=region)
    said(reach("giang"), whole, a_document("country/viet-nam", ("other_body", "Cục Thống kê")))
    refresh_for("country/viet-nam")
    one = Finding.objects.get(code="place_parts")
    assert (one.severity, one.terms["gap"]) == ("error", ["amount", "1000000", "projects"])
