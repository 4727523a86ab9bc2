from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sokhu.areas.accounts"
    label = "accounts"
