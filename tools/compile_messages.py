"""Compiles the translations (`django.po`) to what Django reads (`django.mo`), with babel; skips what is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent.parent / "src/sokhu/locale"


def main() -> int:
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            print(f"{source.parent.parent.name}: nothing changed")
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        aside = target.with_suffix(".mo.new")
        with aside.open("wb") as file:
            write_mo(file, catalog)
        aside.replace(target)
        print(f"{source.parent.parent.name}: {sum(bool(m.id) for m in catalog)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
