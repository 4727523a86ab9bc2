"""What serves a zone: utilities, works, site clearance, homes for its workers, each with dated entries.

What a thing comes to now (its percent done, the hectares cleared) is what its newest entry says, and is never typed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.areas.zones.models import OfZone, Phase
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.models import Registered


class UtilityKind(models.TextChoices):
    WASTEWATER = "wastewater", _("xử lý nước thải tập trung")
    WATER = "water", _("cấp nước")
    POWER = "power", _("cấp điện")
    WASTE = "waste", _("thu gom, xử lý chất thải")


class Utility(OfZone):
    """A plant, station or module that serves a zone: wastewater, water, power, waste.

    capacity, working: of wastewater and water (form 2105.H.QLKKT: design and operating capacity; a plant is not there
    yet, under construction or operating by its days). monitored_since: automatic monitoring (Thông tư 10/2021/TT-BTNMT
    điều 39). standard: of what it discharges (QCVN 40:2025/BTNMT; plants of before may keep the old one to 31/12/2031).
    """

    kind = models.CharField(_("loại công trình"), max_length=12, choices=UtilityKind.choices)
    name = models.CharField(_("tên công trình, mô-đun"), max_length=160)
    operator = models.CharField(_("đơn vị vận hành"), max_length=200, blank=True)
    builds_from = models.DateField(_("khởi công"), null=True, blank=True)
    starts = models.DateField(_("vận hành từ ngày"), null=True, blank=True)
    ends = models.DateField(_("ngừng sau ngày"), null=True, blank=True)
    capacity = AmountField(_("công suất thiết kế"), unit="m3/day", null=True, blank=True)
    working = AmountField(_("công suất vận hành"), unit="m3/day", null=True, blank=True)
    power = AmountField(_("công suất trạm biến áp"), unit="MVA", null=True, blank=True)
    waste = AmountField(_("công suất thu gom, xử lý"), unit="tonnes/day", null=True, blank=True)
    technology = models.CharField(_("công nghệ"), max_length=200, blank=True)
    standard = models.CharField(_("quy chuẩn xả thải"), max_length=80, blank=True)
    monitored_since = models.DateField(_("quan trắc tự động từ"), null=True, blank=True)
    licence = models.CharField(_("số giấy phép môi trường"), max_length=60, blank=True)
    licence_day = models.DateField(_("ngày cấp phép"), null=True, blank=True)
    licence_ends = models.DateField(_("giấy phép hết hạn"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "kind"], name="infrastructure_utility_zone")]


class Reading(Registered):
    """Water that a utility treated or supplied on some days of one month; quarters and years are made of them.

    reused: of it, used again after treatment (form A.5, ENV.3); is_compliant: within the standard all that time.
    """

    utility = models.ForeignKey(Utility, models.PROTECT, related_name="+", verbose_name=_("công trình"))
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến hết ngày"))
    volume = AmountField(_("lượng nước xử lý, cấp"), unit="m3")
    reused = AmountField(_("trong đó tái sử dụng"), unit="m3", null=True, blank=True)
    is_compliant = models.BooleanField(_("đạt quy chuẩn"), default=True)
    source = models.CharField(_("nguồn số đo"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["utility", "ends"], name="infrastructure_reading_day")]


class Funding(models.TextChoices):
    DEVELOPER = "developer", _("chủ đầu tư hạ tầng")
    PUBLIC = "public", _("ngân sách nhà nước")
    OTHER = "other", _("nguồn khác")


class WorkItem(models.TextChoices):
    ROADS = "roads", _("đường giao thông")
    LEVELLING = "levelling", _("san nền")
    DRAINAGE = "drainage", _("thoát nước mưa")
    WASTEWATER = "wastewater", _("thu gom, xử lý nước thải")
    WATER = "water", _("cấp nước")
    POWER = "power", _("cấp điện")
    LIGHTING = "lighting", _("chiếu sáng")
    TELECOM = "telecom", _("viễn thông")
    GREEN = "green", _("cây xanh")
    FIRE = "fire", _("phòng cháy, chữa cháy")
    SERVICES = "services", _("công trình dịch vụ, tiện ích công cộng")
    OUTSIDE = "outside", _("đấu nối ngoài hàng rào")
    OTHER = "other", _("khác")


class Work(OfZone):
    """A work of a zone's infrastructure: roads, drainage, trees, fire, lighting, or what connects it outside.

    value: by the estimate, by which completion is weighted (form 2103.H.QLKKT, completion of infrastructure).
    """

    name = models.CharField(_("công trình, hạng mục"), max_length=200)
    item = models.CharField(_("nhóm hạng mục"), max_length=12, choices=WorkItem.choices)
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("giai đoạn của khu")
    )
    funding = models.CharField(
        _("nguồn vốn"), max_length=12, choices=Funding.choices, default=Funding.DEVELOPER, blank=True
    )
    contractor = models.CharField(_("nhà thầu"), max_length=200, blank=True)
    approved = models.DateField(_("ngày phê duyệt"))
    value = AmountField(_("giá trị theo dự toán"), unit="VND")
    planned_start = models.DateField(_("khởi công theo kế hoạch"), null=True, blank=True)
    planned_end = models.DateField(_("hoàn thành theo kế hoạch"), null=True, blank=True)
    starts = models.DateField(_("khởi công"), null=True, blank=True)
    ends = models.DateField(_("hoàn thành, nghiệm thu"), null=True, blank=True)
    percent = AmountField(_("đã làm"), unit="percent", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "approved"], name="infrastructure_work_zone")]


class Progress(Registered):
    """How far a work is on a day, all that was done so far."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="+", verbose_name=_("công trình"))
    day = models.DateField(_("đến hết ngày"))
    percent = AmountField(_("đã làm"), unit="percent")
    paid = AmountField(_("đã thanh toán"), unit="VND", null=True, blank=True)
    obstacle = models.CharField(_("khó khăn, vướng mắc"), max_length=300, blank=True)


