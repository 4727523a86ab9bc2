"""The background work that takes a workbook in. Broken off and begun again, it finds what it stored as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.territory.queries import reach_of
from sokhu.core.workbook.grid import Sheet
from sokhu.documents.extract import read_workbook
from sokhu.kit.jobs.models import Job
from sokhu.kit.jobs.queue import ask_for
from sokhu.kit.jobs.work import Progress, work_of
from sokhu.kit.registers.declaration import register_named
from sokhu.kit.registers.importing import first_sheet, look, take
from sokhu.kit.registers.models import Upload
from sokhu.kit.registers.uploads import say_taken

TAKE = "register.take"


def sheet_of(upload: Upload) -> Sheet:
    """Raises what `read_workbook` and `first_sheet` raise."""
    return first_sheet(read_workbook(bytes(upload.data), upload.name))


def ask_to_take(upload: Upload) -> Job:
    return ask_for(TAKE, str(upload.pk), {"upload": str(upload.pk)}, author=upload.user_id)


@work_of(TAKE)
def take_in(params: Mapping[str, Any], progress: Progress) -> None:
    upload = Upload.objects.select_related("user").get(pk=params["upload"])
    register = register_named(upload.register)
    with pinned_catalogue(moment_of()):
        mine = reach_of(upload.user, timezone.localdate())
        looked = look(register, mine, sheet_of(upload))
        counts = take(register, mine, looked.rows, reason=upload.reason or upload.name, progress=progress)
    say_taken(upload, counts | {"faults": len(looked.faults)})
