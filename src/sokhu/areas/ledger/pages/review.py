"""The review screen: the text with its figures marked, the proposed observations beside it, and what people decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.ledger import actions, queries, shown
from sokhu.areas.ledger.lines import CERTAIN_STATE, Line, lines_of
from sokhu.areas.ledger.models import Proposal, ProposedFigure
from sokhu.areas.ledger.pages.edit import changes_from, edit_form
from sokhu.areas.ledger.texts import paragraphs_of
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach, addressees_for, authority_name
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem
from sokhu.kit.htmx import is_part
from sokhu.kit.wording import worded

OPEN_STATES = (CERTAIN_STATE, "review")


def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    mine = reach(request)
    one = _document(mine, document_id)
    editable = mine.may_write_for(one.owner)
    lines = lines_of(mine, list(queries.figures_in(mine, one)), one)
    paragraphs = paragraphs_of(one.text, one.blocks, lines)
    to = list(one.addressees.values_list("authority", flat=True))
    is_read_whole = queries.reads_whole(mine, one)
    if not is_read_whole:
        # Accepted figures are theirs to read with the passage each stands in; the rest of the paper is not.
        paragraphs = [part for part in paragraphs if any(part["start"] <= line.start < part["end"] for line in lines)]
    context = {
        "title": one.title,
        "crumbs": [{"label": _("Tài liệu"), "url": reverse("documents")}, {"label": one.title[:60]}],
        "subtitle": _subtitle(one),
        "counts": counts_of(lines),
        "paragraphs": paragraphs,
        "groups": _groups(paragraphs, lines),
        "decide_url": reverse("document_decide", args=[one.pk]),
        "check_url": reverse("document_check", args=[one.pk]) if is_read_whole else "",
        "seen": seen_of(lines),
        "editable": editable,
        "workbook_url": reverse("workbook", args=[one.pk]) if one.kind in ("xlsx", "xls") else "",
        # To whom it went is told to those only who read it whole.
        "readers": who_may_see(
            "public_document" if one.is_public else "document", one.owner, to=to if is_read_whole else ()
        ),
        "submitted": _submitted(mine, one, to, is_open=any(line.state in OPEN_STATES for line in lines)),
    }
    return render(request, "sources/review.html", context)


def _submitted(mine: Reach, one: Document, to: list[str], *, is_open: bool) -> dict[str, Any]:
    """To whom a document is submitted, for its own authority and for them; and the choice, until all is decided."""
    editable = mine.may_write_for(one.owner)
    if not mine.may("read", "document", one.owner, to=to):
        return {}
    choices = dict.fromkeys((*to, *addressees_for(mine.home, timezone.localdate()))) if editable and is_open else ()
    return {
        "names": [authority_name(one) for one in to],
        "url": reverse("document_submit", args=[one.pk]),
        "choices": [{"value": value, "label": authority_name(value), "checked": value in to} for value in choices],
    }


@require_POST
def submit(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Says anew to whom the document is submitted."""
    mine = reach(request)
    one = _document(mine, document_id)
    actions.submit(mine, one, request.POST.getlist("to"))
    messages.success(request, _("Đã ghi nơi nhận."))
    return redirect("document", one.pk)


