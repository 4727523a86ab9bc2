"""Settings from environment variables; a wrong one is refused with a sentence that says what to do."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sokhu.cli.illustrative.chance import SIZES

BOOKS = ("sourced", "illustrative")
T = TypeVar("T")

# Whoever sets one of these serves others: a database server, a name to be asked by, https in front.
OF_A_SITE = ("DATABASE_URL", "SOKHU_ALLOWED_HOSTS", "SOKHU_HTTPS")
DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")


class WrongSetting(SystemExit):
    """Ends the program with the sentence, in both languages, before anything is opened."""

    def __init__(self, name: str, found: str, vi: str, en: str) -> None:
        super().__init__(f"{name}={found!r}: {vi}\n{name}={found!r}: {en}")


@dataclass(frozen=True, slots=True)
class Environment:
    """book: name of the book; data: its directory; database_url: "" for the embedded default.

    second_factor: whether approvers and administrators show one; idle_minutes, session_hours: how long a session lasts.
    address: of the site as others open it, printed on issued reports for the page that verifies them.
    illustrative_seed, illustrative_size: what an empty illustrative book is filled with.
    """

    book: str
    data: Path
    database_url: str
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    port: int
    https: bool
    demo: bool
    address: str
    second_factor: bool
    idle_minutes: int
    session_hours: int
    illustrative_seed: int
    illustrative_size: str

    @classmethod
    def read(cls, values: Mapping[str, str] = os.environ) -> Environment:
        book = _read(values, "BOOK", "sourced", _book)
        data = _data(values.get("SOKHU_DATA") or str(Path.cwd() / "var")) / book
        return cls(
            book=book,
            data=data,
            database_url=_read(values, "DATABASE_URL", "", _database_url),
            secret_key=values.get("SOKHU_SECRET_KEY") or _kept_secret(data / "secret-key"),
            debug=_read(values, "SOKHU_DEBUG", "0", _switch),
            allowed_hosts=_read(values, "SOKHU_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", _hosts),
            port=_read(values, "PORT", "8000", _port),
            https=_read(values, "SOKHU_HTTPS", "0", _switch),
            # Demo accounts log in without a password: by default only on a machine that serves itself.
            demo=_read(values, "SOKHU_DEMO", "0" if any(map(values.get, OF_A_SITE)) else "1", _switch),
            second_factor=_read(values, "SOKHU_SECOND_FACTOR", "1", _switch),
            idle_minutes=_read(values, "SOKHU_IDLE_MINUTES", "60", _count),
            session_hours=_read(values, "SOKHU_SESSION_HOURS", "12", _count),
            address=_read(values, "SOKHU_ADDRESS", f"http://127.0.0.1:{values.get('PORT') or '8000'}", _address),
            illustrative_seed=_read(values, "SOKHU_ILLUSTRATIVE_SEED", "1", _whole),
            illustrative_size=_read(values, "SOKHU_ILLUSTRATIVE_SIZE", "full", _size),
        )


def _read(values: Mapping[str, str], name: str, default: str, check: Callable[[str, str], T]) -> T:
    return check(name, values.get(name) or default)


def _book(name: str, found: str) -> str:
    if found not in BOOKS:
        raise WrongSetting(
            name, found, f"không có sổ này; chọn: {', '.join(BOOKS)}.", f"no such book; choose: {', '.join(BOOKS)}."
        )
    return found


def _size(name: str, found: str) -> str:
    if found not in SIZES:
        raise WrongSetting(
            name, found, f"không có cỡ này; chọn: {', '.join(SIZES)}.", f"no such size; choose: {', '.join(SIZES)}."
        )
    return found


def _whole(name: str, found: str) -> int:
    if not (found.isascii() and found.isdigit()) or len(found) > 9:
        raise WrongSetting(
            name, found, "chỉ nhận một số nguyên, nhiều nhất 9 chữ số.", "takes a whole number of up to 9 digits."
        )
    return int(found)


def _switch(name: str, found: str) -> bool:
    if found not in ("0", "1"):
        raise WrongSetting(name, found, "chỉ nhận 0 hoặc 1.", "takes 0 or 1.")
    return found == "1"


def _count(name: str, found: str) -> int:
    if not (found.isascii() and found.isdigit()) or not 1 <= int(found) <= 100_000:
        raise WrongSetting(name, found, "viết số nguyên từ 1 trở lên.", "write a whole number from 1 up.")
    return int(found)


def _port(name: str, found: str) -> int:
    if not (found.isascii() and found.isdigit()) or not 1 <= int(found) <= 65535:
        raise WrongSetting(name, found, "cổng là số từ 1 đến 65535.", "a port is a number from 1 to 65535.")
    return int(found)


def _database_url(name: str, found: str) -> str:
    try:
        parts = urlsplit(found)
        # A port that is none raises only when it is asked for. The address is not repeated: it holds a password.
        is_wrong = bool(found) and (parts.scheme not in DATABASE_SCHEMES or (parts.port or 0) < 0)
        shown = f"{parts.scheme}://…"
    except ValueError:
        is_wrong, shown = True, "…"
    if is_wrong:
        raise WrongSetting(
            name,
            shown,
            "viết dạng postgres://người-dùng:mật-khẩu@máy:cổng/tên, hoặc bỏ trống để dùng SQLite.",
            "write postgres://user:password@host:port/name, or leave it out for SQLite.",
        )
    return found


def _address(name: str, found: str) -> str:
    parts = urlsplit(found)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise WrongSetting(
            name,
            found,
            "viết địa chỉ của trang như người ngoài mở, ví dụ https://sokhu.example.vn.",
            "write the address of the site as others open it, e.g. https://sokhu.example.vn.",
        )
    return found.rstrip("/")


def _data(found: str) -> Path:
    """A folder that is there or can be made."""
    path = Path(found).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            "SOKHU_DATA",
            found,
            f"không lập được thư mục này ({error.strerror}); chọn một thư mục ghi được.",
            f"this folder cannot be made ({error.strerror}); choose one that can be written to.",
        ) from error
    return path


def _hosts(name: str, found: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in found.split(","))
    if any(not host or "/" in host or " " in host for host in hosts):
        raise WrongSetting(
            name,
            found,
            "viết tên máy cách nhau bằng dấu phẩy, không có http:// hay đường dẫn.",
            "write host names separated by commas, without http:// or a path.",
        )
    return hosts


def _kept_secret(path: Path) -> str:
    """The embedded book keeps its own secret, made on first use, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix="secret-", suffix=".part") as aside:
            aside.write(secrets.token_urlsafe(48))
            aside.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: both use its secret
                os.link(aside.name, path)
    return path.read_text().strip()
