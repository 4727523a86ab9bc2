from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "sokhu.areas.zones"
    label = "zones"

    def ready(self) -> None:
        from sokhu.areas.ledger.registers import add_register
        from sokhu.areas.zones.moving import LEASES, ZONES
        from sokhu.areas.zones.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
        add_register(ZONES)
        add_register(LEASES)
