"""The form that corrects a figure before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators_in_use
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.cells import value_as_typed
from sokhu.areas.ledger.models import CellKind, Maturity, ProposedFigure
from sokhu.areas.territory.queries import place_choices
from sokhu.core.answer import OWNERSHIPS
from sokhu.core.folding import folded
from sokhu.core.measure import currency_of
from sokhu.core.period import parse, printed, tells_as_of
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded

Typed = Mapping[str, Any]
Errors = dict[str, list[str]]


def changes_from(figure: ProposedFigure, typed: Typed, errors: Errors) -> dict[str, object]:
    """The fields of a proposed figure as the form says them; what cannot be read goes to `errors`, by field."""
    changes: dict[str, object] = {
        "indicator": typed.get("indicator", ""),
        "ownership": typed.get("ownership", ""),
        "place": typed.get("place", ""),
        "kind": typed.get("kind", CellKind.RESULT),
        "maturity": typed.get("maturity", Maturity.FINAL),
        "is_repeat": False,
    }
    known = {"kind": CellKind.values, "maturity": Maturity.values, "ownership": ("", *OWNERSHIPS)}
    if any(changes[name] not in values for name, values in known.items()):
        errors["all"] = [_("Giá trị gửi lên không có trong danh sách. Chọn lại trong biểu.")]
    _read_period(typed.get("period", ""), figure, changes, errors)
    _read_value(typed.get("as_written", ""), figure, changes, errors)
    return changes


def _read_period(text: str, figure: ProposedFigure, changes: dict[str, object], errors: Errors) -> None:
    if not text.strip():
        errors["period"] = [_("Chưa có kỳ. Ghi như 2021, 2024-Q1, 6 tháng đầu năm 2022, 20/12/2020.")]
        return
    try:
        period = parse(text)
    except Problem as problem:
        errors["period"] = [worded(problem, shown.lang())]
        return
    changes["period"] = period.name
    changes["asof"] = tells_as_of(text) or (figure.asof and period.name == figure.period) or period.first == period.last


def _read_value(text: str, figure: ProposedFigure, changes: dict[str, object], errors: Errors) -> None:
    if text.strip() == figure.as_written.strip():
        return
    try:
        # A bare number is no sum of money: nobody means five dollars by "5".
        changes |= value_as_typed(text, None if currency_of(figure.unit) else figure.unit)
    except Problem as problem:
        errors["value"] = [worded(problem, shown.lang())]


def edit_form(figure: ProposedFigure, typed: Typed, errors: Errors) -> dict[str, Any]:
    """What `sources/_edit.html` takes: the figure as it is, or as it was sent when something was wrong."""

    def value(name: str) -> str:
        return str(typed.get(name, getattr(figure, name, "")))

    catalogue = sorted(indicators_in_use(), key=lambda one: folded(one.name(shown.lang())))
    return {
        "selects": [
            select_field(
                "indicator",
                _("Chỉ tiêu"),
                [("", _("chọn chỉ tiêu")), *((one.code, one.name(shown.lang())) for one in catalogue)],
                value,
                errors,
            ),
            select_field(
                "ownership", _("Hình thức"), [("", _("chung")), *((one, one) for one in OWNERSHIPS)], value, errors
            ),
            select_field("place", _("Nơi"), [("", _("chọn nơi")), *place_choices(also=figure.place)], value, errors),
            select_field(
                "kind", _("Thực hiện hay kế hoạch"), [(kind.value, str(kind.label)) for kind in CellKind], value, errors
            ),
            select_field(
                "maturity", _("Mức chính thức"), [(one.value, str(one.label)) for one in Maturity], value, errors
            ),
        ],
        "period": typed.get("period", _period_text(figure)),
        "period_errors": errors.get("period", []),
        "value": typed.get("as_written", figure.as_written),
        "value_errors": errors.get("value", []),
        "errors": errors.get("all", []),
        "cancel_url": reverse("document_edit", args=[figure.proposal.document_id, figure.pk]) + "?thoi=1",
    }


def _period_text(figure: ProposedFigure) -> str:
    try:
        return printed(parse(figure.period), shown.lang()) if figure.period else ""
    except Problem:
        return figure.period


def select_field(name: str, label: str, options: list[tuple[str, str]], value: Any, errors: Errors) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "options": [{"value": key, "label": words, "selected": key == value(name)} for key, words in options],
        "errors": errors.get(name, []),
    }
