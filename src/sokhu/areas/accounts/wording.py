"""What the table of rights is called on screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sokhu.core.rights import Action, Scope, Thing

THINGS: dict[Thing, str | Promise] = {
    "public_figure": _("Số liệu đã công bố"),
    "accepted_figure": _("Số liệu đã nhận vào sổ"),
    "proposed_figure": _("Số liệu chờ duyệt"),
    "public_document": _("Tài liệu đã công bố"),
    "document": _("Tài liệu chưa công bố"),
    "mapping": _("Cách đọc bảng tính"),
    "finding": _("Phát hiện"),
    "report_draft": _("Dự thảo báo cáo"),
    "issued_report": _("Báo cáo đã ban hành"),
    "open_record": _("Bản ghi của sổ bộ mở"),
    "register_record": _("Bản ghi của sổ bộ"),
    "common_record": _("Bản ghi dùng chung cả nước"),
    "personal_data": _("Dữ liệu cá nhân trong sổ bộ"),
    "user_account": _("Tài khoản và vai trò"),
    "administrator_account": _("Vai trò quản trị viên"),
    "security_event": _("Nhật ký an ninh"),
}
ACTIONS: dict[Action, str | Promise] = {
    "read": _("xem"),
    "write": _("ghi"),
    "issue": _("ban hành"),
    "declare": _("tuyên bố đầy đủ"),
    "administer": _("quản trị"),
}
SCOPES: dict[Scope, str | Promise] = {
    "everyone": _("mọi tài khoản"),
    "own": _("cơ quan mình"),
    "predecessor": _("cơ quan tiền thân"),
    "block": _("khối thi đua"),
    "addressee": _("được gửi tới"),
    "country": _("cả nước"),
    "subject": _("khu, doanh nghiệp của mình"),
}
