"""Running the app on a store: from opening it, damaged or not, to the exit code and the backup of what was decided."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial

from linkinbox.config import Settings
from linkinbox.errors import DamagedStoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.store.times import utc_now
from linkinbox.text import safe_text
from linkinbox.tui.app import LinkinboxApp
from linkinbox.tui.look import Look
from linkinbox.tui.remembered import Memory
from linkinbox.tui.terminal import run


def run_app(  # noqa: PLR0913  # by name only, and each has its default
    settings: Settings,
    *,
    demo: bool = False,
    clock: Callable[[], datetime] = utc_now,
    begin: str = "",
    open_demo: Callable[[], int] | None = None,
    open_lesson: Callable[[], int] | None = None,
    memory: Memory | None = None,
    lesson: bool = False,
) -> int:
    """Run the app on a store until it is left; returns the exit code.

    Args:
        settings: which store, made when it is not there, and what else was set.
        demo: it holds an invented inbox, and the screen says so.
        clock: tells the time, aware, in UTC.
        begin: the id of the action to begin with.
        open_demo: runs the demo when it is chosen at the first start.
        open_lesson: runs the lesson when it is chosen.
        memory: what is kept from one start to the next; None: nothing.
        lesson: begin with it.

    Raises:
        StoreError: the store cannot be opened, or its disk fails.
    """
    keeping = Keeping(settings.db, clock=clock)
    if not (inbox := _whole(keeping, settings, clock)):
        return 1
    with closing(inbox):
        app = LinkinboxApp(
            inbox, clock=clock, zone=settings.zone, calls_folder=settings.calls_folder, limits=settings.limits,
            day=settings.day, demo=demo, begin=begin, lesson=lesson, warnings=settings.warnings,
            look=Look.of(settings, os.environ, memory),
        )  # fmt: skip
        code = run(app, crash_folder=settings.db.parent, mouse=settings.mouse)
    _leave(app, keeping)
    wanted = open_demo if app.demo_wanted else open_lesson if app.lesson_wanted else None
    return wanted() if wanted else code


def _whole(keeping: Keeping, settings: Settings, clock: Callable[[], datetime]) -> Inbox | None:
    """The inbox; of a damaged store after it was recovered, or None when that is not wanted."""
    opened = partial(
        Inbox.open, settings.db, clock=clock, calls_folder=settings.calls_folder, interests=settings.interests,
        believed_days=settings.believed_days,
    )  # fmt: skip
    try:
        keeping.refuse_damage()
        return opened()
    except DamagedStoreError as damage:
        from linkinbox.tui.recovering import recovered

        return opened() if recovered(keeping, damage, now=lambda: clock().astimezone(settings.zone)) else None


def _leave(app: LinkinboxApp, keeping: Keeping) -> None:
    """Raise what ended the app; else leave a backup of what was decided."""
    if app.failure:
        if isinstance(app.failure, DamagedStoreError):
            keeping.note_damage(app.failure.message)
        raise app.failure
    if app.inbox.decided and not app.demo and (told := keeping.back_up_on_leaving()):
        print(safe_text(told), file=sys.stderr)
