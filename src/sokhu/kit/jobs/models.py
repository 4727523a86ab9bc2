"""Work that goes on after the page was answered: one row a job, which any worker may take up, and take up again."""

from __future__ import annotations

import uuid

from django.db import models


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """kind: which work (`kit.jobs.work`); subject: the id of what it is about, by which pages find it.

    alive_until: until when its worker has said that it lives; after that another one takes the job up again.
    problem: code and values of what kept it from being done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    author = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=40, blank=True)
    alive_until = models.DateTimeField(null=True)
    problem = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="jobs_waiting"),
            models.Index(fields=["kind", "subject", "asked_at"], name="jobs_subject"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)
