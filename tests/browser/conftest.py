"""The real server on a scratch book, a real Chromium, and an eye on everything a page does that it should not."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

# Playwright keeps an event loop in this thread; tests of the same run that use the database are no less synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("SOKHU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SECONDS_TO_START = 60
PATIENCE = 30_000  # milliseconds: two cores run two browsers, two servers and the tests; speed is what bench/ measures
expect.set_options(timeout=PATIENCE)
Opened = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = pytest.mark.skip(
        reason="!! NO CHROMIUM: the browser journeys did NOT run. Install the package 'chromium' or set SOKHU_CHROMIUM."
    )
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": CHROMIUM, "args": [*as_root, *QUIET]}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `sokhu serve` on a book of its own, filled as `make run` fills it."""
    folder = tmp_path_factory.mktemp("book")
    program = [sys.executable, "-m", "sokhu.cli.main"]
    port = str(_free_port())
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BOOK")}
    environment = {**kept, "SOKHU_DATA": str(folder), "SOKHU_DEMO": "1", "PORT": port}
    subprocess.run([*program, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL, timeout=120)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen([*program, "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address, process, folder / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/dang-nhap/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer within {SECONDS_TO_START} s: {log.read_text()}")


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Opened]:
    """Opens a browser window, logged in as `who`; at the end no page may have erred or asked anybody else."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: _heard(message, wrong))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: _asked(request.url, wrong))

    def open_window(who: str = "", *, width: int = 1366, height: int = 768, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="en-US",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto("/dang-nhap/")
        if who:
            follow(page.locator(f'button[value="{who}"]'))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not wrong


def follow(link: Locator) -> None:
    """Clicks what leads to another page, or sends a form, and waits until the answer is loaded.

    A click alone returns while the old page still stands: what is asked next would be asked of that one, or of none.
    """
    with link.page.expect_navigation():
        link.click()


def _heard(message: Any, wrong: list[str]) -> None:
    # Chromium itself notes every answer of 4xx as an error of the page; 5xx stays one.
    if message.type in ("error", "warning") and "status of 4" not in message.text:
        wrong.append(f"{message.type}: {message.text}")


def _asked(url: str, wrong: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
        wrong.append(f"asked {url}")
