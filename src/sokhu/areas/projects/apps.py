from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "sokhu.areas.projects"
    label = "projects"

    def ready(self) -> None:
        from sokhu.areas.ledger.registers import add_register
        from sokhu.areas.projects.moving import PROJECTS, REPORTS
        from sokhu.areas.projects.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
        add_register(PROJECTS)
        add_register(REPORTS)
