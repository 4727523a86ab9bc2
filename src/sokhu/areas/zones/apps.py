from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "sokhu.areas.zones"
    label = "zones"

    def ready(self) -> None:
        from sokhu.areas.zones.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
