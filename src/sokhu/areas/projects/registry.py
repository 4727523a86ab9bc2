"""The registers of projects, each in one declaration."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sokhu.areas.projects import follow, reports, rules, schedule
from sokhu.areas.projects.models import (
    COLUMN_WORDS,
    ITEM_WORDS,
    CertificateEvent,
    Enterprise,
    ImplementationReport,
    Investor,
    Milestone,
    Project,
    ProjectEnterprise,
    ProjectInvestor,
)
from sokhu.areas.zones.rules import check_span
from sokhu.core.certificates.event import SAYS
from sokhu.core.implementation import EQUITY, ITEMS, LOANS, REINVESTED
from sokhu.kit.registers.declaration import ByKind, Register, Words

SUBJECT = _("Dự án, doanh nghiệp")
# What an enterprise's own people read: what its projects have.
OF_ENTERPRISE = ("project__enterprise_now__tax_code",)

PROJECTS = Register(
    code="projects",
    model=Project,
    name=_("Dự án đầu tư"),
    one=_("dự án"),
    title="name_now",
    columns=("name_now", "code", "zone_now", "ownership_now", "country_now", "status", "capital_usd", "capital_vnd"),
    search=("name", "code", "legacy_code", "name_now", "address"),
    filters=(
        "zone_now",
        "status",
        "ownership_now",
        "country_now",
        "sector_now",
        "is_infrastructure",
        "began",
        "capital_usd",
        "capital_vnd",
    ),
    key=("zone", "code", "name"),
    codes=("code", "legacy_code"),
    parent="zone",
    goes_with="zone_now",
    order=("name_now", "code"),
    sections=(
        (_("Dự án"), ("zone", "name", "code", "legacy_code", "issuer", "is_infrastructure")),
        (_("Theo giấy chứng nhận lần đầu"), ("ownership", "ground", "country", "sector", "objectives", "schedule")),
        (_("Địa điểm, đất, thời hạn"), ("address", "plot", "land", "term_years")),
        (
            _("Hiện nay, theo các sự kiện"),
            (
                "name_now",
                "zone_now",
                "enterprise_now",
                "status",
                "capital_usd",
                "capital_vnd",
                "ownership_now",
                "country_now",
                "sector_now",
                "began",
                "term_ends",
                "last_event",
            ),
        ),
        (_("Tài liệu, ghi chú"), ("document", "note")),
    ),
    derived=frozenset(
        {
            "name_now",
            "zone_now",
            "enterprise_now",
            "ownership_now",
            "country_now",
            "sector_now",
            "status",
            "capital_usd",
            "capital_vnd",
            "began",
            "term_ends",
            "last_event",
        }
    ),
    about=("enterprise_now__tax_code",),
    subject=SUBJECT,
    check=rules.check_project,
    doubts=rules.doubts_of_project,
    follow=follow.projects_changed,
    help={
        "term_years": _("số năm"),
        "country": _("quốc gia của nhà đầu tư nước ngoài lớn nhất"),
        "legacy_code": _("số giấy chứng nhận cấp trước khi có mã dự án quốc gia"),
        "is_infrastructure": _("vốn của dự án này là vốn đầu tư hạ tầng (biểu 2103)"),
    },
)

INVESTORS = Register(
    code="investors",
    model=Investor,
    name=_("Nhà đầu tư"),
    one=_("nhà đầu tư"),
    title="name",
    columns=("name", "country", "kind", "is_foreign_controlled", "address"),
    search=("name", "address"),
    filters=("country", "kind"),
    key=("name", "country"),
    shows=(("project-investors", "investor"),),
    order=("name",),
    derived=frozenset({"merged_into"}),
    subject=SUBJECT,
    personal=frozenset({"name", "id_number", "address"}),
    follow=follow.investors_changed,
)

ENTERPRISES = Register(
    code="enterprises",
    model=Enterprise,
    name=_("Doanh nghiệp"),
    one=_("doanh nghiệp"),
    title="name",
    columns=("name", "tax_code", "form", "sector", "address"),
    search=("name", "tax_code", "name_en", "short_name", "address"),
    filters=("form", "sector", "registered"),
    key=("tax_code", "name"),
    codes=("tax_code",),
    order=("name", "tax_code"),
    shows=(("projects", "enterprise_now"),),
    derived=frozenset({"merged_into"}),
    subject=SUBJECT,
    personal=frozenset({"representative", "phone", "email"}),
    about=("tax_code",),
    check=rules.check_enterprise,
    doubts=rules.doubts_of_enterprise,
    help={"tax_code": _("10 số; chi nhánh thêm 3 số")},
)

PROJECT_INVESTORS = Register(
    code="project-investors",
    model=ProjectInvestor,
    name=_("Nhà đầu tư của dự án"),
    one=_("nhà đầu tư của dự án"),
    title="investor",
    columns=("investor", "project", "usd", "vnd", "share", "starts", "ends"),
    search=("schedule",),
    filters=("project", "investor"),
    key=("starts", "investor", "project"),
    parent="project",
    about=OF_ENTERPRISE,
    order=("starts", "pk"),
    check=check_span,
    follow=follow.roles_changed,
)

PROJECT_ENTERPRISES = Register(
    code="project-enterprises",
    model=ProjectEnterprise,
    name=_("Doanh nghiệp thực hiện dự án"),
    one=_("doanh nghiệp thực hiện"),
    title="enterprise",
    columns=("enterprise", "project", "starts", "ends", "ground"),
    search=("ground",),
    filters=("project", "enterprise"),
    key=("starts", "enterprise", "project"),
    parent="project",
    about=OF_ENTERPRISE,
    order=("starts", "pk"),
    check=check_span,
    follow=follow.enterprises_changed,
)

_CAPITAL = frozenset({"usd_total", "vnd_total", "equivalent", "rate_day"})
# The fields for what an event says (`core.certificates.event.SAYS`); one of the same name where none is named here.
_FIELDS_FOR = {
    "capital_up": _CAPITAL | {"usd_up", "vnd_up"},
    "capital_down": _CAPITAL | {"usd_down", "vnd_down"},
    "transfer": frozenset({"is_transfer"}),
    "place": frozenset({"zone"}),
}


def _fields_of(said: frozenset[str]) -> frozenset[str]:
    return frozenset(name for one in said for name in _FIELDS_FOR.get(one, {one}))


EVENTS = Register(
    code="certificate-events",
    model=CertificateEvent,
    name=_("Sự kiện giấy chứng nhận đầu tư"),
    one=_("sự kiện"),
    title="kind",
    columns=("kind", "project", "day", "number", "usd_up", "usd_down", "vnd_up", "vnd_down"),
    search=("number", "summary", "name"),
    filters=("kind", "project", "day"),
    key=("day", "kind", "number", "project"),
    parent="project",
    about=OF_ENTERPRISE,
    order=("day", "entered"),
    sections=(
        (_("Sự kiện"), ("project", "kind", "day", "number", "summary", "document")),
        (_("Vốn bằng USD"), ("usd_up", "usd_down", "usd_total")),
        (_("Vốn bằng đồng"), ("vnd_up", "vnd_down", "vnd_total", "equivalent", "rate_day")),
        (_("Tên, tiến độ, quy mô"), ("name", "schedule", "objectives", "sector", "address", "land")),
        (_("Chuyển nhượng, chuyển đổi"), ("is_transfer", "ownership", "ground", "country", "zone")),
        (_("Thời hạn"), ("term_years", "term_ends", "certified")),
        (_("Hồ sơ, ghi chú"), ("received", "procedure", "note")),
    ),
    derived=frozenset({"entered"}),
    internal=frozenset({"entered"}),
    by_kind=ByKind("kind", {kind: _fields_of(said) for kind, said in SAYS.items()}),
    marks={
        "certificates.not_issued": "kind",
        "certificates.issued_twice": "kind",
        "certificates.nothing_changed": "kind",
        "certificates.not_suspended": "kind",
        "certificates.suspended_already": "day",
        "certificates.after_end": "day",
        "certificates.after_term": "day",
        "certificates.no_rule": "day",
        "certificates.below_zero": "{currency}_down",
        "certificates.total_differs": "{currency}_total",
        "certificates.term_long": "term_years",
    },
    begin=follow.number_entry,
    check=rules.check_event,
    doubts=rules.doubts_of_event,
    follow=follow.events_changed,
    help={
        "usd_total": _("chỉ cần ghi tổng mới, phần tăng hoặc giảm tự tính"),
        "vnd_total": _("chỉ cần ghi tổng mới, phần tăng hoặc giảm tự tính"),
        "equivalent": _("như ghi trên giấy chứng nhận; không cộng thêm vào vốn"),
        "term_years": _("số năm"),
        "certified": _("khi dự án có trước ngày lập sổ"),
    },
)

MILESTONES = Register(
    code=schedule.REGISTER,
    model=Milestone,
    name=_("Mốc tiến độ dự án"),
    one=_("mốc tiến độ"),
    title="kind",
    columns=("kind", "phase", "project", "planned", "actual"),
    search=("phase",),
    filters=("kind", "project", "planned", "actual"),
    key=("kind", "phase", "project"),
    parent="project",
    about=OF_ENTERPRISE,
    order=("planned", "kind"),
    check=rules.check_milestone,
    doubts=rules.doubts_of_milestone,
    follow=follow.milestones_changed,
)

_SHEET: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("I.1. Vốn góp"), EQUITY),
    (_("I.2. Vốn vay"), LOANS),
    (_("I.3. Lợi nhuận tái đầu tư"), (REINVESTED,)),
    (_("Kết quả kinh doanh"), ("revenue", "exports", "imports", "taxes", "profit")),
    (_("Lao động"), ("workers_vn", "workers_foreign", "income")),
    (_("Năng lượng, đất, nước"), ("electricity", "coal", "oil", "gas", "land", "water")),
    (_("Nghiên cứu, môi trường"), ("research", "environment")),
)

REPORTS = Register(
    code=reports.REGISTER,
    model=ImplementationReport,
    name=_("Báo cáo thực hiện dự án (A.III)"),
    one=_("báo cáo thực hiện"),
    title="year",
    columns=("year", "quarter", "project", "currency", "revenue_a", "exports_a", "workers_vn_a"),
    search=("difficulties", "technology"),
    filters=("year", "quarter", "project"),
    key=("year", "quarter", "project"),
    parent="project",
    about=OF_ENTERPRISE,
    order=("year", "quarter"),
    sections=(
        (_("Kỳ báo cáo"), ("project", "year", "quarter", "currency", "received")),
        *((title, tuple(f"{item}_{column}" for item in items for column in ITEMS[item])) for title, items in _SHEET),
        (_("Công nghệ, khó khăn, ghi chú"), ("technology", "difficulties", "note")),
    ),
    sheet={
        f"{item}_{column}": (ITEM_WORDS[item], COLUMN_WORDS[column])
        for item, columns in ITEMS.items()
        for column in columns
    },
    help={"currency": _("FDI: USD; trong nước: VND. Số tiền bên dưới ghi bằng triệu của đồng tiền này")},
    check=rules.check_report,
    doubts=rules.doubts_of_report,
    follow=follow.reports_changed,
)

REGISTERS = (PROJECTS, INVESTORS, ENTERPRISES, PROJECT_INVESTORS, PROJECT_ENTERPRISES, EVENTS, MILESTONES, REPORTS)
