"""`sokhu enter`: what the page "Ghi một số" does."""

from __future__ import annotations

import argparse

from django.utils import timezone, translation

from sokhu.areas.accounts.queries import user_named
from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger.entering import Entry, enter
from sokhu.areas.territory.queries import reach_of


def enter_figure(options: argparse.Namespace) -> int:
    """Enters one figure, or why there is none, for the authority of the user named; prints its id and entry."""
    user = user_named(options.user)
    typed = {name: getattr(options, name) for name in Entry.__dataclass_fields__}
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        mine = reach_of(user, timezone.localdate())
        one = enter(mine, Entry(**typed), options.note, by=user, revise=options.revise)
    print(f"mục | entry {one.batch_id}: {one.as_written or one.emptiness} · {one.pk}")
    return 0
