"""What stands behind the answers of a page: who said their figures, in which document, of which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from sokhu.areas.ledger import queries, shown
from sokhu.areas.sources.models import TYPED
from sokhu.areas.territory.queries import Reach
from sokhu.core.answer import Answer
from sokhu.core.fact import Fact


def facts_behind(answers: Iterable[Answer]) -> dict[UUID, Fact]:
    """Of an answer that was said, the figure that answers; of one that was made, those of its parts, by their ids.

    A total of a copy comes without its parts; its page tells them.
    """
    found: dict[UUID, Fact] = {}
    waiting = list(answers)
    while waiting:
        one = waiting.pop()
        if one.facts:
            found[one.facts[0].id] = one.facts[0]
        elif one.how != "missing":
            waiting.extend(one.parts)
    return found


def sources_of(mine: Reach, answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Document or register, speaker, day and how many of the figures it says, the most first; one database question."""
    facts = facts_behind(answers)
    rows = queries.visible_observations(mine).filter(pk__in=[one.id for one in facts.values() if not one.is_derived])
    named = rows.values_list("document__title", "document__kind", "document__published", "stream__speaker")
    counted = named.annotate(count=Count("pk")).order_by("-count", "document__title", "stream__speaker")
    said = [
        {
            "title": _("nhập tay") if kind in (None, TYPED) else title,
            "speaker": shown.speaker_words(speaker),
            "date": shown.day_words(published),
            "count": count,
        }
        for title, kind, published, speaker, count in counted
    ]
    return [*_registers_behind(facts.values()), *said]


def _registers_behind(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    keepers = Counter(one.stream[1] for one in facts if one.is_derived)
    return [
        {"title": _("suy ra từ sổ bộ"), "speaker": shown.speaker_words(keeper), "date": "", "count": count}
        for keeper, count in keepers.most_common()
    ]
