"""The table of rights as a page: which role may do what with which kind of thing, and how far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sokhu.areas.accounts.models import Role
from sokhu.areas.accounts.wording import ACTIONS, SCOPES, THINGS
from sokhu.areas.territory.scope import reach
from sokhu.core.rights import ROLES, Action, Thing, matrix


def rights(request: HttpRequest) -> HttpResponse:
    mine = reach(request).roles
    context = {
        "title": _("Quyền"),
        "subtitle": _("Vai trò nào làm được gì, với thứ gì, rộng đến đâu. Ô trống là không được."),
        "crumbs": [{"label": _("Quản trị")}, {"label": _("Quyền")}],
        "roles": [{"name": str(Role(role).label), "mine": role in mine} for role in ROLES],
        "rows": [_row(thing, action, mine) for thing, action in matrix()],
    }
    return render(request, "accounts/rights.html", context)


def _row(thing: Thing, action: Action, mine: frozenset[str]) -> dict[str, Any]:
    cells = matrix()[thing, action]
    return {
        "thing": THINGS[thing],
        "action": ACTIONS[action],
        "cells": [
            {
                "role": str(Role(role).label),
                "scopes": [SCOPES[scope] for scope in cells[role]],
                "mine": role in mine,
            }
            for role in ROLES
        ],
    }
