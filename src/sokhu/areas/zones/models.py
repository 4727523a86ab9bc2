"""Zones and what belongs to them: decisions, kinds, life, phases, responsibility, land under a plan, plots, leases.

Facts that change with time are rows with days, both included; the law each follows is named where it decides.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sokhu.areas.zones import codes, outlines
from sokhu.kit.registers.fields import AmountField, CodeField, ShapeField
from sokhu.kit.registers.models import Registered, list_order


class Zone(Registered):
    """An industrial park, export processing zone or economic zone. place: its id in the territory, made once."""

    name = models.CharField(_("tên khu"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    code = models.CharField(_("mã khu"), max_length=40, blank=True)
    place = models.CharField(_("mã địa bàn"), max_length=80, unique=True)
    kind = CodeField(_("loại khu"), max_length=24, codes=codes.zone_kinds)
    stage = CodeField(_("tình trạng"), max_length=24, codes=codes.zone_stages, blank=True)
    province = CodeField(_("tỉnh, thành phố"), max_length=80, codes=codes.provinces)
    location = models.CharField(_("vị trí (xã, phường)"), max_length=300, blank=True)
    inside = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parks", verbose_name=_("nằm trong khu kinh tế")
    )
    developer = models.CharField(_("chủ đầu tư hạ tầng"), max_length=300, blank=True)
    developer_code = models.CharField(_("mã số thuế chủ đầu tư"), max_length=14, blank=True)
    area = AmountField(_("diện tích"), unit="ha", null=True, blank=True)
    industrial_land = AmountField(_("đất công nghiệp, dịch vụ"), unit="ha", null=True, blank=True)
    established = models.DateField(_("ngày thành lập"), null=True, blank=True)
    established_year = models.PositiveIntegerField(_("năm thành lập"), null=True, blank=True)
    term_years = models.PositiveIntegerField(_("thời hạn (năm)"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    evidence = CodeField(_("mức đối chiếu"), max_length=12, codes=codes.evidence, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_gone", "name"], name="zones_zone_name"),
            models.Index(fields=["owner", "is_gone", "name"], name="zones_zone_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class OfZone(Registered):
    """What belongs to a zone and is in its book."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name=_("khu"))

    class Meta:
        abstract = True


class DecisionKind(models.TextChoices):
    POLICY = "policy", _("chấp thuận chủ trương")
    ESTABLISH = "establish", _("thành lập")
    EXTEND = "extend", _("mở rộng")
    ADJUST = "adjust", _("điều chỉnh diện tích, ranh giới")
    GENERAL_PLAN = "general_plan", _("phê duyệt quy hoạch chung")
    DETAILED_PLAN = "detailed_plan", _("phê duyệt quy hoạch phân khu, chi tiết")
    LAND = "land", _("giao đất, cho thuê đất")
    KIND = "kind", _("công nhận loại khu")
    CONVERT = "convert", _("chuyển đổi")
    OTHER = "other", _("khác")


class Decision(OfZone):
    """A legal decision on a zone (Decree 35/2022 art. 6: a zone exists from its policy decision, approval or IRC).

    area, industrial_land: what the zone has by it; empty where it says nothing of land.
    """

    kind = models.CharField(_("loại văn bản"), max_length=16, choices=DecisionKind.choices)
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    day = models.DateField(_("ngày ký"))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    area = AmountField(_("diện tích theo văn bản"), unit="ha", null=True, blank=True)
    industrial_land = AmountField(_("đất công nghiệp, dịch vụ theo văn bản"), unit="ha", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thay, sửa văn bản")
    )
    summary = models.TextField(_("trích yếu"), blank=True)
    document = models.CharField(_("bản quét (mã tài liệu trong sổ)"), max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "day"], name="zones_decision_day")]


class Kind(OfZone):
    """A kind that a zone is of during some days; it may be of several at once."""

    kind = CodeField(_("loại khu"), max_length=24, codes=codes.zone_kinds)
    starts = models.DateField(_("từ ngày"), null=True, blank=True)
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ground = models.CharField(_("căn cứ"), max_length=200, blank=True)


class Stage(OfZone):
    """A stretch of a zone's life."""

    stage = CodeField(_("tình trạng"), max_length=24, codes=codes.zone_stages)
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ground = models.CharField(_("căn cứ"), max_length=200, blank=True)


class Responsibility(OfZone):
    """The board that is responsible for a zone during some days."""

    board = CodeField(_("ban quản lý"), max_length=80, codes=codes.boards)
    starts = models.DateField(_("từ ngày"), null=True, blank=True)
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ground = models.CharField(_("căn cứ"), max_length=200, blank=True)


