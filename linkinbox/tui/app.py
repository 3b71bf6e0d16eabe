"""The full-screen app: the first screen, the import that runs beside it, and the daily look at the store."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from linkinbox.actions import BY_ID, Action
from linkinbox.config import Day
from linkinbox.errors import DamagedStoreError, StoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import Row, View
from linkinbox.sitting import Sitting
from linkinbox.store.times import utc_now
from linkinbox.text import safe_text
from linkinbox.tui.look import Look
from linkinbox.tui.screens.browse import BrowseScreen
from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.screens.quitting import QuittingScreen
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.tui.screens.today import TodayScreen
from linkinbox.tui.themed_app import ThemedApp
from linkinbox.words.key_words import key_of
from linkinbox.words.said import warning_words

if TYPE_CHECKING:
    from linkinbox.importers.limits import Limits
    from linkinbox.splits import Split
    from linkinbox.store.report import ImportReport, Progress
    from linkinbox.tui.checking import Checking, Damaged, NotBackedUp
    from linkinbox.tui.importing import Came, Failed, Finished
    from linkinbox.tui.screens.import_screen import ImportScreen

_CHECK_AFTER = 5.0  # seconds, in which whoever only looks in is gone again


class LinkinboxApp(ThemedApp):
    """One inbox, full screen.

    Args:
        inbox: what it shows; the caller closes it.
        clock: tells the time, aware, in UTC.
        zone: where the person sits.
        calls_folder: where calendar files are written; beside the store when not given.
        limits: of an import, against hostile archives.
        day: how a day begins and ends.
        demo: the inbox is an invented one.
        begin: the id of the action to begin with.
        warnings: what in the configuration was not understood.
        look: themes, and what else was chosen of how it looks.
        lesson: begin with it.
    """

    CSS_PATH: ClassVar = ["screens/sweep.tcss", "screens/day.tcss"]  # a default screen's own would not be read

    def __init__(  # noqa: PLR0913  # by name only, and each has its default
        self,
        inbox: Inbox,
        *,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
        calls_folder: Path | None = None,
        limits: Limits | None = None,
        day: Day = Day(),  # noqa: B008  # it cannot be changed
        demo: bool = False,
        begin: str = "",
        warnings: Sequence[str] = (),
        look: Look | None = None,
        lesson: bool = False,
    ) -> None:
        super().__init__(look)
        self.inbox = inbox
        self._open_inbox = partial(Inbox.open, inbox.path, clock=clock, calls_folder=calls_folder)
        self._limits = limits
        self._day = day
        self.demo = demo
        self._begin = begin
        self._warnings = warnings
        self._lesson = lesson
        self.demo_wanted = self.lesson_wanted = False
        self.failure: StoreError | None = None  # of the store or its disk, that ended it
        self._checking: Checking | None = None
        self._clock = clock
        self._zone = zone or _local_zone()

    def get_default_screen(self) -> Screen[None]:
        """Today, or the list, where another beginning is asked for."""
        today = self._day.at_start and not self._begin and not self._lesson and not self.inbox.is_empty()
        view = View.SWEEP if today or self._lesson else View.NEW
        self._sitting = Sitting(self.inbox, clock=self._clock, zone=self._zone, day=self._day, view=view)
        return TodayScreen(self._sitting) if today else self._sweep()

    def _sweep(self) -> SweepScreen:
        if self._lesson:
            from linkinbox.tui.screens.lesson import LessonScreen

            return LessonScreen(self._sitting, label="demo")
        return SweepScreen(self._sitting, label="demo" if self.demo else "")

    def open_place(self, place: View | Split) -> None:
        """Show a view, or a split, in the list; where the day began with its page, the list comes to lie upon it."""
        if any(isinstance(screen, SweepScreen) for screen in self.screen_stack):
            self._back_to_sweep().open_place(place)
            return
        self._sitting.open_place(place)
        self.push_screen(self._sweep())

    def open_row(self, row: Row) -> None:
        """Show an item in the list, with its card."""
        self._back_to_sweep().show_row(row)

    def do_in_list(self, action_id: str) -> None:
        """Do something that begins in the list, and comes back to it."""
        self.open_place(self._sitting.view)
        self._back_to_sweep().act(BY_ID[action_id])

    def search_and_return(self) -> None:
        """Search from the page of today; what is typed behind the key is searched for, and Esc comes back."""
        self.open_place(self._sitting.view)
        sweep = self._back_to_sweep()
        sweep.call_later(sweep.action_search, left=sweep.action_today)

    def _back_to_sweep(self) -> SweepScreen:
        while not isinstance(screen := self.screen, SweepScreen):
            self.pop_screen()
        return screen

    def on_mount(self) -> None:
        """Begin with a few words when there is nothing to sweep; do what can wait after the first frame."""
        if self.inbox.is_empty():
            from linkinbox.tui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen())
        elif self._begin and isinstance(self.screen, SweepScreen):
            self.screen.act(BY_ID[self._begin])
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        gc.enable()
        gc.collect()
        gc.freeze()  # what is loaded by now stays: a collection of it would cost a key 40 ms
        self._say_warnings()
        self.tell_of_theme()
        if not self.inbox.read_only:
            self.set_timer(_CHECK_AFTER, self._check_store)

    def _say_warnings(self) -> None:
        """Say in one line that there are some: the help has them in full, and nothing is covered."""
        if self.warnings and isinstance(self.screen, QuittingScreen):
            about = "" if self.inbox.warnings else "config.toml: "
            self.screen.status.say(*warning_words(self.warnings, about), tone="warn")

    @property
    def warnings(self) -> Sequence[str]:
        """What was not understood of the configuration, and what to know of where the store lies."""
        return (*self._warnings, *map(str, self.look.doubts), *self.inbox.warnings)

    def _check_store(self) -> None:
        from linkinbox.tui.checking import Checking

        self._checking = Checking(self, self.inbox.quick_check(), Keeping(self.inbox.path, clock=self._clock).daily())

    def on_damaged(self, message: Damaged) -> None:
        """Say so until it is read: there are good backups now, and fewer every day. The next start asks."""
        Keeping(self.inbox.path).note_damage(message.words)
        self.notify(safe_text(message.words), title="Damaged", severity="error", timeout=60 * 60, markup=False)

    def on_not_backed_up(self, message: NotBackedUp) -> None:
        """Say why there is no backup of today."""
        self.notify(safe_text(message.words), title="Not backed up", severity="warning", timeout=60, markup=False)

    def _fatal_error(self) -> None:
        """End with a sentence where the store or its disk is to blame; of damage the next start offers to recover."""
        super()._fatal_error()
        self.failure = Keeping(self.inbox.path).failure_behind(self._exception or sys.exception())
        if self.failure:
            self.crash, self._return_code = "", 1

    def on_unmount(self) -> None:
        """End what is still under way beside the screen."""
        if self._checking:
            self._checking.stop()

    def show_help(self, actions: Sequence[Action]) -> None:
        """Show the keys of ``actions``: those of the screen in front."""
        from linkinbox.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(actions, self.warnings))

    # ── an import beside the screen ──

    def on_import_screen_wanted(self, message: ImportScreen.Wanted) -> None:
        """Import in a thread; one at a time."""
        from linkinbox.tui.importing import import_beside

        job = partial(import_beside, self, message.source, open_inbox=self._open_inbox, limits=self._limits)
        self.run_worker(job, thread=True, group="import", exclusive=True, description="import")

    def on_came(self, message: Came) -> None:
        """Show how far it has come, wherever one is."""
        self._show_import(message.progress)

    def on_failed(self, message: Failed) -> None:
        """Say so where it was asked for; elsewhere as a toast."""
        from linkinbox.tui.screens.import_screen import ImportScreen

        self._show_import(None)
        if isinstance(message.error, DamagedStoreError):
            Keeping(self.inbox.path).note_damage(message.error.message)
        if isinstance(self.screen, ImportScreen):
            self.screen.show_failure(message.error)
        else:
            self.notify(safe_text(str(message.error)), title="Not imported", severity="error", timeout=60, markup=False)

    def on_finished(self, message: Finished) -> None:
        """Show the report to who waited for it; elsewhere a toast, and what came waits behind its mark."""
        from linkinbox.tui.screens.import_screen import ImportScreen
        from linkinbox.tui.screens.welcome import WelcomeScreen

        self._show_import(None)
        self._sitting.imported = message.report
        waited_for = isinstance(self.screen, ImportScreen)
        if waited_for or isinstance(self.screen, WelcomeScreen):
            while not isinstance(self.screen, BrowseScreen | TodayScreen):
                self.pop_screen()
        if isinstance(self.screen, BrowseScreen | TodayScreen):
            self.screen.look_outside()
        if waited_for:
            self._show_report(message.report)
        else:
            self._tell(message.report)

    def on_import_screen_report_wanted(self) -> None:
        """Show the report of the newest import again."""
        if report := self._sitting.imported:
            self.pop_screen()
            self._show_report(report)

    def _show_report(self, report: ImportReport) -> None:
        from linkinbox.store.backlog import MANY
        from linkinbox.tui.screens.report import ReportScreen

        many = report.items.new > MANY
        self.push_screen(ReportScreen(report, self._sitting.now(), sweep=self._sweep_backlog if many else None))

    def _sweep_backlog(self) -> None:
        if isinstance(self.screen, SweepScreen):
            self.screen.act(BY_ID["backlog"])

    def _tell(self, report: ImportReport) -> None:
        from linkinbox.store.report_words import headline

        words = f"{headline(report, self._sitting.now())}. {key_of('import')} shows the report"
        self.notify(safe_text(words), title="Imported", markup=False)

    def _show_import(self, progress: Progress | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KeyScreen) and screen.is_attached:  # while the app leaves, they go one by one
                screen.show_import(progress)

    # ── the demo ──

    def on_welcome_screen_demo_wanted(self) -> None:
        """Leave for the demo: it has an inbox of its own."""
        self.demo_wanted = True
        self.exit()

    def on_lesson_wanted(self) -> None:
        """Leave for the lesson, and come back."""
        self.lesson_wanted = True
        self.exit()


def _local_zone() -> tzinfo:
    from linkinbox.zones import local_zone

    return local_zone()
