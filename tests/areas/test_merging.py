from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import reach
from register_samples import a_thing
from sokhu.areas.projects.actions import merge, offer_again, tell_apart, unmerge
from sokhu.areas.projects.duplicates import offers
from sokhu.areas.projects.models import Enterprise, ProjectEnterprise
from sokhu.areas.projects.registry import ENTERPRISES, INVESTORS, PROJECT_ENTERPRISES, PROJECTS
from sokhu.core.problems import Problem
from sokhu.kit.registers.actions import change
from sokhu.kit.registers.queries import visible
from sokhu.kit.sealing.queries import head

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]


def a_firm(name: str, **given: Any) -> Enterprise:
    firm: Enterprise = a_thing(ENTERPRISES, reach("an"), name=name, **given)
    return firm


def pairs(**_: Any) -> set[tuple[str, frozenset[str]]]:
    return {(one.ground, frozenset({one.one.name, one.other.name})) for one in offers(ENTERPRISES, reach("an")).open}


def test_a_firm_spelled_three_ways_is_offered_for_merging():
    names = (
        "Công ty TNHH Điện tử Hoa Sen Việt Nam",
        "CTY TNHH MTV DIEN TU HOA SEN (VIETNAM)",
        "Công ty TNHH Điện tử Hoa Senn Việt Nam",
    )
    for name in names:
        a_firm(name)
    a_firm("Công ty TNHH Điện tử Sao Mai Việt Nam")
    assert pairs() == {
        ("name", frozenset(names[:2])),
        ("near", frozenset(names[::2])),
        ("near", frozenset(names[1:])),
    }


def test_an_equal_tax_code_is_offered_however_the_firms_are_called():
    a_firm("Hoa Sen Electronics", tax_code="0201234567")
    a_firm("Điện tử Hoa Sen", tax_code="0201234567-001")
    assert pairs() == {("code", frozenset({"Hoa Sen Electronics", "Điện tử Hoa Sen"}))}


def test_firms_with_two_tax_codes_are_two_firms():
    a_firm("Công ty Hoa Sen", tax_code="0201234567")
    a_firm("Công ty TNHH Hoa Sen", tax_code="0207654321")
    assert pairs() == set()


def test_a_merger_takes_over_roles_and_what_was_lacking_in_one_batch():
    keep, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen", tax_code="0201234567", phone="0225 123")
    role = a_thing(PROJECT_ENTERPRISES, reach("an"), enterprise=other)
    before = head()[0]
    merge(ENTERPRISES, reach("an"), keep.pk, other.pk, reason="cùng một doanh nghiệp")
    assert head()[0] == before + 1
    role.refresh_from_db()
    keep.refresh_from_db()
    assert (role.enterprise, keep.tax_code, keep.phone) == (keep, "0201234567", "0225 123")
    assert role.project.enterprise_now == keep
    assert [one.pk for one in visible(ENTERPRISES, reach("an"))] == [keep.pk]


def test_a_merger_is_taken_back_as_it_was():
    keep, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen", tax_code="0201234567", phone="0225 123")
    role = a_thing(PROJECT_ENTERPRISES, reach("an"), enterprise=other)
    merge(ENTERPRISES, reach("an"), keep.pk, other.pk, reason="cùng một doanh nghiệp")
    unmerge(ENTERPRISES, reach("an"), other.pk, reason="nhầm: hai doanh nghiệp")
    for thing in (keep, other, role):
        thing.refresh_from_db()
    assert (role.enterprise, other.is_gone, other.merged_into) == (other, False, None)
    assert (keep.tax_code, keep.phone) == ("", "")


def test_a_role_changed_after_the_merger_stays_where_it_is():
    keep, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen")
    role = a_thing(PROJECT_ENTERPRISES, reach("an"), enterprise=other)
    merge(ENTERPRISES, reach("an"), keep.pk, other.pk, reason="một")
    change(PROJECT_ENTERPRISES, reach("an"), role.pk, {"ends": date(2025, 1, 1)}, reason="thôi")
    unmerge(ENTERPRISES, reach("an"), other.pk, reason="hai")
    role.refresh_from_db()
    assert role.enterprise == keep


def test_a_role_both_had_is_kept_once():
    keep, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen")
    project = a_thing(PROJECTS, reach("an"))
    for firm in (keep, other):
        a_thing(PROJECT_ENTERPRISES, reach("an"), project=project, enterprise=firm, starts=date(2024, 1, 1))
    merge(ENTERPRISES, reach("an"), keep.pk, other.pk, reason="một")
    assert ProjectEnterprise.objects.filter(project=project, is_gone=False).count() == 1
    unmerge(ENTERPRISES, reach("an"), other.pk, reason="hai")
    assert ProjectEnterprise.objects.filter(project=project, is_gone=False).count() == 2


def test_a_merger_needs_a_reason_two_things_and_the_right_to_write():
    keep, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen")
    with pytest.raises(Problem, match=r"projects\.merge_with_itself"):
        merge(ENTERPRISES, reach("an"), keep.pk, keep.pk, reason="x")
    with pytest.raises(Problem, match=r"register\.reason_missing"):
        merge(ENTERPRISES, reach("an"), keep.pk, other.pk, reason=" ")
    with pytest.raises(Problem, match=r"register\.no_such_thing"):
        merge(ENTERPRISES, reach("chi"), keep.pk, other.pk, reason="x")
    with pytest.raises(Problem, match=r"projects\.not_merged"):
        unmerge(ENTERPRISES, reach("an"), other.pk, reason="x")


def test_investors_are_merged_the_same_way():
    keep = a_thing(INVESTORS, reach("an"), name="Hoa Sen Holdings Pte. Ltd.", country="SG")
    other = a_thing(INVESTORS, reach("an"), name="HOA SEN HOLDINGS", country="SG")
    (offer,) = offers(INVESTORS, reach("an")).open
    assert {offer.one.pk, offer.other.pk} == {keep.pk, other.pk}
    merge(INVESTORS, reach("an"), keep.pk, other.pk, reason="một")
    assert offers(INVESTORS, reach("an")).open == []


def test_names_that_differ_by_a_number_are_two_firms():
    a_firm("Công ty Diều Trong 2")
    a_firm("Công ty Diều Trong 69")
    assert pairs() == set()


def test_what_a_person_said_are_two_is_not_offered_again_until_that_is_taken_back():
    one, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen")
    for _ in range(2):
        tell_apart(ENTERPRISES, reach("an"), other.pk, one.pk)
    assert pairs() == set()
    assert [offer.pair for offer in offers(ENTERPRISES, reach("an")).apart] == [tuple(sorted((one.pk, other.pk)))]
    offer_again(ENTERPRISES, reach("an"), one.pk, other.pk)
    assert len(pairs()) == 1


def test_nobody_tells_apart_what_is_in_anothers_book_or_a_thing_and_itself():
    one, other = a_firm("Công ty Hoa Sen"), a_firm("CTY Hoa Sen")
    with pytest.raises(Problem):
        tell_apart(ENTERPRISES, reach("chi"), one.pk, other.pk)
    with pytest.raises(Problem, match=r"projects.merge_with_itself"):
        tell_apart(ENTERPRISES, reach("an"), one.pk, one.pk)
    assert len(pairs()) == 1
