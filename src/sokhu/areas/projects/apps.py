from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "sokhu.areas.projects"
    label = "projects"

    def ready(self) -> None:
        from sokhu.areas.projects.registry import REGISTERS
        from sokhu.kit.registers.declaration import keep

        keep(*REGISTERS)
