"""An issued report: the frozen form, its verification, what was corrected since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from sokhu.areas.ledger import shown
from sokhu.areas.ledger.shown import Asked, total_url
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.publications.files import verification
from sokhu.areas.publications.models import Frozen, Issue
from sokhu.areas.territory.queries import reach_for
from sokhu.core.answer import Answer, Question
from sokhu.core.period import named
from sokhu.core.problems import Problem
from sokhu.core.report.canonical import digest
from sokhu.documents.official import Verification

COMPARED = ("amount", "maturity", "approx")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of an issued report that the ledger answers otherwise now. explain_url: why the two differ."""

    name: str
    before: str
    now: str
    url: str
    explain_url: str


def report_of(issued: Issue) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(canonical_of(issued))
    return report


def canonical_of(issued: Issue) -> bytes:
    """The frozen bytes. Raises Problem("report.frozen_differs", found) where they are not what was sealed."""
    text = Frozen.objects.filter(pk=issued.sha256).values_list("canonical", flat=True).first()
    content = (text or "").encode()
    if digest(content) != issued.sha256:
        raise Problem("report.frozen_differs", found=issued.code)
    return content


def verification_of(issued: Issue) -> Verification:
    return verification(issued.sha256, "en" if issued.lang == "en" else "vi")


def question_of_figure(figure: Mapping[str, Any]) -> Question:
    period = named(figure["period"]["name"], regime=figure["period"]["regime"])
    keys = ("indicator", "place", "ownership", "zone_kind", "other", "kind", "currency")
    return Question(period=period, **{key: figure[key] for key in keys})


def figure_urls(report: Mapping[str, Any]) -> dict[int, str]:
    """The path of every figure, as it was at the report's moment."""
    asked = Asked(at=report["moment"]["sequence"])
    return {one["number"]: total_url(question_of_figure(one), asked) for one in report["figures"]}


def corrections(issued: Issue) -> list[Correction]:
    """Figures that are answered otherwise now than they were frozen: corrected, said late, counted on another map."""
    report = report_of(issued)
    asked = {one["number"]: question_of_figure(one) for one in report["figures"]}
    answers = answer_all(reach_for(issued.authority, timezone.localdate()), asked.values())
    changed = [one for one in report["figures"] if _differs(one, answers[asked[one["number"]]])]
    return [_correction(one, asked[one["number"]], answers[asked[one["number"]]], issued.moment) for one in changed]


def _differs(figure: Mapping[str, Any], now: Answer) -> bool:
    return any(figure[name] != getattr(now, name) for name in COMPARED) or figure["missing"] != sorted(now.missing)


def _correction(figure: Mapping[str, Any], question: Question, now: Answer, moment: int) -> Correction:
    then = total_url(question, Asked(at=moment))
    today = total_url(question)
    sides = {"trai": then.partition("?")[2], "phai": today.partition("?")[2]}
    figure_now = shown.of_answer(now, link=False)
    name = " · ".join(filter(None, (figure["name"], figure["ownership"], figure["zone_kind"])))
    text = " ".join(filter(None, (figure_now.lead, figure_now.text, figure_now.unit))) if figure_now.text else "…"
    return Correction(name, figure["text"] or "…", text, today, f"{reverse('explain')}?{urlencode(sides)}")
