from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sokhu.areas.accounts"
    label = "accounts"

    def ready(self) -> None:
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

        from sokhu.areas.accounts import events

        user_logged_in.connect(events.logged_in)
        user_logged_out.connect(events.logged_out)
        user_login_failed.connect(events.log_in_failed)
        user_locked_out.connect(events.locked_out)
