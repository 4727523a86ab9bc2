from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "sokhu.areas.calendar"
    label = "calendar"

    def ready(self) -> None:
        from sokhu.areas.calendar.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
