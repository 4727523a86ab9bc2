"""The page of a zone as a board's head opens it in a meeting: its life on one line, land, figures, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.findings.of_registers import still_so
from sokhu.areas.findings.pages.findings import row as finding_row
from sokhu.areas.findings.queries import LIVE, SERIOUS_FIRST, visible_findings
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.pages.observations import row_of
from sokhu.areas.ledger.small_cells import FEWEST
from sokhu.areas.projects.models import Project, Status
from sokhu.areas.projects.registry import PROJECTS
from sokhu.areas.territory.queries import Reach, name_of
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones.codes import zone_kinds, zone_stages
from sokhu.areas.zones.land import ZoneLand, findings_of, land_of, occupancy_of, vacant_of
from sokhu.areas.zones.models import Decision, Kind, Lease, Phase, Responsibility, Zone
from sokhu.areas.zones.registry import LEASES, STAGES
from sokhu.core.land.balance import LandPlan, balance, plan_on
from sokhu.core.land.uses import uses
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.quantity import shown, unscaled
from sokhu.kit.charts import Chart, Series, drawn
from sokhu.kit.wording import lang, worded
from sokhu.web.pages.places import where
from sokhu.web.pages.registers.cells import named, url_of
from sokhu.web.pages.registers.papers import papers_of

FIGURES_SHOWN, FINDINGS_SHOWN, DUE_SHOWN = 8, 5, 10
SOON = timedelta(days=365)
YEARS_DRAWN = 12


def zone_panel(request: HttpRequest, zone: Zone) -> SafeString:
    today, mine = timezone.localdate(), reach(request)
    land = land_of([zone])[zone.pk]
    sees_leases = mine.may("read", LEASES.thing, zone.owner, about=[zone.place])
    shows_land_let = sees_leases or len(land.leases) >= FEWEST
    standing = queries.current(queries.visible_observations(mine).filter(cell__place=zone.place))
    figures = standing.select_related("cell", "stream", "document").order_by("-cell__last", "cell__indicator", "id")
    place = territory().places.get(zone.place)
    found = visible_findings(mine).filter(place=zone.place, state__in=LIVE).order_by(SERIOUS_FIRST, "due")
    context = {
        "chips": [
            *_area_chips(land, today),
            *(_let_chips(land, today) if shows_land_let else ()),
            *(_project_chips(mine, zone) if sees_leases else ()),
        ],
        "unstaged": _unstaged(land) if mine.may("write", STAGES.thing, zone.owner) else None,
        "events": _events(request, land),
        "land": _balance(land, today),
        "chart": _chart(land, today) if land.leases and shows_land_let else None,
        "map": where(place) if place is not None else None,
        "rows": [row_of(one) for one in figures[:FIGURES_SHOWN]],
        "place_url": reverse("place", args=[zone.place]),
        "findings": [finding_row(one) for one in still_so(found, land, today)[:FINDINGS_SHOWN]],
        "problems": [worded(one, lang()) for one in findings_of(land, today)] if sees_leases else [],
        "due": list(_due(zone, land, today)) if sees_leases else [],
        "parks": [{"name": one.name, "url": url_of(one)} for one in Zone.objects.filter(inside=zone, is_gone=False)],
    }
    return render_to_string("zones/zone.html", context, request)


def _unstaged(land: ZoneLand) -> dict[str, str] | None:
    """A status without the day it began on, by which no count of zones goes."""
    zone = land.zone
    if land.stages or zone.stage in ("", "established"):
        return None
    asked = urlencode({"zone": str(zone.pk), "stage": zone.stage})
    url = f"{reverse('thing_new', args=[STAGES.code])}?{asked}"
    return {"stage": zone_stages().get(zone.stage, zone.stage), "url": url}


def _area_chips(land: ZoneLand, today: date) -> Iterator[dict[str, str]]:
    decision = land.deciding(today)
    industrial = occupancy_of(land, today).industrial
    if decision is not None and decision.area:
        label = _("Diện tích theo %(number)s") % {"number": decision.number}
        yield {"label": label, "value": shown(decision.area, "ha", lang())}
    elif land.zone.area:
        yield {"label": _("Diện tích"), "value": shown(land.zone.area, "ha", lang())}
    if industrial:
        yield {"label": _("Đất công nghiệp, dịch vụ"), "value": shown(industrial, "ha", lang())}


def _let_chips(land: ZoneLand, today: date) -> Iterator[dict[str, str]]:
    found = occupancy_of(land, today)
    if land.leases:
        yield {"label": _("Đã cho thuê"), "value": shown(found.leased, "ha", lang())}
        if found.rate is not None:
            yield {"label": _("Lấp đầy"), "value": _percent(found.rate)}
        if found.rate_cleared is not None:
            yield {"label": _("trên đất đã giao"), "value": _percent(found.rate_cleared)}
    if land.ready:
        yield {"label": _("Đất trống sẵn sàng"), "value": shown(vacant_of(land, today), "ha", lang())}


def _percent(rate: Decimal) -> str:
    return f"{format_number(rate, places=2, lang=lang())}%"


def _project_chips(mine: Reach, zone: Zone) -> Iterator[dict[str, str]]:
    """A developer hears how many there are in its zone, and has no list of them."""
    valid = Project.objects.filter(zone_now=zone, is_gone=False, status__in=(Status.VALID, Status.SUSPENDED))
    found = valid.aggregate(count=Count("pk"), usd=Sum("capital_usd"), vnd=Sum("capital_vnd"))
    if found["count"]:
        sees_them = mine.may("read", PROJECTS.thing, zone.owner)
        link = {"url": f"{reverse('register', args=['projects'])}?zone_now={zone.pk}"} if sees_them else {}
        yield {"label": _("Dự án còn hiệu lực"), "value": format_number(found["count"], lang=lang()), **link}
        for currency, amount in (("USD", found["usd"]), ("VND", found["vnd"])):
            if amount:
                yield {"label": _("Vốn đăng ký"), "value": shown(amount, currency, lang(), places=1)}


@dataclass(frozen=True, slots=True)
class _Moment:
    day: date
    title: str
    detail: str = ""
    url: str = ""
    paper: str = ""


def _life(land: ZoneLand) -> Iterator[_Moment]:
    """Decisions, stages, kinds and boards of a zone on one line."""
    zone = land.zone
    kinds, stages = zone_kinds(), zone_stages()
    for decision in land.decisions:
        yield _of_decision(decision)
    for stage in land.stages:
        yield _Moment(stage.starts, stages.get(stage.stage, stage.stage), stage.ground, url_of(stage))
        if stage.ends and stage.ends < timezone.localdate():
            yield _Moment(stage.ends, _("hết: %(what)s") % {"what": stages.get(stage.stage, stage.stage)})
    for kind in Kind.objects.filter(zone=zone, is_gone=False):
        words = _("là %(kind)s") % {"kind": kinds.get(kind.kind, kind.kind)}
        yield from _if_dated(kind.starts, words, kind.ground, url_of(kind))
    for one in Responsibility.objects.filter(zone=zone, is_gone=False):
        words = _("%(board)s phụ trách") % {"board": name_of(one.board)}
        yield from _if_dated(one.starts, words, one.ground, url_of(one))
    for phase in land.phases:
        yield from _of_phase(phase)
    if zone.established and not any(one.kind == "establish" for one in land.decisions):
        yield _Moment(zone.established, _("thành lập"))


def _if_dated(day: date | None, title: str, detail: str, url: str) -> Iterator[_Moment]:
    if day is not None:
        yield _Moment(day, title, detail, url)


def _of_decision(one: Decision) -> _Moment:
    area = shown(one.area, "ha", lang()) if one.area else ""
    detail = " · ".join(part for part in (one.number, one.issuer, area, one.summary) if part)
    return _Moment(one.day, one.get_kind_display(), detail, url_of(one), one.document)


def _of_phase(phase: Phase) -> Iterator[_Moment]:
    for day, words in (
        (phase.starts, _("khởi công %(phase)s")),
        (phase.handed_over_on, _("giao đất %(phase)s")),
        (phase.ends, _("hoàn thành %(phase)s")),
    ):
        if day:
            yield _Moment(day, words % {"phase": phase.name}, shown(phase.area, "ha", lang()), url_of(phase))


def _events(request: HttpRequest, land: ZoneLand) -> list[dict[str, str]]:
    """The life, newest first, with the scan of each decision where there is one to read."""
    papers = papers_of(request, (one.document for one in land.decisions))
    moments = sorted(_life(land), key=lambda one: one.day, reverse=True)
    return [_event(one) | {"paper_url": papers.get(one.paper, "")} for one in moments]


def _event(one: _Moment) -> dict[str, str]:
    title = one.title[:1].upper() + one.title[1:]
    return {"date": f"{one.day:%d/%m/%Y}", "title": title, "detail": one.detail, "url": one.url}


def _balance(land: ZoneLand, today: date) -> dict[str, Any] | None:
    """The plan in force with its uses; how far from closed, if it is."""
    plan = plan_on(land.plans, today)
    if plan is None:
        return None
    try:
        found = balance(plan)
    except Problem:  # a line of no known use: told among what is to be looked at
        return None
    return {
        "plan": plan.name,
        "day": f"{plan.starts:%d/%m/%Y}",
        "lines": [_use(code, amount, plan) for code, amount in plan.lines.items()],
        "total": format_number(unscaled(plan.total), lang=lang()),
        "closes": found.closes,
        "difference": shown(found.difference, "ha", lang()),
    }


def _use(code: str, amount: int, plan: LandPlan) -> dict[str, Any]:
    known = uses().get(code)
    words = (known.vi if lang() == "vi" else known.en) if known else code
    share = unscaled(amount) * 100 / unscaled(plan.total) if plan.total else Decimal(0)
    return {
        "name": words,
        "area": format_number(unscaled(amount), lang=lang()),
        "share": format_number(share, places=1, lang=lang()),
        "is_part": bool(known and known.reserved),
    }


def _chart(land: ZoneLand, today: date) -> dict[str, Any] | None:
    """Occupancy at the end of each year, and today."""
    first = max(min(one.starts.year for one in land.leases), today.year - YEARS_DRAWN)
    days = [date(year, 12, 31) for year in range(first, today.year)] + [today]
    rates = [occupancy_of(land, day).rate for day in days]
    if not any(rate is not None for rate in rates):
        return None
    labels = tuple(str(day.year) if day != today else _("nay") for day in days)
    values = tuple(round(rate, 1) if rate is not None else None for rate in rates)
    return drawn(Chart("line", _("Tỷ lệ lấp đầy"), "%", labels, (Series(_("lấp đầy"), values),)), id="occupancy")


def _due(zone: Zone, land: ZoneLand, today: date) -> Iterator[dict[str, Any]]:
    """Leases that end within a year, phases that are late."""
    for phase in land.phases:
        if phase.planned_end and phase.ends is None and phase.planned_end < today:
            late = _("chậm %(days)s ngày") % {"days": format_number((today - phase.planned_end).days, lang=lang())}
            yield {"name": phase.name, "url": url_of(phase), "when": late, "is_late": True}
    ending = Lease.objects.filter(zone=zone, is_gone=False, ended__isnull=True, ends__range=(today, today + SOON))
    for lease in ending.order_by("ends")[:DUE_SHOWN]:
        when = _("hết hạn %(day)s") % {"day": f"{lease.ends:%d/%m/%Y}"}
        yield {"name": f"{named(lease)}, {lease.lessee}", "url": url_of(lease), "when": when, "is_late": False}
