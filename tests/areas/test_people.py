"""Who may make accounts and give roles, and what no administrator can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from factories import HAI_PHONG, QUANG_NGAI, TODAY, a_person, reach
from sokhu.areas.accounts import people
from sokhu.areas.accounts.models import EventKind, Grant, SecurityEvent, User
from sokhu.areas.accounts.people import Offer
from sokhu.areas.accounts.queries import demo_users, visible_events, visible_people
from sokhu.areas.territory.queries import SYSTEM, Reach, reach_of
from sokhu.core.problems import Problem, Problems
from sokhu.core.rights import HELD_FOR, ROLES

pytestmark = pytest.mark.usefixtures("book")
COUNTRY = "country/viet-nam"
OFFER = Offer("officer", HAI_PHONG, TODAY, "Quyết định 12/QĐ-BQL")
NOBODY_ELSE = ("an", "binh", "lan", "minh", "chi", "dung", "giang", "nga")


def refusals(act: Callable[[], object]) -> list[str]:
    count = (User.objects.count(), Grant.objects.count(), SecurityEvent.objects.count())
    with pytest.raises((Problem, Problems)) as told, transaction.atomic():
        act()
    assert (User.objects.count(), Grant.objects.count(), SecurityEvent.objects.count()) == count
    return [one.code for one in getattr(told.value, "problems", [told.value])]


def administrator_of(authority: str) -> tuple[User, Reach]:
    user = User.objects.create(username=f"admin-{authority.replace('/', '-')}")
    Grant.objects.create(user=user, role="administrator", authority=authority, starts=date(2020, 1, 1))
    return user, reach_of(user, TODAY)


def invited(offer: Offer = OFFER, username: str = "nguyen.van.a", mine: Reach | None = None) -> User:
    by = None if mine is SYSTEM else a_person("oanh")
    return people.invite(mine or reach("oanh"), username, "Nguyễn Văn A", offer, by=by, today=TODAY)


def test_a_new_account_has_its_role_and_no_way_in_until_a_password_is_set() -> None:
    user = invited()
    assert not user.has_usable_password()
    assert not demo_users().filter(pk=user.pk).exists()
    assert reach_of(user, TODAY).may("write", "accepted_figure", HAI_PHONG)
    assert [one.kind for one in SecurityEvent.objects.filter(user=user)] == [EventKind.GIVEN, EventKind.INVITED]
    assert (user.grants.get().given_by, user.grants.get().reason) == (a_person("oanh"), "Quyết định 12/QĐ-BQL")


@pytest.mark.parametrize("name", NOBODY_ELSE)
def test_who_is_no_administrator_makes_no_account(name: str) -> None:
    (code,) = refusals(lambda: people.invite(reach(name), "b.b", "B", OFFER, by=a_person(name), today=TODAY))
    assert code.startswith("access.")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("authority", [HAI_PHONG, QUANG_NGAI, "block/dong-bang-song-hong", COUNTRY])
@pytest.mark.parametrize("giver", [HAI_PHONG, "block/dong-bang-song-hong", COUNTRY])
def test_a_role_is_given_by_an_administrator_of_its_authority_where_it_fits(
    role: str, authority: str, giver: str
) -> None:
    by, mine = administrator_of(giver)
    subject = "zone/kcn-dinh-vu" if role in ("developer", "enterprise") else ""
    offer = replace(OFFER, role=role, authority=authority, subject=subject)
    fits = authority.partition("/")[0] in HELD_FOR[role]
    may = authority == giver or (giver == COUNTRY and role == "administrator")
    if fits and may:
        assert people.give(mine, a_person("nga"), offer, by=by, today=TODAY).role == role
    else:
        (code,) = refusals(lambda: people.give(mine, a_person("nga"), offer, by=by, today=TODAY))
        assert code.startswith("access." if fits else "people.role_not_of_authority")


def test_nobody_gives_himself_a_role_nor_lets_himself_in() -> None:
    oanh, mine = a_person("oanh"), reach("oanh")
    for act in (
        lambda: people.give(mine, oanh, OFFER, by=oanh, today=TODAY),
        lambda: people.reset_second_factor(mine, oanh, "mất máy", by=oanh, today=TODAY),
        lambda: people.password_link(mine, oanh, by=oanh, today=TODAY),
        lambda: people.stop(mine, oanh, "nghỉ", by=oanh, today=TODAY),
    ):
        assert refusals(act) == ["people.not_yourself"]


def test_the_last_administrator_of_an_authority_ends_neither_himself_nor_is_ended() -> None:
    oanh, mine = a_person("oanh"), reach("oanh")
    (grant,) = oanh.grants.all()
    end = lambda: people.end(mine, grant, "nghỉ", by=oanh, today=TODAY)  # noqa: E731
    assert refusals(end) == ["people.last_administrator"]
    soon_over = replace(OFFER, role="administrator", ends=TODAY + timedelta(30))
    people.give(mine, a_person("an"), soon_over, by=oanh, today=TODAY)
    assert refusals(end) == ["people.last_administrator"]  # who is administrator for a month only is none to stay
    people.give(mine, a_person("binh"), replace(OFFER, role="administrator"), by=oanh, today=TODAY)
    User.objects.filter(username="binh").update(is_active=False)
    assert refusals(end) == ["people.last_administrator"]
    User.objects.filter(username="binh").update(is_active=True)
    end()
    assert not reach_of(oanh, TODAY).held


def test_the_last_administrator_is_not_stopped_by_the_country_either() -> None:
    oanh = a_person("oanh")
    by, mine = administrator_of(COUNTRY)
    assert refusals(lambda: people.stop(mine, oanh, "x", by=by, today=TODAY)) == ["people.last_administrator"]
    people.stop(SYSTEM, oanh, "theo công văn", by=None, today=TODAY)
    assert not User.objects.get(pk=oanh.pk).is_active


def test_a_role_ends_at_once_and_stays_in_the_book_with_who_and_why() -> None:
    user, oanh = invited(), a_person("oanh")
    (grant,) = user.grants.all()
    people.end(reach("oanh"), grant, "chuyển công tác", by=oanh, today=TODAY)
    assert not reach_of(user, TODAY).held
    grant.refresh_from_db()
    assert (grant.ended_by, grant.end_reason) == (oanh, "chuyển công tác")
    people.give(reach("oanh"), user, OFFER, by=oanh, today=TODAY)  # and may be given again the same day
    assert reach_of(user, TODAY).own


def test_the_same_role_is_not_given_twice() -> None:
    user = invited()
    act = lambda: people.give(reach("oanh"), user, OFFER, by=a_person("oanh"), today=TODAY)  # noqa: E731
    assert refusals(act) == ["people.has_it"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts": TODAY - timedelta(1)}, "people.past_day"),
        ({"ends": TODAY - timedelta(1)}, "people.ends_before"),
        ({"reason": "  "}, "people.reason"),
        ({"role": "developer"}, "people.subject"),
        ({"subject": "zone/kcn-dinh-vu"}, "people.subject"),
    ],
)
def test_a_role_without_fitting_days_reason_or_subject_is_refused(changed: dict[str, object], code: str) -> None:
    assert refusals(lambda: invited(replace(OFFER, **changed))) == [code]


def test_all_that_is_wrong_with_a_new_account_is_told_at_once() -> None:
    act = lambda: people.invite(  # noqa: E731
        reach("oanh"), "Nguyễn A", " ", replace(OFFER, reason=""), by=a_person("oanh"), today=TODAY
    )
    assert refusals(act) == ["people.bad_username", "people.no_name", "people.reason"]
    invited()
    assert refusals(invited) == ["people.username_taken"]


def test_an_account_is_managed_only_by_who_administers_all_of_its_roles() -> None:
    user, oanh, mine = invited(), a_person("oanh"), reach("oanh")
    Grant.objects.create(user=user, role="officer", authority=QUANG_NGAI, starts=TODAY)
    assert refusals(lambda: people.stop(mine, user, "x", by=oanh, today=TODAY)) == ["access.not_your_authority"]
    chi = a_person("chi")
    assert refusals(lambda: people.end_sessions(mine, chi, by=oanh, today=TODAY)) == ["access.not_your_authority"]
    assert refusals(lambda: people.stop(mine, a_person("nga"), "x", by=oanh, today=TODAY)) == ["people.no_such_person"]


def test_an_account_without_roles_any_more_stays_with_its_last_administrator() -> None:
    user, oanh, mine = invited(), a_person("oanh"), reach("oanh")
    people.end(mine, user.grants.get(), "hết việc", by=oanh, today=TODAY)
    people.stop(mine, user, "nghỉ hưu", by=oanh, today=TODAY)
    people.resume(mine, user, "quay lại", by=oanh, today=TODAY)
    assert User.objects.get(pk=user.pk).is_active


def test_people_and_events_are_known_to_administrators_and_auditors_of_their_authority_only() -> None:
    user = invited()
    for name in ("oanh", "minh"):
        assert user in visible_people(reach(name))
        assert visible_events(reach(name)).filter(user=user).exists()
    for name in ("an", "binh", "lan", "chi", "dung", "giang", "nga"):
        assert not visible_people(reach(name)).exists()
        assert not visible_events(reach(name)).exists()
    _by, elsewhere = administrator_of(QUANG_NGAI)
    assert user not in visible_people(elsewhere)
    assert not visible_events(elsewhere).filter(user=user).exists()


def test_the_country_knows_the_administrators_of_boards_and_nobody_else_there() -> None:
    user = invited()
    _by, mine = administrator_of(COUNTRY)
    assert a_person("oanh") in visible_people(mine)
    assert user not in visible_people(mine)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_security_event_is_neither_changed_nor_deleted(act: str) -> None:
    invited()
    rows = SecurityEvent.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(words="") if act == "update" else rows._raw_delete(rows.db)
