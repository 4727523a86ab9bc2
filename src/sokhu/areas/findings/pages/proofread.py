"""Proofreading on screen: paste or upload a draft, or look at a document of the book, and see what the figures say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.models import User
from sokhu.areas.findings.drafts import checked_marks, keep_draft, proofread_document, throw_away, with_remarks
from sokhu.areas.findings.jobs import LONG, ask_to_check, is_ready
from sokhu.areas.findings.models import Draft
from sokhu.areas.findings.proofreading import Mark, Proofread
from sokhu.areas.findings.queries import drafts_of
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.pages.documents import PASTED_NAME, title_of
from sokhu.areas.ledger.queries import reads_whole, visible_documents
from sokhu.areas.ledger.texts import paragraphs_of
from sokhu.areas.territory.queries import known_place, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.kit.uploads import must_fit, upload_limit
from sokhu.kit.wording import all_worded, worded

DRAFTS_SHOWN = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STATES = {"confirmed": "agrees", "rounded": "agrees", "unknown": "unknown"}


def drafts(request: HttpRequest) -> HttpResponse:
    """The form, and the drafts that were checked before; POST checks another."""
    if request.method != "POST":
        return _form(request, {}, [])
    try:
        draft = keep_draft(_user(request), *_sent(request), about=_about(request), published=_published(request))
    except (Problem, Problems) as error:
        return _form(request, request.POST, all_worded(error, shown.lang()), status=422)
    return redirect("draft", draft.pk)


def _sent(request: HttpRequest) -> tuple[bytes, str, str]:
    """Bytes, file name and title of what was uploaded or pasted."""
    upload, text = request.FILES.get("file"), request.POST.get("text", "").replace("\r\n", "\n")
    if upload is None and not text.strip():
        raise Problem("document.empty")
    if upload is None:
        return text.encode(), PASTED_NAME, title_of(text)
    must_fit(upload)
    return upload.read(), upload.name or "", ""


def _about(request: HttpRequest) -> str:
    about = request.POST.get("about", "").replace("\x00", "").strip()
    return known_place(about) if about else ""


def _published(request: HttpRequest) -> Any:
    typed = request.POST.get("published", "").replace("\x00", "").strip()
    return parse(typed).last if typed else None


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _form(request: HttpRequest, typed: Any, errors: Sequence[str], *, status: int = 200) -> HttpResponse:
    kept = drafts_of(_user(request))
    count = kept.count()
    context = {
        "title": _("Soát văn bản"),
        "subtitle": _(
            "Đưa bản nháp báo cáo vào trước khi trình ký: từng con số được so với sổ và với nhau, mọi tỷ lệ được tính "
            "lại. Bản nháp chỉ mình bạn thấy và không vào sổ."
        ),
        "errors": errors,
        "typed": {name: typed.get(name, "") for name in ("text", "published")},
        "places": [
            {"value": place, "label": name, "selected": place == typed.get("about")} for place, name in place_choices()
        ],
        "limit": upload_limit(),
        "drafts": [
            {
                "title": one.title,
                "url": reverse("draft", args=[one.pk]),
                "at": shown.moment_words(one.made_at),
                "figures": format_number(one.figures, lang=shown.lang()),
            }
            for one in kept.defer("text", "blocks", "marks", "original")[:DRAFTS_SHOWN]
        ],
        "more": max(0, count - DRAFTS_SHOWN),
    }
    return render(request, "findings/drafts.html", context, status=status)


def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    one = _draft(request, draft_id)
    if len(one.text) > LONG and not is_ready(one):
        return _waiting(request, one)
    result = checked_marks(reach(request), one)
    context = {
        "title": one.title,
        "crumbs": [{"label": _("Soát văn bản"), "url": reverse("drafts")}, {"label": one.title[:60]}],
        "subtitle": _("bản nháp đưa vào %(at)s") % {"at": shown.moment_words(one.made_at)},
        "docx_url": reverse("draft_docx", args=[one.pk]),
        "json_url": reverse("draft_json", args=[one.pk]),
        "delete_url": reverse("draft_delete", args=[one.pk]),
        **_result(one.text, one.blocks, result),
    }
    return render(request, "findings/draft.html", context)


def _waiting(request: HttpRequest, one: Draft) -> HttpResponse:
    """How far the checking of a long text is; the page looks again by itself."""
    job = ask_to_check(reach(request), one)
    problem = job.problem and Problem(job.problem["code"], **job.problem.get("params", {}))
    context = {
        "title": one.title,
        "crumbs": [{"label": _("Soát văn bản"), "url": reverse("drafts")}, {"label": one.title[:60]}],
        "subtitle": _("bản nháp đưa vào %(at)s") % {"at": shown.moment_words(one.made_at)},
        "done": job.done,
        "total": job.total,
        "problem": worded(problem, shown.lang()) if problem else "",
    }
    return render(request, "findings/waiting.html", context)


def document_check(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The same for a document of the book, whoever reads it whole."""
    mine = reach(request)
    one = visible_documents(mine).filter(pk=document_id).first()
    if one is None or not reads_whole(mine, one):
        raise Problem("sources.no_such_document")
    result = proofread_document(mine, one)
    context = {
        "title": one.title,
        "crumbs": [
            {"label": _("Tài liệu"), "url": reverse("documents")},
            {"label": one.title[:60], "url": reverse("document", args=[one.pk])},
            {"label": _("Soát")},
        ],
        "subtitle": shown.day_words(one.published),
        **_result(one.text, one.blocks, result),
    }
    return render(request, "findings/draft.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """A mark in the list beside the text; id is of its figure, which several marks may share."""

    mark: Mark
    number: int

    @property
    def id(self) -> str:
        return str(self.number)

    @property
    def start(self) -> int:
        return self.mark.start

    @property
    def end(self) -> int:
        return self.mark.end

    @property
    def state(self) -> str:
        return STATES.get(self.mark.code, self.mark.severity)


def _result(text: str, blocks: Sequence[Any], result: Proofread) -> dict[str, Any]:
    lines = [Line(mark, number) for number, mark in enumerate(result.marks, start=1)]
    counts = Counter(line.state for line in lines)
    labels = (
        ("error", _("Lỗi")),
        ("warning", _("Cảnh báo")),
        ("note", _("Ghi chú")),
        ("agrees", _("Khớp sổ")),
        ("unknown", _("Sổ chưa có")),
    )
    return {
        "paragraphs": paragraphs_of(text, blocks, lines),
        "groups": [
            {"state": state, "label": label, "lines": [line for line in lines if line.state == state]}
            for state, label in labels
            if counts[state]
        ],
        "chips": [
            {"label": label, "value": format_number(counts[state], lang=shown.lang())} for state, label in labels
        ],
        "figures": format_number(result.figures, lang=shown.lang()),
        "left_off": result.left_off,
    }


def _draft(request: HttpRequest, draft_id: UUID) -> Draft:
    one = drafts_of(_user(request)).filter(pk=draft_id).first()
    if one is None:
        raise Problem("findings.no_such_draft")
    return one


def draft_docx(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft as a Word file, its figures coloured and the remarks as comments."""
    one = _draft(request, draft_id)
    marks = checked_marks(reach(request), one).marks
    answer = HttpResponse(with_remarks(one, marks), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="soat-{timezone.localdate():%Y%m%d}.docx"'
    return answer


def draft_json(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    marks = checked_marks(reach(request), _draft(request, draft_id)).marks
    return JsonResponse(
        [mark.as_json() for mark in marks], safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@require_POST
def delete_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    throw_away(_draft(request, draft_id))
    return redirect("drafts")
