"""Problems as pages: a Problem that reaches the face becomes a worded page with the right status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from sokhu.core.problems import Problem, Problems
from sokhu.kit.wording import all_worded

STATUS_OF_AREA = {"access": 403}
NOT_FOUND = frozenset({"ledger.no_such_figure", "sources.no_such_document", "catalogue.no_such_indicator", "territory.no_such_place"})


class problem_pages:  # noqa: N801 - Django names middleware like functions
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Problem | Problems):
            return None
        code = error.code if isinstance(error, Problem) else error.problems[0].code
        return problem_page(request, all_worded(error, language()), status_of(code))


def status_of(code: str) -> int:
    return 404 if code in NOT_FOUND else STATUS_OF_AREA.get(code.partition(".")[0], 422)


def problem_page(request: HttpRequest, sentences: list[str], status: int) -> HttpResponse:
    return render(request, "problem.html", {"status": status, "sentences": sentences}, status=status)


def language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
