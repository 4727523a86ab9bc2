"""The registers of infrastructure, each in one declaration; dated entries belong to the thing they are of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sokhu.areas.infrastructure import follow, rules
from sokhu.areas.infrastructure.models import (
    Clearance,
    ClearanceProgress,
    Housing,
    HousingCount,
    Progress,
    Reading,
    Utility,
    UtilityKind,
    Work,
)
from sokhu.kit.registers.declaration import ByKind, Register

SUBJECT = _("Hạ tầng")
OF_ZONE = ("zone__place",)  # what the developer of a zone reads
utilities_changed, readings_changed = follow.follow_of(follow.UTILITIES)
works_changed, progress_changed = follow.follow_of(follow.WORKS)
housing_changed, counts_changed = follow.follow_of(follow.HOUSING)

_PERMIT = ("licence", "licence_day", "licence_ends")
_OF_KINDS = {
    UtilityKind.WASTEWATER: ("capacity", "working", "technology", "standard", "monitored_since", *_PERMIT),
    UtilityKind.WATER: ("capacity", "working", "technology"),
    UtilityKind.POWER: ("power",),
    UtilityKind.WASTE: ("waste", "technology", *_PERMIT),
}

UTILITIES = Register(
    code="utilities",
    model=Utility,
    name=_("Điện, nước, xử lý thải"),
    one=_("công trình tiện ích"),
    title="name",
    columns=("name", "zone", "kind", "capacity", "working", "power", "starts", "licence_ends"),
    search=("name", "operator", "technology", "licence"),
    filters=("kind", "zone", "capacity", "starts", "licence_ends"),
    key=("zone", "kind", "name"),
    parent="zone",
    order=("zone", "kind", "name"),
    sections=(
        (_("Công trình"), ("zone", "kind", "name", "operator", "builds_from", "starts", "ends")),
        (
            _("Nước thải, cấp nước"),
            ("capacity", "working", "technology", "standard", "monitored_since"),
        ),
        (_("Cấp điện, chất thải"), ("power", "waste")),
        (_("Giấy phép môi trường, ghi chú"), (*_PERMIT, "note")),
    ),
    by_kind=ByKind("kind", {str(kind): frozenset(names) for kind, names in _OF_KINDS.items()}),
    about=OF_ZONE,
    subject=SUBJECT,
    check=rules.check_utility,
    follow=utilities_changed,
    help={"name": _("mỗi mô-đun có công suất riêng là một công trình")},
)

READINGS = Register(
    code="utility-readings",
    model=Reading,
    name=_("Số đo nước thải, cấp nước"),
    one=_("số đo"),
    title="ends",
    columns=("ends", "utility", "starts", "volume", "reused", "is_compliant"),
    search=("source",),
    filters=("utility", "ends", "is_compliant"),
    key=("ends", "utility"),
    parent="utility",
    order=("ends",),
    about=("utility__zone__place",),
    check=rules.check_reading,
    follow=readings_changed,
)

WORKS = Register(
    code="works",
    model=Work,
    name=_("Công trình hạ tầng"),
    one=_("công trình hạ tầng"),
    title="name",
    columns=("name", "zone", "item", "value", "planned_end", "ends", "percent"),
    search=("name", "contractor"),
    filters=("zone", "item", "funding", "planned_end", "percent"),
    key=("zone", "name"),
    parent="zone",
    order=("approved", "name"),
    derived=frozenset({"percent"}),
    about=OF_ZONE,
    subject=SUBJECT,
    check=rules.check_work,
    follow=works_changed,
)

PROGRESS = Register(
    code="work-progress",
    model=Progress,
    name=_("Tiến độ công trình hạ tầng"),
    one=_("lần ghi tiến độ"),
    title="day",
    columns=("day", "work", "percent", "paid", "obstacle"),
    search=("obstacle",),
    filters=("work", "day"),
    key=("day", "work"),
    parent="work",
    order=("day",),
    about=("work__zone__place",),
    check=rules.check_progress,
    follow=progress_changed,
)

CLEARANCES = Register(
    code="clearances",
    model=Clearance,
    name=_("Giải phóng mặt bằng"),
    one=_("đợt thu hồi đất"),
    title="name",
    columns=("name", "zone", "area", "cleared", "households", "households_paid", "planned_end"),
    search=("name", "commune", "decision"),
    filters=("zone", "land_kind", "decided", "planned_end", "area"),
    key=("zone", "name"),
    parent="zone",
    order=("decided", "name"),
    derived=frozenset({"cleared", "households_paid", "households_resettled", "compensation_paid"}),
    about=OF_ZONE,
    subject=SUBJECT,
    check=rules.check_clearance,
    follow=follow.clearances_changed,
)

CLEARANCE_PROGRESS = Register(
    code="clearance-progress",
    model=ClearanceProgress,
    name=_("Tiến độ giải phóng mặt bằng"),
    one=_("lần ghi tiến độ"),
    title="day",
    columns=("day", "clearance", "cleared", "households_paid", "compensation_paid", "obstacle"),
    search=("obstacle",),
    filters=("clearance", "day"),
    key=("day", "clearance"),
    parent="clearance",
    order=("day",),
    about=("clearance__zone__place",),
    check=rules.check_clearance_progress,
    follow=follow.clearance_progressed,
)

HOUSING = Register(
    code="housing",
    model=Housing,
    name=_("Nhà ở, dịch vụ cho công nhân"),
    one=_("dự án nhà ở công nhân"),
    title="name",
    columns=("name", "zone", "kind", "homes_planned", "homes", "places", "homes_let", "planned_end"),
    search=("name", "investor", "address"),
    filters=("kind", "zone", "approved", "planned_end"),
    key=("zone", "name"),
    parent="zone",
    order=("approved", "name"),
    derived=frozenset({"homes", "places", "homes_let", "residents"}),
    about=OF_ZONE,
    subject=SUBJECT,
    check=rules.check_housing,
    follow=housing_changed,
)

COUNTS = Register(
    code="housing-counts",
    model=HousingCount,
    name=_("Số căn, chỗ ở công nhân theo ngày"),
    one=_("lần đếm"),
    title="day",
    columns=("day", "housing", "homes", "places", "homes_let", "residents"),
    search=("source",),
    filters=("housing", "day"),
    key=("day", "housing"),
    parent="housing",
    order=("day",),
    about=("housing__zone__place",),
    check=rules.check_housing_count,
    follow=counts_changed,
)

REGISTERS = (UTILITIES, READINGS, WORKS, PROGRESS, CLEARANCES, CLEARANCE_PROGRESS, HOUSING, COUNTS)
