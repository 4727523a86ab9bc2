from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sokhu.areas.ledger"
    label = "ledger"
