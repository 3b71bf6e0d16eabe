"""The full-screen app: themes, the net at paint, the first screen, and the import that runs beside it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from linkinbox.actions import BY_ID, Action, key_label
from linkinbox.inbox import Inbox
from linkinbox.store.times import utc_now
from linkinbox.text import safe_text
from linkinbox.tui import themes
from linkinbox.tui.importing import Came, Failed, Finished, import_beside
from linkinbox.tui.safe_text import SafetyNet
from linkinbox.tui.screens.browse import BrowseScreen
from linkinbox.tui.screens.help import HelpScreen
from linkinbox.tui.screens.import_screen import ImportScreen
from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.tui.screens.welcome import WelcomeScreen
from linkinbox.tui.sitting import Sitting
from linkinbox.tui.terminal import TerminalApp, run
from linkinbox.when import local_zone, parse_when

if TYPE_CHECKING:
    from linkinbox.importers.limits import Limits
    from linkinbox.store.report import ImportReport, Progress


class LinkinboxApp(TerminalApp):
    """One inbox, full screen.

    Args:
        inbox: what it shows; the caller closes it.
        clock: tells the time, aware, in UTC.
        zone: where the person sits.
        calls_folder: where calendar files are written; beside the store when not given.
        limits: of an import, against hostile archives.
        demo: the inbox is an invented one.
    """

    CSS_PATH = "screens/sweep.tcss"  # the default screen's own CSS_PATH would not be read
    TITLE = "linkinbox"
    ENABLE_COMMAND_PALETTE = False  # ours is opened by our own keys
    BINDINGS: ClassVar = [Binding("ctrl+z", "suspend_process", show=False, priority=True)]

    def __init__(  # noqa: PLR0913  # by name only, and each has its default
        self,
        inbox: Inbox,
        *,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
        calls_folder: Path | None = None,
        limits: Limits | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.inbox = inbox
        self._open_inbox = partial(Inbox.open, inbox.path, clock=clock, calls_folder=calls_folder)
        self._limits = limits
        self._net = SafetyNet()  # one: Textual caches filtered lines by their filters
        self._without_colour = NoColor()
        self.demo = demo
        self.demo_wanted = False
        self._clock = clock
        self._zone = zone or local_zone()
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(os.environ).name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours by meaning, for a theme that is not ours."""
        return themes.variable_defaults(dark=self.current_theme.dark)

    def get_line_filters(self) -> list[LineFilter]:
        """The last net between strangers' text and the terminal; and NO_COLOR.

        Textual's own filter for that turns the terminal's default colours into black on black.
        """
        filters = [self._without_colour] if self.no_color else super().get_line_filters()
        return [*filters, self._net]

    def get_default_screen(self) -> Screen[None]:
        """The sweep."""
        self._sitting = Sitting(self.inbox, clock=self._clock, zone=self._zone)
        return SweepScreen(self._sitting, label="demo" if self.demo else "")

    def on_mount(self) -> None:
        """Begin with a few words when there is nothing to sweep; do what can wait after the first frame."""
        if self.inbox.is_empty():
            self.push_screen(WelcomeScreen())
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        gc.collect()
        gc.freeze()  # what is loaded by now stays: a collection of it would cost a key 40 ms
        self.run_worker(_warm_up, thread=True, group="warm-up")

    def show_help(self, actions: Sequence[Action]) -> None:
        """Show the keys of ``actions``: those of the screen in front."""
        self.push_screen(HelpScreen(actions))

    # ── an import beside the screen ──

    def on_import_screen_wanted(self, message: ImportScreen.Wanted) -> None:
        """Import in a thread; one at a time."""
        job = partial(import_beside, self, message.source, open_inbox=self._open_inbox, limits=self._limits)
        self.run_worker(job, thread=True, group="import", exclusive=True, description="import")

    def on_came(self, message: Came) -> None:
        """Show how far it has come, wherever one is."""
        self._show_import(message.progress)

    def on_failed(self, message: Failed) -> None:
        """Say so where it was asked for; elsewhere as a toast."""
        self._show_import(None)
        if isinstance(self.screen, ImportScreen):
            self.screen.show_failure(message.error)
        else:
            self.notify(safe_text(str(message.error)), title="Not imported", severity="error", markup=False)

    def on_finished(self, message: Finished) -> None:
        """Show the report to who waited for it; elsewhere a toast, and what came waits behind its mark."""
        self._show_import(None)
        self._sitting.imported = message.report
        waited_for = isinstance(self.screen, ImportScreen)
        if waited_for or isinstance(self.screen, WelcomeScreen):
            while not isinstance(self.screen, BrowseScreen):
                self.pop_screen()
        if isinstance(self.screen, BrowseScreen):
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
        from linkinbox.tui.screens.report import ReportScreen

        self.push_screen(ReportScreen(report, self._sitting.now()))

    def _tell(self, report: ImportReport) -> None:
        from linkinbox.store.report_words import headline

        words = f"{headline(report, self._sitting.now())}. {key_label(BY_ID['import'].keys[0])} shows the report"
        self.notify(safe_text(words), title="Imported", markup=False)

    def _show_import(self, progress: Progress | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KeyScreen):
                screen.show_import(progress)

    # ── the demo ──

    def on_welcome_screen_demo_wanted(self) -> None:
        """Leave for the demo: it has an inbox of its own."""
        self.demo_wanted = True
        self.exit()


def _warm_up() -> None:
    """Understand a first time while nobody waits for it: what that loads takes a third of a second."""
    now = datetime.now(UTC)
    parse_when("tomorrow 9:00", now=now, zone=UTC)


def run_app(  # noqa: PLR0913  # by name only, and each has its default
    path: Path,
    *,
    demo: bool = False,
    clock: Callable[[], datetime] = utc_now,
    zone: tzinfo | None = None,
    calls_folder: Path | None = None,
    limits: Limits | None = None,
    open_demo: Callable[[], int] | None = None,
) -> int:
    """Run the app on the store at ``path`` until it is left.

    Args:
        path: the store; made when it is not there.
        demo: it holds an invented inbox, and the screen says so.
        clock: tells the time, aware, in UTC.
        zone: where the person sits; the machine's when not given.
        calls_folder: where calendar files are written; beside the store when not given.
        limits: of an import, against hostile archives.
        open_demo: runs the demo when it is chosen at the first start.

    Returns:
        The exit code.

    Raises:
        StoreError: the store cannot be opened.
        UsageError: there is no terminal to run in.
    """
    with closing(Inbox.open(path, clock=clock, calls_folder=calls_folder)) as inbox:
        app = LinkinboxApp(inbox, clock=clock, zone=zone, calls_folder=calls_folder, limits=limits, demo=demo)
        code = run(app, crash_folder=path.parent)
    return open_demo() if app.demo_wanted and open_demo else code
