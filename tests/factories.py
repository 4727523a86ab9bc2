"""What tests put into a book, naming only what matters. The cast is the house's: An, Bình, Chi, Dũng, Giang.

An enters data for the board of Hải Phòng, Bình heads it, Lan a division of it; Minh audits its book, Oanh administers
its accounts; Chi works for Quảng Ngãi and must not see An's proposals;
Dũng leads the emulation block of the Red River Delta; Giang is the ministry. Nga has an account and no role.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sokhu.areas.accounts.actions import ensure_account
from sokhu.areas.accounts.models import User
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.actions import Accepted, accept, keep_proposal
from sokhu.areas.ledger.models import Observation, Proposal
from sokhu.areas.sources.actions import address
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach, reach_of

TODAY = date(2026, 11, 23)
HAI_PHONG, QUANG_NGAI = "board/hai-phong-2025", "board/quang-ngai-2025"
CAST = {
    "an": ("officer", HAI_PHONG),
    "binh": ("head", HAI_PHONG),
    "lan": ("division_head", HAI_PHONG),
    "minh": ("auditor", HAI_PHONG),
    "oanh": ("administrator", HAI_PHONG),
    "chi": ("officer", QUANG_NGAI),
    "dung": ("block_head", "block/dong-bang-song-hong"),
    "giang": ("ministry", "country/viet-nam"),
}
PRESS = ("press", "Báo Hải Phòng")


def a_person(name: str) -> User:
    """Somebody of the cast, or Nga, who has no role."""
    if name == "nga":
        return User.objects.get_or_create(username=name)[0]
    role, authority = CAST[name]
    return ensure_account(name, name.title(), role, authority, date(2020, 1, 1))


def reach(name: str) -> Reach:
    return reach_of(a_person(name), TODAY)


def a_document(
    owner: str = HAI_PHONG, stream: tuple[str, str] = PRESS, *, is_public: bool = False, to: Iterable[str] = ()
) -> Document:
    """A document nobody has to read: its figures are given by `a_proposal`."""
    text = f"Văn bản {uuid4()}"  # processes of one book must not meet by chance
    document = Document.objects.create(
        title=text,
        filename="van-ban.txt",
        kind="txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        stream_kind=stream[0],
        speaker=stream[1],
        owner=owner,
        is_public=is_public,
        added_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    address(document, to)
    return document


def a_figure(value: str = "100", unit: str = "USD", **fields: Any) -> dict[str, Any]:
    """Vốn cấp mới of Hải Phòng in 2024, in million USD, unless the test says something else."""
    base = str(int(value) * 1_000_000) if unit in ("USD", "VND") else value
    return {
        "start": 0,
        "end": 3,
        "quote": f"{value} {unit}",
        "as_written": f"{value} triệu {unit}" if unit in ("USD", "VND") else f"{value} {unit}",
        "value": base,
        "unit": unit,
        "indicator": "capital_new",
        "place": "province/hai-phong",
        "period": "2024",
        "confidence": 1.0,
    } | fields


def a_proposal(*figures: dict[str, Any], document: Document | None = None) -> Proposal:
    return keep_proposal(document or a_document(), figures, by=None)


def accept_all(mine: Reach, proposal: Proposal, **options: Any) -> Accepted:
    return accept(mine, proposal, ids_of(proposal), **options)


def ids_of(proposal: Proposal) -> list[UUID]:
    return list(proposal.figures.order_by("order").values_list("pk", flat=True))


def said(mine: Reach, figure: dict[str, Any], document: Document | None = None, **options: Any) -> Observation:
    """A figure read out of a document of its own and accepted; the observation that stands for it."""
    proposal = a_proposal(figure, document=document)
    result = accept_all(mine, proposal, **options)
    assert not result.refused, result.refused
    return Observation.objects.get(pk=proposal.figures.get().observation_id)


def standing(mine: Reach | None = None, **wanted: Any) -> list[int | None]:
    """The amounts that stand, in whole units of money (10^-6 of a million), the oldest first."""
    rows = queries.visible_observations(mine) if mine else Observation.objects.all()
    return list(queries.current(rows.filter(**wanted)).order_by("batch_id").values_list("amount", flat=True))
