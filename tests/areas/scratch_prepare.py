"""Makes the scratch book: tables, catalogue, and a short history with every kind of batch."""

from __future__ import annotations

from django.core.management import call_command
from scratch import brought_in

from factories import a_document, a_figure, a_proposal, accept_all
from sokhu.areas.catalogue.actions import load_shipped
from sokhu.areas.ledger.actions import correct, withdraw
from sokhu.areas.territory.queries import SYSTEM

call_command("migrate", verbosity=0)
load_shipped()
accept_all(SYSTEM, brought_in("dau-tien"), reason="lần đầu")
proposal = a_proposal(a_figure("5"), document=a_document(owner=""))
accept_all(SYSTEM, proposal, reason="một số")
new = correct(SYSTEM, proposal.figures.get().pk, "6 triệu USD", "Bà X báo nhầm")
withdraw(SYSTEM, new.pk, "rút lại")
