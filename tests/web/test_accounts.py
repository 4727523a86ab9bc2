"""Logging in with two factors, how long a session lasts, and what administrators do on their pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sokhu.areas.accounts import second_factor
from sokhu.areas.accounts.models import EventKind, Grant, LogIn, SecurityEvent, User
from sokhu.areas.publications.models import Issue
from sokhu.areas.publications.queries import newest_build
from web.conftest import Login
from web.steps import HEAD, OFFICER, STRANGER, said
from web.test_reports import begun

pytestmark = pytest.mark.usefixtures("book")
BOARD, PASSWORD = "board/hai-phong-2025", "mot cau dai de nho 2026"
ADMINISTRATOR, AUDITOR = "quantri.haiphong", "kiemtra.haiphong"
OFFER = {"offer": f"officer|{BOARD}", "reason": "Quyết định 12/QĐ-BQL"}
Entered = Callable[..., Client]


def a_user(role: str, username: str = "that") -> User:
    user = User.objects.create_user(username, password=PASSWORD, full_name="Người Thật")
    Grant.objects.create(user=user, role=role, authority=BOARD, starts=date(2020, 1, 1))
    return user


def log_in(username: str = "that", password: str = PASSWORD, following: str = "") -> tuple[Client, str]:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
    response = client.post(reverse("login"), {"username": username, "password": password, "next": following})
    return client, response.get("Location", "")


def code(user: User, late: int = 0) -> str:
    """The code that the telephone shows, `late` steps from now."""
    secret = second_factor._open(user.second_factor)
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * late))


def set_up(user: User) -> None:
    second_factor.begin(user)
    second_factor.confirm(user, code(user, -1), datetime.now(UTC))


def aged(client: Client, **seconds: int) -> None:
    """Makes a session older: began=…, seen=…, second=… so many seconds ago."""
    session = client.session
    for name, age in seconds.items():
        session[name] = int(datetime.now(UTC).timestamp()) - age
    session.save()


def test_an_officer_enters_with_a_password_alone() -> None:
    a_user("officer")
    client, location = log_in(following=reverse("documents"))
    assert location == reverse("documents")
    assert client.get(location).status_code == 200


@pytest.mark.parametrize("role", ["division_head", "head", "administrator"])
def test_who_approves_or_administers_gets_nowhere_before_setting_up_a_second_factor(role: str) -> None:
    user = a_user(role)
    client, location = log_in()
    for address in (location, reverse("rights"), reverse("account"), reverse("password_change")):
        response = client.get(address)
        assert response["Location"].startswith(reverse("second_set") + "?next="), address
    page = said(client.get(reverse("second_set") + f"?next={reverse('rights')}"))
    assert "<svg" in page
    wrong = client.post(reverse("second_set"), {"code": "12", "next": reverse("rights")})
    assert wrong.status_code == 422
    done = client.post(reverse("second_set"), {"code": code(user), "next": reverse("rights")})
    assert len(re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", said(done))) == 10
    assert done["Cache-Control"] == "no-store"
    assert f'href="{reverse("rights")}"' in said(done)
    assert client.get(reverse("rights")).status_code == 200
    assert client.get(reverse("second_set")).status_code == 422  # the secret is shown no second time


def test_the_next_log_in_asks_for_a_code_and_a_used_one_is_refused() -> None:
    user = a_user("head")
    set_up(user)
    client, location = log_in()
    assert client.get(location)["Location"].startswith(reverse("second_verify"))
    shown = code(user)
    assert client.post(reverse("second_verify"), {"code": shown})["Location"] == reverse("overview")
    assert client.get(reverse("overview")).status_code == 200
    other, _location = log_in()
    refused = other.post(reverse("second_verify"), {"code": shown})
    assert refused.status_code == 422
    assert "đã dùng" in said(refused)
    assert other.get(reverse("overview")).status_code == 302


def test_a_role_given_to_somebody_who_is_logged_in_asks_at_the_next_page() -> None:
    user = a_user("officer")
    client, _location = log_in()
    assert client.get(reverse("rights")).status_code == 200
    Grant.objects.create(user=user, role="head", authority=BOARD, starts=date(2020, 1, 1))
    assert client.get(reverse("rights"))["Location"].startswith(reverse("second_set"))


def test_an_installation_may_switch_the_second_factor_off() -> None:
    a_user("head")
    with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, second_factor=False)):
        client, location = log_in()
        assert client.get(location).status_code == 200


def test_a_demo_account_issues_without_a_code_and_gets_no_password(logged_in: Login) -> None:
    client = logged_in(HEAD)
    assert client.get(reverse("overview")).status_code == 200
    assert client.get(reverse("password_change")).status_code == 422


def test_issuing_asks_for_a_code_again_and_keeps_what_was_posted() -> None:
    user = a_user("head")
    set_up(user)
    client, _location = log_in()
    client.post(reverse("second_verify"), {"code": code(user)})
    report = begun(client)
    build = newest_build(report)
    assert build is not None
    address, posted = reverse("report_issue", args=[report.pk]), {"build": str(build.pk)}
    aged(client, second=11 * 60)
    asked = client.post(address, posted)
    assert asked.status_code == 200
    assert f'name="build" value="{build.pk}"' in said(asked)
    assert client.post(address, posted | {"second_code": "1"}).status_code == 422
    assert not Issue.objects.exists()
    done = client.post(address, posted | {"second_code": code(user, 1)})
    assert done["Location"] == reverse("report", args=[report.pk])
    assert Issue.objects.filter(report=report).exists()


def test_a_session_ends_when_it_was_idle_and_when_it_is_old() -> None:
    a_user("officer")
    for ages in ({"seen": 61 * 60}, {"began": 12 * 3600 + 60}):
        client, _location = log_in()
        aged(client, **ages)
        assert client.get(reverse("rights"))["Location"].startswith(reverse("login"))
        assert "hết giờ" in said(client.get(reverse("login")))
    client, _location = log_in()
    aged(client, seen=59 * 60, began=11 * 3600)
    assert client.get(reverse("rights")).status_code == 200
    assert LogIn.objects.filter(user__username="that", ended_at__isnull=True).count() == 1


def test_a_session_without_a_known_beginning_does_not_go_on() -> None:
    a_user("officer")
    client, _location = log_in()
    session = client.session
    del session["began"]
    session.save()
    assert client.get(reverse("rights")).status_code == 302


def test_a_changed_password_ends_every_other_session_and_this_one_goes_on() -> None:
    user = a_user("officer")
    one, other = log_in()[0], log_in()[0]
    new = "mot cau khac con dai hon"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert one.post(reverse("password_change"), form)["Location"] == reverse("account")
    assert one.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    assert "phiên này" in said(one.get(reverse("account")))
    assert LogIn.objects.filter(user=user, ended_at__isnull=True).count() == 1
    assert log_in()[1] == ""


def test_one_logs_out_everywhere_else() -> None:
    a_user("officer")
    one, other = log_in()[0], log_in()[0]
    one.post(reverse("leave_elsewhere"))
    assert one.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302


def invited(client: Client, **typed: str) -> str:
    """A new person by the form of the page; the link that is shown."""
    form = {"full_name": "Lê Văn Mới", "username": "moi", **OFFER, **typed}
    page = said(client.post(reverse("person_new"), form))
    found = re.search(r'value="(http://testserver/[^"]+)"', page)
    assert found, page
    return found[1].removeprefix("http://testserver")


def test_a_person_is_invited_by_a_link_that_sets_a_password_once(logged_in: Login) -> None:
    link = invited(logged_in(ADMINISTRATOR))
    client = Client()
    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200
    short = client.post(form, {"new_password1": "ngan", "new_password2": "ngan"})
    assert 'role="alert"' in said(short)
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(form, typed)["Location"] == reverse("login")
    assert "đã dùng" in said(Client().get(link, follow=True))
    assert log_in("moi")[1] == reverse("overview")


def test_an_invited_person_is_no_demo_account(logged_in: Login) -> None:
    invited(logged_in(ADMINISTRATOR))
    client = Client()
    assert "Lê Văn Mới" not in said(client.get(reverse("login")))
    client.post(reverse("login"), {"demo": "moi"})
    assert client.get(reverse("overview")).status_code == 302


def test_what_is_wrong_with_an_invitation_stands_beside_its_fields(logged_in: Login) -> None:
    client = logged_in(ADMINISTRATOR)
    typed = {"full_name": "Lê", "username": "Ấ", "offer": f"officer|{BOARD}", "starts": "hôm kia", "reason": ""}
    response = client.post(reverse("person_new"), typed)
    assert response.status_code == 422
    assert 'value="Lê"' in said(response)
    again = client.post(reverse("person_new"), typed | {"starts": "01/01/2020"})
    assert said(again).count('role="alert"') == 3
    for offer in ("", "head|board/quang-ngai-2025", "emperor|board/hai-phong-2025", "officer|country/viet-nam"):
        refused = client.post(reverse("person_new"), {"full_name": "Lê", "username": "le.le", **OFFER, "offer": offer})
        assert refused.status_code in (403, 422)
    assert not User.objects.filter(username__in=("Ấ", "le.le")).exists()


def test_roles_are_given_and_ended_on_the_page_of_a_person(logged_in: Login) -> None:
    client, user = logged_in(ADMINISTRATOR), a_user("officer")
    address = reverse("person", args=[user.pk])
    assert "Người Thật" in said(client.get(reverse("people")))
    given = client.post(reverse("person_give", args=[user.pk]), OFFER | {"offer": f"division_head|{BOARD}"})
    assert given["Location"] == address
    assert "Trưởng phòng" in said(client.get(address))
    change, grant = reverse("person_change", args=[user.pk]), user.grants.get(role="division_head")
    assert client.post(change, {"do": "end", "grant": grant.pk}).status_code == 422
    client.post(change, {"do": "end", "grant": grant.pk, "reason": "thôi giữ chức"})
    assert "thôi giữ chức" in said(client.get(address))


def test_an_account_is_stopped_unlocked_reset_and_logged_out_by_its_administrator(logged_in: Login) -> None:
    administrator, user = logged_in(ADMINISTRATOR), a_user("head")
    set_up(user)
    change = reverse("person_change", args=[user.pk])
    client, _location = log_in()
    administrator.post(change, {"do": "sessions"})
    assert client.get(reverse("account"))["Location"].startswith(reverse("login"))
    for number in range(10):
        log_in(password=f"wrong-{number}")
    assert log_in()[1] == ""
    assert "tạm khóa" in said(administrator.get(reverse("person", args=[user.pk])))
    administrator.post(change, {"do": "unlock"})
    assert log_in()[1] == reverse("overview")
    administrator.post(change, {"do": "reset", "reason": "mất máy"})
    assert not second_factor.is_set(user)
    assert not Session.objects.filter(session_key__in=user.log_ins.values("session_key")).exists()
    administrator.post(change, {"do": "stop", "reason": "nghỉ việc"})
    assert log_in()[1] == ""
    page = said(administrator.get(reverse("security_events")))
    for kind in (
        EventKind.SESSIONS_ENDED,
        EventKind.LOCKED,
        EventKind.UNLOCKED,
        EventKind.CODE_RESET,
        EventKind.STOPPED,
    ):
        assert str(kind.label) in page
    assert "mất máy" in page


def test_failures_of_names_that_nobody_has_are_not_kept() -> None:
    before = SecurityEvent.objects.count()
    log_in("khong-ai", "x")
    assert SecurityEvent.objects.count() == before


@pytest.mark.parametrize(("who", "status"), [(ADMINISTRATOR, 200), (AUDITOR, 200), (OFFICER, 403), (HEAD, 403)])
def test_people_are_shown_to_administrators_and_auditors(logged_in: Login, who: str, status: int) -> None:
    person = User.objects.get(username=OFFICER)
    for name in ("people", "security_events"):
        assert logged_in(who).get(reverse(name)).status_code == status
    assert logged_in(who).get(reverse("person", args=[person.pk])).status_code == (200 if status == 200 else 404)
    assert (reverse("people") in said(logged_in(who).get(reverse("rights")))) == (status == 200)


def test_an_auditor_looks_and_changes_no_account(logged_in: Login) -> None:
    client, person = logged_in(AUDITOR), User.objects.get(username=OFFICER)
    page = said(client.get(reverse("person", args=[person.pk])))
    assert reverse("person_change", args=[person.pk]) not in page
    assert reverse("person_give", args=[person.pk]) not in page
    assert client.get(reverse("person_new")).status_code == 403
    assert client.post(reverse("person_change", args=[person.pk]), {"do": "stop", "reason": "x"}).status_code == 403
    assert User.objects.get(pk=person.pk).is_active


def test_people_of_another_authority_do_not_exist_for_an_administrator(logged_in: Login) -> None:
    client, person = logged_in(ADMINISTRATOR), User.objects.get(username=STRANGER)
    for address in (reverse("person", args=[person.pk]), reverse("person_change", args=[person.pk])):
        assert client.post(address, {"do": "stop", "reason": "x"}).status_code == 404
    assert str(person) not in said(client.get(reverse("people")))


def test_every_page_that_approves_or_administers_asks_for_the_second_factor() -> None:
    from sokhu.web.urls import urlpatterns

    wanted = {"report_issue", "declare_complete", "person_new", "person_give", "person_change", "second_codes"}
    views = {one.name: one.callback for one in urlpatterns if one.name in wanted}
    assert set(views) == wanted
    for name, view in views.items():
        assert getattr(view, "asks_second_factor", False), name


def test_the_pages_of_people_ask_as_often_for_few_as_for_many(logged_in: Login) -> None:
    client, person = logged_in(ADMINISTRATOR), User.objects.get(username=OFFICER)
    addresses = [reverse("people"), reverse("person", args=[person.pk]), reverse("security_events"), reverse("account")]

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    before = [asked(address) for address in addresses]
    now = timezone.now()
    for number in range(20):
        a_user("officer", f"nguoi{number}")
        SecurityEvent.objects.create(at=now, kind=EventKind.FAILED, user=person)
        LogIn.objects.create(user=person, session_key=f"s{number}", began_at=now, seen_at=now)
        Grant.objects.create(user=person, role="officer", authority=BOARD, starts=date(2021, 1, 1 + number))
    assert [asked(address) for address in addresses] == before
    assert max(before) <= 14