@require_POST
def decide(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One decision: accept, revise, reject or reopen one figure, or accept those that the page showed as certain."""
    mine = reach(request)
    one = _document(mine, document_id)
    mine.must_write_for(one.owner)
    changed, said, trouble = _decided(mine, one, request)
    first = str(changed[0]) if changed else ""
    if not is_part(request):
        _tell(request, said, trouble)
        return redirect(f"{reverse('document', args=[one.pk])}{'#f-' + first if first else ''}")
    return _decided_part(request, mine, one, changed, said, trouble)


def edit(request: HttpRequest, document_id: UUID, figure_id: UUID) -> HttpResponse:
    """The form of one figure, and what it sends. A part for htmx; the whole page with the form open without it."""
    mine = reach(request)
    one = _document(mine, document_id)
    mine.must_write_for(one.owner)
    figure = queries.proposed_figures(mine).filter(pk=figure_id, proposal__document=one).first()
    if figure is None:
        raise Problem("ledger.no_such_figure")
    if request.method != "POST":
        if request.GET.get("thoi"):
            return _line_part(request, mine, one, figure)
        return _line_part(request, mine, one, figure, edit_form(figure, {}, {}))
    errors: dict[str, list[str]] = {}
    changes = changes_from(figure, request.POST, errors)
    said, trouble = _("Đã ghi lại."), False
    if not errors:
        try:
            actions.edit_figure(mine, figure_id, changes)
            if request.POST.get("accept"):
                result = actions.accept(mine, figure.proposal, [figure_id])
                said, trouble = accepted_words(result), bool(result.refused)
        except Problem as problem:
            errors["all"] = [worded(problem, shown.lang())]
    if errors:
        return _line_part(request, mine, one, figure, edit_form(figure, request.POST, errors), status=422)
    if not is_part(request):
        _tell(request, said, trouble)
        return redirect(f"{reverse('document', args=[one.pk])}#f-{figure_id}")
    return _decided_part(request, mine, one, [figure_id], said, trouble, swap=True)


def _tell(request: HttpRequest, said: str, trouble: bool) -> None:
    """What happened, on the next page, for browsers without scripts."""
    if said:
        messages.add_message(request, messages.ERROR if trouble else messages.SUCCESS, said)


def _document(mine: Reach, document_id: UUID) -> Document:
    one = queries.visible_documents(mine).filter(pk=document_id).first()
    if one is None:
        raise Problem("sources.no_such_document")
    return one


def _subtitle(one: Document) -> str:
    people = names_of([one.added_by_id] if one.added_by_id else [])
    said = [
        one.filename,
        f"{shown.stream_words(one.stream_kind)}: {shown.speaker_words(one.speaker)}",
        shown.day_words(one.published),
        _("đưa vào %(when)s") % {"when": shown.moment_words(one.added_at)},
        people.get(one.added_by_id, ""),
    ]
    return " · ".join(part for part in said if part)


def seen_of(lines: list[Line]) -> str:
    """Ids of the figures that the page shows as certain: "accept what is certain" takes these and no others."""
    return " ".join(line.id for line in lines if line.state == CERTAIN_STATE)


def counts_of(lines: list[Line]) -> dict[str, int]:
    states = [line.state for line in lines]
    return {
        "all": len(lines),
        "certain": states.count("certain"),
        "review": states.count("review"),
        "accepted": states.count("accepted"),
        "rejected": states.count("rejected"),
    }


def _groups(paragraphs: list[dict[str, Any]], lines: list[Line]) -> list[dict[str, Any]]:
    groups = []
    for paragraph in paragraphs:
        inside = [line for line in lines if paragraph["start"] <= line.start < paragraph["end"]]
        if inside:
            label = paragraph.get("name") or _("Đoạn %(number)s") % {"number": paragraph["number"]}
            groups.append({"number": paragraph["number"], "label": label, "figures": inside})
    return groups


def _decided(mine: Reach, one: Document, request: HttpRequest) -> tuple[list[UUID], str, bool]:
    """The figures touched, what to say, and whether something stayed open."""
    posted = request.POST
    proposal = Proposal.objects.get(document=one)
    for verb, action in (("reject", actions.reject_figure), ("reopen", actions.reopen_figure)):
        if posted.get(verb):
            return [action(mine, _figure_id(proposal, posted[verb])).pk], "", False
    if posted.get("accept_certain"):
        ids = [_id(seen) for seen in posted.get("seen", "").split()]
        result = actions.accept(mine, proposal, ids)
    else:
        revise = bool(posted.get("revise"))
        ids = [_figure_id(proposal, posted.get("revise") or posted.get("accept", ""))]
        reason = _("Thay số cũ khi duyệt “%(title)s”") % {"title": one.title} if revise else ""
        result = actions.accept(mine, proposal, ids, revise=revise, reason=reason)
    return ids, accepted_words(result), bool(result.refused)


def _figure_id(proposal: Proposal, text: str) -> UUID:
    """A figure of this very document. Raises Problem("ledger.no_such_figure")."""
    wanted = _id(text)
    if not proposal.figures.filter(pk=wanted).exists():
        raise Problem("ledger.no_such_figure")
    return wanted


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("ledger.no_such_figure") from error


def accepted_words(result: actions.Accepted) -> str:
    went_in = result.new + result.cited + result.revised
    said = []
    if went_in:
        said.append(ngettext("Đã nhận %(n)s số vào sổ.", "Đã nhận %(n)s số vào sổ.", went_in) % {"n": went_in})
    if result.cited:
        said.append(_("Trong đó %(n)s số sổ đã có, nay thêm chỗ dẫn.") % {"n": result.cited})
    said += [worded(problem, shown.lang()) for _pk, problem in result.refused[:3]]
    if len(result.refused) > 3:
        said.append(_("Còn %(n)s số nữa chưa nhận được; lý do ghi ở từng dòng.") % {"n": len(result.refused) - 3})
    return " ".join(said)


def _decided_part(
    request: HttpRequest,
    mine: Reach,
    one: Document,
    changed: list[UUID],
    said: str,
    trouble: bool,
    *,
    swap: bool = False,
) -> HttpResponse:
    lines = lines_of(mine, list(queries.figures_in(mine, one)), one)
    touched = {str(pk) for pk in changed}
    context = {
        "changed": [line.after_decision() for line in lines if line.id in touched],
        "counts": counts_of(lines),
        "seen": seen_of(lines),
        "editable": True,
        "said": said,
        "trouble": trouble,
    }
    response = render(request, "sources/_decided.html", context)
    if swap:
        # The form's own line is among the changed ones, which are put in place by themselves.
        response["HX-Reswap"] = "none"
    response["Vary"] = "HX-Request"
    return response


def _line_part(
    request: HttpRequest,
    mine: Reach,
    one: Document,
    figure: ProposedFigure,
    form: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    line = lines_of(mine, [figure], one)[0].with_form(form)
    template = "sources/_line.html" if is_part(request) else "sources/edit.html"
    context = {"figure": line, "editable": True, "title": one.title}
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request"
    return response
