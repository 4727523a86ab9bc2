from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "sokhu.areas.publications"
    label = "publications"

    def ready(self) -> None:
        from sokhu.areas.publications import jobs  # names the kinds of work

        assert jobs
