from django.apps import AppConfig


class InfrastructureConfig(AppConfig):
    name = "sokhu.areas.infrastructure"
    label = "infrastructure"

    def ready(self) -> None:
        from sokhu.areas.infrastructure.moving import MOVING
        from sokhu.areas.infrastructure.registry import REGISTERS
        from sokhu.areas.ledger.registers import add_register
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
        for one in MOVING:
            add_register(one)
