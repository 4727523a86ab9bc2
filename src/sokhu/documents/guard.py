"""The door: what kind of file this is, by its first bytes, and whether it is safe to open."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Literal

from sokhu.core.problems import Problem
from sokhu.documents.extracted import Limits
from sokhu.documents.plain import wide_encoding

Sort = Literal["pdf", "zip", "html", "text"]

_PICTURES = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"BM": "BMP",
}  # fmt: skip
_OTHERS = {
    b"{\\rtf": "RTF", b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "gzip", b"%!PS": "PostScript",
    b"\x7fELF": "ELF", b"MZ": "EXE", b"MIME-Version:": "MHTML", b"SQLite format 3": "SQLite",
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(rb"<(?:p|div|table|br|h[1-6]|span|article|meta|title|body|html)\b[^>]*>", re.I)


def sort_of(data: bytes, filename: str, limits: Limits) -> Sort:
    """Which reader the bytes need: content first, name second.

    Raises Problem: document.too_large, .empty, .old_doc, .encrypted, .unknown_kind.
    """
    if len(data) > limits.file_bytes:
        raise Problem("document.too_large", found=megabytes(len(data)), limit=megabytes(limits.file_bytes))
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Problem("document.empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    _refuse_known(data)
    if _is_html(data, filename):
        return "html"
    _refuse_binary(data)
    return "text"


def megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}".replace(".", ",") + " MB"


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Problem(*_old_office(data))
    for start, name in (_PICTURES | _OTHERS).items():
        if data.startswith(start) and (len(start) > 2 or _is_binary(data)):
            code = "document.picture" if start in _PICTURES else "document.unknown_kind"
            raise Problem(code, found=name)


def _old_office(data: bytes) -> tuple[str]:
    """An OLE file is an old Word or Excel file, or a new one locked with a password."""
    locked = "EncryptedPackage".encode("utf-16-le") in data
    return ("document.encrypted",) if locked else ("document.old_doc",)


def _is_html(data: bytes, filename: str) -> bool:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    if _HTML_START.match(start):
        return True
    named = PurePath(filename).suffix.lower() in {".html", ".htm", ".xhtml", ".shtml", ".aspx", ".php"}
    return named and not _is_binary(data) and _HTML_TAG.search(data[:100_000]) is not None


def _is_binary(data: bytes) -> bool:
    """Zero bytes that are not UTF-16, or many control bytes: no text file."""
    if wide_encoding(data):
        return False
    sample = data[:65_536]
    return b"\x00" in sample or sum(
        sample.count(code) for code in b"\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11"
    ) * 50 > len(sample)


def _refuse_binary(data: bytes) -> None:
    if _is_binary(data):
        raise Problem("document.unknown_kind", found=data[:4].hex(" "))


@dataclass
class Package:
    """A zip whose directory has been checked; parts are read with a count of the bytes that really come out."""

    archive: zipfile.ZipFile
    limits: Limits
    unpacked: int = 0

    def names(self) -> set[str]:
        return {entry.filename for entry in self.archive.infolist()}

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Problem("document.bomb") past the limit: the directory may lie about sizes."""
        pieces: list[bytes] = []
        try:
            with self.archive.open(name) as part:
                while piece := part.read(1 << 20):
                    self.unpacked += len(piece)
                    if self.unpacked > self.limits.unpacked_bytes:
                        raise _bomb(self.unpacked, self.limits)
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            zlib.error,
        ) as error:
            raise Problem("document.broken", found=name) from error
        return b"".join(pieces)


def package(data: bytes, limits: Limits) -> Package:
    """Open a zip after checking its directory: entries, total, packing ratio, passwords, methods.

    Raises Problem: document.broken, .bomb, .encrypted.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Problem("document.broken", found="zip") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Problem("document.encrypted")
    total = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries or total > limits.unpacked_bytes or any(_is_puffed(e, limits) for e in entries):
        raise _bomb(total, limits)
    return Package(archive, limits)


def _is_puffed(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    return entry.file_size > 1_000_000 and entry.file_size > limits.ratio * max(entry.compress_size, 1)


def _bomb(total: int, limits: Limits) -> Problem:
    return Problem("document.bomb", found=megabytes(total), limit=megabytes(limits.unpacked_bytes))


def office_kind(package: Package) -> None:
    """Return when the package is a Word document; else raise what it is instead."""
    names = package.names()
    if any(name.startswith("word/") for name in names) or ("[Content_Types].xml" in names and not _sheets(names)):
        return
    if _sheets(names):
        raise Problem("document.xlsx_later")
    if "mimetype" in names:
        kind = package.read("mimetype")[:80].decode("ascii", "replace")
        raise Problem("document.unknown_kind", found=f"OpenDocument ({kind.rsplit('.', 1)[-1]})")
    raise Problem("document.unknown_kind", found="ZIP")


def _sheets(names: set[str]) -> bool:
    return any(name.startswith("xl/") for name in names)
