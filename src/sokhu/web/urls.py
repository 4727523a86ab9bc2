"""Addresses of the staff face, in Vietnamese and without accents, so that they can be read out and typed."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.views.i18n import set_language

from sokhu.areas.findings.pages import beside, findings, proofread
from sokhu.areas.ledger.pages import (
    broken_down,
    compare,
    derived,
    documents,
    enter,
    explain,
    explore,
    figures,
    observations,
    review,
    saved_views,
    totals,
)
from sokhu.areas.publications.pages import edit as report_edit
from sokhu.areas.publications.pages import issuing, report, reports, verify
from sokhu.areas.reporting.pages import differences, forms, mapping, workbooks
from sokhu.areas.zones.pages import boundaries, boundary_files
from sokhu.web.pages import account, indicators, overview, people, places, rights, search, second_factor
from sokhu.web.pages.login import Login
from sokhu.web.pages.projects import implemented, merging
from sokhu.web.pages.registers import bulk, imports, lists, mapped, things
from sokhu.web.pages.registers import forms as register_forms


class ReportFile:
    """The kinds of files a report comes in."""

    regex = "docx|pdf|json|txt"

    def to_python(self, value: str) -> str:
        return "text" if value == "txt" else value

    def to_url(self, value: str) -> str:
        return "txt" if value == "text" else value


register_converter(ReportFile, "report_file")

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("dang-nhap/", Login.as_view(), name="login"),
    path("dang-nhap/ma/", second_factor.verify, name="second_verify"),
    path("dang-nhap/mat-khau/<uidb64>/<token>/", account.SetPassword.as_view(), name="set_password"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/mat-khau/", account.ChangePassword.as_view(), name="password_change"),
    path("tai-khoan/thoat-noi-khac/", account.leave_elsewhere, name="leave_elsewhere"),
    path("tai-khoan/ma/", second_factor.set_up, name="second_set"),
    path("tai-khoan/ma/du-phong/", second_factor.new_codes, name="second_codes"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("tim/", search.search, name="search"),
    path("kham-pha/", explore.explore, name="explore"),
    path("kham-pha/bang.xlsx", explore.as_workbook, name="explore_xlsx"),
    path("kham-pha/bang.csv", explore.as_separated, name="explore_csv"),
    path("kham-pha/luu/", saved_views.save, name="save_view"),
    path("kham-pha/da-luu/", saved_views.saved, name="saved_views"),
    path("kham-pha/da-luu/<uuid:view_id>/", saved_views.change, name="saved_view"),
    path("so-sanh/", compare.compare, name="compare"),
    path("so-sanh/bang.xlsx", compare.as_workbook, name="compare_xlsx"),
    path("so-sanh/bang.csv", compare.as_separated, name="compare_csv"),
    path("so-lieu/", observations.observations, name="observations"),
    path("so-lieu/so-bo/", derived.figure, name="derived_figure"),
    path("so-lieu/ghi/", enter.enter_figure, name="figure_enter"),
    path("so-lieu/<uuid:observation_id>/", figures.figure, name="figure"),
    path("so-lieu/<uuid:observation_id>/dinh-chinh/", figures.correct_figure, name="figure_correct"),
    path("so-lieu/<uuid:observation_id>/rut/", figures.withdraw_figure, name="figure_withdraw"),
    path("tong/", totals.total, name="total"),
    path("giai-thich/", explain.explain, name="explain"),
    path("tai-lieu/", documents.documents, name="documents"),
    path("tai-lieu/moi/", documents.new_document, name="document_new"),
    path("tai-lieu/<uuid:document_id>/", review.document, name="document"),
    path("tai-lieu/<uuid:document_id>/quyet/", review.decide, name="document_decide"),
    path("tai-lieu/<uuid:document_id>/gui/", review.submit, name="document_submit"),
    path("tai-lieu/<uuid:document_id>/so/<uuid:figure_id>/", review.edit, name="document_edit"),
    path("ra-soat/", findings.findings, name="findings"),
    path("ra-soat/van-ban/", proofread.drafts, name="drafts"),
    path("ra-soat/van-ban/<uuid:draft_id>/", proofread.draft, name="draft"),
    path("ra-soat/van-ban/<uuid:draft_id>/soat.docx", proofread.draft_docx, name="draft_docx"),
    path("ra-soat/van-ban/<uuid:draft_id>/soat.json", proofread.draft_json, name="draft_json"),
    path("ra-soat/van-ban/<uuid:draft_id>/xoa/", proofread.delete_draft, name="draft_delete"),
    path("ra-soat/tai-lieu/<uuid:document_id>/", proofread.document_check, name="document_check"),
    path("ra-soat/<uuid:finding_id>/", findings.finding, name="finding"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/moi/", reports.new_report, name="report_new"),
    path("bao-cao/<uuid:report_id>/", report.report, name="report"),
    path("bao-cao/<uuid:report_id>/sua/", report_edit.edit_report, name="report_edit"),
    path("bao-cao/<uuid:report_id>/lich-su/", report.report_history, name="report_history"),
    path("bao-cao/<uuid:report_id>/lich-su/<int:number>/lay-lai/", report.restore_version, name="report_restore"),
    path("bao-cao/<uuid:report_id>/lay-so/", report.make_report, name="report_make"),
    path("bao-cao/<uuid:report_id>/kiem-tra/", issuing.check_report, name="report_check"),
    path("bao-cao/<uuid:report_id>/ban-hanh/", issuing.issue_report, name="report_issue"),
    path("bao-cao/<uuid:report_id>/van-thu/", issuing.register_report, name="report_register"),
    path("bao-cao/<uuid:report_id>/ban-ky.pdf", report.signed_file, name="report_signed"),
    path("bao-cao/<uuid:report_id>/bao-cao.<report_file:wanted>", report.report_file, name="report_file"),
    path("quan-tri/nguoi-dung/", people.people_list, name="people"),
    path("quan-tri/nguoi-dung/moi/", people.invite, name="person_new"),
    path("quan-tri/nguoi-dung/<uuid:user_id>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<uuid:user_id>/giao/", people.give, name="person_give"),
    path("quan-tri/nguoi-dung/<uuid:user_id>/lam/", people.change, name="person_change"),
    path("quan-tri/nhat-ky/", people.security_events, name="security_events"),
    path("quan-tri/quyen/", rights.rights, name="rights"),
    path("kiem-tra/", verify.find_code, name="verify_find"),
    path("kiem-tra/<str:code>/", verify.verify, name="verify"),
    path("bieu-mau/", forms.form_list, name="forms"),
    path("bieu-mau/xem/", forms.one_form, name="form_shown"),
    path("bieu-mau/tai-ve/", forms.download, name="form_download"),
    path("bieu-mau/dua-vao/", forms.upload, name="workbook_new"),
    path("bieu-mau/bo-cach-doc/", forms.delete_mapping, name="mapping_delete"),
    path("bieu-mau/chenh-lech/", differences.national_differences, name="national_differences"),
    path("bieu-mau/<uuid:document_id>/", workbooks.workbook, name="workbook"),
    path("bieu-mau/<uuid:document_id>/cach-doc/", mapping.make_mapping, name="workbook_mapping"),
    path("so-bo/so-lieu/", beside.derived_beside, name="derived_beside"),
    path("so-bo/so-lieu/phan-to/", broken_down.broken_down, name="broken_down"),
    path("so-bo/so-lieu/thuc-hien/", implemented.implementation, name="implemented"),
    path("so-bo/so-lieu/cong-bo/", beside.declare, name="declare_complete"),
    path("so-bo/", lists.all_registers, name="registers"),
    path("so-bo/<slug:code>/", lists.register_page, name="register"),
    path("so-bo/<slug:code>/ban-do/", mapped.register_map, name="register_map"),
    path("so-bo/<slug:code>/bang.xlsx", lists.as_workbook, name="register_xlsx"),
    path("so-bo/<slug:code>/bang.csv", lists.as_separated, name="register_csv"),
    path("so-bo/<slug:code>/schema.json", lists.as_schema, name="register_schema"),
    path("so-bo/<slug:code>/luu/", lists.save_view, name="register_view"),
    path("so-bo/<slug:code>/bo-luu/", lists.drop_view, name="register_view_drop"),
    path("so-bo/<slug:code>/moi/", register_forms.new_thing, name="thing_new"),
    path("so-bo/<slug:code>/kiem-tra/", register_forms.check_field, name="register_check"),
    path("so-bo/<slug:code>/goi-y/", register_forms.suggest, name="register_suggest"),
    path("so-bo/<slug:code>/doi-nhieu/", bulk.change_several, name="register_bulk"),
    path("so-bo/<slug:code>/trung/", merging.duplicates, name="register_duplicates"),
    path("so-bo/<slug:code>/trung/gop/", merging.merge_two, name="register_merge"),
    path("so-bo/<slug:code>/trung/hai/", merging.tell_two_apart, name="register_two"),
    path("so-bo/<slug:code>/trung/<uuid:thing_id>/tach/", merging.take_apart, name="register_take_apart"),
    path("so-bo/<slug:code>/nhap/", imports.import_page, name="register_import"),
    path("so-bo/<slug:code>/nhap/<uuid:upload_id>/", imports.upload_page, name="register_upload"),
    path("so-bo/<slug:code>/nhap/<uuid:upload_id>/ghi/", imports.take_upload, name="register_take"),
    path("so-bo/<slug:code>/<uuid:thing_id>/", things.thing_page, name="thing"),
    path("so-bo/<slug:code>/<uuid:thing_id>.json", things.thing_json, name="thing_json"),
    path("so-bo/<slug:code>/<uuid:thing_id>/sua/", register_forms.edit_thing, name="thing_edit"),
    path("so-bo/<slug:code>/<uuid:thing_id>/bo/", register_forms.remove_thing, name="thing_remove"),
    path("so-bo/zones/ranh-gioi/", boundaries.all_boundaries, name="boundaries"),
    path("so-bo/zones/ranh-gioi.geojson", boundaries.all_geojson, name="boundaries_geojson"),
    path("so-bo/zones/<uuid:zone_id>/ranh-gioi/", boundaries.boundary_page, name="boundary"),
    path("so-bo/zones/<uuid:zone_id>/ranh-gioi.geojson", boundaries.boundary_geojson, name="boundary_geojson"),
    path("so-bo/zones/<uuid:zone_id>/ranh-gioi/moi/", boundary_files.new_boundary, name="boundary_new"),
    path("so-bo/zones/<uuid:zone_id>/ranh-gioi/<uuid:upload_id>/", boundary_files.boundary_file, name="boundary_file"),
    path("danh-muc/chi-tieu/", indicators.indicator_list, name="indicators"),
    path("danh-muc/chi-tieu/<slug:code>/", indicators.indicator_page, name="indicator"),
    path("danh-muc/dia-ban/", places.place_list, name="places"),
    path("danh-muc/dia-ban/<path:place_id>/", places.place_page, name="place"),
]
