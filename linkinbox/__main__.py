"""Run linkinbox: the screen when nothing else is asked for, else what the command line says.

The screen does without click: reading the command line with it takes a twelfth of the time to the first frame.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from linkinbox.errors import LinkinboxError, UsageError


def main() -> None:
    """What the installed command runs."""
    args = sys.argv[1:]
    if is_plain_start(args, os.environ):
        sys.exit(_start(args[1] if args else os.environ.get("LINKINBOX_DB", "")))
    from linkinbox.cli import main as command_line

    command_line()


def is_plain_start(args: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether nothing is asked for but the screen, of this store or of another: ``--db PATH`` and no more."""
    if any(name.endswith("_COMPLETE") for name in environ):
        return False  # a shell asks what could be typed here
    return not args or (len(args) == 2 and args[0] == "--db" and args[1] != "" and not Path(args[1]).is_dir())


def _start(db: str) -> int:
    from linkinbox.config import at_home, settings_despite_all
    from linkinbox.start import open_screen

    try:
        settings = settings_despite_all()
        if settings.warnings:
            from linkinbox.cli.session import tell_warnings

            tell_warnings(settings)
        return open_screen(settings._replace(db=at_home(Path(db))) if db else settings)
    except LinkinboxError as error:
        from linkinbox.cli.group import tell_error

        tell_error(error)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    main()
