"""The pages of every register, whatever it registers: nothing here names one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from register_samples import a_thing, values_for
from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.queries import _catalogue
from sokhu.areas.territory.queries import Reach, reach_of
from sokhu.kit.jobs.work import do_next
from sokhu.kit.registers.actions import remove
from sokhu.kit.registers.declaration import Register, register_named, registers
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.values import typed_of
from sokhu.kit.sealing.queries import head
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.forms import place_of
from web.conftest import Login
from web.steps import MINISTRY, OFFICER, STRANGER, said

pytestmark = pytest.mark.usefixtures("shelf", "book")
every_register = pytest.mark.parametrize("register", registers(), ids=lambda one: one.code)

MOST_OF_A_LIST, MOST_OF_A_THING = 26, 60


def keeper_of(register: Register | None) -> str:
    return MINISTRY if register is not None and register.is_common else OFFICER


def reach(username: str) -> Reach:
    return reach_of(User.objects.get(username=username), timezone.localdate())


@pytest.fixture(scope="module")
def shelf(filled_book: None, django_db_blocker: Any) -> Iterator[None]:
    """A thing of every register in the book of who keeps it: what others point at need not be made for each test."""
    with django_db_blocker.unblock(), transaction.atomic():
        for register in registers():
            a_thing(register, reach(keeper_of(register)))
        yield
        transaction.set_rollback(True)
        _catalogue.cache_clear()


@pytest.fixture
def keeper(request: pytest.FixtureRequest) -> str:
    """Who writes the register that a test is about: the officer, or the ministry."""
    return keeper_of(request.node.callspec.params.get("register") if hasattr(request.node, "callspec") else None)


@pytest.fixture
def an(book: None, keeper: str) -> Reach:
    return reach(keeper)


@pytest.fixture
def officer(logged_in: Login, keeper: str) -> Client:
    return logged_in(keeper)


def questions(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def typed(register: Register, values: dict[str, Any]) -> dict[str, str]:
    """Values as a form sends them."""
    found = {}
    for field in register.asked:
        value = values.get(field.name)
        if isinstance(field, models.ForeignKey):
            found[field.name] = str(value.pk) if value is not None else ""
        else:
            found[field.name] = typed_of(field, value) if value is not None else ""
    return found


@every_register
def test_the_list_asks_as_often_for_a_few_rows_as_for_more(register: Register, officer: Client, an: Reach) -> None:
    address = reverse("register", args=[register.code])
    first = a_thing(register, an)
    before = questions(officer, address)
    for _more in range(3):
        a_thing(register, an)
    assert questions(officer, address) == before <= MOST_OF_A_LIST
    assert questions(officer, url_of(first)) <= MOST_OF_A_THING


@every_register
def test_a_thing_is_entered_by_its_form_and_shown(register: Register, officer: Client, an: Reach) -> None:
    values = values_for(register, an)
    response = officer.post(
        reverse("thing_new", args=[register.code]), typed(register, values) | {"reason": "nhập tay"}
    )
    assert response.status_code == 302, said(response)
    newest = visible(register, an).order_by("-version").first()
    assert newest is not None
    assert response["Location"] == place_of(register, newest)
    assert "nhập tay" in said(officer.get(url_of(newest)))
    assert {name: getattr(newest, name) for name in values} == values


@every_register
def test_a_bad_form_answers_422_keeps_what_was_typed_and_saves_nothing(
    register: Register, officer: Client, an: Reach
) -> None:
    values = typed(register, values_for(register, an))
    missing = next(one.name for one in register.asked if not one.blank and not isinstance(one, models.BooleanField))
    before = head()
    response = officer.post(
        reverse("thing_new", args=[register.code]), values | {missing: "", "note": "giữ lại chữ này"}
    )
    assert response.status_code == 422
    assert "giữ lại chữ này" in said(response)
    assert "Chưa điền." in said(response)
    assert head() == before


@every_register
def test_an_edit_without_a_reason_is_refused_and_with_one_is_in_the_history(
    register: Register, officer: Client, an: Reach
) -> None:
    thing = a_thing(register, an)
    address = reverse("thing_edit", args=[register.code, thing.pk])
    sent = typed(register, {one.name: getattr(thing, one.name) for one in register.asked})
    sent |= {"note": "đo lại", "version": str(thing.version)}
    assert officer.get(address).status_code == 200
    assert officer.post(address, sent).status_code == 422
    assert officer.post(address, sent | {"reason": "theo biên bản"}).status_code == 302
    page = said(officer.get(url_of(thing)))
    assert "theo biên bản" in page
    assert "<ins>đo lại</ins>" in page


@every_register
def test_a_stranger_reads_no_closed_register_and_changes_none(register: Register, logged_in: Login, an: Reach) -> None:
    thing, chi = a_thing(register, an), logged_in(STRANGER)
    assert chi.get(url_of(thing)).status_code == (200 if register.is_open else 404)
    answer = chi.post(reverse("thing_edit", args=[register.code, thing.pk]), {"reason": "không được"})
    assert answer.status_code in (403, 404)
    assert named(thing) in said(chi.get(reverse("register", args=[register.code]))) or not register.is_open


@every_register
def test_a_removed_thing_still_tells_its_history(register: Register, officer: Client, an: Reach) -> None:
    thing = a_thing(register, an)
    remove(register, an, thing.pk, reason="ghi nhầm sổ")
    page = said(officer.get(url_of(thing)))
    assert "ghi nhầm sổ" in page
    officer.post(reverse("thing_remove", args=[register.code, thing.pk]), {"reason": "ghi đúng"})
    assert visible(register, an).filter(pk=thing.pk).exists()


@every_register
def test_the_list_comes_as_a_workbook_and_the_workbook_is_taken_in_again(
    register: Register, officer: Client, an: Reach
) -> None:
    a_thing(register, an)
    data = officer.get(reverse("register_xlsx", args=[register.code])).content
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + visible(register, an).count()
    sent = SimpleUploadedFile("so-bo.xlsx", data)
    response = officer.post(reverse("register_import", args=[register.code]), {"file": sent})
    assert response.status_code == 302, said(response)
    page = said(officer.get(response["Location"]))
    assert "Chỗ phải sửa" not in page or not register.is_open
    before = head()
    officer.post(f"{response['Location']}ghi/", {"reason": "nhập lại"})
    while do_next("thử"):
        pass
    assert "Đã nhập xong." in said(officer.get(response["Location"]))
    assert head() == before


@every_register
def test_several_things_change_at_once_in_one_entry(register: Register, officer: Client, an: Reach) -> None:
    things = [a_thing(register, an) for _number in range(2)]
    sent = {"id": [str(one.pk) for one in things], "field": "note", "note": "rà soát", "reason": "rà soát quý III"}
    before = head()[0]
    assert officer.post(reverse("register_bulk", args=[register.code]), sent).status_code == 302
    notes = visible(register, an).filter(pk__in=[one.pk for one in things]).values_list("note", flat=True)
    assert set(notes) == {"rà soát"}
    assert head()[0] == before + 1


@every_register
def test_a_list_is_saved_under_a_name(register: Register, officer: Client) -> None:
    address = reverse("register_view", args=[register.code])
    officer.post(address, {"name": "Của tôi", "query": "q=abc"})
    page = said(officer.get(reverse("register", args=[register.code])))
    assert "Của tôi" in page
    assert "?q=abc" in page


@every_register
def test_nonsense_in_the_address_is_told_and_breaks_nothing(register: Register, officer: Client) -> None:
    names = [f"{name}_tu" for name in register.filters] + list(register.filters)
    query = dict.fromkeys(names, "vô nghĩa") | {"xep": "-batch; DROP", "trang": "-3", "q": '")(*&^%'}
    response = officer.get(reverse("register", args=[register.code]), query)
    assert response.status_code == 200
    assert 'role="alert"' in said(response)


@every_register
def test_a_field_is_looked_at_while_it_is_filled(register: Register, officer: Client) -> None:
    field = next((one for one in register.asked if isinstance(one, models.DateField)), None)
    if field is None:
        return
    part = said(officer.get(reverse("register_check", args=[register.code]), {field.name: "31/02/2024"}))
    assert "31/02/2024" in part
    assert "không phải ngày" in part


def test_the_schema_of_a_register_is_there_for_machines(officer: Client) -> None:
    for register in registers():
        schema = officer.get(reverse("register_schema", args=[register.code])).json()
        assert set(schema["required"]) <= set(schema["properties"])


@pytest.mark.parametrize("register", [one for one in registers() if one.placed], ids=lambda one: one.code)
def test_the_list_leads_to_its_map_with_the_same_filters(register: Register, officer: Client, an: Reach) -> None:
    a_thing(register, an)
    address, asked = reverse("register_map", args=[register.code]), f"{register.filters[-1]}_tu=1"
    page = said(officer.get(f"{reverse('register', args=[register.code])}?{asked}"))
    assert f'href="{address}?{asked}"' in page
    assert officer.get(f"{address}?{asked}").status_code == 200
    assert questions(officer, address) <= MOST_OF_A_LIST


def test_the_page_of_an_enterprise_lists_its_projects_and_that_of_an_investor_its_shares(
    officer: Client, an: Reach
) -> None:
    carried_out, share = (
        a_thing(register_named("project-enterprises"), an),
        a_thing(register_named("project-investors"), an),
    )
    page = said(officer.get(url_of(carried_out.enterprise)))
    assert url_of(carried_out.project) in page
    assert 'id="projects"' in page
    page = said(officer.get(url_of(share.investor)))
    assert url_of(share.project) in page
    assert f"?investor={share.investor.pk}" in page


def test_a_list_that_is_narrowed_to_a_thing_far_down_says_which(officer: Client, an: Reach) -> None:
    share = a_thing(register_named("project-investors"), an)
    address = reverse("register", args=["project-investors"])
    with patch("sokhu.web.pages.registers.filters.MOST_TO_CHOOSE", 0):
        page = said(officer.get(f"{address}?investor={share.investor.pk}"))
        strange = said(officer.get(f"{address}?investor={uuid4()}"))
    assert f'<option value="{share.investor.pk}" selected>' in page
    assert "selected>" not in strange.partition('name="investor"')[2].partition("</select>")[0]
