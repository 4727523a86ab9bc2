from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sokhu.web"
    label = "web"
