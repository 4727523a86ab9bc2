from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sokhu.areas.catalogue"
    label = "catalogue"
