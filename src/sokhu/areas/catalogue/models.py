"""The running catalogue: dated, append-only entries of everything an answer depends on besides observations."""

from __future__ import annotations

from django.db import models

from sokhu.kit.sealing.models import SealedRow


class Entry(SealedRow):
    """One version of one catalogue item, e.g. kind "indicators/investment.toml", key "capital_new".

    data: canonical JSON of the item as `catalogue/*.toml` writes it; the newest batch wins, older ones answer
    for older moments. Valid dates of the item itself stand inside data. `stored.RETIRED`: no longer in use.
    """

    SEALED = ("kind", "key", "order", "data")

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    order = models.IntegerField()  # place in the catalogue: files give things in the order people read them
    data = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "batch"], name="catalogue_one_version_per_batch")]
        indexes = [models.Index(fields=["kind", "batch"], name="catalogue_kind_batch")]
