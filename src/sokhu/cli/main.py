"""`sokhu`: the one command-line program. Every line of help is in Vietnamese and in English."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from sokhu import __version__
from sokhu.cli import ledger, read, serve
from sokhu.core.problems import Problem, Problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when done, 1 for a problem (told on standard error), 2 for a wrong call."""
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (Problem, Problems) as error:
        from sokhu.kit.wording import all_worded

        for sentence in all_worded(error, options.lang):
            print(sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: nothing to tell
        return 0
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="sokhu", description="Sổ Khu: sổ số liệu khu công nghiệp, khu kinh tế | the zone ledger"
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument(
        "--lang",
        choices=("vi", "en"),
        default="en" if os.environ.get("LANG", "").startswith("en") else "vi",
        help="ngôn ngữ của thông báo | language of messages",
    )
    commands = top.add_subparsers(metavar="LỆNH/COMMAND", required=True)
    for module in (read, ledger, serve):
        module.add_commands(commands)
    return top


if __name__ == "__main__":
    sys.exit(main())
