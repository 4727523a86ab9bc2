from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "sokhu.areas.findings"
    label = "findings"
