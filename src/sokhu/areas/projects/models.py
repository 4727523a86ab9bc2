"""Investors, enterprises and projects as three registers, joined by dated roles; what happened to a project.

A project's first fields are what its first certificate reads; what it reads now follows from its events
(`core.certificates`) and stands beside, in the fields that end in `_now` and those of its standing.
"""

from __future__ import annotations

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sokhu.areas.projects import codes
from sokhu.areas.zones.models import Plot, Zone
from sokhu.core.certificates.event import Shares
from sokhu.core.implementation import ITEMS, LOANS
from sokhu.kit.registers.fields import AmountField, CodeField, Words
from sokhu.kit.registers.models import Registered, list_order


class InvestorKind(models.TextChoices):
    ORGANISATION = "organisation", _("tổ chức")
    PERSON = "person", _("cá nhân")


class Investor(Registered):
    """Who puts money into projects. is_foreign_controlled: a domestic firm that counts as a foreign investor."""

    name = models.CharField(_("tên nhà đầu tư"), max_length=300)
    country = CodeField(_("quốc gia, vùng lãnh thổ"), max_length=2, codes=codes.countries)
    kind = models.CharField(
        _("loại"), max_length=12, choices=InvestorKind.choices, default=InvestorKind.ORGANISATION, blank=True
    )
    is_foreign_controlled = models.BooleanField(_("tổ chức trong nước do nước ngoài giữ trên 50% vốn"), default=False)
    id_number = models.CharField(_("số giấy tờ pháp lý, hộ chiếu"), max_length=40, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đã gộp vào")
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "is_gone", "name"], name="projects_investor_owner"),
            list_order("projects_investor_order", "name"),
        ]


class LegalForm(models.TextChoices):
    LIMITED = "limited", _("công ty TNHH")
    STOCK = "stock", _("công ty cổ phần")
    PARTNERSHIP = "partnership", _("công ty hợp danh")
    PRIVATE = "private", _("doanh nghiệp tư nhân")
    COOPERATIVE = "cooperative", _("hợp tác xã")
    BRANCH = "branch", _("chi nhánh")
    OTHER = "other", _("khác")


class Enterprise(Registered):
    """An economic organisation that carries out projects, known by its tax code."""

    name = models.CharField(_("tên doanh nghiệp"), max_length=300)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, blank=True)
    form = models.CharField(_("loại hình"), max_length=12, choices=LegalForm.choices)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    short_name = models.CharField(_("tên viết tắt"), max_length=80, blank=True)
    address = models.CharField(_("trụ sở"), max_length=300, blank=True)
    sector = CodeField(_("ngành chính (VSIC)"), max_length=4, codes=codes.sectors, blank=True)
    registered = models.DateField(_("ngày đăng ký lần đầu"), null=True, blank=True)
    registered_by = models.CharField(_("cơ quan đăng ký"), max_length=200, blank=True)
    representative = models.CharField(_("người đại diện"), max_length=120, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.CharField(_("thư điện tử"), max_length=120, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đã gộp vào")
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "is_gone", "name"], name="projects_enterprise_owner"),
            models.Index(fields=["tax_code"], name="projects_enterprise_tax_code"),
            list_order("projects_enterprise_order", "name", "tax_code"),
        ]


class TwoFirms(models.Model):
    """Two entries of which a person said that they are two: they are not offered as one again.

    one, other: their ids, the smaller first. A note beside the registers, of which nothing follows: it is not sealed.
    """

    one = models.UUIDField()
    other = models.UUIDField()
    author = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="projects_two_firms_once")]


class Status(models.TextChoices):
    """What a project's events make of it (`core.certificates.state.Status`)."""

    NONE = "none", _("chưa có giấy chứng nhận")
    VALID = "valid", _("còn hiệu lực")
    SUSPENDED = "suspended", _("ngừng hoạt động")
    TERMINATED = "terminated", _("chấm dứt")
    REVOKED = "revoked", _("thu hồi")


