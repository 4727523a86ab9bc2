from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "sokhu.areas.reporting"
    label = "reporting"
