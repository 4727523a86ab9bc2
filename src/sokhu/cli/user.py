"""`sokhu user`: accounts and roles from the command line, where no page can make the first administrator."""

from __future__ import annotations

import argparse
from typing import Any

ROLE_HELP = "vai trò | role, e.g. officer, head, administrator (sokhu rights)"
AUTHORITY_HELP = "cơ quan | authority, e.g. board/hai-phong-2025, country/viet-nam"


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "tài khoản và vai trò: thêm, giao, thôi, liệt kê | accounts and roles: add, give, end, list"
    verbs = commands.add_parser("user", help=about, description=about).add_subparsers(
        metavar="VIỆC/VERB", required=True
    )
    add = verbs.add_parser(
        "add", help="thêm người, in liên kết đặt mật khẩu | add a person, print the link for a password"
    )
    add.add_argument("username")
    add.add_argument("--name", required=True, help="họ tên | full name")
    _offer_arguments(add)
    add.set_defaults(run=add_user)
    grant = verbs.add_parser("grant", help="giao thêm vai trò | give another role")
    grant.add_argument("username")
    _offer_arguments(grant)
    grant.set_defaults(run=give_role)
    end = verbs.add_parser("end", help="thôi vai trò ngay | end a role at once")
    end.add_argument("username")
    end.add_argument("--role", required=True, help=ROLE_HELP)
    end.add_argument("--authority", required=True, help=AUTHORITY_HELP)
    end.add_argument("--subject", default="", help="khu, doanh nghiệp | zone, enterprise")
    end.add_argument("--reason", required=True, help="lý do | reason")
    end.set_defaults(run=end_role)
    listed = verbs.add_parser("list", help="mọi tài khoản với vai trò | every account with its roles")
    listed.add_argument("--authority", default="", help=AUTHORITY_HELP)
    listed.set_defaults(run=list_users)


def _offer_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--role", required=True, help=ROLE_HELP)
    command.add_argument("--authority", required=True, help=AUTHORITY_HELP)
    command.add_argument("--subject", default="", help="mã khu, mã số thuế | zone id, tax code")
    command.add_argument("--starts", default="", help="từ ngày; trống: hôm nay | first day; empty: today")
    command.add_argument("--ends", default="", help="đến hết ngày; trống: không hạn | last day; empty: none")
    command.add_argument("--reason", required=True, help="lý do | reason")


def _offer(options: argparse.Namespace) -> Any:
    from django.utils import timezone

    from sokhu.areas.accounts.people import Offer
    from sokhu.areas.territory.queries import known_place
    from sokhu.core.period import parse

    return Offer(
        role=options.role,
        authority=known_place(options.authority),
        starts=parse(options.starts).last if options.starts else timezone.localdate(),
        ends=parse(options.ends).last if options.ends else None,
        subject=options.subject,
        reason=options.reason,
    )


def add_user(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from sokhu.areas.accounts.people import invite, password_link
    from sokhu.areas.territory.queries import SYSTEM

    today = timezone.localdate()
    user = invite(SYSTEM, options.username, options.name, _offer(options), by=None, today=today)
    link = reverse("set_password", args=password_link(SYSTEM, user, by=None, today=today))
    print(f"{user.username}: {settings.ENVIRONMENT.address}{link}")
    print("Liên kết dùng một lần, trong ba ngày | the link counts once, for three days.")
    return 0


def give_role(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from django.utils import timezone

    from sokhu.areas.accounts.people import give
    from sokhu.areas.accounts.queries import user_named
    from sokhu.areas.territory.queries import SYSTEM

    user = user_named(options.username)
    give(SYSTEM, user, _offer(options), by=None, today=timezone.localdate())
    return _printed(user)


def end_role(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from django.utils import timezone

    from sokhu.areas.accounts.people import end
    from sokhu.areas.accounts.queries import standing_grants, user_named
    from sokhu.areas.territory.queries import SYSTEM
    from sokhu.core.problems import Problem

    user, today = user_named(options.username), timezone.localdate()
    wanted = (options.role, options.authority, options.subject)
    found = [one for one in standing_grants(user, today) if (one.role, one.authority, one.subject) == wanted]
    if not found:
        raise Problem("people.no_such_role", found=" ".join(filter(None, wanted)), user=user.username)
    for one in found:
        end(SYSTEM, one, options.reason, by=None, today=today)
    return _printed(user)


def list_users(options: argparse.Namespace) -> int:
    from sokhu.cli.book import with_django

    with_django()
    from sokhu.areas.accounts.models import User

    users = User.objects.order_by("username")
    for user in users.filter(grants__authority=options.authority).distinct() if options.authority else users:
        _printed(user)
    return 0


def _printed(user: Any) -> int:
    from django.utils import timezone

    from sokhu.areas.accounts.queries import standing_grants

    state = "" if user.is_active else "  (đã ngừng | stopped)"
    print(f"{user.username}  {user.full_name}{state}")
    for one in standing_grants(user, timezone.localdate()):
        days = f"{one.starts:%d/%m/%Y} – {one.ends:%d/%m/%Y}" if one.ends else f"từ | from {one.starts:%d/%m/%Y}"
        print("   " + "  ".join(filter(None, (one.role, one.authority, one.subject, days))))
    return 0
