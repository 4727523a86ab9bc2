"""Problems as pages, and one moment of the catalogue for a request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import locked_until
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger.shown import lang
from sokhu.core.problems import Problem, Problems
from sokhu.kit.wording import worded

Handler = Callable[[HttpRequest], HttpResponse]
STATUS_OF_AREA = {"access": 403}
NOT_FOUND = frozenset(
    {
        "ledger.no_such_figure",
        "sources.no_such_document",
        "catalogue.no_such_indicator",
        "territory.no_such_place",
        "view.no_such_view",
        "findings.no_such_draft",
        "findings.no_such_finding",
        "report.no_such_report",
        "report.no_such_code",
        "register.no_such_register",
        "register.no_such_thing",
        "register.no_such_upload",
        "people.no_such_person",
    }
)


def one_catalogue(get_response: Handler) -> Handler:
    """Every part of a page answers by the same catalogue, asked for once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with pinned_catalogue(moment_of()):
            return get_response(request)

    return middleware


def chosen_language(get_response: Handler) -> Handler:
    """Vietnamese, unless the reader chose another language here: what the browser asks for does not decide."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        with override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response

    return middleware


class ProblemPages:
    """A Problem that reaches the face becomes a page that says it in words, with the right status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Problem):
            return problem_page(request, [error])
        return problem_page(request, error.problems) if isinstance(error, Problems) else None


def problem_page(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    code = problems[0].code
    status = 404 if code in NOT_FOUND else STATUS_OF_AREA.get(code.partition(".")[0], 422)
    titles = {404: _("Không tìm thấy"), 403: _("Không thuộc thẩm quyền")}
    context = {
        "status": status,
        "title": titles.get(status, _("Chưa làm được")),
        "problems": [{"sentence": worded(problem, lang()), "where": ""} for problem in problems],
        "back": "",
    }
    return render(request, "problem.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("Không có trang nào ở địa chỉ này. Kiểm tra lại địa chỉ, hoặc tìm trong sổ.")
    return _plain_page(request, 404, _("Không tìm thấy"), sentence)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    sentence = _("Yêu cầu này bị từ chối. Tải lại trang trước rồi gửi lại; nếu vẫn bị, hãy đăng nhập lại.")
    return _plain_page(request, 403, _("Không được phép"), sentence)


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    until = timezone.localtime(locked_until(request.POST.get("username", "")))
    minutes = max(1, -(-(until - timezone.now()).seconds // 60))
    sentence = _(
        "Sai mật khẩu quá nhiều lần; tên này tạm khóa ở máy này. Đợi %(minutes)s phút, đến %(time)s, rồi thử lại;"
        " hoặc nhờ quản trị viên mở khóa."
    ) % {"minutes": minutes, "time": f"{until:%H:%M}"}
    return _plain_page(request, 429, _("Thử quá nhiều lần"), sentence)


def failed(request: HttpRequest) -> HttpResponse:
    sentence = _("Chương trình gặp lỗi và đã dừng việc này; không có gì bị ghi dở. Thử lại, hoặc báo người quản trị.")
    return _plain_page(request, 500, _("Có lỗi"), sentence)


def _plain_page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"status": status, "title": title, "problems": [{"sentence": sentence}], "back": ""}
    return render(request, "problem.html", context, status=status)
