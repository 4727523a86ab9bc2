"""The second factor: codes of six digits from a telephone, and recovery codes (docs/access.md)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sokhu.areas.accounts.events import tell
from sokhu.areas.accounts.models import EventKind, RecoveryCode, SecondFactor, User
from sokhu.core.problems import Problem
from sokhu.core.rights import APPROVING, roles_that

ISSUER, STEP_SECONDS, DRIFT = "So Khu", 30, 1  # clocks may be one step apart
WRONG_LIMIT, LOCKED_FOR = 5, timedelta(minutes=15)
RECOVERY_CODES, RECOVERY_LETTERS = 10, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NEEDING = frozenset(roles_that(APPROVING))


def is_needed(user: User, roles: Iterable[str]) -> bool:
    """Whether somebody has to show a second factor: who approves or administers, demo accounts apart."""
    return bool(settings.ENVIRONMENT.second_factor and not user.is_demo and NEEDING.intersection(roles))


def is_set(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def begin(user: User) -> str:
    """A secret to be put into a telephone; the same one until its first code is right.

    Raises Problem("second.is_set") where the person has a second factor.
    """
    factor, _is_new = SecondFactor.objects.get_or_create(user=user, defaults={"secret": _locked(pyotp.random_base32())})
    if factor.confirmed_at is not None:
        raise Problem("second.is_set")
    return _open(factor)


def address_for(user: User, secret: str) -> str:
    """What the QR code says: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def confirm(user: User, code: str, now: datetime, request: HttpRequest | None = None) -> list[str]:
    """The first code from the telephone: the second factor holds from now. Returns the recovery codes, shown once.

    Raises Problem("second.wrong"), "second.locked", "second.is_set".
    """
    begin(user)
    _checked(user, code, now, request)
    SecondFactor.objects.filter(user=user).update(confirmed_at=now)
    tell(EventKind.CODE_SET, user, by=user, request=request)
    return _new_codes(user)


def check(user: User, code: str, now: datetime, request: HttpRequest | None = None) -> None:
    """A code of the telephone or a recovery code. now: aware.

    Raises Problem("second.not_set"), "second.wrong", "second.used", "second.locked" (minutes), "second.unreadable".
    """
    if not is_set(user):
        raise Problem("second.not_set")
    _checked(user, code, now, request)


def renew_codes(user: User, request: HttpRequest | None = None) -> list[str]:
    """Ten new recovery codes, shown once; the old ones no longer count."""
    tell(EventKind.RECOVERY_MADE, user, by=user, request=request)
    return _new_codes(user)


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def forget(user: User) -> None:
    """Takes the second factor away; the next log-in asks for a new one."""
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()


def _checked(user: User, code: str, now: datetime, request: HttpRequest | None) -> None:
    """Wrong codes are counted also where what raised them is taken back: the count is stored before."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user=user)
        problem = _judged(factor, "".join(code.split()).replace("-", "").upper(), now)
        _count(factor, problem, now)
    if problem is None:
        return
    if problem.code != "second.locked":
        tell(EventKind.CODE_LOCKED if factor.locked_until else EventKind.CODE_FAILED, user, request=request)
    raise problem


def _judged(factor: SecondFactor, code: str, now: datetime) -> Problem | None:
    if factor.locked_until is not None and now < factor.locked_until:
        return Problem("second.locked", minutes=-(-(factor.locked_until - now).seconds // 60))
    if code.isascii() and code.isdigit():
        return _judged_code(factor, code, now)
    return None if _use_recovery(factor.user, code, now) else Problem("second.wrong")


def _judged_code(factor: SecondFactor, code: str, now: datetime) -> Problem | None:
    """None for a code that is right and new; it is used then."""
    totp, here = pyotp.TOTP(_open(factor)), int(now.timestamp()) // STEP_SECONDS
    steps = [step for step in range(here - DRIFT, here + DRIFT + 1) if compare_digest(totp.generate_otp(step), code)]
    if not steps:
        return Problem("second.wrong")
    if steps[-1] <= factor.last_step:
        return Problem("second.used")
    factor.last_step = steps[-1]
    return None


def _use_recovery(user: User, code: str, now: datetime) -> bool:
    used = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at__isnull=True).update(used_at=now)
    if used:
        tell(EventKind.RECOVERY_USED, user, by=user)
    return bool(used)


def _count(factor: SecondFactor, problem: Problem | None, now: datetime) -> None:
    if problem is not None and problem.code == "second.locked":
        return
    factor.failures = factor.failures + 1 if problem is not None else 0
    factor.locked_until = now + LOCKED_FOR if factor.failures >= WRONG_LIMIT else None
    if factor.locked_until:
        factor.failures = 0
    factor.save(update_fields=["failures", "locked_until", "last_step"])


def _new_codes(user: User) -> list[str]:
    codes = ["".join(secrets.choice(RECOVERY_LETTERS) for _letter in range(12)) for _code in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _digest(user: User, code: str) -> str:
    """Sixty random bits under the book's key need no slow hash."""
    return salted_hmac(f"sokhu.recovery.{user.pk}", code, algorithm="sha256").hexdigest()


def _key() -> Fernet:
    digest = hashlib.sha256(b"sokhu.second-factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _locked(secret: str) -> str:
    return _key().encrypt(secret.encode()).decode()


def _open(factor: SecondFactor) -> str:
    try:
        return _key().decrypt(factor.secret.encode()).decode()
    except InvalidToken as changed:  # the book's key is another one than when the secret was kept
        raise Problem("second.unreadable") from changed
