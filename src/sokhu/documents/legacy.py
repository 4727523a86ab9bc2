"""Vietnamese letters from before Unicode: TCVN3 (ABC), VNI Windows, VIQR, known by what syllables the letters spell.

A file in such a font holds letters of Western Europe that only look Vietnamese in one font: "Céng hßa" is "Cộng hòa" in
.VnTime. Whether a word is possible in Vietnamese is decided by the form of its syllable, not by a dictionary.
Source of the tables: TCVN 5712:1993 (third set), the VNI Windows layout, RFC 1456 (VIQR).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sokhu.core.problems import Problem

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
    r"(?:(?:iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uơ|uyê|uya|uy|ưa|ia|ya|ua|[aăâeêioôơuưy])(?:ch|c|m|ng|nh|n|p|t)?"
    r"|(?:iê|yê)u|uô[iu]|ươ[iu]|oa[iyo]|oe[o]|uâ[y]|uy[u]|a[iouy]|â[uy]|eo|êu|iu|o[iy]|ôi|ơi|u[iy]|ư[iu])"
)
_WORD = re.compile(r"[^\s\x00-\x1f!-&(-*,-/:-@\[-\]_`{-~‘’“”–—…•]+")
# Letters that no other language of Latin script uses: their presence says that the text is Unicode Vietnamese.
_MARKED = re.compile("[^\x00-\x7f]")

_TCVN3_PAIRS = (
    "àµ á¸ ả¶ ã· ạ¹ ă¨ ằ» ắ¾ ẳ¼ ẵ½ ặÆ â© ầÇ ấÊ ẩÈ ẫÉ ậË đ® èÌ éÐ ẻÎ ẽÏ ẹÑ êª ềÒ ếÕ ểÓ ễÔ ệÖ ì× íÝ ỉØ ĩÜ ịÞ òß óã ỏá õâ "
    "ọä ô« ồå ốè ổæ ỗç ộé ơ¬ ờê ớí ởë ỡì ợî ùï úó ủñ ũò ụô ư\u00ad ừõ ứø ửö ữ÷ ựù ỳú ýý ỷû ỹü ỵþ Ă¡ Â¢ Đ§ Ê£ Ô¤ Ơ¥ Ư¦"
)
_TCVN3 = {ord(pair[1]): pair[0] for pair in _TCVN3_PAIRS.split()}

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_VIQR_LETTER = re.compile(r"dd|DD|Dd|([AEOaeo]\^|[Aa]\(|[OUou]\+|[AEIOUYaeiouy])(['`?~]|\.(?![ \n]|$))?")
_VIQR_WORD = re.compile(r"[A-Za-z^(+'`?~.]+")
_MOJIBAKE = re.compile(r"á[º»]|Ã[^\sA-Za-z,.;:!?\"”)]|Ä[‘\x83\x90ƒ‚]|Æ[°¡]")

LEGACY_FONT_NAME = re.compile(r"\.?vn[a-z.]|vni[-\s]|\.vn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How many different marked words are Vietnamese as they stand, and how many only after a conversion."""

    marked: int
    as_they_are: int
    converted: int


def is_syllable(word: str) -> bool:
    """Whether the letters can be one Vietnamese syllable, with at most one tone.

    >>> is_syllable("nghiệp"), is_syllable("hßa"), is_syllable("hoøa")
    (True, False, False)
    """
    apart = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", "".join(letter for letter in apart if letter not in _TONES))
    return sum(apart.count(tone) for tone in _TONES) <= 1 and _SYLLABLE.fullmatch(toneless) is not None


def from_tcvn3(text: str) -> str:
    """TCVN3 letters (as cp1252 shows them) as Unicode.

    >>> from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    return text.translate(_TCVN3)


def _vni_map() -> dict[str, str]:
    table: dict[str, str] = {}
    for base in "aeouyôö":
        plain = {"ô": "ơ", "ö": "ư"}.get(base, base)
        table |= {base + mark: plain + tone for mark, tone in _VNI_TONES.items()}
    table |= {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    table |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    table |= _VNI_SINGLE
    composed = {found: unicodedata.normalize("NFC", letter) for found, letter in table.items()}
    upper = {found.upper(): letter.upper() for found, letter in composed.items()}
    mixed = {found[0].upper() + found[1:]: letter.upper() for found, letter in composed.items()}
    return composed | mixed | upper


_VNI = _vni_map()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_vni(text: str) -> str:
    """VNI Windows letters as Unicode.

    >>> from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    return _VNI_LETTER.sub(lambda found: _VNI[found.group()], text)


