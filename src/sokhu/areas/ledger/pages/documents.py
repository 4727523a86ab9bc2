"""Documents: the list, and bringing one in by upload or by pasting."""

from __future__ import annotations

from datetime import date
from textwrap import shorten
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.ledger import actions, queries, shown
from sokhu.areas.ledger.models import ProposedState
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.sources.models import Document, StreamKind
from sokhu.areas.territory.queries import Reach, addressees_for, authority_name, known_place, name_of, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.narrative import CERTAIN
from sokhu.core.narrative.dateline import dateline_of
from sokhu.core.narrative.source import source_of
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.documents import extract
from sokhu.kit.paging import paged
from sokhu.kit.uploads import must_fit, upload_limit
from sokhu.kit.wording import all_worded

FIELD_OF = {"access": "kind", "document": "file", "narrative": "text", "period": "published"}
DATELINE_WITHIN = 3000  # characters in which a report names its place and day
TITLE_CHARACTERS = 110
PASTED_NAME = "van-ban-dan.txt"
Errors = dict[str, list[str]]  # field to sentences


def documents(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    papers = queries.visible_papers(mine)
    lists = {
        "": (_("Tất cả"), Q(pk__isnull=False)),
        "cho": (_("Chờ xem"), queries.waiting_for(mine)),
        "den": (_("Gửi đến cơ quan mình"), queries.submitted_to(mine)),
    }
    chosen = next((name for name in lists if name and request.GET.get(name)), "")
    counts = papers.aggregate(
        **{f"in_{name}": Count("pk", filter=condition) for name, (_l, condition) in lists.items()}
    )
    shown_rows = counted(papers.filter(lists[chosen][1])).prefetch_related("addressees")
    rows, pager = paged(request, shown_rows.order_by("-added_at", "id"))
    people = names_of(row.added_by_id for row in rows if row.added_by_id)
    here = reverse("documents")
    context = {
        "title": _("Tài liệu"),
        "subtitle": _("Văn bản đưa vào sổ; mỗi số liệu trong sổ chỉ được nhận khi có người xem."),
        "chips": [
            {
                "label": label,
                "value": counts[f"in_{name}"],
                "url": f"{here}?{name}=1" if name else here,
                "active": name == chosen,
            }
            for name, (label, _condition) in lists.items()
            if name != "den" or counts["in_den"] or chosen == "den"
        ],
        "rows": [_row(row, mine, people) for row in rows],
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


def _row(row: Any, mine: Reach, people: dict[object, str]) -> dict[str, Any]:
    to = [one.authority for one in row.addressees.all()]
    is_mine = mine.may_write_for(row.owner)
    is_read_whole = mine.may("read", "document", row.owner, to=to)
    if not is_read_whole:
        # What was proposed is not theirs to know of, nor to whom: they see what went in.
        row.count, row.open, row.certain = row.accepted, 0, 0
    state = "empty" if not row.count else "done" if not row.open else "partly" if row.accepted else "waiting"
    return {
        "title": row.title,
        "url": reverse("document", args=[row.pk]),
        "kind": shown.stream_words(row.stream_kind),
        "speaker": shown.speaker_words(row.speaker),
        "about": name_of(row.about) if row.about else "",
        "to": ", ".join(map(authority_name, to)) if is_read_whole else "",
        "is_mine": is_mine,
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
    errors: Errors = {}
    document = _brought_in(request, mine, errors)
    if document is None:
        return _form(request, request.POST, errors, status=422)
    return redirect("document", document.pk)


def _brought_in(request: HttpRequest, mine: Reach, errors: Errors) -> Document | None:
    """The document read and proposed; None with the errors by field when something is wrong."""
    upload, text = request.FILES.get("file"), request.POST.get("text", "")
    if upload is None and not text.strip():
        errors["all"] = [_("Chưa có gì để đọc. Chọn một tệp, hoặc dán văn bản vào ô bên dưới.")]
        return None
    name = (upload.name or "") if upload is not None else PASTED_NAME
    user = request.user if request.user.is_authenticated else None
    try:
        if upload is not None:
            must_fit(upload)
        data = upload.read() if upload is not None else text.replace("\r\n", "\n").encode()
        described = _described(request, mine, data, name, errors)
        if errors:
            return None
        document = add_document(mine, data, name, described, by=user, owner=mine.home)
        actions.propose(document, by=user)
    except (Problem, Problems) as error:
        code = error.code if isinstance(error, Problem) else error.problems[0].code
        field = FIELD_OF.get(code.partition(".")[0], "all")
        errors["text" if field == "file" and upload is None else field] = all_worded(error, shown.lang())
        return None
    return document


def _described(request: HttpRequest, mine: Reach, data: bytes, name: str, errors: Errors) -> Described:
    kind = _typed(request, "kind") or "press"
    if kind not in (StreamKind.REPORT, StreamKind.PRESS, StreamKind.OTHER_BODY):
        errors["kind"] = [_("Chọn một trong ba: báo cáo của ban mình, báo chí, cơ quan khác.")]
    published, about = _published(request, errors), _typed(request, "about")
    if about:
        known_place(about)
    if kind == StreamKind.REPORT:
        published = published or _day_within(mine, data, name)
        speaker = _own_speaker(mine, published, about, errors)
        about = about or reported_place(speaker, published)
    elif not (speaker := _typed(request, "speaker_name")):
        errors["speaker"] = [_("Ghi tên tờ báo hoặc cơ quan nói những số này, ví dụ: Báo Hải Phòng.")]
    return Described(
        title=_typed(request, "title") or (title_of(data.decode(errors="replace")) if name == PASTED_NAME else ""),
        stream_kind=kind,
        speaker=speaker[:120],
        about=about,
        publisher="" if kind == StreamKind.REPORT else speaker[:120],
        published=published,
        addressees=tuple(request.POST.getlist("to")),
    )


def title_of(text: str) -> str:
    """What a pasted text is called: its "BÁO CÁO …" with the line under it, else its first line, cut at a word."""
    lines = [" ".join(line.replace("\x00", "").split()) for line in text[:DATELINE_WITHIN].splitlines()]
    lines = [line for line in lines if line]
    at = next((place for place, line in enumerate(lines) if line.upper().startswith("BÁO CÁO")), 0)
    title = " ".join(lines[at : at + 2]) if lines and lines[at].upper() == "BÁO CÁO" else "".join(lines[at : at + 1])
    return shorten(title, TITLE_CHARACTERS, placeholder="…")


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()


def _published(request: HttpRequest, errors: Errors) -> date | None:
    typed = _typed(request, "published")
    if not typed:
        return None
    try:
        period = parse(typed)
    except Problem:
        period = None
    if period is None or period.first != period.last:
        errors["published"] = [
            _("Không hiểu ngày “%(typed)s”: ghi ngày/tháng/năm, ví dụ 31/12/2021.") % {"typed": typed}
        ]
        return None
    return period.first


def _day_within(mine: Reach, data: bytes, name: str) -> date | None:
    """The day that the document itself gives; read ahead only where the day decides which board speaks."""
    home = territory().places.get(mine.home)
    if home is None or home.span.starts is None:
        return None
    extracted = extract(data, name)
    return extracted.published or dateline_of(source_of(extracted.text[:DATELINE_WITHIN]))


def _own_speaker(mine: Reach, day: date | None, about: str, errors: Errors) -> str:
    """Who signed a report of that day: the reader's authority, or before it existed the predecessor whose place it was.

    Nothing is guessed: where the day or the place is needed to tell, the form asks for it.
    """
    places = territory()
    home = places.places.get(mine.home)
    if home is None or home.span.starts is None or (day and places.exists_on(mine.home, day)):
        return mine.home
    since = shown.day_words(home.span.starts)
    if day is None:
        errors["published"] = [_("Ghi ngày của báo cáo: trước %(day)s là ban khác ký.") % {"day": since}]
        return mine.home
    alive = sorted(one for one in mine.own if places.places[one].kind == home.kind and places.exists_on(one, day))
    responsible = [one for one in alive if about in (one, *places.groups_of(one, day, kind="province"))]
    chosen = responsible or alive
    if len(chosen) <= 1:
        return chosen[0] if chosen else mine.home
    names = ", ".join(name_of(reported_place(one, day) or one, day) for one in chosen)
    errors["about"] = [
        _("Ngày %(day)s chưa có ban này: chọn nơi báo cáo nói về (%(names)s).")
        % {"day": shown.day_words(day), "names": names}
    ]
    return mine.home


def reported_place(speaker: str, day: date | None) -> str:
    """The province that a board reports on, for a report that names no place; a block or the country is its own."""
    if not speaker.startswith("board/"):
        return speaker
    provinces = territory().groups_of(speaker, day or timezone.localdate(), kind="province")
    return provinces[0] if len(provinces) == 1 else ""


def _form(request: HttpRequest, typed: Any, errors: Errors, *, status: int = 200) -> HttpResponse:
    mine = reach(request)
    # A board mostly brings in its own reports; others quote.
    sent_to = request.POST.getlist("to")
    chosen = typed.get("kind", "report" if mine.home.startswith("board/") else "press")
    kinds = [
        ("press", _("Báo chí"), _("Tin bài nói về một nơi; số được dẫn lại, không phải lời của ban.")),
        (
            "report",
            _("Báo cáo đã ký của %(home)s") % {"home": authority_name(mine.home)},
            _("Lời của chính cơ quan bạn; đứng trước báo chí."),
        ),
        ("other_body", _("Cơ quan khác"), _("Văn bản của bộ, tỉnh, cơ quan thống kê, ban khác.")),
    ]
    context = {
        "title": _("Đưa văn bản vào"),
        "crumbs": [{"label": _("Tài liệu"), "url": reverse("documents")}, {"label": _("Đưa vào")}],
        "kinds": [
            {"value": value, "label": label, "help": words, "selected": value == chosen}
            for value, label, words in kinds
        ],
        "places": [
            {"value": place, "label": name, "selected": place == typed.get("about")} for place, name in place_choices()
        ],
        "typed": {name: typed.get(name, "") for name in ("title", "text", "publisher", "published", "speaker_name")},
        "addressees": [
            {"value": value, "label": authority_name(value), "checked": value in sent_to}
            for value in addressees_for(mine.home, timezone.localdate())
        ],
        "errors": errors,
        "limit": upload_limit(),
    }
    return render(request, "sources/new.html", context, status=status)
