"""Text as people search it: without tone marks, đ as d, lower case, single spaces."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """ "Hải Phòng" and "hai phong" fold to the same; "Đường" to "duong".

    >>> folded("KCN  Đình Vũ – Cát Hải")
    'kcn dinh vu – cat hai'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in apart if letter.isascii() or not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
