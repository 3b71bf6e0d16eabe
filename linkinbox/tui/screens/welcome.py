"""The first start: nothing was imported so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from linkinbox.text import SafeText
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.import_screen import ImportScreen, progress_words
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.screens.quitting import LessonWanted
from linkinbox.tui.widgets.lines import FootLine, StatusLine
from linkinbox.tui.widgets.menu import Menu
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.store.report import Progress

WORDS = SafeText(
    "Nothing was imported so far.\n\n"
    "linkinbox reads the data that LinkedIn gives you, lets you decide on each invitation and message by a key, "
    "and remembers. Everything stays on this machine; nothing is sent anywhere."
)

CHOICES = (
    ("import", SafeText("Import an export"), SafeText("the zip from LinkedIn, its folder, or a CSV file")),
    ("lesson", SafeText("Learn five keys"), SafeText("half a minute, on invented people")),
    ("demo", SafeText("Open the demo"), SafeText("an invented inbox to try everything on")),
    ("how", SafeText("How to get the export"), SafeText("where LinkedIn hides it, and which boxes to tick")),
    ("quit", SafeText("Quit"), SafeText("")),
)

HOW = SafeText(
    "1. In a browser, on linkedin.com: Me (your picture), Settings & Privacy, Data privacy, Get a copy of "
    "your data.\n\n"
    "2. Choose the larger archive: it holds everything. Or tick at least Connections, Invitations, Messages and "
    "Profile; without Connections nothing tells whom you are connected with.\n\n"
    "3. Request archive. Two mails come: one within minutes with a first part, one within a day or two with the "
    "whole. The links in them work for three days.\n\n"
    "4. Download the zip. There is no need to unpack it; do not open its files in a spreadsheet and save them.\n\n"
    "5. Here: Import an export. A newer one, later, adds what is new and keeps every decision."
)


class WelcomeScreen(MovingScreen):
    """A few words and a short menu."""

    CSS_PATH = "page.tcss"

    class DemoWanted(Message):
        """The demo is to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None  # of an import that runs beside
        self.menu = Menu()
        self.status = StatusLine()
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Words, menu, keys."""
        with Vertical(id="page"), Vertical(id="welcome"):
            yield Static("linkinbox", classes="title")
            yield Static(content(WORDS), id="words")
            yield self.menu
        yield self.status
        yield self._foot

    def on_mount(self) -> None:
        """Show what can be done."""
        self.menu.show(CHOICES)
        shown = (("down", "next"), ("up", "previous"), ("enter", "choose"), ("quit", "quit"))
        self._foot.show([(key_of(id_), title, id_) for id_, title in shown])

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Do what was chosen."""
        match message.id:
            case "import":
                self.action_import()
            case "lesson":
                self.post_message(LessonWanted())
            case "demo":
                self.post_message(self.DemoWanted())
            case "how":
                self.app.push_screen(PageScreen(SafeText("How to get the export"), content(HOW)))
            case "quit":
                self.action_quit()

    def show_import(self, progress: Progress | None) -> None:
        """Show how far an import in the background has come."""
        self._progress = progress
        self.status.say(progress_words(progress) if progress else SafeText(""))

    def move_by(self, delta: int) -> None:
        """Move through the menu."""
        self.menu.move_by(delta)

    def action_enter(self) -> None:
        """Take the choice under the cursor."""
        self.menu.choose()

    def action_import(self) -> None:
        """Import an export."""
        self.app.push_screen(ImportScreen(self._progress))
