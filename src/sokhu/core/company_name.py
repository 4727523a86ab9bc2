"""Names of firms as they are compared: without tone marks, punctuation, and the words for their legal form."""

from __future__ import annotations

import re

from sokhu.core.folding import folded

_NO_WORD = re.compile(r"[^0-9a-z]+")
# Folded, the longest first: "công ty trách nhiệm hữu hạn một thành viên" in all the ways it is shortened.
_FORMS = (
    "trach nhiem huu han",
    "mot thanh vien",
    "hai thanh vien",
    "doanh nghiep tu nhan",
    "hop tac xa",
    "private limited",
    "joint stock company",
    "joint stock",
    "cong ty",
    "co phan",
    "tap doan",
    "chi nhanh",
    "nha may",
    "company",
    "limited",
    "corporation",
    "group",
    "branch",
    "tnhh",
    "ctcp",
    "dntn",
    "htx",
    "mtv",
    "jsc",
    "ltd",
    "corp",
    "inc",
    "pte",
    "llc",
    "cty",
    "co",
    "cp",
)
_FORM = re.compile(rf"\b(?:{'|'.join(_FORMS)})\b")
_COUNTRY = re.compile(r"\b(?:viet nam|vietnam|vn)\b")


def bare_name(name: str) -> str:
    """What is left of a firm's name: the words that tell it from others.

    >>> bare_name("Công ty TNHH MTV Điện tử Hoa Sen (Việt Nam)"), bare_name("HOA SEN ELECTRONICS VIETNAM CO., LTD.")
    ('dien tu hoa sen vietnam', 'hoa sen electronics vietnam')
    """
    plain = " ".join(_NO_WORD.sub(" ", folded(name)).split())
    without = " ".join(_COUNTRY.sub("vietnam", _FORM.sub(" ", plain)).split())
    return without or plain
