"""Names that nobody has: two words of sky and meadow for a zone, *Minh Họa* and a number for every firm."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sokhu.core.folding import folded

_THINGS = (
    "Mây", "Gió", "Nắng", "Sao", "Trăng", "Sương", "Sóng", "Mưa", "Cỏ", "Lá", "Bướm", "Diều", "Hạc", "Nhạn", "Én",
    "Ong", "Tuyết", "Vồng",
)  # fmt: skip
_QUALITIES = (
    "Sớm", "Biếc", "Tím", "Non", "Bạc", "Ngà", "Thắm", "Nhẹ", "Trong", "Êm", "Lành", "Ấm", "Sáng", "Vui", "Reo", "Bay",
    "Ngân", "Xa", "Hiền", "Tươi", "Mơ", "Thơm", "Mềm", "Lặng", "Rạng", "Chiều", "Khuya", "Thu", "Xuân", "Lụa", "Gấm",
    "Trắng",
)  # fmt: skip
_KINDS = {
    "KCN": ("KCN", "Industrial Park"),
    "KCX": ("KCX", "Export Processing Zone"),
    "KCNHT": ("KCN hỗ trợ", "Supporting Industrial Park"),
    "KCNST": ("KCN sinh thái", "Eco-industrial Park"),
    "KCNCNC": ("KCN công nghệ cao", "High-tech Industrial Park"),
    "KKT-VB": ("KKT", "Economic Zone"),
    "KKT-CK": ("KKT cửa khẩu", "Border-gate Economic Zone"),
}
_FORMS = {"limited": "Công ty TNHH", "stock": "Công ty cổ phần"}
# By division of VSIC: what such a project makes.
_PRODUCTS = {
    "10": "thực phẩm", "13": "sợi dệt", "14": "hàng may mặc", "15": "giày dép", "16": "gỗ ván", "17": "bao bì giấy",
    "20": "hóa chất", "21": "dược phẩm", "22": "linh kiện nhựa", "23": "vật liệu xây dựng", "24": "thép",
    "25": "cơ khí", "26": "linh kiện điện tử", "27": "thiết bị điện", "28": "máy móc", "29": "phụ tùng ô tô",
    "31": "nội thất", "32": "đồ chơi", "52": "kho bãi, hậu cần",
}  # fmt: skip


def pairs(rng: Random) -> Iterator[str]:
    """Pairs of words in an order of their own, each once."""
    found = [f"{thing} {quality}" for thing in _THINGS for quality in _QUALITIES]
    rng.shuffle(found)
    return iter(found)


def zone_names(kind: str, words: str) -> tuple[str, str]:
    """The Vietnamese and the English name of a zone of a kind."""
    vi, en = _KINDS[kind]
    return f"{vi} {words}", f"{folded(words).title()} {en}"


def some_words(rng: Random) -> str:
    return f"{rng.choice(_THINGS)} {rng.choice(_QUALITIES)}"


def firm_name(form: str, words: str, number: int) -> str:
    return f"{_FORMS[form]} Minh Họa {words} {number}"


def investor_name(words: str, number: int, *, is_foreign: bool) -> str:
    if is_foreign:
        return f"Minh Họa {folded(words).title()} Holdings {number}"
    return f"Công ty cổ phần Đầu tư Minh Họa {words} {number}"


def project_name(sector: str, words: str, number: int) -> str:
    return (
        f"Nhà máy {_PRODUCTS[sector]} Minh Họa {words} {number}" if sector != "52" else f"Kho Minh Họa {words} {number}"
    )


SECTORS = {
    "26": 15, "25": 10, "22": 10, "14": 8, "10": 8, "28": 6, "27": 6, "31": 6, "20": 5, "13": 4, "15": 4, "17": 4,
    "23": 4, "29": 4, "52": 4, "24": 3, "32": 3, "16": 2, "21": 2,
}  # fmt: skip
COUNTRIES = {
    "KR": 22, "JP": 18, "CN": 17, "TW": 12, "SG": 8, "HK": 8, "US": 3, "TH": 3, "MY": 3, "DE": 2, "NL": 2, "FR": 1,
    "GB": 1, "AU": 1,
}  # fmt: skip
