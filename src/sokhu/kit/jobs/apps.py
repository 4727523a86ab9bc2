from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "sokhu.kit.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
