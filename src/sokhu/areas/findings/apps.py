from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "sokhu.areas.findings"
    label = "findings"

    def ready(self) -> None:
        from sokhu.areas.findings import jobs  # names the kinds of work

        assert jobs
