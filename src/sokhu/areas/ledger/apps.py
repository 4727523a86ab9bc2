from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sokhu.areas.ledger"
    label = "ledger"

    def ready(self) -> None:
        from sokhu.areas.ledger.shown import told_in_units
        from sokhu.kit.wording import name_by

        name_by(told_in_units)
