"""Making accounts and giving roles."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sokhu.areas.accounts.models import Grant, User


def ensure_account(username: str, full_name: str, role: str, authority: str, starts: date) -> User:
    """A demo account with that role; made without a usable password when new, left alone when there."""
    with transaction.atomic():
        made = {"full_name": full_name, "is_demo": True}
        user, is_new = User.objects.get_or_create(username=username, defaults=made)
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        Grant.objects.get_or_create(user=user, role=role, authority=authority, starts=starts)
    return user