def from_viqr(text: str) -> str:
    """VIQR (tone marks typed as ASCII signs) as Unicode.

    >>> from_viqr("Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    return unicodedata.normalize("NFC", _VIQR_LETTER.sub(_viqr_letter, text))


def _viqr_letter(found: re.Match[str]) -> str:
    letter, tone = found.group(1), found.group(2)
    if letter is None:
        return "Đ" if found.group()[0] == "D" else "đ"
    return letter[0] + _VIQR_SHAPES.get(letter[1:], "") + _VIQR_TONES.get(tone or "", "")


def spelling(text: str, convert: Callable[[str], str]) -> Spelling:
    """Count the different words with marked letters: "µm" on every page of a report on dust is one word."""
    marked = as_they_are = converted = 0
    for word in set(_words(text)):
        if not _MARKED.search(word) or len(word) < 2:
            continue
        marked += 1
        if is_syllable(word):
            as_they_are += 1
        elif _is_longer_syllable(convert(word)):
            converted += 1
    return Spelling(marked, as_they_are, converted)


def _words(text: str) -> Iterable[str]:
    return (found.group() for found in _WORD.finditer(text))


def _is_longer_syllable(word: str) -> bool:
    """Single letters prove nothing: "½" and "µ" are letters of TCVN3 too."""
    return len(word) > 1 and is_syllable(word)


_CONVERSIONS: tuple[tuple[str, Callable[[str], str]], ...] = (("TCVN3 (ABC)", from_tcvn3), ("VNI", from_vni))


def legacy_font(text: str, named_fonts: str = "", share: float = 0.15) -> str:
    """The name of the old encoding that the text is written in, or "".

    named_fonts: the part of the text that stands in fonts named .VnTime, VNI-Times …; there one word is enough.
    share: the part of the marked words that must be Vietnamese only after conversion. Unicode text stays under 2 %
    (names of firms, "µm"), text in an old font lies above 50 %.
    """
    sample = text[:200_000]
    name, best = max(
        ((name, spelling(sample, convert)) for name, convert in _CONVERSIONS), key=lambda pair: pair[1].converted
    )
    if best.converted >= 3 and best.converted >= share * max(best.converted + best.as_they_are, 0.5 * best.marked):
        return name
    if _looks_viqr(sample):
        return "VIQR"
    if named_fonts:
        return _in_named_fonts(named_fonts[:200_000])
    return ""


def _in_named_fonts(text: str) -> str:
    name, best = max(
        ((name, spelling(text, convert)) for name, convert in _CONVERSIONS), key=lambda pair: pair[1].converted
    )
    return name if best.converted and best.converted >= best.as_they_are // 3 else ""


def _looks_viqr(text: str) -> bool:
    words = [found.group().rstrip(".") for found in _VIQR_WORD.finditer(text)]
    signed = [word for word in words if re.search(r"[A-Za-z][\^(+'`?~.]|[Dd]{2}", word)]
    spelled = sum(1 for word in signed if (turned := from_viqr(word)) != word and is_syllable(turned))
    shaped = sum(1 for word in signed if re.search(r"[aeo]\^|a\(|[ou]\+|dd", word, re.IGNORECASE))
    return spelled >= 5 and shaped >= 3 and spelled >= 0.2 * len(words)


def is_doubly_encoded(text: str) -> bool:
    """UTF-8 that was read as a Western code page and saved again: "KhÃ¡nh HÃ²a"."""
    sample = text[:200_000]
    broken = len(_MOJIBAKE.findall(sample))
    return broken >= 3 and broken > len(re.findall("[ạ-ỹđơư]", sample))


def check(text: str, named_fonts: str = "") -> None:
    """Raise Problem: document.legacy_font, or document.wrong_encoding where UTF-8 was encoded twice."""
    name = legacy_font(text, named_fonts)
    if name:
        raise Problem("document.legacy_font", found=name)
    if is_doubly_encoded(text):
        raise Problem("document.wrong_encoding", found="UTF-8 × 2")
