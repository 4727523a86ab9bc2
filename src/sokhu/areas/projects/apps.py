from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "sokhu.areas.projects"
    label = "projects"

    def ready(self) -> None:
        from sokhu.areas.ledger.registers import add_register
        from sokhu.areas.projects.moving import PROJECTS, REPORTS, RESOURCES, SCHEDULES
        from sokhu.areas.projects.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
        for one in (PROJECTS, REPORTS, RESOURCES, SCHEDULES):
            add_register(one)