class Project(Registered):
    """A project in a zone: what its first certificate reads, and where its events have brought it."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name=_("khu (khi cấp lần đầu)"))
    name = models.CharField(_("tên dự án"), max_length=400)
    code = models.CharField(_("mã dự án (hệ thống quốc gia)"), max_length=20, blank=True)
    legacy_code = models.CharField(_("số giấy chứng nhận cũ"), max_length=40, blank=True)
    issuer = models.CharField(_("cơ quan cấp"), max_length=200, blank=True)
    plot = models.ForeignKey(Plot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lô đất"))
    address = models.CharField(_("địa điểm thực hiện"), max_length=300, blank=True)
    objectives = models.TextField(_("mục tiêu, quy mô"), blank=True)
    sector = CodeField(_("ngành (VSIC)"), max_length=4, codes=codes.sectors, blank=True)
    ownership = CodeField(_("nguồn vốn"), max_length=3, codes=codes.ownerships, blank=True)
    ground = CodeField(_("căn cứ xếp nguồn vốn"), max_length=12, codes=codes.grounds, blank=True)
    country = CodeField(_("đối tác chính"), max_length=2, codes=codes.countries, blank=True)
    land = AmountField(_("diện tích đất"), unit="ha", null=True, blank=True)
    term_years = models.PositiveIntegerField(_("thời hạn"), null=True, blank=True)
    schedule = models.TextField(_("tiến độ đăng ký"), blank=True)
    document = models.CharField(_("bản quét (mã tài liệu trong sổ)"), max_length=40, blank=True)
    is_infrastructure = models.BooleanField(_("dự án đầu tư, kinh doanh hạ tầng khu"), default=False)
    # Follow from the events.
    name_now = models.CharField(_("tên hiện nay"), max_length=400, blank=True)
    zone_now = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("khu hiện nay")
    )
    enterprise_now = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("doanh nghiệp thực hiện")
    )
    ownership_now = CodeField(_("nguồn vốn hiện nay"), max_length=3, codes=codes.ownerships, blank=True)
    country_now = CodeField(_("đối tác hiện nay"), max_length=2, codes=codes.countries, blank=True)
    sector_now = CodeField(_("ngành hiện nay"), max_length=4, codes=codes.sectors, blank=True)
    status = models.CharField(_("tình trạng"), max_length=12, choices=Status.choices, blank=True)
    capital_usd = AmountField(_("vốn đăng ký"), unit="USD", null=True, blank=True)
    capital_vnd = AmountField(_("vốn đăng ký"), unit="VND", null=True, blank=True)
    began = models.DateField(_("cấp lần đầu"), null=True, blank=True)
    term_ends = models.DateField(_("hết thời hạn"), null=True, blank=True)
    last_event = models.DateField(_("sự kiện gần nhất"), null=True, blank=True)

    class Meta:
        indexes = [
            list_order("projects_project_order", "name_now", "code"),
            models.Index(fields=["owner", "is_gone", "name_now"], name="projects_project_owner"),
            models.Index(fields=["zone_now", "is_gone"], name="projects_project_zone"),
            models.Index(fields=["code"], name="projects_project_code"),
            models.Index(fields=["legacy_code"], name="projects_project_legacy"),
        ]


class OfProject(Registered):
    """What belongs to a project and is in its book."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name=_("dự án"))

    class Meta:
        abstract = True


class ProjectInvestor(OfProject):
    """An investor of a project during some days, with what they put in."""

    investor = models.ForeignKey(Investor, models.PROTECT, related_name="+", verbose_name=_("nhà đầu tư"))
    usd = AmountField(_("vốn góp"), unit="USD", null=True, blank=True)
    vnd = AmountField(_("vốn góp"), unit="VND", null=True, blank=True)
    share = AmountField(_("tỷ lệ góp"), unit="percent", most=100, null=True, blank=True)
    schedule = models.CharField(_("tiến độ góp"), max_length=300, blank=True)
    starts = models.DateField(_("từ ngày"), null=True, blank=True)
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        indexes = [list_order("projects_investor_role", "starts")]


