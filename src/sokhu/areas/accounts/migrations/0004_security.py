import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sokhu.kit.sealing.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_grants"),
        ("sealing", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret", models.TextField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LogIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("device", models.CharField(blank=True, max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="log_ins", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-seen_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("logged_in", "đăng nhập"),
                            ("logged_out", "thoát"),
                            ("failed", "sai mật khẩu"),
                            ("locked", "tạm khóa vì sai nhiều lần"),
                            ("unlocked", "mở khóa"),
                            ("code_failed", "sai mã xác thực"),
                            ("code_locked", "tạm khóa mã xác thực"),
                            ("code_set", "lập mã xác thực"),
                            ("code_reset", "đặt lại mã xác thực"),
                            ("recovery_used", "dùng mã dự phòng"),
                            ("recovery_made", "lập mã dự phòng mới"),
                            ("password_set", "đặt mật khẩu"),
                            ("link_made", "cấp liên kết đặt mật khẩu"),
                            ("sessions_ended", "kết thúc các phiên"),
                            ("invited", "lập tài khoản"),
                            ("given", "giao vai trò"),
                            ("ended", "thôi vai trò"),
                            ("stopped", "ngừng tài khoản"),
                            ("resumed", "mở lại tài khoản"),
                        ],
                        max_length=16,
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=80)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("words", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["user", "-at"], name="accounts_events_of_user")],
            },
        ),
        append_only("accounts_securityevent"),
    ]
