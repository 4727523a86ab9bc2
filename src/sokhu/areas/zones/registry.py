"""The registers of zones, each in one declaration."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sokhu.areas.zones import follow, placing, rules
from sokhu.areas.zones.models import (
    Boundary,
    Decision,
    Kind,
    LandUse,
    Lease,
    Phase,
    Plot,
    Responsibility,
    Stage,
    Zone,
)
from sokhu.kit.registers.declaration import Register

ZONES = Register(
    code="zones",
    model=Zone,
    name=_("Khu công nghiệp, khu kinh tế"),
    one=_("khu"),
    title="name",
    columns=("name", "kind", "province", "stage", "area", "industrial_land", "established_year"),
    search=("name", "name_en", "code", "developer", "developer_code", "location"),
    filters=("kind", "stage", "province", "inside", "evidence", "area"),
    key=("name",),
    placed=placing.placed_zones,
    order=("name",),
    sections=(
        (_("Khu"), ("name", "name_en", "code", "kind", "stage", "province", "location", "inside")),
        (_("Đất đai, pháp lý"), ("area", "industrial_land", "established", "established_year", "term_years")),
        (_("Chủ đầu tư hạ tầng"), ("developer", "developer_code")),
        (_("Nguồn và ghi chú"), ("source", "evidence", "note")),
    ),
    derived=frozenset({"place"}),
    internal=frozenset({"place"}),
    is_open=True,
    subject=_("Khu, đất đai"),
    help={"stage": _("chỉ được tính khi có ngày bắt đầu: ghi thêm một giai đoạn ở vòng đời của khu")},
    begin=follow.new_place,
    check=rules.check_zone,
    follow=follow.zones_changed,
)

DECISIONS = Register(
    code="decisions",
    model=Decision,
    name=_("Văn bản pháp lý của khu"),
    one=_("văn bản"),
    title="number",
    columns=("number", "kind", "zone", "day", "issuer", "area", "industrial_land"),
    search=("number", "issuer", "signer", "summary"),
    filters=("kind", "zone", "day"),
    key=("zone", "number"),
    parent="zone",
    order=("day", "number"),
    is_open=True,
    check=rules.check_decision,
    follow=follow.land_changed,
)

KINDS = Register(
    code="zone-kinds",
    model=Kind,
    name=_("Loại khu theo thời gian"),
    one=_("loại khu"),
    title="kind",
    columns=("kind", "zone", "starts", "ends", "ground"),
    search=("ground",),
    filters=("kind", "zone"),
    key=("zone", "kind", "starts"),
    parent="zone",
    order=("starts",),
    is_open=True,
    check=rules.check_span,
    follow=follow.of_zones_changed,
)

STAGES = Register(
    code="zone-stages",
    model=Stage,
    name=_("Vòng đời của khu"),
    one=_("giai đoạn vòng đời"),
    title="stage",
    columns=("stage", "zone", "starts", "ends", "ground"),
    search=("ground",),
    filters=("stage", "zone"),
    key=("zone", "stage", "starts"),
    parent="zone",
    order=("starts",),
    is_open=True,
    check=rules.check_span,
    follow=follow.stages_changed,
)

RESPONSIBILITIES = Register(
    code="responsibilities",
    model=Responsibility,
    name=_("Ban quản lý phụ trách khu"),
    one=_("ban phụ trách"),
    title="board",
    columns=("board", "zone", "starts", "ends", "ground"),
    search=("ground",),
    filters=("board", "zone"),
    key=("zone", "board", "starts"),
    parent="zone",
    order=("starts",),
    is_open=True,
    check=rules.check_responsibility,
    follow=follow.boards_changed,
)

PHASES = Register(
    code="phases",
    model=Phase,
    name=_("Giai đoạn xây dựng"),
    one=_("giai đoạn"),
    title="name",
    columns=("name", "zone", "area", "starts", "planned_end", "ends", "cleared", "handed_over"),
    search=("name",),
    filters=("zone",),
    key=("zone", "name"),
    parent="zone",
    order=("starts", "name"),
    derived=frozenset({"cleared"}),
    is_open=True,
    check=rules.check_phase,
    follow=follow.land_changed,
)

LAND_USES = Register(
    code="land-uses",
    model=LandUse,
    name=_("Cơ cấu sử dụng đất theo quy hoạch"),
    one=_("dòng cơ cấu đất"),
    title="use",
    columns=("use", "zone", "plan", "area", "function"),
    search=("use",),
    filters=("use", "zone"),
    key=("zone", "plan", "use"),
    parent="zone",
    order=("plan__day", "use"),
    is_open=True,
    check=rules.check_land_use,
    follow=follow.land_changed,
)

PLOTS = Register(
    code="plots",
    model=Plot,
    name=_("Lô đất"),
    one=_("lô đất"),
    title="code",
    columns=("code", "zone", "area", "use", "status", "ready", "reserved_for"),
    search=("code", "reserved_for"),
    filters=("zone", "status", "area"),
    key=("zone", "code"),
    parent="zone",
    placed=placing.placed_plots,
    order=("zone", "code"),
    is_open=True,
    doubts=rules.doubts_of_plot,
    follow=follow.plots_changed,
)

LEASES = Register(
    code="leases",
    model=Lease,
    name=_("Hợp đồng thuê đất"),
    one=_("hợp đồng thuê"),
    title="contract",
    columns=("contract", "lessee", "zone", "plot", "area", "ownership", "starts", "ends", "ended"),
    search=("contract", "lessee", "lessee_code", "project_code"),
    filters=("zone", "ownership", "starts", "ends"),
    key=("zone", "contract"),
    parent="zone",
    order=("starts", "contract"),
    about=("zone__place", "lessee_code"),
    check=rules.check_lease,
    doubts=rules.doubts_of_lease,
    follow=follow.leases_changed,
)

BOUNDARIES = Register(
    code="boundaries",
    model=Boundary,
    name=_("Ranh giới"),
    one=_("ranh giới"),
    title="starts",
    columns=("starts", "zone", "plot", "area", "decision", "file_name"),
    search=("file_name",),
    filters=("zone", "starts", "area"),
    key=("zone", "plot", "starts"),
    parent="zone",
    placed=placing.placed_boundaries,
    order=("starts",),
    sections=(
        (_("Ranh giới"), ("zone", "plot", "starts", "decision", "area", "geometry", "note")),
        (_("Tệp"), ("file_name", "system", "file_digest")),
    ),
    derived=frozenset({"area", "system", "file_name", "file_digest", "west", "south", "east", "north"}),
    internal=frozenset({"west", "south", "east", "north"}),
    is_open=True,
    check=rules.check_boundary,
    help={"geometry": _("Dán GeoJSON của một hình. Tệp KML, shapefile, VN-2000: mở trang Ranh giới của khu.")},
)

REGISTERS = (ZONES, DECISIONS, KINDS, STAGES, RESPONSIBILITIES, PHASES, LAND_USES, PLOTS, LEASES, BOUNDARIES)