class ProjectEnterprise(OfProject):
    """The enterprise that carries a project out during some days."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("doanh nghiệp"))
    starts = models.DateField(_("từ ngày"), null=True, blank=True)
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ground = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        indexes = [list_order("projects_enterprise_role", "starts")]


class EventKind(models.TextChoices):
    """`core.certificates.event.Kind`."""

    ISSUE = "issue", _("cấp mới")
    REVIEW = "review", _("ghi nhận khi lập sổ, rà soát")
    ADJUST = "adjust", _("điều chỉnh")
    EXTEND = "extend", _("gia hạn thời hạn")
    SUSPEND = "suspend", _("ngừng hoạt động")
    RESUME = "resume", _("hoạt động trở lại")
    MOVE = "move", _("chuyển khu, ban, nguồn vốn, đồng tiền")
    LAND_DECIDED = "land_decided", _("quyết định giao đất, cho thuê đất")
    HANDED_OVER = "handed_over", _("bàn giao đất trên thực địa")
    TERMINATE_PART = "terminate_part", _("chấm dứt một phần")
    TERMINATE = "terminate", _("chấm dứt toàn bộ")
    REVOKE = "revoke", _("thu hồi giấy chứng nhận")


class CertificateEvent(OfProject):
    """One event of a project's certificate. It names only what changes; capital by how much it rises or falls.

    usd_total, vnd_total: what the certificate reads afterwards; where only that is given, the change follows from it.
    equivalent: in đồng, as the certificate says it, at the rate of `rate_day`. shares: of capital by country, of the
    investors on its day (`chain.put_shares`); not stored, for it follows from their roles.
    """

    shares: Shares | None = None

    kind = models.CharField(_("sự kiện"), max_length=16, choices=EventKind.choices)
    day = models.DateField(_("ngày"))
    number = models.CharField(_("số văn bản, lần điều chỉnh"), max_length=60, blank=True)
    usd_up = AmountField(_("vốn tăng"), unit="USD", null=True, blank=True)
    usd_down = AmountField(_("vốn giảm"), unit="USD", null=True, blank=True)
    usd_total = AmountField(_("tổng vốn sau đó"), unit="USD", null=True, blank=True)
    vnd_up = AmountField(_("vốn tăng"), unit="VND", null=True, blank=True)
    vnd_down = AmountField(_("vốn giảm"), unit="VND", null=True, blank=True)
    vnd_total = AmountField(_("tổng vốn sau đó"), unit="VND", null=True, blank=True)
    equivalent = AmountField(_("tương đương"), unit="VND", null=True, blank=True)
    rate_day = models.DateField(_("ngày tỷ giá"), null=True, blank=True)
    is_transfer = models.BooleanField(_("chuyển nhượng cho nhà đầu tư khác"), default=False)
    name = models.CharField(_("tên dự án mới"), max_length=400, blank=True)
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chuyển đến khu")
    )
    ownership = CodeField(_("nguồn vốn mới"), max_length=3, codes=codes.ownerships, blank=True)
    ground = CodeField(_("căn cứ xếp nguồn vốn"), max_length=12, codes=codes.grounds, blank=True)
    country = CodeField(_("đối tác chính mới"), max_length=2, codes=codes.countries, blank=True)
    sector = CodeField(_("ngành mới (VSIC)"), max_length=4, codes=codes.sectors, blank=True)
    address = models.CharField(_("địa điểm mới"), max_length=300, blank=True)
    objectives = models.TextField(_("mục tiêu, quy mô mới"), blank=True)
    schedule = models.TextField(_("tiến độ mới"), blank=True)
    land = AmountField(_("diện tích đất mới"), unit="ha", null=True, blank=True)
    term_years = models.PositiveIntegerField(_("thời hạn mới"), null=True, blank=True)
    term_ends = models.DateField(_("hết thời hạn ngày"), null=True, blank=True)
    certified = models.DateField(_("ngày cấp lần đầu (khi ghi nhận)"), null=True, blank=True)
    received = models.DateField(_("ngày nhận hồ sơ"), null=True, blank=True)
    procedure = CodeField(_("thủ tục"), max_length=24, codes=codes.procedures, blank=True)
    summary = models.TextField(_("nội dung, lý do"), blank=True)
    document = models.CharField(_("bản quét (mã tài liệu trong sổ)"), max_length=40, blank=True)
    entered = models.BigIntegerField(_("thứ tự ghi"), default=0)

    class Meta:
        indexes = [
            models.Index(fields=["project", "day"], name="projects_event_day"),
            list_order("projects_event_order", "day", "entered"),
        ]


class MilestoneKind(models.TextChoices):
    CAPITAL = "capital", _("góp vốn, huy động vốn")
    LAND = "land", _("hoàn thành thủ tục đất đai")
    CONSTRUCTION = "construction", _("khởi công")
    COMPLETION = "completion", _("hoàn thành xây dựng")
    INSTALLATION = "installation", _("lắp đặt thiết bị")
    OPERATION = "operation", _("đi vào hoạt động")
    OTHER = "other", _("khác")


class Milestone(OfProject):
    """A step of a project's schedule: when it is to be reached, and when it was."""

    kind = models.CharField(_("mốc tiến độ"), max_length=16, choices=MilestoneKind.choices)
    phase = models.CharField(_("giai đoạn"), max_length=80, blank=True)
    planned = models.DateField(_("kế hoạch"))
    actual = models.DateField(_("thực tế"), null=True, blank=True)

    class Meta:
        indexes = [list_order("projects_milestone_order", "planned", "kind")]


