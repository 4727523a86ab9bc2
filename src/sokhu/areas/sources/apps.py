from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sokhu.areas.sources"
    label = "sources"
