"""Starting the screen, on the user's inbox or on an invented one."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linkinbox.errors import UsageError

if TYPE_CHECKING:
    from linkinbox.config import Settings
    from linkinbox.tui.remembered import Memory


def open_screen(settings: Settings, begin: str = "") -> int:
    """Open the user's inbox; returns the exit code.

    Args:
        settings: what was set.
        begin: the id of the action to begin with.

    Raises:
        UsageError: there is no terminal to draw on.
        KeysError: keys cannot be used as they are configured.
        StoreError: the store cannot be opened.
    """
    require_terminal()
    use_keys(settings)
    gc.disable()  # until the first frame: what a start makes stays, and looking through it takes a twentieth of it
    from linkinbox.tui.running import run_app

    def open_lesson() -> int:
        return open_demo(settings, lesson=True) or open_screen(settings)

    return run_app(
        settings, begin=begin, open_demo=lambda: open_demo(settings), open_lesson=open_lesson,
        memory=_memory(),
    )  # fmt: skip


def open_demo(settings: Settings, *, lesson: bool = False) -> int:
    """Open an invented inbox that is gone afterwards; returns the exit code.

    Args:
        settings: what was set.
        lesson: begin with the lesson, which otherwise comes up once by itself.

    Raises:
        KeysError: keys cannot be used as they are configured.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    from linkinbox.demo import INTERESTS, make_demo
    from linkinbox.signals import interests_from
    from linkinbox.store.times import utc_now
    from linkinbox.tui.running import run_app
    from linkinbox.zones import local_zone

    use_keys(settings)
    memory = _memory()
    lesson = lesson or not memory.now.lesson
    memory.keep(memory.now._replace(lesson=True))
    folder, code = Path(mkdtemp(prefix="linkinbox-demo-")), 0
    now = utc_now().astimezone(settings.zone or local_zone())
    try:
        store, interests = make_demo(folder, now=now), interests_from(INTERESTS)
        code = run_app(
            settings._replace(db=store, calls_folder=None, interests=interests), demo=True, lesson=lesson,
            open_lesson=lambda: open_demo(settings, lesson=True), memory=memory,
        )  # fmt: skip
    finally:
        if code != os.EX_SOFTWARE:  # after a crash, its report lies there
            rmtree(folder)
    return code


def use_keys(settings: Settings) -> None:
    """Use the keys that were configured, and name them in all that is said of them.

    Raises:
        KeysError: some cannot be used; all of those are told.
    """
    if settings.keys is not None:
        from linkinbox.keymap.profiles import keymap_from
        from linkinbox.words.key_words import use

        use(keymap_from(settings.keys, settings.file))


def _memory() -> Memory:
    from linkinbox.tui.remembered import Memory, state_file

    return Memory(state_file())


def require_terminal() -> None:
    """Textual would draw into a pipe, and wait for keys for ever; but textual-serve reads that for a browser.

    Raises:
        UsageError: there is none.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    streams = (sys.stdin, sys.stdout, sys.stderr)  # it draws on the last
    if not all(stream and stream.isatty() for stream in streams) or os.environ.get("TERM") == "dumb":
        msg = "The screen needs a terminal"
        raise UsageError(
            msg, "`linkinbox sweep --plain` asks line by line, and `linkinbox list` and the other commands work too"
        )