class Phase(OfZone):
    """A phase in which a zone is built (Decree 35/2022 art. 9: above 500 ha it must have them).

    cleared: by the clearances of its land, where there are any. handed_over: what the developer has of it.
    """

    name = models.CharField(_("giai đoạn"), max_length=120)
    area = AmountField(_("diện tích"), unit="ha")
    starts = models.DateField(_("khởi công"), null=True, blank=True)
    planned_end = models.DateField(_("hoàn thành theo kế hoạch"), null=True, blank=True)
    ends = models.DateField(_("hoàn thành"), null=True, blank=True)
    cleared = AmountField(_("đã giải phóng mặt bằng"), unit="ha", null=True, blank=True)
    handed_over = AmountField(_("đã giao đất, cho thuê đất"), unit="ha", null=True, blank=True)
    handed_over_on = models.DateField(_("ngày giao đất"), null=True, blank=True)


class LandUse(OfZone):
    """A line of the land balance under a plan; the lines of a plan come to the area that it plans."""

    plan = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("quy hoạch"))
    use = CodeField(_("loại đất"), max_length=24, codes=codes.land_uses)
    area = AmountField(_("diện tích"), unit="ha")
    function = CodeField(_("khu chức năng"), max_length=24, codes=codes.land_functions, blank=True)


class PlotStatus(models.TextChoices):
    UNCLEARED = "uncleared", _("chưa giải phóng mặt bằng")
    CLEARED = "cleared", _("đã giải phóng mặt bằng")
    SERVICED = "serviced", _("đã có hạ tầng")


class Plot(OfZone):
    """A plot of industrial or service land that can be let."""

    code = models.CharField(_("ký hiệu lô"), max_length=40)
    area = AmountField(_("diện tích"), unit="ha")
    use = CodeField(_("loại đất"), max_length=24, codes=codes.land_uses, blank=True)
    status = models.CharField(_("tình trạng"), max_length=12, choices=PlotStatus.choices, default=PlotStatus.SERVICED)
    ready = models.DateField(_("sẵn sàng cho thuê từ"), null=True, blank=True)
    reserved_for = models.CharField(_("dành cho"), max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["zone", "code"], name="zones_plot_code"),
            list_order("zones_plot_order", "zone", "code"),
        ]


class Lease(OfZone):
    """Land of a plot that is leased or subleased; counts for occupancy while it runs (Decree 35/2022 art. 2.22)."""

    plot = models.ForeignKey(Plot, models.PROTECT, related_name="leases", verbose_name=_("lô đất"))
    contract = models.CharField(_("số hợp đồng"), max_length=60)
    lessee = models.CharField(_("bên thuê"), max_length=300)
    lessee_code = models.CharField(_("mã số thuế bên thuê"), max_length=14, blank=True)
    project_code = models.CharField(_("mã dự án"), max_length=40, blank=True)
    area = AmountField(_("diện tích thuê"), unit="ha")
    ownership = models.CharField(_("nguồn vốn"), max_length=8, choices=[("FDI", "FDI"), ("DDI", "DDI")], blank=True)
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ended = models.DateField(_("chấm dứt trước hạn ngày"), null=True, blank=True)
    is_sublease = models.BooleanField(_("cho thuê lại"), default=True)

    class Meta:
        indexes = [
            models.Index(fields=["zone", "starts"], name="zones_lease_start"),
            list_order("zones_lease_order", "starts", "contract"),
            models.Index(fields=["lessee_code"], name="zones_lease_lessee"),
            models.Index(fields=["project_code"], name="zones_lease_project"),
        ]


class Boundary(OfZone):
    """The outline of a zone, or of one of its plots, from a day on until the next one starts.

    geometry: GeoJSON in WGS 84. area: measured on the ellipsoid. system, file_name, file_digest: of the file it came
    in; west … north: its box in 10^-7 degrees, by which neighbours are found.
    """

    plot = models.ForeignKey(
        Plot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lô đất (để trống: cả khu)")
    )
    starts = models.DateField(_("có hiệu lực từ"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theo văn bản")
    )
    geometry = ShapeField(_("đường ranh (GeoJSON, WGS 84)"), reader=outlines.read, telling=outlines.told)
    area = AmountField(_("diện tích đo trên hình"), unit="ha", default=0)
    system = models.CharField(_("hệ tọa độ của tệp"), max_length=40, blank=True)
    file_name = models.CharField(_("tệp"), max_length=200, blank=True)
    file_digest = models.CharField(_("mã băm của tệp (SHA-256)"), max_length=64, blank=True)
    west = models.IntegerField(_("cạnh tây"), default=0)
    south = models.IntegerField(_("cạnh nam"), default=0)
    east = models.IntegerField(_("cạnh đông"), default=0)
    north = models.IntegerField(_("cạnh bắc"), default=0)

    class Meta:
        indexes = [
            models.Index(fields=["zone", "starts"], name="zones_boundary_start"),
            models.Index(fields=["west", "east"], name="zones_boundary_box"),
        ]
