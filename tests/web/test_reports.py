"""Reports from draft to correction, without a browser."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sokhu.areas.findings.models import Finding
from sokhu.areas.ledger.models import Observation
from sokhu.areas.publications.actions import made_again
from sokhu.areas.publications.issued import canonical_of
from sokhu.areas.publications.models import Issue, Report
from sokhu.areas.publications.queries import newest_build, newest_version
from sokhu.kit.jobs.work import do_next
from sokhu.kit.sealing.queries import verify
from web.conftest import Login
from web.steps import BLOCK_HEAD, HEAD, said

BLOCK, HAI_PHONG = "block/dong-bang-song-hong", "province/hai-phong"


def begun(client: Client, place: str = HAI_PHONG, period: str = "2021", lang: str = "vi") -> Report:
    response = client.post(reverse("report_new"), {"place": place, "period": period, "lang": lang})
    assert response.status_code == 302, said(response)
    assert do_next("test") is not None
    return Report.objects.order_by("-begun_at")[0]


def form_of(client: Client, report: Report) -> dict[str, str]:
    """The editor's form as a browser would send it back."""
    from html.parser import HTMLParser

    class Form(HTMLParser):
        values: dict[str, str] = {}
        area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found = dict(attrs)
            name = found.get("name") or ""
            if tag == "input" and name and name != "csrfmiddlewaretoken" and name != "q":
                self.values[name] = found.get("value") or ""
            elif tag == "textarea":
                self.area, self.values[name] = name, ""
            elif tag == "select":
                self.select = name
            elif tag == "option" and "selected" in found and self.select.startswith("s"):
                self.values[self.select] = found.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

        def handle_data(self, data: str) -> None:
            if self.area:
                self.values[self.area] += data

    form = Form()
    form.values = {}
    form.feed(said(client.get(reverse("report_edit", args=[report.pk]))))
    return form.values


def issued(client: Client, report: Report) -> Issue:
    build = newest_build(report)
    assert build is not None
    response = client.post(reverse("report_issue", args=[report.pk]), {"build": build.pk})
    assert response.status_code == 302, said(response)
    return Issue.objects.get(report=report)


def test_a_report_goes_from_draft_to_correction(logged_in: Login) -> None:
    client = logged_in(HEAD)
    report = begun(client)
    page = said(client.get(reverse("report", args=[report.pk])))
    assert "2.628,33 triệu USD" in page
    assert "chi-tieu=capital_added" in page

    form = form_of(client, report)
    field = next(name for name, value in form.items() if value.startswith("[Trong {kỳ}, {các đơn vị} đã cấp mới"))
    form[field] = "Riêng vốn trong nước tăng thêm {capital_added:DDI}."
    saved = client.post(reverse("report_edit", args=[report.pk]), form | {"do": "save"})
    assert saved.status_code == 302, said(saved)
    assert newest_version(report).number == 2
    do_next("test")
    assert "Riêng vốn trong nước tăng thêm" in said(client.get(reverse("report", args=[report.pk])))

    check = said(client.get(reverse("report_check", args=[report.pk])))
    assert "Số dự án chấm dứt hoạt động hoặc bị thu hồi" in check
    issue = issued(client, report)
    assert verify().broken is None
    assert made_again(issue) == canonical_of(issue)

    public = Client().get(reverse("verify", args=[issue.code]))
    assert issue.sha256 in said(public)
    registered = client.post(
        reverse("report_register", args=[report.pk]),
        {
            "number": "1234",
            "symbol": "BC-BQL",
            "day": "05/01/2022",
            "signed": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"),
        },
    )
    assert registered.status_code == 302, said(registered)
    assert "1234/BC-BQL" in said(Client().get(reverse("verify", args=[issue.code])))

    assert "Chưa có đính chính nào" in said(client.get(reverse("report", args=[report.pk])))
    figure = Observation.objects.filter(
        cell__indicator="capital_added", cell__ownership="FDI", cell__place=HAI_PHONG
    ).order_by("-batch_id")[0]
    entered = client.post(
        reverse("figure_enter"),
        {
            "indicator": "capital_added", "place": HAI_PHONG, "period": "2021", "ownership": "FDI", "kind": "result",
            "maturity": "final", "as_written": "2.630 triệu USD", "note": "Rà soát lại",
        },
    )  # fmt: skip
    assert entered.status_code == 302, said(entered)
    assert figure.amount == 2_628_330_000
    page = said(client.get(reverse("report", args=[report.pk])))
    assert "2.630 triệu USD" in page
    assert reverse("explain") in page
    assert made_again(issue) == canonical_of(issue)


def test_what_contradicts_what_is_read_before_a_report_is_issued(logged_in: Login) -> None:
    client = logged_in(BLOCK_HEAD)
    report = begun(client, BLOCK, "2020")
    check = said(client.get(reverse("report_check", args=[report.pk])))
    assert "464,6 triệu USD (462,0–467,2)" in check
    one = Finding.objects.get(code="continuity", cell__ownership="FDI")
    client.post(reverse("finding", args=[one.pk]), {"words": "Các dự án thu hồi chưa nêu."})
    assert "đã giải thích" in said(client.get(reverse("report_check", args=[report.pk])))
