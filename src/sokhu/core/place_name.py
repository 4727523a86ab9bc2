"""Names of places as people type them: tone marks or none, Hòa or Hoà, abbreviations, "tỉnh" and "TP." before."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sokhu.core.folding import folded as without_marks

# Grave, acute, tilde, hook above, dot below: the tones. Circumflex, breve and horn make other letters and stay.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PHRASES = (
    ("ban quan ly", "bql"),
    ("khu cong nghiep", "kcn"),
    ("khu che xuat", "kcx"),
    ("khu kinh te", "kkt"),
    ("khu cong nghe cao", "kcnc"),
    ("giai doan", "gd"),
    ("thanh pho", "tp"),
)
_DROPPED = frozenset({"cac", "va", "tp"})


@lru_cache(maxsize=16_384)  # a territory is read anew after each change of a place, and names stay
def folded(name: str) -> str:
    """The key under which every spelling of a name is the same.

    >>> folded("Tỉnh Hoà Bình"), folded("TP.Hải Phòng"), folded("Ban Quản lý các KCN tỉnh Hà Tĩnh")
    ('hoa binh', 'hai phong', 'bql kcn ha tinh')
    """
    words = " ".join(re.findall(r"[a-z0-9]+", without_marks(name)))
    for phrase, short in _PHRASES:
        words = re.sub(rf"\b{phrase}\b", short, words)
    return " ".join(_kept(words.split()))


def _kept(words: list[str]) -> list[str]:
    # "tinh" is the word province unless it ends the name, as in Hà Tĩnh.
    last = len(words) - 1
    kept = [word for number, word in enumerate(words) if word != "tinh" or number == last]
    return [word for word in kept if word not in _DROPPED] or words


def with_tones(name: str) -> str:
    """The name with its tone marks, wherever in the syllable they were typed: Hòa and Hoà are the same, Hóa is not."""
    words = []
    for word in re.findall(r"\w+", unicodedata.normalize("NFC", name.lower())):
        letters = unicodedata.normalize("NFD", word)
        tones = "".join(sorted(mark for mark in letters if mark in _TONES))
        words.append("".join(mark for mark in letters if mark not in _TONES) + tones)
    return " ".join(words)
