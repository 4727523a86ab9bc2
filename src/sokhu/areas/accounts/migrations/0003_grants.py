from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone


def mark_demo_accounts(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Until now only demo accounts had no usable password."""
    users = apps.get_model("accounts", "User").objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    users.update(is_demo=True)


PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_saved_view")]
    operations = [
        migrations.AddField("user", "is_demo", models.BooleanField(default=False)),
        migrations.RunPython(mark_demo_accounts, migrations.RunPython.noop),
        migrations.RemoveConstraint("grant", "accounts_one_grant"),
        migrations.AlterField(
            "grant",
            "role",
            models.CharField(
                max_length=16,
                choices=[
                    ("officer", "Cán bộ tổng hợp"),
                    ("division_head", "Trưởng phòng"),
                    ("head", "Lãnh đạo ban"),
                    ("block_head", "Khối trưởng"),
                    ("ministry", "Cơ quan trung ương"),
                    ("auditor", "Thanh tra, kiểm tra"),
                    ("developer", "Chủ đầu tư hạ tầng"),
                    ("enterprise", "Doanh nghiệp"),
                    ("administrator", "Quản trị viên"),
                ],
            ),
        ),
        migrations.AlterField("grant", "user", models.ForeignKey(PERSON, models.PROTECT, related_name="grants")),
        migrations.AddField("grant", "subject", models.CharField(max_length=80, blank=True, default="")),
        migrations.AddField(
            "grant", "given_by", models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
        ),
        migrations.AddField(
            "grant", "given_at", models.DateTimeField(auto_now_add=True, default=timezone.now), preserve_default=False
        ),
        migrations.AddField("grant", "reason", models.TextField(blank=True, default="")),
        migrations.AddField(
            "grant", "ended_by", models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
        ),
        migrations.AddField("grant", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "end_reason", models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            "grant",
            models.UniqueConstraint(
                fields=["user", "role", "authority", "subject", "starts"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_one_standing_grant",
            ),
        ),
    ]
