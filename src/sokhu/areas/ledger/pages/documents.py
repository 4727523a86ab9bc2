"""Documents: the list, and bringing one in by upload or by pasting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.ledger import actions, queries, shown
from sokhu.areas.ledger.models import ProposedState
from sokhu.areas.ledger.reading import find_place
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.sources.models import Document, StreamKind
from sokhu.areas.territory.queries import Reach, name_of, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.narrative import CERTAIN
from sokhu.core.problems import Problem, Problems
from sokhu.kit.paging import paged
from sokhu.kit.wording import all_worded

FIELD_OF = {"access": "kind", "documents": "file", "narrative": "text", "period": "published"}


def documents(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    readable = counted(queries.visible_documents(mine))
    waiting = readable.filter(owner__in=mine.own, open__gt=0)
    shown_rows = waiting if request.GET.get("cho") else readable
    rows, pager = paged(request, shown_rows.order_by("-added_at", "id"))
    people = names_of(row.added_by_id for row in rows if row.added_by_id)
    here = reverse("documents")
    context = {
        "title": _("Tài liệu"),
        "subtitle": _("Văn bản đưa vào sổ; mỗi số liệu trong sổ chỉ được nhận khi có người xem."),
        "chips": [
            {"label": _("Tất cả"), "value": readable.count(), "url": here, "active": not request.GET.get("cho")},
            {"label": _("Chờ xem"), "value": waiting.count(), "url": f"{here}?cho=1", "active": bool(request.GET.get("cho"))},
        ],
        "rows": [_row(row, people) for row in rows],
        "pager": pager,
        "can_add": bool(mine.own),
    }
    return render(request, "sources/documents.html", context)


def counted(rows: Any) -> Any:
    """Documents with how many figures were read, accepted, and wait."""
    figures = "proposal__figures"
    open_figures = Q(**{f"{figures}__state": ProposedState.OPEN, f"{figures}__is_repeat": False})
    return rows.annotate(
        count=Count(figures),
        accepted=Count(figures, filter=Q(**{f"{figures}__state": ProposedState.ACCEPTED})),
        open=Count(figures, filter=open_figures),
        certain=Count(figures, filter=open_figures & Q(**{f"{figures}__confidence__gte": CERTAIN})),
    )


def _row(row: Any, people: dict[object, str]) -> dict[str, Any]:
    state = "empty" if not row.count else "done" if not row.open else "partly" if row.accepted else "waiting"
    return {
        "title": row.title,
        "url": reverse("document", args=[row.pk]),
        "kind": shown.stream_words(row.stream_kind),
        "speaker": shown.speaker_words(row.speaker),
        "about": name_of(row.about) if row.about else "",
        "publisher": row.publisher,
        "date": shown.day_words(row.published),
        "added": shown.moment_words(row.added_at),
        "added_by": people.get(row.added_by_id, _("đi kèm sổ")),
        "state": state,
        "count": row.count,
        "accepted": row.accepted,
        "open": row.open,
        "certain": row.certain,
    }


def new_document(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    mine.must_write_for(mine.home)
    if request.method != "POST":
        return _form(request, {}, {})
    errors: dict[str, list[str]] = {}
    document = _brought_in(request, mine, errors)
    if document is None:
        return _form(request, request.POST, errors, status=422)
    return redirect("document", document.pk)


def _brought_in(request: HttpRequest, mine: Reach, errors: dict[str, list[str]]) -> Document | None:
    """The document read and proposed; None with the errors by field when something is wrong."""
    upload, text = request.FILES.get("file"), request.POST.get("text", "")
    if upload is None and not text.strip():
        errors["all"] = [_("Chưa có gì để đọc. Chọn một tệp, hoặc dán văn bản vào ô bên dưới.")]
        return None
    described = _described(request, mine, errors)
    if errors:
        return None
    data = upload.read() if upload is not None else text.replace("\r\n", "\n").encode()
    name = (upload.name or "") if upload is not None else "van-ban-dan.txt"
    user = request.user if request.user.is_authenticated else None
    try:
        document = add_document(mine, data, name, described, by=user, owner=mine.home)
        actions.propose(document, by=user)
    except (Problem, Problems) as error:
        code = error.code if isinstance(error, Problem) else error.problems[0].code
        field = FIELD_OF.get(code.partition(".")[0], "all")
        errors["text" if field == "file" and upload is None else field] = all_worded(error, shown.lang())
        return None
    return document


def _described(request: HttpRequest, mine: Reach, errors: dict[str, list[str]]) -> Described:
    posted = request.POST
    kind = posted.get("kind", "press")
    if kind not in (StreamKind.REPORT, StreamKind.PRESS, StreamKind.OTHER_BODY):
        errors["kind"] = [_("Chọn một trong ba: báo cáo của ban mình, báo chí, cơ quan khác.")]
    speaker = mine.home if kind == StreamKind.REPORT else posted.get("speaker_name", "").strip()
    if not speaker:
        errors["speaker"] = [_("Ghi tên tờ báo hoặc cơ quan nói những số này, ví dụ: Báo Hải Phòng.")]
    published = None
    if typed := posted.get("published", "").strip():
        try:
            published = date.fromisoformat(typed)
        except ValueError:
            errors["published"] = [_("Không hiểu ngày “%(typed)s”: ghi năm-tháng-ngày, ví dụ 2021-12-31.") % {"typed": typed}]
    about = posted.get("about", "")
    if kind == StreamKind.REPORT and not about:
        about = _own_place(mine)
    return Described(
        title=posted.get("title", "").strip(),
        stream_kind=kind,
        speaker=speaker[:120],
        about=about,
        publisher="" if kind == StreamKind.REPORT else speaker[:120],
        published=published,
    )


def _own_place(mine: Reach) -> str:
    """The province that a board reports on, for a report that names no place; a block or the country is its own."""
    if not mine.home.startswith("board/"):
        return mine.home
    return find_place(mine.home.removeprefix("board/").replace("-", " "), date.today(), kinds=("province",))  # noqa: DTZ011


def _form(request: HttpRequest, typed: Any, errors: dict[str, list[str]], *, status: int = 200) -> HttpResponse:
    mine = reach(request)
    chosen = typed.get("kind", "press")
    kinds = [
        ("press", _("Báo chí"), _("Tin bài nói về một nơi; số được dẫn lại, không phải lời của ban.")),
        ("report", _("Báo cáo đã ký của %(home)s") % {"home": name_of(mine.home)}, _("Lời của chính cơ quan bạn; đứng trước báo chí.")),
        ("other_body", _("Cơ quan khác"), _("Văn bản của bộ, tỉnh, cơ quan thống kê, ban khác.")),
    ]
    context = {
        "title": _("Đưa văn bản vào"),
        "crumbs": [{"label": _("Tài liệu"), "url": reverse("documents")}, {"label": _("Đưa vào")}],
        "kinds": [
            {"value": value, "label": label, "help": words, "selected": value == chosen} for value, label, words in kinds
        ],
        "places": [
            {"value": place, "label": name, "selected": place == typed.get("about")} for place, name in place_choices()
        ],
        "typed": {name: typed.get(name, "") for name in ("title", "text", "publisher", "published", "speaker_name")},
        "errors": errors,
        "limit": f"{settings.UPLOAD_LIMIT_BYTES // 1024 // 1024} MB",
    }
    return render(request, "sources/new.html", context, status=status)
