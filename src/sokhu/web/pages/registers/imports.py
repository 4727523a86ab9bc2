"""Taking a workbook into a register: sent, looked at with nothing stored, then taken in in the background."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.models import User
from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem, Problems
from sokhu.kit.jobs.queue import newest_job
from sokhu.kit.registers import uploads
from sokhu.kit.registers.declaration import Register, register_named
from sokhu.kit.registers.importing import CHANGED, NEW, SAME, Looked, Row, look
from sokhu.kit.registers.models import Upload
from sokhu.kit.registers.values import label_of
from sokhu.kit.uploads import must_fit, upload_limit
from sokhu.kit.wording import all_worded, lang, worded
from sokhu.web.pages.registers.cells import named
from sokhu.web.pages.registers.taking import TAKE, ask_to_take, sheet_of
from sokhu.web.pages.registers.things import crumbs_of
from sokhu.web.pages.registers.writing import must_write_in

ROWS_SHOWN = 50


def import_page(request: HttpRequest, code: str) -> HttpResponse:
    register, mine = register_named(code), reach(request)
    must_write_in(register, mine)
    errors: list[str] = []
    if request.method == "POST":
        try:
            return redirect("register_upload", code, _kept(request, register, mine).pk)
        except (Problem, Problems) as told:
            errors = all_worded(told, lang())
    context = {
        "title": _("Nhập %(name)s từ Excel") % {"name": str(register.name)},
        "crumbs": crumbs_of(register),
        "template_url": f"{reverse('register_xlsx', args=[code])}?mau=1",
        "fields": [{"label": label_of(one), "required": not one.blank} for one in register.asked],
        "key": ", ".join(label_of(register.field(name)) for name in register.key),
        "limit": upload_limit(),
        "errors": errors,
    }
    return render(request, "registers/import.html", context, status=422 if errors else 200)


def _kept(request: HttpRequest, register: Register, mine: Reach) -> Upload:
    sent = request.FILES.get("file")
    if sent is None:
        raise Problem("register.no_file")
    must_fit(sent)
    user = request.user
    assert isinstance(user, User)
    upload = uploads.new_upload(register.code, user, mine.home, sent.name or "", sent.read())
    sheet_of(upload)
    return uploads.keep(upload)


def upload_page(request: HttpRequest, code: str, upload_id: UUID) -> HttpResponse:
    """What taking the workbook in would do, or how far it is."""
    register, mine = register_named(code), reach(request)
    upload = uploads.upload_of(request.user.pk, register.code, upload_id)
    job = newest_job(TAKE, str(upload.pk))
    context: dict[str, Any] = {
        "title": upload.name,
        "crumbs": crumbs_of(register),
        "register": {"code": code, "name": str(register.name)},
        "upload": {"id": str(upload.pk), "taken": _counts(upload.taken)},
    }
    if job is not None and (job.is_open or job.problem):
        context["job"] = {
            "is_open": job.is_open,
            "done": job.done,
            "total": job.total,
            "problem": worded(Problem(job.problem["code"], **job.problem["params"]), lang()) if job.problem else "",
        }
    elif not upload.taken:
        context |= _looked(register, mine, upload)
    return render(request, "registers/upload.html", context)


def _looked(register: Register, mine: Reach, upload: Upload) -> dict[str, Any]:
    try:
        looked = look(register, mine, sheet_of(upload))
    except (Problem, Problems) as told:
        return {"refused": all_worded(told, lang())}
    faults = [worded(problem, lang()) for problem in looked.faults]
    return {
        "counts": [
            {"label": words, "value": format_number(looked.count(state), lang=lang())}
            for state, words in ((NEW, _("mới")), (CHANGED, _("thay đổi")), (SAME, _("giống trong sổ")))
        ],
        "faults": faults[:ROWS_SHOWN],
        "faults_count": format_number(len(faults), lang=lang()),
        "faults_left": max(0, len(faults) - ROWS_SHOWN),
        "unknown": ", ".join(looked.unknown),
        "rows": [_row(register, one) for one in _telling(looked)[:ROWS_SHOWN]],
        "rows_left": max(0, len(_telling(looked)) - ROWS_SHOWN),
        "can_take": any(one.state != SAME for one in looked.rows),
    }


def _telling(looked: Looked) -> list[Row]:
    return [one for one in looked.rows if one.state != SAME]


def _row(register: Register, row: Row) -> dict[str, Any]:
    before = register.values(row.before) if row.before is not None else {}
    after = register.values(row.thing)
    changed = [one.name for one in register.asked if before.get(one.name) != after[one.name]]
    return {
        "number": format_number(row.number, lang=lang()),
        "name": named(row.thing),
        "state": _("mới") if row.state == NEW else _("thay đổi"),
        "lines": [
            {
                "label": label_of(register.field(name)),
                "before": register.words_at(row.before, name) if row.before is not None else "",
                "after": register.words_at(row.thing, name),
            }
            for name in changed
            if row.before is not None or after[name] not in (None, "", False)
        ],
        "is_new": row.before is None,
    }


def _counts(taken: dict[str, int]) -> list[dict[str, str]]:
    words = {NEW: _("mới"), CHANGED: _("thay đổi"), SAME: _("giống trong sổ"), "faults": _("dòng bị bỏ lại")}
    return [{"label": words[name], "value": format_number(count, lang=lang())} for name, count in taken.items()]


@require_POST
def take_upload(request: HttpRequest, code: str, upload_id: UUID) -> HttpResponse:
    register = register_named(code)
    upload = uploads.upload_of(request.user.pk, register.code, upload_id)
    uploads.say_why(upload, request.POST.get("reason", ""))
    ask_to_take(upload)
    messages.success(request, _("Đang nhập. Có thể rời trang này; nhập dở thì lần sau làm tiếp, không ghi hai lần."))
    return redirect("register_upload", code, upload_id)
