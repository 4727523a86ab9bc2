"""The explorer: what is chosen stands in the address, every figure opens, nothing is cut in silence."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sokhu.areas.accounts.models import SavedView
from sokhu.areas.ledger import shown, shown_compared
from sokhu.core.answer import Answer, Question
from sokhu.core.period import named
from sokhu.core.rates import Rate
from sokhu.core.table import TableQuestion, together
from sokhu.kit.sealing.queries import head
from web.conftest import Login
from web.steps import BLOCK_HEAD, EVERYBODY, MINISTRY, PART, STRANGER, accepted, pasted, said

pytestmark = pytest.mark.usefixtures("book")

HAI_PHONG = "noi=province/hai-phong&ky=2021"
REPORT = "Năm 2021, thành phố Hải Phòng thu hút 41 dự án FDI cấp mới với tổng vốn đăng ký 512,3 triệu USD."


def table(client: Client, query: str, page: str = "explore") -> str:
    response = client.get(f"{reverse(page)}?{query}")
    assert response.status_code == 200, said(response)
    return said(response)


def rows_of(html: str) -> list[list[str]]:
    """The texts of the table's rows, its heads included."""
    inside = html[html.index("data-table") : html.index("</table>")]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", inside, re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def cells_of(html: str, name: str) -> list[str]:
    return next(row[1:] for row in rows_of(html) if row[0].startswith(name))


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_rail_leads_to_ones_own_year_in_the_trades_four_columns(logged_in: Login, who: str) -> None:
    response = logged_in(who).get(reverse("explore"), follow=True)
    assert response.status_code == 200
    heads = rows_of(said(response))[0]
    assert [one for one in heads if one in ("Kế hoạch", "Thực hiện", "Cùng kỳ", "Lũy kế")] == heads[2:3] + [
        one for one in heads[3:] if not one.startswith(("%", "Tăng"))
    ]


def test_each_starts_with_their_own(logged_in: Login) -> None:
    places = {
        who: parse_qs(urlsplit(logged_in(who).get(reverse("explore"))["Location"]).query)["noi"][0]
        for who in ("canbo.haiphong", STRANGER, BLOCK_HEAD, MINISTRY)
    }
    assert places["canbo.haiphong"].startswith("province/hai-phong")
    assert places[STRANGER].startswith("province/quang-ngai")
    assert places[BLOCK_HEAD] == "block/dong-bang-song-hong"
    assert places[MINISTRY] == "country/viet-nam"


