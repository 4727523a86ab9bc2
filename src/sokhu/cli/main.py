"""`sokhu`: the one command-line program. Every line of help is in Vietnamese and in English."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from sokhu import __version__
from sokhu.cli import (
    derived,
    engine,
    findings,
    ledger,
    read,
    register,
    reports,
    rights,
    serve,
    tables,
    user,
    work,
    workbook,
)
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
    except Exception as error:
        told = _about_the_database(error)
        if told is None:
            raise
        from sokhu.kit.wording import worded

        print(worded(told, options.lang), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _about_the_database(error: Exception) -> Problem | None:
    """A book that was never made, or a database that does not answer: what a person can put right."""
    if "django.db" not in sys.modules:
        return None
    from django.db import OperationalError, ProgrammingError, connection

    if not isinstance(error, OperationalError | ProgrammingError):
        return None
    try:
        is_made = "sealing_chainhead" in connection.introspection.table_names()
    except OperationalError as unreachable:
        return Problem("book.no_database", found=str(unreachable).splitlines()[0])
    return None if is_made else Problem("book.not_made")


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
    for module in (
        read,
        findings,
        derived,
        workbook,
        ledger,
        tables,
        reports,
        register,
        rights,
        engine,
        user,
        work,
        serve,
    ):
        module.add_commands(commands)
    return top


if __name__ == "__main__":
    sys.exit(main())