class Quarter(models.TextChoices):
    YEAR = "0", _("cả năm (A.III.2)")
    FIRST = "1", _("quý I")
    SECOND = "2", _("quý II")
    THIRD = "3", _("quý III")
    FOURTH = "4", _("quý IV")


class ImplementationReport(OfProject):
    """What the enterprise reports of a project, by forms A.III.1 and A.III.2: an amount for each item and column.

    The items stand in `core.implementation`; their fields are made below. Money is in the report's currency.
    """

    year = models.PositiveIntegerField(_("năm"))
    quarter = models.CharField(_("kỳ"), max_length=1, choices=Quarter.choices)
    currency = models.CharField(_("đồng tiền"), max_length=3, choices=[("USD", "USD"), ("VND", "VND")])
    received = models.DateField(_("ngày nhận"), null=True, blank=True)
    technology = models.TextField(_("xuất xứ công nghệ"), blank=True)
    difficulties = models.TextField(_("khó khăn, kiến nghị"), blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "year", "quarter"], name="projects_report_period"),
            list_order("projects_report_order", "year", "quarter"),
        ]


ITEM_WORDS: dict[str, Words] = {
    "equity_vn_cash": _("vốn góp trong nước, tiền"),
    "equity_vn_machinery": _("vốn góp trong nước, máy móc"),
    "equity_vn_other": _("vốn góp trong nước, tài sản khác"),
    "equity_foreign_cash": _("vốn góp nước ngoài, tiền"),
    "equity_foreign_machinery": _("vốn góp nước ngoài, máy móc"),
    "equity_foreign_other": _("vốn góp nước ngoài, tài sản khác"),
    "loan_domestic": _("vay trong nước (trừ trả nợ)"),
    "loan_parent": _("vay công ty mẹ (trừ trả nợ)"),
    "loan_foreign": _("vay nước ngoài khác (trừ trả nợ)"),
    "reinvested": _("lợi nhuận tái đầu tư"),
    "revenue": _("doanh thu thuần"),
    "exports": _("xuất khẩu"),
    "imports": _("nhập khẩu"),
    "taxes": _("thuế và các khoản nộp ngân sách"),
    "workers_vn": _("lao động Việt Nam"),
    "workers_foreign": _("lao động nước ngoài"),
    "income": _("thu nhập bình quân tháng"),
    "profit": _("lợi nhuận sau thuế"),
    "research": _("chi nghiên cứu và phát triển"),
    "environment": _("chi bảo vệ môi trường"),
    "electricity": _("điện"),
    "coal": _("than"),
    "oil": _("dầu"),
    "gas": _("khí LNG"),
    "land": _("đất sử dụng"),
    "water": _("mặt nước sử dụng"),
}
COLUMN_WORDS: dict[str, Words] = {"a": _("trong kỳ"), "b": _("từ đầu năm"), "c": _("từ khi cấp phép")}
_UNITS = {
    "workers_vn": "workers",
    "workers_foreign": "workers",
    "electricity": "kWh",
    "coal": "tonnes",
    "oil": "litres",
    "gas": "m3",
    "land": "m2",
    "water": "m2",
}
_MAY_BE_NEGATIVE = frozenset({*LOANS, "profit"})


def _add_item(item: str, column: str) -> None:
    unit = _UNITS.get(item, "VND" if item == "income" else "USD")
    field = AmountField(
        format_lazy("{}, {}", ITEM_WORDS[item], COLUMN_WORDS[column]),
        unit=unit,
        said_as=_("triệu") if unit == "USD" else "",
        allows_negative=item in _MAY_BE_NEGATIVE,
        null=True,
        blank=True,
    )
    field.contribute_to_class(ImplementationReport, f"{item}_{column}")


for _item, _columns in ITEMS.items():
    for _column in _columns:
        _add_item(_item, _column)