def test_the_form_leads_to_the_one_address_of_what_is_chosen(officer: Client) -> None:
    form = {
        "xem": "1",
        "noi": ["province/hai-phong", ""],
        "chi-tieu": ["projects_new", "capital_new"],
        "ky": "năm 2021, quý I/2020",
        "theo": "",
        "cot": "ky",
        "ban-do": "",
        "ban-do-ngay": "30/06/2025",
        "luc": str(head()[0]),
    }
    response = officer.get(reverse("explore"), form)
    query = urlsplit(response["Location"]).query
    assert query == (
        "chi-tieu=projects_new,capital_new&noi=province/hai-phong&ky=2021,2020-Q1&cot=ky"
        f"&ban-do=2025-06-30&luc={head()[0]}"
    )
    assert officer.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "chi-tieu=projects_new&noi=province/hai-phong&ky=bla",
        "chi-tieu=projects_new&noi=province/hai-phong&ky=3021",
        "chi-tieu=projects_new&noi=province/hai-phong",
        "chi-tieu=projects_new&ky=2021",
        "chi-tieu=no_such&" + HAI_PHONG,
        "chi-tieu=projects_new&noi=province/atlantis&ky=2021",
        "chi-tieu=projects_new&theo=lang&" + HAI_PHONG,
        "chi-tieu=projects_new&cot=%00&" + HAI_PHONG + "&theo=x",
        "chi-tieu=projects_new&hinh-thuc=ODA&" + HAI_PHONG,
        "chi-tieu=projects_new&loai-khu=LANG&" + HAI_PHONG,
        "chi-tieu=projects_new&luc=99999999&" + HAI_PHONG,
        "chi-tieu=projects_new&luc=hom-qua&" + HAI_PHONG,
        "chi-tieu=projects_new&ban-do=2025&" + HAI_PHONG,
        "chi-tieu=projects_new&quy-doi=EUR&" + HAI_PHONG,
        "chi-tieu=projects_new&chia=quy&ky=2021-01&noi=province/hai-phong",
        "chi-tieu=projects_new&theo=khu&noi=block/dong-bang-song-hong&ky=1950",
        "xem=1",
    ],
)
def test_what_is_not_understood_is_told_and_the_form_stays(officer: Client, query: str) -> None:
    response = officer.get(f"{reverse('explore')}?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in said(response)
    assert "data-table" not in said(response)
    assert 'name="ky"' in said(response)


@pytest.mark.parametrize("name", ["ban-do", "ban-do-ngay", "ty-gia"])
def test_what_is_no_day_is_called_no_day(officer: Client, name: str) -> None:
    told = said(officer.get(f"{reverse('explore')}?chi-tieu=projects_new&{HAI_PHONG}&{name}=foo"))
    assert "“foo” không phải một ngày" in told
    assert "kỳ báo cáo" not in told[told.index('role="alert"') :][:400]


def test_an_address_without_indicators_is_the_first_table_with_its_words_put_in(officer: Client) -> None:
    first = parse_qs(urlsplit(officer.get(reverse("explore"))["Location"]).query)
    address = officer.get(f"{reverse('explore')}?ky=2019&theo=khu&quy-doi=")["Location"]
    assert parse_qs(urlsplit(address).query) == first | {"ky": ["2019"], "theo": ["khu"]}


@pytest.mark.parametrize("word", ["luc=99999999", "noi=province/atlantis", "ky=foo", "ban-do=foo", "theo=lang"])
def test_an_address_without_indicators_that_is_not_understood_is_told(officer: Client, word: str) -> None:
    response = officer.get(f"{reverse('explore')}?{word}")
    assert response.status_code == 422
    assert 'role="alert"' in said(response)
    assert 'name="ky"' in said(response)


def test_what_was_understood_stays_chosen_beside_what_was_not(officer: Client) -> None:
    response = officer.get(f"{reverse('explore')}?chi-tieu=jobs_total&noi=province/quang-ngai&ky=20201&theo=khu")
    html = said(response)
    assert response.status_code == 422
    assert 'value="20201"' in html
    assert '<option value="province/quang-ngai" selected>' in html
    assert '<option value="khu" selected>' in html
    assert re.search(r'value="jobs_total" checked', html)


@pytest.mark.parametrize("name", ["explore", "explore_xlsx", "explore_csv"])
def test_a_question_that_is_too_large_is_refused_with_what_to_do(officer: Client, name: str) -> None:
    large = "chi-tieu=projects_new,capital_new&noi=country/viet-nam&theo=khu&ky=1990..2024&chia=thang"
    response = officer.get(f"{reverse(name)}?{large}")
    assert response.status_code == 422
    assert "Chọn ít chỉ tiêu" in said(response)


def test_ten_thousand_places_are_refused_or_known(officer: Client) -> None:
    places = ",".join(f"province/{number}" for number in range(10_000))
    response = officer.get(f"{reverse('explore')}?chi-tieu=projects_new&noi={places}&ky=2021")
    assert response.status_code == 422


# --- the table ------------------------------------------------------------------------------------------------------


def test_the_four_columns_say_result_and_what_it_runs_up_to(officer: Client) -> None:
    html = table(officer, f"chi-tieu=projects_new,capital_new_and_added&{HAI_PHONG}&hinh-thuc=tach")
    assert cells_of(html, "Số dự án cấp mới, FDI")[0] == "dự án"
    assert cells_of(html, "Số dự án cấp mới, FDI")[2] == "29"
    assert cells_of(html, "Số dự án cấp mới, FDI")[-1] == "403"
    assert cells_of(html, "Tổng vốn thu hút (cấp mới và tăng thêm), FDI")[:3] == [
        "triệu USD",
        "… chưa báo cáo",
        "2.955,78",
    ]


def test_places_stand_in_rows_and_periods_in_columns_with_a_total_below(officer: Client) -> None:
    html = table(officer, "chi-tieu=projects_valid&noi=country/viet-nam&theo=vung&ky=2023,2024&cot=ky")
    assert rows_of(html)[0] == ["Nơi", "Đơn vị", "năm 2023", "năm 2024"]
    assert rows_of(html)[-1][0] == "Việt Nam"
    assert '<tr class="total">' in html
    assert "ít nhất" in rows_of(html)[-1][3]
    assert re.search(r"2/63", rows_of(html)[-1][3])


def test_groups_stand_in_rows_and_the_country_is_not_their_whole(officer: Client) -> None:
    html = table(officer, "chi-tieu=projects_valid&noi=country/viet-nam&theo=nhom&ky=2023,2024&cot=ky")
    groups = ["Các tỉnh ven biển", "Các tỉnh biên giới đất liền", "Các tỉnh đồng bằng"]
    assert [row[0] for row in rows_of(html)[1:]] == [*groups, "Việt Nam"]
    assert '<tr class="total">' not in html
    assert "từng nhóm tỉnh" in html
    assert '<option value="group/ven-bien">' in html


def test_indicators_stand_in_columns_with_their_units(officer: Client) -> None:
    html = table(officer, f"chi-tieu=projects_valid,zone_area&cot=chi-tieu&{HAI_PHONG}")
    assert rows_of(html)[0] == ["Nơi", "Số dự án còn hiệu lực dự án", "Diện tích khu ha"]


def test_two_maps_give_each_province_only_where_it_was(officer: Client) -> None:
    html = table(officer, "chi-tieu=zones_count&noi=country/viet-nam&theo=tinh&ky=2024,2026&cot=ky&trang=1")
    before = next(row for row in rows_of(html) if row[0].startswith("Hải Phòng (đến"))
    assert "không áp dụng" in before[3]
    assert "không áp dụng" not in before[2]


def test_a_long_table_says_how_many_rows_there_are_and_its_files_have_all(officer: Client) -> None:
    query = "chi-tieu=zone_area&noi=country/viet-nam&theo=tinh&ky=2024&cot=ky"
    html = table(officer, query)
    assert "dòng 1–50 trong 64" in html
    assert len(rows_of(html)) == 51
    assert len(rows_of(table(officer, query + "&trang=2"))) == 15
    made = b"".join(officer.get(f"{reverse('explore_csv')}?{query}").streaming_content)  # type: ignore[attr-defined]
    assert len(made.decode().splitlines()) == 65


def test_an_indicator_without_any_figure_has_no_row_and_is_named(officer: Client) -> None:
    html = table(officer, f"chi-tieu=projects_new,labour_accidents&{HAI_PHONG}")
    assert "Số vụ tai nạn lao động" not in str(rows_of(html))
    assert "Chưa có số nào, nên không có dòng: Số vụ tai nạn lao động." in " ".join(html.split())


def test_money_that_is_converted_names_its_rate_and_opens_as_converted(officer: Client) -> None:
    html = table(officer, f"chi-tieu=capital_new&hinh-thuc=FDI&quy-doi=VND&{HAI_PHONG}")
    assert cells_of(html, "Vốn đăng ký cấp mới, FDI")[0] == "tỷ đồng"
    assert "đã quy đổi theo tỷ giá" in html
    address = re.search(r'href="(/tong/\?(?![^"]*loai=plan)[^"]*quy-doi=VND[^"]*)"', html)
    assert address
    assert "đã quy đổi theo tỷ giá" in said(officer.get(address[1].replace("&amp;", "&"), headers=PART))


IN_DOLLARS = "Năm 2024, vốn đăng ký cấp mới tại thành phố Hải Phòng đạt 512,3 triệu USD."
IN_DONG = "Năm 2024, vốn đăng ký cấp mới tại thành phố Hải Phòng đạt 9.900 tỷ đồng."


def parts_named(client: Client) -> list[str]:
    """Of the country's new capital in 2024, whose one figure is in đồng: each part and its figure."""
    address = f"{reverse('total')}?chi-tieu=capital_new&noi=country/viet-nam&ky=2024"
    html = said(client.get(address, headers=PART))
    assert "không cộng được" in html
    inside = html[html.index('<table class="ledger">') : html.index("</table>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', inside, re.DOTALL)
    names = (re.sub(r'<span class="more">.*?</span>', "", row) for row in rows)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", name)).strip() for name in names]


def test_parts_that_cannot_be_added_are_named_by_place_and_currency(officer: Client) -> None:
    accepted(officer, pasted(officer, IN_DOLLARS))
    assert parts_named(officer) == [
        "Hải Phòng, phần ghi bằng USD 512,3 triệu USD",
        "Nghệ An, phần ghi bằng VND 19.900 tỷ đồng",
    ]


def test_what_a_place_said_in_another_currency_than_it_answers_in_is_not_left_out(officer: Client) -> None:
    accepted(officer, pasted(officer, IN_DONG))
    accepted(officer, pasted(officer, IN_DOLLARS))
    assert sorted(parts_named(officer)) == [
        "Hải Phòng, phần ghi bằng USD 512,3 triệu USD",
        "Hải Phòng, phần ghi bằng VND 9.900 tỷ đồng",
        "Nghệ An, phần ghi bằng VND 19.900 tỷ đồng",
    ]


def test_a_figure_that_was_said_in_one_currency_and_added_in_another_lacks_no_place() -> None:
    question = Question("capital_new", "province/hai-phong", named("2021"), currency="USD")
    said_one = Answer(question, "said", 10**12, "USD")
    added = Answer(replace(question, currency="VND"), "places", 25_000 * 10**11, "VND", have=1, want=1)
    asked = TableQuestion((question.indicator,), (question.place,), (question.period,), currency="USD")
    both = together((said_one, added), asked, [Rate("USD", question.period.last, Decimal(25_000), "", "FOUND")])
    assert both.how == "currencies"
    assert shown.of_answer(both).coverage == ""
    assert shown_compared.coverage_words(both, None) == "1/1"


def test_what_was_known_before_and_the_map_go_with_every_figure(officer: Client) -> None:
    before = head()[0]
    accepted(officer, pasted(officer, REPORT))
    query = "chi-tieu=projects_new&hinh-thuc=FDI&noi=province/hai-phong&ky=2021"
    assert cells_of(table(officer, query), "Số dự án")[2] == "41"
    then = table(officer, f"{query}&luc={before}&ban-do=2025-06-30")
    assert cells_of(then, "Số dự án")[2] == "29"
    links = [link for link in re.findall(r'href="(/tong/[^"]*)"', then) if "loai=plan" not in link]
    assert all(f"luc={before}" in link and "ban-do=2025-06-30" in link for link in links)
    opened = said(officer.get(links[0].replace("&amp;", "&"), headers=PART))
    assert f"mục {before}, bản đồ 30/06/2025" in opened
    assert "29" in opened


def test_a_total_that_was_said_opens_the_path_of_its_figure(officer: Client) -> None:
    address = f"{reverse('total')}?chi-tieu=projects_new&hinh-thuc=FDI&noi=province/hai-phong&ky=2021"
    assert 'class="passage"' in said(officer.get(address, headers=PART))


def test_a_figure_of_a_total_page_with_an_unknown_map_or_moment_is_told(officer: Client) -> None:
    address = f"{reverse('total')}?chi-tieu=projects_new&noi=province/hai-phong&ky=2021"
    for wrong in ("ban-do=khong-phai-ngay", "luc=1.5", "quy-doi=EUR"):
        assert officer.get(f"{address}&{wrong}").status_code == 422


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_table_by_place_is_drawn_as_bars_and_as_a_map_with_both_archipelagos(officer: Client) -> None:
    query = "chi-tieu=projects_valid&noi=country/viet-nam&theo=tinh&ky=2023&cot=ky"
    assert "hinh=bieu-do" in table(officer, query)
    assert 'class="chart chart-bar"' in table(officer, query + "&hinh=bieu-do")
    html = table(officer, query + "&hinh=ban-do")
    assert "Quần đảo Hoàng Sa" in html
    assert "Quần đảo Trường Sa" in html


def test_years_of_a_flow_are_columns_and_one_figure_is_no_picture(officer: Client) -> None:
    query = "chi-tieu=projects_new&hinh-thuc=FDI&noi=province/hai-phong&cot=ky&hinh=bieu-do"
    assert 'class="chart chart-column' in table(officer, query + "&ky=2020,2021")
    alone = table(officer, query + "&ky=2021")
    assert "<figure" not in alone
    assert ">Biểu đồ<" not in alone


def test_a_picture_says_that_its_figures_are_parts_of_a_whole(officer: Client) -> None:
    query = "chi-tieu=projects_valid&noi=country/viet-nam&theo=vung&ky=2023&cot=ky&hinh=bieu-do"
    assert "có số chỉ là “ít nhất”" in table(officer, query)


# --- files ----------------------------------------------------------------------------------------------------------


def test_the_separated_file_says_everything_of_each_figure(officer: Client) -> None:
    query = "chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021&cot=ky"
    response = officer.get(f"{reverse('explore_csv')}?{query}")
    made = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (line,) = csv.DictReader(StringIO(made, newline=""), delimiter=";")
    assert (line["Mã chỉ tiêu"], line["Giá trị"], line["Đơn vị"]) == ("projects_valid", "570", "dự án")
    assert (line["Đã có"], line["Trên"], line["Còn thiếu"]) == ("1", "2", "Hải Dương")
    assert line["Mục sổ"] == str(head()[0])
    assert line["Sổ"] == "Sổ dẫn nguồn"
    assert response["Content-Disposition"].endswith('-nam-2021.csv"')


def test_the_workbook_has_the_table_every_figure_and_what_it_rests_on(officer: Client) -> None:
    response = officer.get(f"{reverse('explore_xlsx')}?chi-tieu=projects_new&hinh-thuc=tach&{HAI_PHONG}")
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as package:  # type: ignore[attr-defined]
        book = package.read("xl/workbook.xml").decode()
        texts = package.read("xl/sharedStrings.xml").decode()
    assert [name for name in ("Bảng", "Từng số", "Về bảng này") if f'name="{name}"' in book] == [
        "Bảng",
        "Từng số",
        "Về bảng này",
    ]
    assert "Số dự án cấp mới, FDI" in texts
    assert "http://testserver/kham-pha/?chi-tieu=projects_new" in texts


PARTIAL = "chi-tieu=projects_valid&noi=province/hai-phong-2025&ky=2021&cot=ky"
ONE_FDI = "chi-tieu=projects_new&hinh-thuc=FDI&noi=province/hai-phong&ky=2021&cot=ky"


def lines_of(client: Client, query: str) -> list[dict[str, str]]:
    made = b"".join(client.get(f"{reverse('explore_csv')}?{query}").streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_figure_in_a_file_names_who_said_it_and_where_it_opens(officer: Client) -> None:
    accepted(officer, pasted(officer, REPORT))
    (line,) = lines_of(officer, ONE_FDI)
    kind, _colon, speaker = line["Nguồn"].split("; ")[0].partition(": ")
    assert (kind, speaker) == ("Báo cáo đã ký", "Ban Quản lý Khu kinh tế Hải Phòng")
    assert "Báo chí: " in line["Nguồn"]
    way = urlsplit(line["Đường về nguồn"])
    assert f"{way.scheme}://{way.netloc}" == "http://testserver"
    assert 'class="passage"' in said(officer.get(way.path, headers=PART))


def test_a_total_in_a_file_has_its_rule_for_a_source_and_opens_to_its_parts(officer: Client) -> None:
    (line,) = lines_of(officer, PARTIAL)
    assert (line["Cách có số"], line["Nguồn"]) == ("cộng các nơi thành viên", "")
    assert line["Đường về nguồn"].startswith(f"http://testserver{reverse('total')}?")
    assert "Hải Dương" in said(officer.get(line["Đường về nguồn"], headers=PART))


def test_what_was_converted_names_who_said_it(officer: Client) -> None:
    lines = lines_of(officer, f"chi-tieu=capital_new&hinh-thuc=FDI&quy-doi=VND&cot=ky&{HAI_PHONG}")
    (line,) = [one for one in lines if one["Giá trị"]]
    assert line["Cách có số"] == "quy đổi về một đồng tiền rồi cộng"
    assert ": " in line["Nguồn"]
    assert "quy-doi=VND" in line["Đường về nguồn"]


def test_a_total_that_lacks_members_is_a_number_with_at_least_before_it_in_the_workbook(officer: Client) -> None:
    response = officer.get(f"{reverse('explore_xlsx')}?{PARTIAL}")
    made = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(BytesIO(made)) as package:
        assert "&quot;ít nhất &quot;#,##0" in package.read("xl/styles.xml").decode()
    table = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name("Bảng").to_python()
    assert table[-1][-1] == 570


# --- saved views ----------------------------------------------------------------------------------------------------


def saved_by(client: Client, name: str = "Hằng năm") -> SavedView:
    query = f"chi-tieu=projects_new&{HAI_PHONG}"
    response = client.post(reverse("save_view"), {"ten": name, "bang": query})
    assert response.status_code == 302, said(response)
    return SavedView.objects.latest("saved_at")


def test_a_view_is_kept_under_its_name_for_its_owner_alone(officer: Client, logged_in: Login) -> None:
    view = saved_by(officer)
    assert "Hằng năm" in table(officer, view.query)
    stranger = logged_in(STRANGER)
    assert "Hằng năm" not in table(stranger, view.query)
    assert stranger.post(reverse("saved_view", args=[view.pk]), {"xoa": "1"}).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_view_is_renamed_and_deleted(officer: Client) -> None:
    view = saved_by(officer)
    address = reverse("saved_view", args=[view.pk])
    officer.post(address, {"ten": "Mỗi năm"})
    assert "Mỗi năm" in said(officer.get(reverse("saved_views")))
    officer.post(address, {"xoa": "1"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_without_a_good_name_is_not_kept(officer: Client, name: str) -> None:
    assert (
        officer.post(reverse("save_view"), {"ten": name, "bang": f"chi-tieu=projects_new&{HAI_PHONG}"}).status_code
        == 422
    )
    assert not SavedView.objects.exists()


def test_only_what_the_explorer_understands_is_kept(officer: Client) -> None:
    response = officer.post(reverse("save_view"), {"ten": "a", "bang": "javascript:alert(1)"})
    assert response.status_code == 422
    assert not SavedView.objects.exists()


def test_views_are_changed_by_posting_only(officer: Client) -> None:
    view = saved_by(officer)
    for name, args in (("save_view", []), ("saved_view", [view.pk])):
        assert officer.get(reverse(name, args=args)).status_code == 405
