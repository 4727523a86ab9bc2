"""Board forms as boards mail them: layouts written down by hand, then moved, merged, hidden, retyped by chance.

Shares nothing with the reader: neither its mappings nor its rules. Every variant says what each of its cells is.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_files import Draft, Place

PLACE, PERIOD = "province/hai-phong", "2024"
ZONES = {
    "KCN Nomura - Hải Phòng": "zone/kcn-nomura-hai-phong",
    "KCN Đình Vũ": "zone/kcn-dinh-vu-deep-c-hai-phong-i",
    "Khu công nghiệp Tràng Duệ": "zone/kcn-trang-due-gd-1-2",
    "KCN Nam Cầu Kiền": "zone/kcn-nam-cau-kien",
    "KCN VSIP Hải Phòng": "zone/kcn-vsip-hai-phong",
}
USD, VND, COUNT, HA, PERCENT, FLOW = ("USD", 6), ("VND", 9), ("projects", 0), ("ha", 0), ("percent", 0), ("m3/day", 0)
TURNS, PEOPLE = ("adjustments", 0), ("workers", 0)
WORDS = {
    USD: "triệu USD",
    VND: "tỷ đồng",
    COUNT: "dự án",
    HA: "ha",
    PERCENT: "%",
    FLOW: "m3/ngày đêm",
    TURNS: "lượt",
    PEOPLE: "người",
}
Unit = tuple[str, int]


@dataclass(frozen=True)
class Meant:
    """A figure that has to come out: amount in the base unit, or why there is none."""

    sheet: str
    row: int
    column: int
    indicator: str
    place: str
    ownership: str
    zone_kind: str
    other: str
    unit: str
    value: Decimal | None
    emptiness: str = ""


@dataclass
class Variant:
    """states: of every filled cell by sheet and place: taken, ignored or unknown."""

    drafts: list[Draft] = field(default_factory=list)
    figures: set[Meant] = field(default_factory=set)
    states: dict[tuple[str, Place], str] = field(default_factory=dict)


# Form 2101: rows of (section, name, indicator, unit of the FDI sheet, unit of the DDI sheet).
ROWS_2101 = [
    (("Dự án cấp mới", "Cấp mới"), ("Số dự án",), "projects_new", COUNT, COUNT),
    (("Dự án cấp mới", "Cấp mới"), ("Vốn đăng ký",), "capital_new", USD, VND),
    (("Dự án điều chỉnh tăng vốn", "Tăng vốn"), ("Số lượt dự án", "Số dự án"), "projects_increased", TURNS, TURNS),
    (("Dự án điều chỉnh tăng vốn", "Tăng vốn"), ("Vốn tăng thêm",), "capital_added", USD, VND),
    (("Dự án điều chỉnh giảm vốn", "Giảm vốn"), ("Số lượt dự án",), "projects_reduced", TURNS, TURNS),
    (("Dự án điều chỉnh giảm vốn", "Giảm vốn"), ("Vốn giảm",), "capital_reduced", USD, VND),
    (("Dự án chấm dứt, thu hồi", "Thu hồi"), ("Số dự án",), "projects_revoked", COUNT, COUNT),
    (("Dự án chấm dứt, thu hồi", "Thu hồi"), ("Vốn đăng ký",), "capital_revoked", USD, VND),
    ((), ("Diện tích đất cho thuê tăng, giảm",), "land_leased_change", HA, HA),
    ((), ("Doanh thu", "Doanh thu thuần"), "revenue", USD, VND),
    ((), ("Giá trị xuất khẩu", "Xuất khẩu", "Kim ngạch xuất khẩu"), "export_value", USD, VND),
    ((), ("Giá trị nhập khẩu", "Nhập khẩu"), "import_value", USD, VND),
    ((), ("Nộp ngân sách nhà nước", "Nộp ngân sách"), "budget_payment", USD, VND),
]
COLUMNS_2101 = [
    ((("KCN ngoài KKT", "KCN ngoài khu kinh tế"),), "zone_location=outside"),
    ((("KCN trong KKT", "Khu công nghiệp trong khu kinh tế"), ("Ven biển", "KKT ven biển")), "zone_location=coastal"),
    ((("KCN trong KKT", "Khu công nghiệp trong khu kinh tế"), ("Cửa khẩu", "KKT cửa khẩu")), "zone_location=border"),
    ((("KCN trong KKT", "Khu công nghiệp trong khu kinh tế"), ("Chuyên biệt",)), "zone_location=special"),
    ((("Tổng cộng", "Tổng"),), ""),
]
# Forms of one row for each zone: columns of (names above each other, indicator, ownership, unit); "" waits for a
# register, "=" is recomputed.
REGISTER, RECOMPUTED = "", "="
CAPITAL, DONE = ("Vốn đăng ký",), ("Vốn thực hiện lũy kế", "Vốn thực hiện")
FOREIGN, HOME = ("Dự án đầu tư nước ngoài", "FDI"), ("Dự án đầu tư trong nước", "DDI")
BUSINESS = [
    (("Số dự án còn hiệu lực", "Dự án còn hiệu lực"), "projects_valid", COUNT, COUNT),
    (("Vốn đăng ký",), "capital_registered_total", USD, VND),
    (("Số dự án đang hoạt động",), "projects_operating", COUNT, COUNT),
    (("Vốn thực hiện", "Vốn thực hiện lũy kế"), "capital_disbursed", USD, VND),
    (("Doanh thu",), "revenue", USD, VND),
    (("Xuất khẩu", "Giá trị xuất khẩu"), "export_value", USD, USD),
    (("Nhập khẩu",), "import_value", USD, USD),
    (("Nộp ngân sách",), "budget_payment", USD, VND),
]
LISTED = {
    "2103": [
        ((("Vị trí",),), REGISTER, "", None),
        ((("Tên dự án", "Dự án hạ tầng"),), REGISTER, "", None),
        ((("Chủ đầu tư hạ tầng", "Chủ đầu tư"), ("Tên",)), REGISTER, "", None),
        ((("Chủ đầu tư hạ tầng", "Chủ đầu tư"), ("Quốc tịch",)), REGISTER, "", None),
        ((CAPITAL, ("FDI",)), "capital_infrastructure", "FDI", USD),
        ((CAPITAL, ("DDI",)), "capital_infrastructure", "DDI", VND),
        ((("Diện tích",), ("Thành lập",)), "zone_area", "", HA),
        ((("Diện tích",), ("Đất công nghiệp, dịch vụ",)), "industrial_land_area", "", HA),
        ((("Diện tích",), ("Đã cho thuê",)), "land_leased", "", HA),
        ((("Tỷ lệ lấp đầy",),), RECOMPUTED, "", PERCENT),
        ((("Tỷ lệ hoàn thành", "Tiến độ hoàn thành"),), "infrastructure_completion", "", PERCENT),
        ((("Tình trạng",),), REGISTER, "", None),
        ((("Đất đã bàn giao",),), "land_handed_over", "", HA),
        ((DONE, ("FDI",)), "capital_infrastructure_disbursed", "FDI", USD),
        ((DONE, ("DDI",)), "capital_infrastructure_disbursed", "DDI", VND),
    ],
    "2104": [
        *((((FOREIGN), name), indicator, "FDI", unit) for name, indicator, unit, _home in BUSINESS),
        *((((HOME), name), indicator, "DDI", unit) for name, indicator, _foreign, unit in BUSINESS),
        ((("Lao động",), ("Việt Nam",)), "jobs_domestic", "", PEOPLE),
        ((("Lao động",), ("Nước ngoài",)), "jobs_foreign", "", PEOPLE),
    ],
    "2105": [
        ((("Tình trạng",),), REGISTER, "", None),
        ((("Công suất",), ("Thiết kế",)), "wastewater_capacity", "", FLOW),
        ((("Công suất",), ("Vận hành",)), "wastewater_flow", "", FLOW),
    ],
}  # fmt: skip
FORMS = ("2101", *LISTED)


class _Page:
    """One sheet in the making; what is put down says at once what it is."""

    def __init__(self, variant: Variant, rng: random.Random, name: str) -> None:
        self.variant, self.rng = variant, rng
        self.draft = Draft(name)
        variant.drafts.append(self.draft)
        self.style = rng.choice(("number", "vi", "en", "mixed_vi"))

    def put(self, row: int, column: int, value: str | float, state: str = "ignored") -> None:
        self.draft.cells[row, column] = value
        self.variant.states[self.draft.name, (row, column)] = state

    def hide_row(self, row: int) -> None:
        self.draft.hidden_rows.add(row)

    def spelled(self, names: tuple[str, ...], unit: Unit | None = None) -> str:
        """A label as somebody types it: capitals, blanks, numbering, its unit behind or none."""
        word = self.rng.choice(names)
        word = self.rng.choice((word, word, word.upper(), f" {word} ", word.replace(" ", "  ", 1)))
        if unit and self.rng.random() < 0.5:
            word += self.rng.choice((f" ({WORDS[unit]})", f", {WORDS[unit]}", f"\n({WORDS[unit]})"))
        return word

    def amount(self, unit: Unit) -> Decimal:
        if unit in (COUNT, TURNS, PEOPLE):
            return Decimal(self.rng.randrange(0, 400))
        return (
            Decimal(self.rng.randrange(1, 9_000_000)).scaleb(-2)
            if unit != PERCENT
            else Decimal(self.rng.randrange(1, 9999)) / 100
        )

    def typed(self, amount: Decimal) -> str | float:
        """The amount as a number, or as text in the habit of the sheet."""
        style = self.style if self.style != "mixed_vi" else self.rng.choice(("number", "vi"))
        if style == "number":
            return float(amount)
        whole = amount == amount.to_integral_value()
        if style == "en":
            text = f"{abs(amount):,.0f}" if whole and abs(amount) < 1000 else f"{abs(amount):,.2f}"
        else:
            places = 0 if whole else 2
            text = f"{abs(amount):,.{places}f}".replace(",", "_").replace(".", ",").replace("_", ".")
        text = self.rng.choice((text, f" {text} ", f"{text}\u00a0"))
        if amount < 0:
            return f"({text.strip()})" if self.rng.random() < 0.6 else f"-{text.strip()}"
        return text

    def figure(self, row: int, column: int, unit: Unit, **about: str) -> None:
        """A figure, a dash, or dots."""
        chance = self.rng.random()
        if chance < 0.05:
            self.put(row, column, self.rng.choice(("-", "–")))
            return
        emptiness = "not_available" if chance < 0.09 else ""
        amount = (
            None
            if emptiness
            else self.amount(unit) * (-1 if about["indicator"] == "land_leased_change" and chance < 0.5 else 1)
        )
        self.put(row, column, self.rng.choice(("…", "...")) if amount is None else self.typed(amount), "taken")
        value = None if amount is None else amount.scaleb(unit[1]).normalize() + 0
        told = {"place": PLACE, "ownership": "", "zone_kind": "", "other": "", **about}
        self.variant.figures.add(
            Meant(self.draft.name, row, column, unit=unit[0], value=value, emptiness=emptiness, **told)
        )

    def titles(self, words: list[str]) -> int:
        """Lines above the table; the first free row."""
        row = self.rng.randrange(0, 3)
        for line in [*words, *self.rng.sample(["Kèm theo công văn của Ban", "Người lập: Nguyễn Văn A", "Tỷ giá: "], 1)]:
            self.put(row, self.rng.randrange(0, 3), line)
            if line == "Tỷ giá: ":
                self.put(row, 5, 24335.0)
            row += self.rng.randrange(1, 3)
        return row

    def head(self, top: int, columns: dict[int, list[str]]) -> int:
        """Names above each other, equal neighbours merged or only written once; the last row of the head."""
        depth = max(map(len, columns.values()))
        merged = self.rng.random() < 0.7
        for column, names in columns.items():
            for level, name in enumerate(names):
                left = columns.get(column - 1, [])
                if level < len(names) - 1 and left[: level + 1] == names[: level + 1]:
                    continue
                self.put(top + level, column, name)
                right = column
                while level < len(names) - 1 and columns.get(right + 1, [])[: level + 1] == names[: level + 1]:
                    right += 1
                bottom = top + depth - 1 if level == len(names) - 1 else top + level
                if merged and (right, bottom) != (column, top + level):
                    self.draft.merges.append((top + level, column, bottom, right))
        return top + depth - 1

    def notes(self, row: int, width: int) -> None:
        for words in self.rng.sample(
            ["Ghi chú: số liệu ước", "Người ký: Trần Thị B", "Nguồn: sổ của Ban", "(1) theo báo cáo quý"], 2
        ):
            row += self.rng.randrange(1, 3)
            self.put(row, self.rng.randrange(0, width), words)


def variant(form: str, seed: int) -> Variant:
    """One workbook of a form, and what its cells are."""
    rng = random.Random(f"{form}-{seed}")
    made = Variant()
    if form == "2101":
        for ownership in rng.sample(["FDI", "DDI"], 2):
            _matrix(made, rng, ownership)
    else:
        _list(made, rng, form)
    _other_sheets(made, rng)
    rng.shuffle(made.drafts)
    return made


def _matrix(made: Variant, rng: random.Random, ownership: str) -> None:
    names = {"FDI": ["2101 FDI", "Trang tính 1", "Q4"], "DDI": ["2101 DDI", "Trang tính 2", "Bieu moi"]}
    page = _Page(made, rng, rng.choice(names[ownership]))
    foreign = ownership == "FDI"
    title = "Dự án đầu tư nước ngoài" if foreign else "Dự án đầu tư trong nước"
    top = page.titles(["BIỂU SỐ 2101.H.QLKKT", title])
    at = rng.randrange(0, 2)
    columns: dict[int, list[str]] = {at: ["STT"], at + 1: ["Chỉ tiêu"]}
    column = at + 2
    with_unit = rng.random() < 0.5
    if with_unit:
        columns[column] = ["Đơn vị tính"]
        column += 1
    spelled = {names: page.spelled(names) for names in {part for path, _other in COLUMNS_2101 for part in path}}
    inside = rng.sample(COLUMNS_2101[1:4], 3)
    order = (
        [COLUMNS_2101[0], *inside, COLUMNS_2101[4]]
        if rng.random() < 0.6
        else [COLUMNS_2101[4], *inside, COLUMNS_2101[0]]
    )
    figures: dict[int, str] = {}
    for path, other in order:
        if rng.random() < 0.15:
            column += 1  # a spare column
        columns[column] = [spelled[names] for names in path]
        figures[column] = other
        column += 1
    notes = column if rng.random() < 0.4 else None
    if notes is not None:
        columns[notes] = ["Ghi chú"]
    row = page.head(top, columns) + 1
    if rng.random() < 0.5:
        for number, one in enumerate(columns):
            page.put(row, one, f"({number + 1})")
        row += 1
    section: tuple[str, ...] = ()
    for number, (group, name, indicator, usd, vnd) in enumerate(ROWS_2101):
        unit = usd if foreign else vnd
        row += rng.random() < 0.15  # a spare row
        if group and group != section:
            page.put(row, at + 1, f"{number + 1}. {page.spelled(group).strip()}")
            row += 1
        section = group
        if rng.random() < 0.12:
            page.put(row, at + 1, "Doanh thu")
            page.put(row, min(figures), 777.0)
            page.hide_row(row)
            row += 1
        page.put(row, at, float(number + 1))
        page.put(row, at + 1, page.spelled(name, unit))
        if with_unit:
            page.put(row, at + 2, WORDS[unit])
        for one, other in figures.items():
            page.figure(row, one, unit, indicator=indicator, ownership=ownership, zone_kind="KCN", other=other)
        if notes is not None and rng.random() < 0.3:
            page.put(row, notes, "xem công văn")
        row += 1
    page.notes(row, column)


def _list(made: Variant, rng: random.Random, form: str) -> None:
    page = _Page(made, rng, rng.choice([form, f"Biểu {form}", "Sheet1", "Năm 2024"]))
    top = page.titles([f"BIỂU SỐ {form}.H.QLKKT", "Các khu công nghiệp"])
    at = rng.randrange(0, 2)
    columns: dict[int, list[str]] = {at: ["STT"], at + 1: [page.spelled(("Tên KCN", "Khu công nghiệp"))]}
    spelled = {names: page.spelled(names) for path, *_rest in LISTED[form] for names in path[:-1]}
    figures: dict[int, tuple[str, str, Unit | None]] = {}
    groups: dict[tuple[str, ...], list[tuple[tuple[tuple[str, ...], ...], str, str, Unit | None]]] = {}
    for path, indicator, ownership, unit in LISTED[form]:
        groups.setdefault(path[0], []).append((path, indicator, ownership, unit))
    column = at + 2
    for group in rng.sample(list(groups), len(groups)):
        if rng.random() < 0.12:
            columns[column] = ["Ghi chú"]
            column += 1
        for path, indicator, ownership, unit in rng.sample(groups[group], len(groups[group])):
            columns[column] = [*(spelled[names] for names in path[:-1]), page.spelled(path[-1], unit)]
            figures[column] = (indicator, ownership, unit)
            column += 1
    if rng.random() < 0.2:
        page.draft.hidden_columns.add(column)
        columns[column] = ["Cột cũ"]
        column += 1
    row = page.head(top, columns) + 1
    if rng.random() < 0.5:
        for number, one in enumerate(columns):
            page.put(row, one, f"({number + 1})")
        row += 1
    _zones(page, row, at, column, figures)


def _zones(page: _Page, row: int, at: int, width: int, figures: dict[int, tuple[str, str, Unit | None]]) -> None:
    rng = page.rng
    for number, name in enumerate(rng.sample(list(ZONES), rng.randrange(2, 6))):
        row += rng.random() < 0.15
        if rng.random() < 0.15:
            page.put(row, at + 1, "KCN Đồ Sơn")
            page.put(row, max(figures), 5.0)
            page.hide_row(row)
            row += 1
        page.put(row, at, float(number + 1))
        page.put(row, at + 1, rng.choice((name, name.upper(), f"  {name}")))
        for column, (indicator, ownership, unit) in figures.items():
            if indicator == REGISTER:
                page.put(row, column, rng.choice(("Đang hoạt động", "Công ty A", "Đã xây")))
            elif unit and indicator == RECOMPUTED:
                page.put(row, column, float(page.amount(unit)))
            elif unit:
                page.figure(row, column, unit, indicator=indicator, ownership=ownership, place=ZONES[name])
        for column in page.draft.hidden_columns:
            page.put(row, column, 12.0)
        row += 1
    if rng.random() < 0.25:
        page.put(row, at + 1, "KCN Không Có Trong Danh Mục", "unknown")
        column = next(one for one, (indicator, _o, _u) in figures.items() if indicator not in (REGISTER, RECOMPUTED))
        page.put(row, column, 3.5, "unknown")
        row += 1
    if rng.random() < 0.8:
        page.put(row, at + 1, rng.choice(("Tổng cộng", "TỔNG", "Cộng")))
        for column, (indicator, _ownership, unit) in figures.items():
            if indicator != REGISTER and unit:
                page.put(row, column, float(page.amount(unit)))
        row += 1
    page.notes(row, width)


def _other_sheets(made: Variant, rng: random.Random) -> None:
    if rng.random() < 0.4:
        _Page(made, rng, "Hướng dẫn").put(0, 0, "Ghi số theo đơn vị của cột")
    if rng.random() < 0.3:
        page = _Page(made, rng, "Nháp cũ")
        page.put(2, 1, 99.0)
        page.draft.is_hidden = True
    if rng.random() < 0.2:
        _Page(made, rng, "Tính tạm").put(1, 1, 42.0, "unknown")
