"""Cells, streams, observations: the ledger; and proposals, which are not in it yet.

The words are those of `docs/ledger.md`. Sealed tables are append-only in the database itself.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.areas.sources.models import Document, StreamKind
from sokhu.kit.sealing.models import SealedRow


class CellKind(models.TextChoices):
    RESULT = "result", _("thực hiện")
    PLAN = "plan", _("kế hoạch")


class Maturity(models.TextChoices):
    ESTIMATE = "estimate", _("ước tính")
    PRELIMINARY = "preliminary", _("sơ bộ")
    FINAL = "final", _("chính thức")


class Emptiness(models.TextChoices):
    """Why there is no amount. None of these is zero."""

    NOT_DUE = "not_due", _("chưa đến hạn")
    NOT_REPORTED = "not_reported", _("chưa báo cáo")
    NOT_AVAILABLE = "not_available", _("không có số")
    NOT_APPLICABLE = "not_applicable", _("không áp dụng")
    WITHHELD = "withheld", _("giữ kín")


class Cell(SealedRow):
    """What a figure is about; its id is made from its content (`core.cell`), so that one cell exists once."""

    SEALED = (
        "indicator",
        "place",
        "period",
        "first",
        "last",
        "regime",
        "kind",
        "ownership",
        "country",
        "sector",
        "zone_kind",
        "currency",
        "other",
    )

    indicator = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    first = models.DateField()
    last = models.DateField()
    regime = models.CharField(max_length=24)
    kind = models.CharField(max_length=8, choices=CellKind.choices)
    ownership = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=8, blank=True)
    sector = models.CharField(max_length=16, blank=True)
    zone_kind = models.CharField(max_length=24, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    other = models.CharField(max_length=120, blank=True)  # rarer breakdowns, "of=capital_new"

    class Meta:
        indexes = [
            models.Index(fields=["last"], name="ledger_cell_last"),
            models.Index(fields=["place", "last"], name="ledger_cell_place_last"),
            models.Index(fields=["indicator", "place", "last"], name="ledger_cell_question"),
        ]


class Stream(SealedRow):
    """Who says it. Streams stand beside each other; none replaces another."""

    SEALED = ("kind", "speaker")

    kind = models.CharField(max_length=16, choices=StreamKind.choices)
    speaker = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "speaker"], name="ledger_one_stream_per_speaker")]


class Located(SealedRow):
    """A row with a place in a document. passage: digest of the quoted words, which stand in `Words`."""

    LOCATED = ("document_id", "document_sha256", "start", "end", "passage", "locator")

    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    document_sha256 = models.CharField(max_length=64, blank=True)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    passage = models.CharField(max_length=64, blank=True)
    locator = models.CharField(max_length=200, blank=True)  # where there are no characters: "bảng 2, hàng 3"

    class Meta:
        abstract = True


class Observation(Located):
    """A figure with its source. amount: 10^-6 of the indicator's canonical unit (`core.quantity`)."""

    SEALED = (
        "cell_id",
        "stream_id",
        "amount",
        "emptiness",
        "as_written",
        "approx",
        "maturity",
        "replaces_id",
        "owner",
        "is_public",
        *Located.LOCATED,
    )

    cell = models.ForeignKey(Cell, models.PROTECT, related_name="observations")
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="observations")
    amount = models.BigIntegerField(null=True)
    emptiness = models.CharField(max_length=16, choices=Emptiness.choices, blank=True)
    as_written = models.CharField(max_length=120)
    approx = models.BooleanField(default=False)
    maturity = models.CharField(max_length=12, choices=Maturity.choices)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    owner = models.CharField(max_length=80, blank=True)  # the authority whose book it is in
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=False, emptiness="")
                | models.Q(amount__isnull=True) & ~models.Q(emptiness=""),
                name="ledger_amount_or_emptiness",
            ),
            # What stands is the newest: two of one batch would have no order. By expressions, since SQLite makes a
            # table anew for a constraint by fields, and its triggers would be lost.
            models.UniqueConstraint("cell", "stream", "batch", name="ledger_one_figure_per_batch"),
        ]


class Citation(Located):
    """The same figure said again by the same stream: another place that says it, not another figure."""

    SEALED = ("observation_id", *Located.LOCATED)

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="citations")


class Withdrawal(SealedRow):
    """Takes an observation back; what it had replaced stands again. The reason is that of the batch."""

    SEALED = ("observation_id",)

    observation = models.OneToOneField(Observation, models.PROTECT, related_name="withdrawal")


class Movement(models.Model):
    """What a registered thing does to an indicator on one day (`core.movement`), from one batch on until another.

    Not sealed: it follows from the sealed versions of the registers, and `sokhu verify` makes it again from them.
    amount: signed, 10^-6 of the indicator's canonical unit. since, until: sequence of the batch that made it, and of
    the one that it no longer holds after; None while it stands.
    """

    register = models.CharField(max_length=40)
    thing = models.UUIDField()
    source = models.UUIDField()
    indicator = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    owner = models.CharField(max_length=80)
    day = models.DateField()
    amount = models.BigIntegerField()
    ownership = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=8, blank=True)
    sector = models.CharField(max_length=16, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "indicator", "day"], name="ledger_movement_place"),
            models.Index(fields=["thing", "register"], name="ledger_movement_thing"),
            models.Index(fields=["since"], name="ledger_movement_since"),
            models.Index(fields=["until"], name="ledger_movement_until"),
        ]


class Completeness(SealedRow):
    """An authority's word that a register of its zones is complete from a day on; the newest counts.

    starts None: the word is taken back. The reason is that of the batch.
    """

    SEALED = ("authority", "register", "starts")

    authority = models.CharField(max_length=80)
    register = models.CharField(max_length=40)
    starts = models.DateField(null=True)


class ProposedState(models.TextChoices):
    OPEN = "open", _("chờ xem")
    ACCEPTED = "accepted", _("đã nhận")
    REJECTED = "rejected", _("đã bỏ")


class Proposal(models.Model):
    """The figures that were read from one document, waiting for a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="proposal")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()


class ProposedFigure(models.Model):
    """One figure as read, and as corrected before acceptance. Its id becomes the observation's id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="figures")
    order = models.PositiveIntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    as_written = models.CharField(max_length=120)
    value = models.CharField(max_length=40)  # exact decimal in the base unit; "" where there is a reason instead
    emptiness = models.CharField(max_length=16, choices=Emptiness.choices, blank=True)
    unit = models.CharField(max_length=32)
    indicator = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=80, blank=True)
    scope_as_read = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=24, blank=True)
    asof = models.BooleanField(default=False)
    regime = models.CharField(max_length=24, default="calendar")
    kind = models.CharField(max_length=8, choices=CellKind.choices, default=CellKind.RESULT)
    ownership = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=8, blank=True)
    zone_kind = models.CharField(max_length=24, blank=True)
    other = models.CharField(max_length=120, blank=True)
    approx = models.BooleanField(default=False)
    maturity = models.CharField(max_length=12, choices=Maturity.choices, default=Maturity.FINAL)
    locator = models.CharField(max_length=200, blank=True)  # "Sheet1!C12", where the document is a workbook
    is_repeat = models.BooleanField(default=False)
    confidence = models.FloatField()
    is_edited = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ProposedState.choices, default=ProposedState.OPEN)
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["proposal", "order"], name="ledger_one_figure_per_order")]
