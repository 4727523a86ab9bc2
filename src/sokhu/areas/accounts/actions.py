"""Making accounts and giving roles."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sokhu.areas.accounts.models import Grant, User


def ensure_account(username: str, full_name: str, role: str, authority: str, starts: date, subject: str = "") -> User:
    """A demo account with that role; made without a usable password when new, left alone where it has a role.

    subject: what the role is about, where it is of one zone or enterprise (see `Grant`).
    """
    with transaction.atomic():
        made = {"full_name": full_name, "is_demo": True}
        user, is_new = User.objects.get_or_create(username=username, defaults=made)
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        if not user.grants.exists():
            Grant.objects.create(user=user, role=role, authority=authority, subject=subject, starts=starts)
    return user
