"""Changing the words of a draft: one form without scripts, that adds, moves, takes away, shows and keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators_in_use
from sokhu.areas.ledger import shown
from sokhu.areas.publications.actions import save_version
from sokhu.areas.publications.assembling import report_made, texts_now, vocabulary
from sokhu.areas.publications.jobs import ask_to_make
from sokhu.areas.publications.models import Report
from sokhu.areas.publications.pages.report import page_head
from sokhu.areas.publications.pages.reports import author_of
from sokhu.areas.publications.queries import issue_of, newest_version, own_report, subject_of
from sokhu.areas.publications.screen import on_screen
from sokhu.areas.territory.scope import reach
from sokhu.core.problems import Problem, Problems
from sokhu.core.report.content import BLOCK_KINDS, WAYS, BlockKind, Content, as_data, content_of
from sokhu.core.report.editing import changed
from sokhu.kit.sealing.queries import head
from sokhu.kit.wording import worded

Errors = dict[str, list[str]]  # "1.2" (section and block), "about", "all" to sentences
_FIELD = re.compile(r"s(?P<section>\d{1,3})-(?:b(?P<block>\d{1,3})-)?(?P<name>heading|kind|by|text)")


def edit_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    mine = reach(request)
    found = own_report(mine, report_id)
    if issue_of(found) is not None:
        raise Problem("report.issued")
    version = newest_version(found)
    if request.method != "POST":
        return _form(request, found, version.content, version.number, {})
    content, step = typed_content(request.POST), request.POST.get("do", "save")
    base = int(request.POST.get("base", "")) if request.POST.get("base", "").isdecimal() else 0
    if step not in ("save", "preview"):
        content["sections"] = as_data(changed(content_of(content["sections"]), step))
        return _form(request, found, content, base, {})
    try:
        if step == "preview":
            preview = on_screen(report_made(subject_of(found), content, at=head()[0]))
            return _form(request, found, content, base, {}, preview)
        save_version(mine, found, content, "edit", base=base, by=author_of(request))
    except (Problem, Problems) as wrong:
        return _form(request, found, content, base, _told(wrong), status=422)
    ask_to_make(mine, found)
    messages.success(request, _("Đã lưu; số liệu đang được lấy lại."))
    return redirect("report", found.pk)


def typed_content(posted: QueryDict) -> dict[str, Any]:
    """The content that the form holds, in the order of its fields' numbers."""
    sections: dict[int, dict[str, str]] = {}
    blocks: dict[tuple[int, int], dict[str, str]] = {}
    for field, value in posted.items():
        match = _FIELD.fullmatch(field)
        if match is None:
            continue
        text, section = str(value).replace("\x00", "").replace("\r\n", "\n").strip(), int(match["section"])
        if match["block"] is None:
            sections.setdefault(section, {})["heading"] = text
        else:
            blocks.setdefault((section, int(match["block"])), {})[match["name"]] = text
    recipients = [line.strip() for line in posted.get("recipients", "").splitlines() if line.strip()]
    return {
        "about": " ".join(posted.get("about", "").replace("\x00", "").split()),
        "recipients": recipients,
        "sections": [
            {
                "heading": sections[number]["heading"],
                "blocks": [_block(blocks[key]) for key in sorted(blocks) if key[0] == number],
            }
            for number in sorted(sections)
        ],
    }


def _block(typed: Mapping[str, str]) -> dict[str, str]:
    kind: BlockKind = next((one for one in BLOCK_KINDS if one == typed.get("kind")), "text")
    by = typed.get("by", "")
    return {
        "kind": kind,
        "heading": typed.get("heading", ""),
        "by": by if by in WAYS[kind] else "figures",
        "text": typed.get("text", ""),
    }


def _told(wrong: Problem | Problems) -> Errors:
    told: Errors = {}
    for problem in wrong.problems if isinstance(wrong, Problems) else [wrong]:
        if problem.code.startswith("access."):
            raise problem
        sentence = worded(Problem(problem.code, "", **problem.params), shown.lang())
        told.setdefault(problem.where or "all", []).append(sentence)
    return told


def _form(
    request: HttpRequest,
    found: Report,
    content: Mapping[str, Any],
    base: int,
    errors: Errors,
    preview: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    sections = content_of(content["sections"])
    context = page_head(reach(request), found, "edit") | {
        "about": content["about"],
        "recipients": "\n".join(content["recipients"]),
        "sections": _sections(sections, errors, texts_now(subject_of(found), content)),
        "base": base,
        "errors": errors,
        "preview": preview,
        "lang": found.lang,
        "has_errors": bool(errors),
        "help": _help(found),
        "report_id": found.pk,
    }
    return render(request, "publications/edit.html", context, status=status)


def _sections(sections: Content, errors: Errors, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "heading": section.heading,
            "blocks": [
                {
                    "number": order,
                    "kind": block.kind,
                    "label": kind_words(block.kind),
                    "heading": block.heading,
                    "text": block.text,
                    "rows": min(18, 2 + len(block.text) // 85 + block.text.count("\n")),
                    "ways": [
                        {"value": way, "label": way_words(way), "selected": way == block.by} for way in WAYS[block.kind]
                    ],
                    "reads": texts.get(f"{number}.{order}", ""),
                    "errors": errors.get(f"{number}.{order}", []),
                }
                for order, block in enumerate(section.blocks, 1)
            ],
        }
        for number, section in enumerate(sections, 1)
    ]


def kind_words(kind: str) -> str:
    return {"text": _("Đoạn văn"), "table": _("Bảng"), "chart": _("Biểu đồ")}[kind]


def way_words(way: str) -> str:
    return {
        "figures": _("mỗi dòng một chỉ tiêu"),
        "members": _("mỗi đơn vị thành viên một dòng"),
        "years": _("năm kỳ gần nhất của chỉ tiêu đầu"),
    }[way]


def _help(found: Report) -> dict[str, Any]:
    """What may stand in braces and brackets, in the language of the report."""
    known = vocabulary(subject_of(found).lang)
    words = known.words
    return {
        "names": [f"{{{name}}}" for name in words.names_shown()],
        "parts": sorted(known.parts),
        "written": words.written_shown(),
        "conditions": words.conditions_shown(),
        "indicators": [(one.code, one.name(words.lang)) for one in indicators_in_use() if not one.comparison],
    }
