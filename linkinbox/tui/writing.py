"""A note written in the user's editor: a private file that is gone afterwards, and no word of it lost."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textual.app import App

from linkinbox.errors import LinkinboxError
from linkinbox.programs import editor
from linkinbox.tui.lending import NoTerminalError, lend_terminal


class Written(NamedTuple):
    """What came of it.

    Args:
        words: what the file holds, in one line as notes are.
        saved: the editor wrote it and ended well.
        failure: why it did not; None: it ended without saving.
    """

    words: str
    saved: bool
    failure: LinkinboxError | None = None


def write_in_editor(app: App[None], words: str) -> Written:
    """Let the user go on with ``words`` in their editor, which has the terminal until it ends.

    Raises:
        LinkinboxError: there is no editor, no terminal to give away, or no room for a file; nothing was written.
    """
    command = editor()
    try:
        with TemporaryDirectory(prefix="linkinbox-") as folder:  # 0700
            file = Path(folder) / "note.txt"
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as begun:
                begun.write(f"{words}\n")
            return _written(app, command, file)
    except OSError as error:
        raise LinkinboxError(f"No file for the editor could be made: {error.strerror}") from error


def _written(app: App[None], command: list[str], file: Path) -> Written:
    before = _state(file)
    failure: LinkinboxError | None = None
    try:
        lend_terminal(app, [*command, str(file)])
    except NoTerminalError:
        raise
    except LinkinboxError as error:
        failure = error
    words = " ".join(file.read_text(encoding="utf-8", errors="replace").split()) if file.is_file() else ""
    return Written(words, _state(file) != before and failure is None, failure)


def _state(file: Path) -> tuple[int, ...]:
    """What is another once it was saved, also with the same words: editors write anew or in its place."""
    if not file.is_file():
        return ()
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
