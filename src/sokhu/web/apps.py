from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sokhu.web"
    label = "web"

    def ready(self) -> None:
        from sokhu.web.pages.registers import taking  # names the kinds of work

        assert taking
