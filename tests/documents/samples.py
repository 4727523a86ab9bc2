"""Sample files made for the tests: Word documents, pages, old encodings, hostile archives. All texts are invented."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from sokhu.core.problems import Problem
from sokhu.documents import Extracted, Limits, extract

FILES = Path(__file__).parent / "files"

SENTENCES = (
    "Năm 2024, các khu công nghiệp tỉnh Sông Xanh thu hút 35 dự án FDI cấp mới với số vốn 412,75 triệu USD.",
    "Lũy kế đến hết năm, toàn tỉnh có 486 dự án còn hiệu lực, giải quyết việc làm cho 96.340 lao động.",
    "Ban Quản lý phấn đấu nâng tỷ lệ lấp đầy lên 72,5% và đưa thêm hai khu công nghiệp đi vào hoạt động.",
    "Những khó khăn, vướng mắc về giải phóng mặt bằng, cấp điện, cấp nước đã được tháo gỡ kịp thời.",
)


def word(build: Callable[[Any], object]) -> bytes:
    """A Word document filled by `build`."""
    document = docx.Document()
    build(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(paragraphs: Iterable[str], font: str = "") -> bytes:
    def build(document: Any) -> None:
        for text in paragraphs:
            run = document.add_paragraph().add_run(text)
            if font:
                run.font.name = font

    return word(build)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed, or added when it is not there."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def texts(extracted: Extracted) -> list[str]:
    return [extracted.text[block.start : block.end] for block in extracted.blocks if block.kind != "table"]


def table_of(extracted: Extracted) -> Any:
    return next(block.table for block in extracted.blocks if block.table)


def refusal(data: bytes, filename: str, limits: Limits | None = None) -> Problem:
    """The Problem that the file is refused with; fails when it is read."""
    try:
        extracted = extract(data, filename, limits)
    except Problem as problem:
        return problem
    raise AssertionError(f"read as {extracted.kind}: {extracted.text[:80]!r}")


def assert_positions_hold(extracted: Extracted) -> None:
    """Blocks stand in order inside the text, and every cell's place holds its text."""
    last = 0
    for block in extracted.blocks:
        assert last <= block.start < block.end <= len(extracted.text)
        last = block.end
        if block.table:
            assert len(block.table.header_paths) == len(block.table.rows[0])
            for row, spans in zip(block.table.rows, block.table.cell_spans, strict=True):
                assert [extracted.text[start:end] for start, end in spans] == list(row)
                assert all(block.start <= start <= end <= block.end for start, end in spans)


# The encodings as their fonts define them, written from a Unicode sentence; independent of the product's own tables.
_VNI_BASES = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö"}
_VNI_PLAIN = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "": ""}
_VNI_ROOF = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
_VNI_BOWL = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
_VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò", "": "i"}
_TCVN3_BYTES = {
    "a": "B5 B8 B6 B7 B9", "ă": "BB BE BC BD C6", "â": "C7 CA C8 C9 CB", "e": "CC D0 CE CF D1", "ê": "D2 D5 D3 D4 D6",
    "i": "D7 DD D8 DC DE", "o": "DF E3 E1 E2 E4", "ô": "E5 E8 E6 E7 E9", "ơ": "EA ED EB EC EE", "u": "EF F3 F1 F2 F4",
    "ư": "F5 F8 F6 F7 F9", "y": "FA FD FB FC FE",
}  # fmt: skip
_TCVN3_PLAIN = {"ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE, "Đ": 0xA7}
_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _letters(text: str) -> Iterable[tuple[str, str]]:
    """Each letter without its tone, and the tone."""
    import unicodedata

    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in apart if mark in _TONES), "")
        yield unicodedata.normalize("NFC", apart.replace(tone, "") if tone else apart), tone


def in_tcvn3(text: str) -> bytes:
    """The sentence as bytes of .VnTime (lower case vowels only: capitals with tones need another font)."""
    out = bytearray()
    for letter, tone in _letters(text):
        if tone:
            out.append(int(_TCVN3_BYTES[letter.lower()].split()[_TONES.index(tone)], 16))
        else:
            out += bytes([_TCVN3_PLAIN[letter]]) if letter in _TCVN3_PLAIN else letter.encode("latin-1", "replace")
    return bytes(out)


def in_vni(text: str) -> bytes:
    out = ""
    for letter, tone in _letters(text):
        low = letter.lower()
        if low == "i" and tone:
            sign = _VNI_I[tone]
        elif low == "y" and tone == "\u0323":
            sign = "î"
        elif low == "đ":
            sign = "ñ"
        elif low in "âêô":
            sign = _VNI_BASES[low] + _VNI_ROOF[tone]
        elif low == "ă":
            sign = "a" + _VNI_BOWL[tone]
        else:
            sign = _VNI_BASES.get(low, low) + _VNI_PLAIN[tone]
        out += sign.upper() if letter.isupper() else sign
    return out.encode("latin-1", "replace")


def in_viqr(text: str) -> str:
    shapes = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+", "đ": "dd"}
    marks = dict(zip(_TONES, "`'?~.", strict=True)) | {"": ""}
    return "".join(shapes.get(letter.lower(), letter) + marks[tone] for letter, tone in _letters(text))
