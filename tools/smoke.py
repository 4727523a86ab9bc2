"""Logs in with the demo account of a board officer and reads the overview; fails when a known figure is missing."""

from __future__ import annotations

import re
import sys
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

EXPECTED = ("Tổng quan", "61.206,6")


def main(site: str) -> int:
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))  # 127.0.0.1 is asked directly
    page = browser.open(f"{site}/dang-nhap/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    demo = re.search(r'name="demo" value="([^"]+)"', page)
    if not token or not demo:
        print("smoke: the log-in page offers no demo account")
        return 1
    form = urlencode({"csrfmiddlewaretoken": token[1], "demo": demo[1]}).encode()
    browser.open(f"{site}/dang-nhap/", data=form, timeout=30).read()
    overview = browser.open(f"{site}/?noi=block/dong-bang-song-hong&nam=2020", timeout=30).read().decode()
    missing = [text for text in EXPECTED if text not in overview]
    print(f"smoke: overview of {len(overview)} characters, missing: {missing or 'nothing'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
