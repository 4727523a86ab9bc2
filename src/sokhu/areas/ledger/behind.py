"""What stands behind the answers of a page: who said their figures, in which document, of which day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from sokhu.areas.ledger import queries, shown
from sokhu.areas.sources.models import TYPED
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer


def observations_behind(answers: Iterable[Answer]) -> set[UUID]:
    """Of an answer that was said, the observation that answers; of one that was made, those of its parts.

    A total of a copy comes without its parts; its page tells them.
    """
    found: set[UUID] = set()
    waiting = list(answers)
    while waiting:
        one = waiting.pop()
        if one.facts:
            found.add(one.facts[0].id)
        elif one.how != "missing":
            waiting.extend(one.parts)
    return found


def sources_of(mine: Reach, answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Document, speaker, day and how many of the figures it says, the most first; one database question."""
    rows = queries.visible_observations(mine).filter(pk__in=observations_behind(answers))
    named = rows.values_list("document__title", "document__kind", "document__published", "stream__speaker")
    counted = named.annotate(count=Count("pk")).order_by("-count", "document__title", "stream__speaker")
    return [
        {
            "title": _("nhập tay") if kind in (None, TYPED) else title,
            "speaker": shown.speaker_words(speaker),
            "date": shown.day_words(published),
            "count": count,
        }
        for title, kind, published, speaker, count in counted
    ]
