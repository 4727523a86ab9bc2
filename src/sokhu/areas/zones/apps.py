from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "sokhu.areas.zones"
    label = "zones"

    def ready(self) -> None:
        from sokhu.areas.ledger.registers import add_register
        from sokhu.areas.territory.queries import told_by_name
        from sokhu.areas.zones.moving import LEASES, PLOTS, ZONES
        from sokhu.areas.zones.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep
        from sokhu.kit.wording import name_by

        name_by(told_by_name)
        keep(*REGISTERS)
        for one in (ZONES, PLOTS, LEASES):
            add_register(one)
