"""A form that is left in order to enter something it points at, and taken up again with what was typed.

It waits in the session of whoever is filling it, under a mark that the addresses carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from sokhu.areas.territory.queries import Reach
from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Register, register_named, register_of
from sokhu.kit.registers.pointing import Pointed

KEPT, BACK, TAKEN = "unfinished_forms", "tro-lai", "dang-do"
MOST_KEPT = 4
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "add", "again", "more"})


def leave(request: HttpRequest, register: Register, what: str, typed: Mapping[str, str]) -> str:
    """Keeps a form; the address of the form for what its field `what` is to point at.

    Raises Problem("register.no_such_thing") where the register has no such field.
    """
    field = next((one for one in register.asked if one.name == what and isinstance(one, models.ForeignKey)), None)
    if field is None:
        raise Problem("register.no_such_thing")
    assert isinstance(field.related_model, type)
    mark, other = token_urlsafe(6), register_of(field.related_model)
    address = request.path + "?" + urlencode({name: text for name, text in request.GET.dict().items() if name != TAKEN})
    kept = {"url": address, "register": register.code, "what": what, "typed": _of_form(typed)}
    forms = request.session.get(KEPT, {})
    request.session[KEPT] = dict([*forms.items(), (mark, kept)][-MOST_KEPT:])
    return f"{reverse('thing_new', args=[other.code])}?{urlencode(_shared(other, what, typed) | {BACK: mark})}"


def _of_form(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in typed.items() if name not in NOT_KEPT}


def _shared(other: Register, what: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What the new form takes over: the name that was typed, and things that both point at."""
    both = {
        one.name: typed[one.name] for one in other.asked if isinstance(one, models.ForeignKey) and typed.get(one.name)
    }
    title = other.field(other.title)
    is_named = typed.get(what) and isinstance(title, models.CharField) and not title.choices
    return both | ({title.name: typed[what]} if is_named else {})


def taken_up(request: HttpRequest) -> dict[str, str] | None:
    """What was typed into the form that this address takes up again."""
    kept = request.session.get(KEPT, {}).get(request.GET.get(TAKEN, ""))
    return dict(kept["typed"]) if kept else None


def waiting(request: HttpRequest) -> dict[str, str] | None:
    """.one, .url of the form that waits for the thing that is being entered."""
    mark = request.GET.get(BACK, "")
    kept = request.session.get(KEPT, {}).get(mark)
    return {"one": str(register_named(kept["register"]).one), "url": _address(kept, mark)} if kept else None


def back_with(request: HttpRequest, mine: Reach, thing: Any) -> str:
    """The address of the form that waits, where the new thing is chosen now; "" where none does."""
    mark = request.GET.get(BACK, "")
    kept = request.session.get(KEPT, {}).get(mark)
    if kept is None:
        return ""
    pointed = Pointed(register_named(kept["register"]).field(kept["what"]), mine)
    kept["typed"][kept["what"]] = pointed.told_apart(thing)
    request.session.modified = True
    return _address(kept, mark)


def _address(kept: Mapping[str, Any], mark: str) -> str:
    return f"{kept['url'].rstrip('?')}{'&' if '?' in kept['url'].rstrip('?') else '?'}{urlencode({TAKEN: mark})}"
