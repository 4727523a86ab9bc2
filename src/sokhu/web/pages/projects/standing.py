"""Where a project stands: registered against implemented capital, term, ownership, what is due and what is odd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.findings.models import FindingState
from sokhu.areas.findings.queries import SERIOUS_FIRST, visible_findings
from sokhu.areas.findings.wording import about, cell_of, stored_sentence
from sokhu.areas.projects import codes
from sokhu.areas.projects.life import Due, Life, implemented, investors_on
from sokhu.areas.projects.models import ITEM_WORDS, Project
from sokhu.areas.territory.scope import reach
from sokhu.core.certificates.chain import state_after
from sokhu.core.numbers import format_number
from sokhu.core.period import named, printed
from sokhu.core.problems import Problem
from sokhu.core.quantity import canonical_unit, divide, shown, unscaled
from sokhu.kit.charts import Chart, Series, drawn
from sokhu.kit.wording import lang, worded

CURRENCIES = ("USD", "VND")
MOST_FINDINGS = 5


def standing_panel(request: HttpRequest, project: Project, life: Life, today: date) -> SafeString:
    context = {
        "facts": list(_facts(project, life, today)),
        "charts": [drawn(chart, id=f"capital-{at}") for at, chart in enumerate(_charts(project, life, today))],
        "due": [_due(one) for one in life.due],
        "odd": [worded(_in_words(one), lang()) for one in life.odd],
        "findings": _findings(request, project),
    }
    return render_to_string("projects/standing.html", context, request)


def _findings(request: HttpRequest, project: Project) -> list[dict[str, str]]:
    """Open findings about the figures of the zone it lies in."""
    zone = (project.zone_now or project.zone).place
    open_ones = visible_findings(reach(request)).filter(place=zone, state=FindingState.OPEN)
    return [
        {
            "text": stored_sentence(one, lang()),
            "about": about(cell_of(one.cell), lang()),
            "url": reverse("finding", args=[one.pk]),
        }
        for one in open_ones.order_by(SERIOUS_FIRST, "-weight", "pk")[:MOST_FINDINGS]
    ]


def _facts(project: Project, life: Life, today: date) -> Iterator[dict[str, Any]]:
    state = life.state
    yield {"label": _("Tình trạng"), "text": _status(life, today), "more": ""}
    for currency in CURRENCIES:
        held = state.capital.get(currency) if state else None
        if held:
            yield {
                "label": _("Vốn đăng ký"),
                "text": shown(held, currency, lang()),
                "more": _implemented(life, currency, held),
            }
    if state and state.term_ends:
        starts = _("tính từ %(day)s") % {"day": f"{state.term_starts:%d/%m/%Y}"}
        yield {"label": _("Hết thời hạn"), "text": f"{state.term_ends:%d/%m/%Y}", "more": starts}
    yield {"label": _("Nguồn vốn"), "text": project.ownership_now or "–", "more": _ground(project, life)}
    if partners := _partners(project, today):
        yield {"label": _("Nhà đầu tư"), "text": partners, "more": "", "in_words": True}


def _status(life: Life, today: date) -> str:
    if life.state is None:
        return _("chưa có giấy chứng nhận")
    words = {
        "valid": _("còn hiệu lực"),
        "suspended": _("ngừng hoạt động"),
        "terminated": _("chấm dứt"),
        "revoked": _("thu hồi"),
        "expired": _("hết thời hạn"),
    }
    days = life.state.days_suspended_by(today)
    rested = _(" (%(days)s ngày)") % {"days": format_number(days, lang=lang())} if life.state.suspended_since else ""
    return words[life.state.status] + rested


def _implemented(life: Life, currency: str, held: int) -> str:
    done = implemented(life.reports, currency)
    if done is None:
        return _("chưa có báo cáo vốn thực hiện")
    share = format_number(divide(done * 100, held, 1), lang=lang())
    return _("đã thực hiện %(amount)s, %(share)s%%") % {"amount": shown(done, currency, lang()), "share": share}


def _ground(project: Project, life: Life) -> str:
    """On what ground; and where the investors on file say otherwise, that they do."""
    given = codes.grounds().get(project.ground, "")
    if life.proposed is None or life.proposed.ownership == project.ownership_now:
        return given or (codes.grounds().get(life.proposed.ground, "") if life.proposed else "")
    proposed = {"ownership": life.proposed.ownership, "ground": codes.grounds().get(life.proposed.ground, "")}
    return _("theo nhà đầu tư đã ghi thì là %(ownership)s: %(ground)s") % proposed


def _partners(project: Project, today: date) -> str:
    return "; ".join(
        f"{one.investor.name} ({codes.countries().get(one.investor.country, one.investor.country)})"
        for one in investors_on(project, today)
    )


def _charts(project: Project, life: Life, today: date) -> Iterator[Chart]:
    """Registered capital at the end of each year since the first certificate, today's for this year."""
    if not life.steps:
        return
    years = range(life.steps[0].day.year, today.year + 1)
    states = [state_after(life.steps, min(date(year, 12, 31), today)) for year in years]
    for currency in CURRENCIES:
        amounts = [one.capital.get(currency, 0) if one and one.is_valid else 0 for one in states]
        if len(amounts) > 1 and any(amounts):
            values = tuple(unscaled(amount) for amount in amounts)
            unit = canonical_unit(currency).words(lang())
            series = (Series(_("vốn đăng ký"), values),)
            yield Chart("line", _("Vốn đăng ký qua các năm"), unit, tuple(map(str, years)), series)


def _due(one: Due) -> dict[str, Any]:
    said = {
        "term": _("Hết thời hạn hoạt động"),
        "extension": _("Hết thời hạn hoạt động; đã đến lúc làm thủ tục gia hạn"),
        "milestone": _("Mốc tiến độ: %(what)s"),
        "report": _("Báo cáo thực hiện %(what)s của doanh nghiệp"),
    }[one.kind]
    what = printed(named(one.what), lang()) if one.kind == "report" else one.what
    return {"day": f"{one.day:%d/%m/%Y}", "what": said % {"what": what} if what else said, "is_late": one.is_late}


def _in_words(problem: Problem) -> Problem:
    """A warning for people: an item by its name, a period as it is read; an event's id says nothing to them."""
    if "item" not in problem.params:
        return Problem(problem.code, "", **problem.params)
    item = str(problem.params["item"])
    words = str(ITEM_WORDS.get(item, _("vốn thực hiện")))
    where = printed(named(problem.where), lang())
    return Problem(problem.code, where, **problem.params | {"item": words[:1].upper() + words[1:]})