class LandKind(models.TextChoices):
    """Rice land is told apart: how much of it may be taken is bounded (Nghị định 35/2022/NĐ-CP điều 9)."""

    RICE = "rice", _("đất trồng lúa")
    FARM = "farm", _("đất nông nghiệp khác")
    HOMES = "homes", _("đất ở")
    OTHER = "other", _("đất khác")


class Clearance(OfZone):
    """Land that is cleared for a zone by one decision, or in one commune, with its households and money.

    What then came to the developer stands in the zone's phases ("đã giao đất"), and only there.
    """

    name = models.CharField(_("đợt, khu vực thu hồi"), max_length=160)
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("giai đoạn của khu")
    )
    commune = models.CharField(_("xã, phường"), max_length=120, blank=True)
    decision = models.CharField(_("quyết định thu hồi"), max_length=60, blank=True)
    decided = models.DateField(_("ngày quyết định"))
    land_kind = models.CharField(_("loại đất"), max_length=12, choices=LandKind.choices, blank=True)
    area = AmountField(_("phải thu hồi"), unit="ha")
    households = models.PositiveIntegerField(_("số hộ bị ảnh hưởng"), null=True, blank=True)
    compensation = AmountField(_("kinh phí theo phương án"), unit="VND", null=True, blank=True)
    planned_end = models.DateField(_("bàn giao theo kế hoạch"), null=True, blank=True)
    cleared = AmountField(_("đã giải phóng mặt bằng"), unit="ha", null=True, blank=True)
    households_paid = models.PositiveIntegerField(_("số hộ đã nhận tiền"), null=True, blank=True)
    households_resettled = models.PositiveIntegerField(_("số hộ đã tái định cư"), null=True, blank=True)
    compensation_paid = AmountField(_("đã chi trả"), unit="VND", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "decided"], name="infrastructure_clearance_zone")]


class ClearanceProgress(Registered):
    """How far a clearance is on a day: everything so far."""

    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="+", verbose_name=_("đợt thu hồi"))
    day = models.DateField(_("đến hết ngày"))
    cleared = AmountField(_("đã giải phóng mặt bằng"), unit="ha")
    households_paid = models.PositiveIntegerField(_("số hộ đã nhận tiền"), null=True, blank=True)
    households_resettled = models.PositiveIntegerField(_("số hộ đã tái định cư"), null=True, blank=True)
    compensation_paid = AmountField(_("đã chi trả"), unit="VND", null=True, blank=True)
    obstacle = models.CharField(_("khó khăn, vướng mắc"), max_length=300, blank=True)


class HousingKind(models.TextChoices):
    LODGING = "lodging", _("nhà lưu trú công nhân")
    SOCIAL = "social", _("nhà ở xã hội")
    UNION = "union", _("thiết chế công đoàn")
    RENTED = "rented", _("nhà trọ")


class Housing(OfZone):
    """Homes for workers with what serves them (Luật Nhà ở 2023 điều 95, 100; Nghị định 100/2024/NĐ-CP điều 61).

    Lodgings are let to workers of the zone only. A zone has a plan of homes and public services (Nghị định
    35/2022/NĐ-CP điều 9), of which kindergarten and clinic are works (điều 2.23).
    """

    name = models.CharField(_("dự án, khu nhà"), max_length=200)
    kind = models.CharField(_("loại nhà ở"), max_length=12, choices=HousingKind.choices)
    investor = models.CharField(_("chủ đầu tư"), max_length=300, blank=True)
    address = models.CharField(_("địa điểm"), max_length=300, blank=True)
    area = AmountField(_("diện tích đất"), unit="ha", null=True, blank=True)
    approved = models.DateField(_("ngày chấp thuận"))
    planned_end = models.DateField(_("hoàn thành theo kế hoạch"), null=True, blank=True)
    homes_planned = models.PositiveIntegerField(_("số căn theo dự án"), null=True, blank=True)
    places_planned = models.PositiveIntegerField(_("số chỗ ở theo dự án"), null=True, blank=True)
    kindergarten = models.PositiveIntegerField(_("số chỗ nhà trẻ, mẫu giáo"), null=True, blank=True)
    has_clinic = models.BooleanField(_("có trạm y tế"), default=False)
    ends = models.DateField(_("ngừng sau ngày"), null=True, blank=True)
    homes = models.PositiveIntegerField(_("số căn đã xong"), null=True, blank=True)
    places = models.PositiveIntegerField(_("số chỗ ở đã xong"), null=True, blank=True)
    homes_let = models.PositiveIntegerField(_("số căn đang ở"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("số người đang ở"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "approved"], name="infrastructure_housing_zone")]


class HousingCount(Registered):
    """What of a housing project is finished and lived in on a day."""

    housing = models.ForeignKey(Housing, models.PROTECT, related_name="+", verbose_name=_("dự án nhà ở"))
    day = models.DateField(_("đến hết ngày"))
    homes = models.PositiveIntegerField(_("số căn đã xong"))
    places = models.PositiveIntegerField(_("số chỗ ở đã xong"), null=True, blank=True)
    homes_let = models.PositiveIntegerField(_("số căn đang ở"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("số người đang ở"), null=True, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=200, blank=True)
