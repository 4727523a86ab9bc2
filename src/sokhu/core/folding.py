"""Text as people search it: without tone marks, đ as d, lower case, single spaces."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # the marks that combine, where ours are


def folded(text: str) -> str:
    """ "Hải Phòng" and "hai phong" fold to the same; "Đường" to "duong".

    >>> folded("KCN  Đình Vũ – Cát Hải")
    'kcn dinh vu – cat hai'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = _MARKS.sub("", apart)
    if not bare.isascii():  # marks of other scripts, and letters without any
        bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
