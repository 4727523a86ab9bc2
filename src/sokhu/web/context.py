"""What every page of the staff face shows: the book, who is signed in, the left rail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from sokhu.areas.accounts.models import Role
from sokhu.areas.findings.beside import reads_boards
from sokhu.areas.findings.queries import open_count
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.queries import waiting_count
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.kit.book import is_illustrative
from sokhu.kit.registers.declaration import Register, by_subject, registers
from sokhu.kit.sealing.queries import head
from sokhu.web.guards import is_asked
from sokhu.web.outside import name_of_what

UNFOLDED = 3  # a subject with more registers folds
EXACT = ("overview", "findings")  # items that have others below their address


@dataclass(frozen=True, slots=True)
class RailItem:
    label: str
    url: str
    active: bool = False
    count: int | str = ""


@dataclass(frozen=True, slots=True)
class RailGroup:
    """is_folded: its items show when its label is opened; None for a group that never folds."""

    label: str
    items: tuple[RailItem, ...]
    is_folded: bool | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy, so that a fragment for htmx asks the database for none of it."""
    return {
        "book": SimpleLazyObject(_book),
        "who": SimpleLazyObject(lambda: _who(request)),
        "rail": SimpleLazyObject(lambda: _rail(request)),
    }


def _book() -> dict[str, Any]:
    sequence, digest = head()
    return {
        "name": shown.book_name(),
        "sequence": format_number(sequence),
        "digest": digest[:12],
        "is_illustrative": is_illustrative(),
    }


def _who(request: HttpRequest) -> dict[str, str] | None:
    if not request.user.is_authenticated or is_asked(request):
        return None
    mine = reach(request)
    roles = ", ".join(str(Role(role).label) for role in sorted(mine.roles))
    first = next(iter(mine.held), None)
    place = name_of_what(first.role, mine.home, first.subject) if first else ""
    return {"name": str(request.user), "role": roles, "place": place}


def _rail(request: HttpRequest) -> tuple[RailGroup, ...]:
    if not request.user.is_authenticated:
        return ()
    here = request.path

    def item(label: str, name: str, count: int | str = "") -> RailItem:
        url = reverse(name)
        return RailItem(label, url, here == url if name in EXACT else here.startswith(url), count)

    return (
        RailGroup(
            "",
            (
                item(_("Tổng quan"), "overview"),
                item(_("Khám phá số liệu"), "explore"),
                item(_("So sánh"), "compare"),
                item(_("Số liệu"), "observations"),
                item(_("Tài liệu"), "documents", waiting_count(reach(request)) or ""),
                item(_("Biểu mẫu"), "forms"),
                item(_("Báo cáo"), "reports"),
            ),
        ),
        RailGroup(
            _("Rà soát số liệu"),
            (
                item(_("Phát hiện trong sổ"), "findings", open_count(reach(request)) or ""),
                item(_("Soát văn bản"), "drafts"),
                *([item(_("Sổ bộ và báo cáo"), "derived_beside")] if reads_boards(reach(request)) else []),
            ),
        ),
        *_register_groups(here),
        RailGroup(_("Danh mục"), (item(_("Chỉ tiêu"), "indicators"), item(_("Địa bàn"), "places"))),
        RailGroup(_("Quản trị"), (*_administration(request, item), item(_("Quyền"), "rights"))),
    )


def _register_groups(here: str) -> Iterator[RailGroup]:
    """Registers that stand for themselves, by subject; those of none come last, with the way to all of them."""
    groups = by_subject(one for one in registers() if one.is_looked_through)
    rest = groups.pop("", [])
    for subject, some in groups.items():
        items = tuple(_register_item(one, here) for one in some)
        is_long = len(items) > UNFOLDED
        yield RailGroup(subject, items, not any(one.active for one in items) if is_long else None)
    everything = RailItem(_("Mọi sổ bộ"), reverse("registers"), here == reverse("registers"))
    yield RailGroup(_("Hồ sơ quản lý"), (*(_register_item(one, here) for one in rest), everything))


def _register_item(register: Register, here: str) -> RailItem:
    url = reverse("register", args=[register.code])
    return RailItem(str(register.name), url, here.startswith(url))


def _administration(request: HttpRequest, item: Callable[[str, str], RailItem]) -> tuple[RailItem, ...]:
    """What administrators and auditors find there."""
    mine = reach(request)
    if not mine.covered("read", "user_account").owners:
        return ()
    return (item(_("Người dùng"), "people"), item(_("Nhật ký an ninh"), "security_events"))
